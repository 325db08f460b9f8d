"""A provider's tier is what its tests show (docs/providers.md): a manifest can't promise more."""

from __future__ import annotations

import json

import pytest

from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tests.captures import CAPTURES
from tests.conformance import cases
from tests.conformance.test_captures import FACTS, PROVIDERS
from tests.conformance.test_samples import items_of

SILVER = [name for name, provider in PROVIDERS.items() if provider.manifest.tier is not sdk.Tier.BRONZE]
GOLD = [name for name, provider in PROVIDERS.items() if provider.manifest.tier is sdk.Tier.GOLD]
TRAITS = ("languages", "external ids", "relations", "feeds")
_MOST_LACKED = 2


def fidelities(name: str) -> dict[str, str]:
    """How true each capture is that some question asks for, by its name."""
    assert CAPTURES is not None
    records = (path for path in (CAPTURES / name).glob("*.json") if not path.stem.endswith(".body"))
    asked = (path for path in records if path.stem not in FACTS[name].skipped)
    return {path.stem: json.loads(path.read_text())["fidelity"] for path in asked}


@pytest.mark.captures
@pytest.mark.parametrize("name", PROVIDERS)
def test_bronze_recorded_answers_hold(name: str) -> None:
    """Bodies that were written count where none was ever recorded, and then the manifest says so.

    That search leads to detail is in test_samples.py.
    """
    told = fidelities(name)
    assert bool(PROVIDERS[name].manifest.unseen) == (set(told.values()) <= {"synthetic"})
    assert not told or any(case.fails is None and case.question.operation == "search" for case in FACTS[name].cases)


@pytest.mark.parametrize("name", SILVER)
async def test_silver_nothing_found_is_recognised(name: str) -> None:
    """Errors and limits of all providers are in test_trouble.py."""
    words = FACTS[name].nothing
    assert words, f"tests/conformance/facts/{name}.py must name words that its samples have no hit for"
    assert await items_of(PROVIDERS[name], cases.search(words)) == []


@pytest.mark.parametrize("name", GOLD)
async def test_gold_has_what_its_upstream_has(name: str) -> None:
    """Languages, external ids, relations and feeds; the manifest says of which the upstream has none."""
    provider = PROVIDERS[name]
    manifest = provider.manifest
    found = await items_of(provider, cases.search(FACTS[name].walk))
    (detail,) = await items_of(provider, cases.detail(found[0].id))
    has = {
        "languages": manifest.language_mode is not sdk.LanguageMode.NONE,
        "external ids": bool(manifest.lookups) or _has_ids([*found, detail]),
        "relations": bool(manifest.relations),
        "feeds": bool(manifest.feeds),
    }
    assert set(manifest.lacks) <= set(TRAITS)
    for trait in TRAITS:
        assert has[trait] != bool(manifest.lacks.get(trait)), trait
    assert len(manifest.lacks) <= _MOST_LACKED


def _has_ids(items: list[Item]) -> bool:
    return any(item.external_ids for item in items)
