"""Every provider on the project's own bodies: with no recorded answers at hand, these still cover it.

Each provider's facts name words (``walk``) that its samples can be searched for; what is found must lead to details.
"""

from __future__ import annotations

import json

import pytest

from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_server.engine.asking import UpstreamEngine
from tako_server.engine.captures import CaptureStore
from tako_server.engine.replay import ReplayExchange
from tests.captures import ROOT, SAMPLES
from tests.conformance import cases
from tests.conformance.test_captures import FACTS, PROVIDERS, check_message

NAMES = list(PROVIDERS)


def _engine(provider: sdk.Provider) -> UpstreamEngine:
    secrets = cases.secrets_of(provider)
    return UpstreamEngine(ReplayExchange([SAMPLES]), secrets)


async def items_of(provider: sdk.Provider, question: cases.Question) -> list[Item]:
    """The items that the samples answer with, checked by the rules of the contract."""
    answer = await _engine(provider).ask(provider, question.build(provider), timeout=10)
    items = [Item.FromString(part) for part in answer.parts]
    for item in items:
        check_message(item, provider.manifest)
    return items


@pytest.mark.parametrize("name", NAMES)
async def test_what_is_found_leads_to_its_details(name: str) -> None:
    provider = PROVIDERS[name]
    assert FACTS[name].walk, f"tests/conformance/facts/{name}.py must name words to search its samples for"
    found = await items_of(provider, cases.search(FACTS[name].walk))
    assert found, "the samples hold no answer"
    (first,) = await items_of(provider, cases.detail(found[0].id))
    assert (first.id, first.title) == (found[0].id, found[0].title)


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_whole_and_called_so(name: str) -> None:
    assert CaptureStore([SAMPLES]).of(name)
    records = [path for path in (SAMPLES / name).glob("*.json") if not path.stem.endswith(".body")]
    assert {json.loads(path.read_text())["fidelity"] for path in records} == {"sample"}


@pytest.mark.parametrize("name", NAMES)
def test_behaviour_is_tested_too(name: str) -> None:
    assert (ROOT / "tests" / "providers" / f"test_{name}.py").exists()
