"""deploy/kubernetes, as `kubectl apply -k` would send it, against the schemas of Kubernetes. No cluster is needed."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate.utils import validate

from scripts import generate_prometheus_rule
from tako_server.config import load_settings
from tests.conftest import require_tool

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
OVERLAYS = (".", "overlays/single", "overlays/production")
VERSIONS = ("1.28", "1.33")
SERVERS = ("tako", "envoy", "flaresolverr")


@cache
def built(overlay: str) -> tuple[dict[str, Any], ...]:
    """What an overlay comes to."""
    command = ["kubectl", "kustomize"] if shutil.which("kubectl") else [require_tool("kustomize"), "build"]
    done = subprocess.run(
        [*command, str(FOLDER / overlay)], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return tuple(yaml.safe_load_all(done.stdout))


def one(overlay: str, kind: str, name: str) -> dict[str, Any]:
    """The object of this kind and name."""
    (found,) = [each for each in built(overlay) if each["kind"] == kind and each["metadata"]["name"] == name]
    return found


def pod(overlay: str, name: str) -> dict[str, Any]:
    """The pod that a deployment makes."""
    found: dict[str, Any] = one(overlay, "Deployment", name)["spec"]["template"]["spec"]
    return found


def container(overlay: str, name: str) -> dict[str, Any]:
    """The only container of its pod."""
    (found,) = pod(overlay, name)["containers"]
    assert isinstance(found, dict)
    return found


def environment(overlay: str) -> dict[str, str]:
    """The settings of a server."""
    (found,) = [each for each in built(overlay) if each["kind"] == "ConfigMap"]
    told = {
        source["configMapRef"]["name"] for source in container(overlay, "tako")["envFrom"] if "configMapRef" in source
    }
    assert told == {found["metadata"]["name"]}
    data: dict[str, str] = found["data"]
    return data


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_object_is_what_kubernetes_takes(overlay: str, version: str) -> None:
    for each in built(overlay):
        validate(each, version, strict=True)
        assert each["kind"] == "Namespace" or each["metadata"]["namespace"] == "tako"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_settings_are_settings_of_tako(overlay: str) -> None:
    settings = load_settings(environment=environment(overlay), dotenv=None)
    assert settings.unknown == ()
    assert settings.store_kind == ("postgresql" if overlay.endswith("production") else "sqlite")
    assert settings.log_format == "json"


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("name", SERVERS)
def test_nobody_has_more_rights_than_it_needs(overlay: str, name: str) -> None:
    spec, only = pod(overlay, name), container(overlay, name)
    assert spec["securityContext"]["runAsNonRoot"] and spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False  # else TAKO_SERVICE_HOST and its like would look like settings
    rights = only["securityContext"]
    assert rights["allowPrivilegeEscalation"] is False and rights["capabilities"] == {"drop": ["ALL"]}
    assert rights.get("readOnlyRootFilesystem") is (None if name == "flaresolverr" else True)
    assert only["resources"]["limits"]["memory"] and only["resources"]["requests"]["cpu"]
    assert only["image"].rpartition(":")[2] not in ("", "latest")


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_server_is_asked_for_its_health_by_grpc(overlay: str) -> None:
    only = container(overlay, "tako")
    assert only["startupProbe"]["grpc"]["port"] == only["readinessProbe"]["grpc"]["port"] == 50051
    assert only["livenessProbe"]["grpc"] == {"port": 50051, "service": "grpc.health.v1.Health"}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_end_has_the_time_that_it_needs(overlay: str) -> None:
    grace = load_settings(environment=environment(overlay), dotenv=None).shutdown_grace
    for name, more in (("tako", 10 + 5), ("envoy", 3)):  # browsers and what is to be written; Envoy's own end
        [word, seconds] = container(overlay, name)["lifecycle"]["preStop"]["exec"]["command"]
        assert word == "sleep"
        assert pod(overlay, name)["terminationGracePeriodSeconds"] >= int(seconds) + grace + more


def allowed(overlay: str, direction: str, name: str) -> list[dict[str, Any]]:
    """The rules in a direction that hold for the pods of a name."""
    labels = {"app.kubernetes.io/name": name}
    return [
        rule
        for each in built(overlay)
        if each["kind"] == "NetworkPolicy" and each["spec"]["podSelector"] in ({}, {"matchLabels": labels})
        for rule in each["spec"].get(direction, ())
    ]


def peers(rules: list[dict[str, Any]], side: str) -> set[str]:
    """The pods that the rules name; `*` where they name nobody, and so mean everybody."""
    found = set()
    for rule in rules:
        for peer in rule.get(side, [{}]):
            labels = peer.get("podSelector", {}).get("matchLabels", {})
            found.add(next(iter(labels.values()), "public" if "ipBlock" in peer else "*"))
    return found


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_who_meets_whom(overlay: str) -> None:
    policies = [each["spec"] for each in built(overlay) if each["kind"] == "NetworkPolicy"]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies, "what is not allowed must be denied"
    database = {"*"} if overlay.endswith("production") else set()
    assert peers(allowed(overlay, "ingress", "tako"), "from") == {"envoy"}
    assert peers(allowed(overlay, "egress", "tako"), "to") == {"kube-dns", "flaresolverr", "public"} | database
    assert peers(allowed(overlay, "ingress", "flaresolverr"), "from") == {"tako"}
    assert peers(allowed(overlay, "egress", "flaresolverr"), "to") == {"kube-dns", "public"}
    assert peers(allowed(overlay, "egress", "envoy"), "to") == {"kube-dns", "tako"}
    for name in ("tako", "flaresolverr"):
        blocks = [
            peer["ipBlock"]
            for rule in allowed(overlay, "egress", name)
            for peer in rule.get("to", ())
            if "ipBlock" in peer
        ]
        (four,) = [set(block["except"]) for block in blocks if block["cidr"] == "0.0.0.0/0"]
        assert four == {"10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"}


def test_production_survives_the_loss_of_a_server() -> None:
    scaler = one("overlays/production", "HorizontalPodAutoscaler", "tako")["spec"]
    budget = one("overlays/production", "PodDisruptionBudget", "tako")["spec"]
    assert scaler["minReplicas"] == 3 > budget["minAvailable"]
    assert "replicas" not in one("overlays/production", "Deployment", "tako")["spec"], "the scaler's, not ours"
    assert one("overlays/production", "Deployment", "envoy")["spec"]["replicas"] == 2
    (secret,) = [
        each["secretRef"] for each in container("overlays/production", "tako")["envFrom"] if "secretRef" in each
    ]
    assert secret == {"name": "tako", "optional": False}
    assert one("overlays/production", "Service", "tako")["spec"]["clusterIP"] == "None", "the gateway must see each"


def test_one_server_at_a_time_has_the_file() -> None:
    deployment = one(".", "Deployment", "tako")["spec"]
    assert (deployment["replicas"], deployment["strategy"]) == (1, {"type": "Recreate"})
    claim = deployment["template"]["spec"]["volumes"][0]["persistentVolumeClaim"]["claimName"]
    assert one(".", "PersistentVolumeClaim", claim)
    mounts = {mount["name"]: mount["mountPath"] for mount in container(".", "tako")["volumeMounts"]}
    assert environment(".")["TAKO_CACHE_PATH"].startswith(mounts["data"] + "/")


def test_no_secret_is_in_it() -> None:
    for overlay in OVERLAYS:
        assert not [each for each in built(overlay) if each["kind"] == "Secret"]
    example = yaml.safe_load((FOLDER / "secret.example.yaml").read_text())
    validate(example, "1.33", strict=True)
    assert {value[:9] for value in example["stringData"].values()} == {"change-me"}
    assert load_settings(environment=example["stringData"], dotenv=None).unknown == ()


def test_the_alerts_are_those_of_compose() -> None:
    assert generate_prometheus_rule.RULE.read_text() == generate_prometheus_rule.rule(), "run `make gen`"


def test_the_component_adds_monitoring(tmp_path: Path) -> None:
    here = FOLDER / "components" / "monitoring"
    kinds = [
        each["kind"]
        for name in ("metrics.yaml", "alerts.yaml")
        for each in yaml.safe_load_all((here / name).read_text())
    ]
    assert kinds == ["ServiceMonitor", "NetworkPolicy", "PrometheusRule"]
    monitor = next(yaml.safe_load_all((here / "metrics.yaml").read_text()))
    service = one(".", "Service", "tako")
    assert monitor["spec"]["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
    assert monitor["spec"]["endpoints"][0]["port"] in {port["name"] for port in service["spec"]["ports"]}
