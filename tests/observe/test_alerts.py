"""Alerts and dashboard: they are right by Prometheus' own tool, and ask for nothing that a server does not tell."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import require_tool
from tests.faults.serving import tako
from tests.faults.upstream import Upstream, library
from tests.observe.exposition import exposition

ROOT = Path(__file__).parents[2]
OBSERVE = ROOT / "deploy" / "observe"
RUNBOOK = ROOT / "docs" / "alerts.md"
DASHBOARD = OBSERVE / "grafana" / "dashboards" / "tako.json"
METRIC = re.compile(r"\b(?:tako|grpc_server|process)_[a-z_]+\b")
LABEL = re.compile(r"(?:by|on|group_left|group_right|ignoring|without) ?\(([^)]*)\)|[{,]\s*(\w+)\s*(?:=|!)")


def promtool(*arguments: str | Path) -> str:
    """What it says, when it is content."""
    done = subprocess.run(
        [require_tool("promtool"), *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rules() -> list[dict[str, Any]]:
    """Every alert."""
    groups = yaml.safe_load((OBSERVE / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    """Every panel that shows something, and no row."""
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return [panel for panel in found if panel["type"] != "row"]


def asked() -> list[str]:
    """Every expression of alerts and dashboard, as Prometheus gets it."""
    shown = [target["expr"] for panel in panels() for target in panel["targets"]]
    return [rule["expr"] for rule in rules()] + [expr.replace("$__rate_interval", "5m") for expr in shown]


def test_the_rules_and_the_configuration_are_right() -> None:
    assert f"{len(rules())} rules found" in promtool("check", "rules", OBSERVE / "alerts.yml")
    promtool("check", "config", OBSERVE / "prometheus.yml")


def test_each_alert_fires_where_it_should_and_nowhere_else() -> None:
    assert "SUCCESS" in promtool("test", "rules", OBSERVE / "alerts_test.yml")
    fires: set[str] = set()
    silent: set[str] = set()
    for group in yaml.safe_load((OBSERVE / "alerts_test.yml").read_text())["tests"]:
        for case in group["alert_rule_test"]:
            (fires if case["exp_alerts"] else silent).add(case["alertname"])
    assert fires == silent == {rule["alert"] for rule in rules()}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_each_alert_says_how_bad_it_is_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert rule["for"]
    assert rule["annotations"]["summary"]
    page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert (page, anchor) == ("docs/alerts.md", rule["alert"].lower())
    assert f"\n## {rule['alert']}\n" in RUNBOOK.read_text()


def test_the_runbook_knows_no_alert_that_there_is_not() -> None:
    assert set(re.findall(r"^## (Tako\w+)$", RUNBOOK.read_text(), re.MULTILINE)) == {rule["alert"] for rule in rules()}


@pytest.mark.parametrize("expression", asked())
def test_what_others_have_too_is_asked_of_tako_only(expression: str) -> None:
    """Every gRPC service counts by these names, and every process."""
    shared = re.findall(r"\b(?:(?:grpc_server|process)_[a-z_]+|up)\b(?!\()(.{0,11})", expression)
    assert all(after == '{job="tako"' for after in shared), expression


async def test_they_ask_for_what_a_server_tells(tmp_path: Path, upstream: Upstream) -> None:
    async with tako(tmp_path, library(upstream), TAKO_JOBS="true") as server:
        await server.search("dune")
        told = await exposition(server)
    known = {label for labels in told.labels.values() for label in labels}
    known |= {"le", "instance", "job", "alertstate", "alertname", "access", "endpoint", "engine", "reason", "result"}
    for expression in asked():
        assert set(METRIC.findall(expression)) <= told.series, expression
        for several, one in LABEL.findall(expression):
            assert {name.strip() for name in (several or one).split(",")} - {""} <= known, expression


def test_each_expression_of_the_dashboard_is_promql(tmp_path: Path) -> None:
    shown = asked()
    recorded = [{"record": f"panel:{number}", "expr": expression} for number, expression in enumerate(shown)]
    (tmp_path / "rules.yml").write_text(yaml.safe_dump({"groups": [{"name": "all", "rules": recorded}]}))
    assert f"{len(shown)} rules found" in promtool("check", "rules", tmp_path / "rules.yml")


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    dashboard = json.loads(DASHBOARD.read_text())
    assert (dashboard["uid"], dashboard["title"]) == ("tako", "Tako")
    assert dashboard["schemaVersion"] >= 36
    rows = [panel["title"] for panel in dashboard["panels"] if panel["type"] == "row"]
    assert rows[:3] == ["Is it healthy?", "What is slow?", "Which provider is ill?"]
    assert max(Counter(panel["id"] for panel in dashboard["panels"]).values()) == 1
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel["title"])
def test_each_panel_says_what_it_shows(panel: dict[str, Any]) -> None:
    provisioned = yaml.safe_load((OBSERVE / "grafana/provisioning/datasources/prometheus.yaml").read_text())
    (source,) = provisioned["datasources"]
    assert panel["title"]
    assert panel["description"]
    assert panel["type"] in {"stat", "timeseries", "table"}
    assert panel["fieldConfig"]["defaults"]["thresholds"]["steps"][0]["value"] is None
    references = [target["refId"] for target in panel["targets"]]
    assert len(set(references)) == len(references) > 0
    for thing in (panel, *panel["targets"]):
        assert thing["datasource"] == {"type": source["type"], "uid": source["uid"]}


def test_the_collector_takes_what_tako_sends() -> None:
    config = yaml.safe_load((OBSERVE / "otel-collector.yaml").read_text())
    (traces,) = config["service"]["pipelines"].values()
    for kind in ("receivers", "processors", "exporters"):
        assert set(traces[kind]) <= set(config[kind])
    assert config["receivers"]["otlp"]["protocols"]["grpc"]["endpoint"].endswith(":4317")
