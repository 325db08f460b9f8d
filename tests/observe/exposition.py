"""What /metrics of a server says, read as Prometheus does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.faults.serving import Tako

_PARTS = ("_bucket", "_sum", "_count")


@dataclass(frozen=True)
class Exposition:
    """The metrics of one moment."""

    text: str

    @property
    def names(self) -> set[str]:
        """Of all families, those without a sample too."""
        return {line.split()[2] for line in self.text.splitlines() if line.startswith("# TYPE ")}

    @property
    def series(self) -> set[str]:
        """Every name that an expression may use."""
        histograms = {line.split()[2] for line in self.text.splitlines() if line.endswith(" histogram")}
        return self.names | {name + part for name in histograms for part in _PARTS}

    @property
    def labels(self) -> dict[str, set[str]]:
        """The labels of each family that has a sample."""
        found: dict[str, set[str]] = {}
        for family in text_string_to_metric_families(self.text):
            for sample in family.samples:
                name = f"{family.name}_total" if family.type == "counter" else family.name
                found[name] = set(sample.labels) - {"le"}
        return found

    def value(self, name: str, **labels: str) -> float:
        """The value of a sample; of several that fit, their sum."""
        fit = [
            sample.value
            for family in text_string_to_metric_families(self.text)
            for sample in family.samples
            if sample.name == name and _fits(sample.labels, labels)
        ]
        assert fit, f"there is no {name}{labels}"
        return sum(fit)


def _fits(found: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(found.get(name) == value for name, value in wanted.items())


async def exposition(server: Tako) -> Exposition:
    """The metrics of a running server."""
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
        session.get(f"http://{server.ready.http_address}/metrics") as answer,
    ):
        return Exposition(await answer.text())
