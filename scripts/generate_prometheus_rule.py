"""The alerts of deploy/observe/alerts.yml as the operator of Prometheus wants them. `make gen` runs it."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ALERTS = ROOT / "deploy" / "observe" / "alerts.yml"
RULE = ROOT / "deploy" / "kubernetes" / "components" / "monitoring" / "alerts.yaml"


def rule() -> str:
    """The text of RULE."""
    told = {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "tako", "labels": {"app.kubernetes.io/name": "tako"}},
        "spec": yaml.safe_load(ALERTS.read_text(encoding="utf-8")),
    }
    head = "# Made by `make gen` from deploy/observe/alerts.yml, which says why.\n"
    return head + yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=120)


if __name__ == "__main__":
    RULE.write_text(rule(), encoding="utf-8")
