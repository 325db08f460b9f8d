"""What a failure usually means, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako_providers.sdk.manifest import BROWSER, Access

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tako_providers.sdk.manifest import Manifest
    from tako_server.doctor.finding import Finding

_REPORT = "Record it (--record DIR) and open an issue with the record (CONTRIBUTING.md, Report a bug)."
_USUALLY = {
    "PROVIDER_SHAPE_CHANGED": f"The upstream has most likely changed its answers. {_REPORT}",
    "ITEM_NOT_FOUND": f"The upstream does not know what it has just named: an id has most likely changed. {_REPORT}",
    "OPERATION_UNSUPPORTED": "The manifest promises what the provider lacks: a fault of Tako. Open an issue.",
    "INVALID_FIELD": "Tako has asked what may not be asked: a fault of Tako. Open an issue.",
    "PROVIDER_RATE_LIMITED": "Its limit is spent, perhaps by a server that runs beside. Try again later.",
    "PROVIDER_TIMEOUT": "It is slow or in trouble. Try again later.",
    "PROVIDER_SUSPENDED": "It was left alone after the failures before this. See to those, and try again in a minute.",
    "PROVIDER_DISABLED": "It is switched off here: take it out of TAKO_PROVIDERS_DISABLED.",
    "REPLAY_MISS": "No capture answers this. Ask what they are about (--query), or record more without --replay.",
}
_OTHER = "Nobody foresaw this. Open an issue (CONTRIBUTING.md, Report a bug)."


def advice(manifest: Manifest, reason: str, findings: Iterable[Finding], settings: Collection[str]) -> str:
    """What ``reason`` usually means for this provider. ``settings`` are the variables of it that are set here."""
    if reason == "PROVIDER_NOT_CONFIGURED":
        return _keys(manifest, findings, settings)
    if reason == "PROVIDER_BLOCKED":
        return _wall(manifest, settings)
    if reason == "PROVIDER_UNREACHABLE":
        return f"No usable answer came. Check the network, and whether {manifest.homepage} is up; then try again."
    return _USUALLY.get(reason, _OTHER)


def _keys(manifest: Manifest, findings: Iterable[Finding], settings: Collection[str]) -> str:
    """Which settings are missing, or were refused, and where a person gets them."""
    urls = {secret.variable: secret.url for secret in manifest.settings}
    urls[BROWSER] = urls.get(BROWSER) or "docs/configuration.md"
    told: list[str] = []
    for variable in dict.fromkeys(name for finding in findings for name in finding.variables):
        what = f"Check {variable}: it is set, and refused" if variable in settings else f"Set {variable}"
        told.append(what + (f" ({urls[variable]})" if urls.get(variable) else ""))
    return "; ".join(told) + "." if told else "A setting is missing or refused: see docs/configuration.md."


def _wall(manifest: Manifest, settings: Collection[str]) -> str:
    later = "Try later or from another address; if it stays, open an issue."
    if manifest.access is Access.DIRECT:
        return f"A bot wall, and it is asked without a browser. {later}"
    if BROWSER not in settings:
        return f"A bot wall. A browser usually passes it: set {BROWSER}."
    return f"A bot wall that the browser did not pass. {later}"
