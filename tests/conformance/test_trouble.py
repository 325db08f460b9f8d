"""Every provider on an upstream in trouble: each kind of trouble has its class, and none looks like "no results"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.sdk.errors import ProviderError, TakoError
from tako_server.engine.asking import UpstreamEngine
from tako_server.engine.replay import ReplayExchange
from tests.captures import SAMPLES
from tests.conformance import cases
from tests.conformance.test_captures import FACTS, PROVIDERS

NAMES = list(PROVIDERS)

Spoil = Callable[[sdk.Response], sdk.Response]


@dataclass
class Trouble:
    """An Exchange that spoils what the samples answer."""

    spoil: Spoil
    spoiled: int = 0

    def __post_init__(self) -> None:
        self._samples = ReplayExchange([SAMPLES])

    async def send(self, manifest: sdk.Manifest, request: sdk.Request, timeout: float) -> sdk.Response:
        """The spoiled answer."""
        answer = await self._samples.send(manifest, request, timeout)
        self.spoiled += 1
        return self.spoil(answer)

    async def close(self) -> None:
        """Nothing is held."""


def says(status: int, body: bytes = b"", content_type: str = "", headers: Mapping[str, str] | None = None) -> Spoil:
    """Another answer in its place; without a content type, that of the answer."""

    def spoil(answer: sdk.Response) -> sdk.Response:
        kind = content_type or answer.headers.get("content-type", "application/json")
        return sdk.Response(status, {"content-type": kind, **(headers or {})}, body, answer.url)

    return spoil


def cut(answer: sdk.Response) -> sdk.Response:
    """Half of it."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>We have moved</h1></body></html>"
OTHER_JSON = b'{"welcome": "to the new api", "version": 9}'
OTHER_XML = b'<?xml version="1.0"?><welcome version="9"/>'

TROUBLES: dict[str, tuple[Spoil, tuple[type[ProviderError], ...]]] = {
    "too many requests": (says(429, headers={"retry-after": "7"}), (sdk.RateLimited,)),
    "down": (says(503), (sdk.Unreachable,)),
    "broken": (says(500, b"Internal Server Error", "text/plain"), (sdk.Unreachable,)),
    "a page in place of the answer": (says(200, PAGE, "text/html; charset=utf-8"), (sdk.ShapeChanged, sdk.Blocked)),
    "another JSON": (says(200, OTHER_JSON, "application/json"), (sdk.ShapeChanged,)),
    "another XML": (says(200, OTHER_XML, "text/xml"), (sdk.ShapeChanged,)),
    "nothing at all": (says(200), (sdk.ShapeChanged,)),
    "null": (says(200, b"null", "application/json"), (sdk.ShapeChanged,)),
    "half of the answer": (cut, (sdk.ShapeChanged,)),
    "a wall": (
        says(
            403,
            b"<html><head><title>Just a moment...</title></head></html>",
            "text/html",
            {"cf-mitigated": "challenge"},
        ),
        (sdk.Blocked,),
    ),
}


async def asked(provider: sdk.Provider, question: cases.Question, spoil: Spoil | None) -> list[Item]:
    """The items, or the error."""
    exchange = ReplayExchange([SAMPLES]) if spoil is None else Trouble(spoil)
    answer = await UpstreamEngine(exchange, cases.secrets_of(provider)).ask(
        provider, question.build(provider), timeout=10
    )
    return [Item.FromString(part) for part in answer.parts]


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("operation", ["search", "detail"])
@pytest.mark.parametrize("name", NAMES)
async def test_trouble_has_its_class(name: str, operation: str, trouble: str) -> None:
    provider = PROVIDERS[name]
    question = cases.search(FACTS[name].walk)
    if operation == "detail":
        first, *_ = await asked(provider, question, None)
        question = cases.detail(first.id)
    spoil, classes = TROUBLES[trouble]
    with pytest.raises(TakoError) as failure:
        await asked(provider, question, spoil)
    assert isinstance(failure.value, classes)
    assert failure.value.provider == name
    if trouble == "too many requests":
        assert failure.value.retry_after == 7
