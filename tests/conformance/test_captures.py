"""Every provider on every recorded answer: it parses, holds to the contract's rules, and says what the body says."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from tako.v1.answers_pb2 import Term
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_server.core.ports import Answer
from tako_server.core.registry import load_providers
from tako_server.engine.asking import UpstreamEngine
from tako_server.engine.replay import ReplayExchange
from tests.captures import CAPTURES
from tests.conformance.cases import Case, Facts, secrets_of

PROVIDERS = load_providers()


def _facts() -> dict[str, Facts]:
    return {name: importlib.import_module(f"tests.conformance.facts.{name}").facts for name in PROVIDERS}


FACTS = _facts()
CASES = [
    pytest.param(case, id=f"{name}-{case.capture}-{case.check.__name__}")
    for name, f in FACTS.items()
    for case in f.cases
]

needs_captures = pytest.mark.captures


@needs_captures
@pytest.mark.parametrize("case", CASES)
async def test_recorded_answer(case: Case, tmp_path: Path) -> None:
    assert CAPTURES is not None
    provider = PROVIDERS[case.provider]
    recorded = only(CAPTURES / case.provider, [case.capture, *case.also], tmp_path / case.provider)
    secrets = secrets_of(provider)
    engine = UpstreamEngine(ReplayExchange([recorded.parent]), secrets)
    ask = case.question.build(provider)
    if case.fails is not None:
        with pytest.raises(case.fails) as failure:
            await engine.ask(provider, ask, timeout=10)
        assert getattr(failure.value, "provider", case.provider) == case.provider
        case.check(failure.value)
        return
    answer = await engine.ask(provider, ask, timeout=10)
    result = _result(case, answer)
    for message in _messages(result):
        check_message(message, provider.manifest)
    case.check(result)


@needs_captures
@pytest.mark.parametrize("name", PROVIDERS)
def test_every_capture_has_facts(name: str) -> None:
    assert CAPTURES is not None
    recorded = {path.stem for path in (CAPTURES / name).glob("*.json") if not path.stem.endswith(".body")}
    told = {capture for case in FACTS[name].cases for capture in (case.capture, *case.also)} | set(FACTS[name].skipped)
    assert recorded - told == set(), "captures without facts"
    assert told - recorded == set(), "facts about captures that are not there"


def only(source: Path, names: Sequence[str], target: Path) -> Path:
    """A directory that holds only these captures."""
    target.mkdir(parents=True)
    for name in names:
        for path in source.glob(f"{name}.*"):
            shutil.copy(path, target / path.name)
    return target


def _result(case: Case, answer: Answer) -> Any:
    """What the facts are told about: an item, or a page of items or terms."""
    if case.question.operation == "terms":
        terms = [Term.FromString(part) for part in answer.parts]
        return sdk.TermPage(terms, next=answer.next, total=answer.total)
    items = [Item.FromString(part) for part in answer.parts]
    if case.question.operation == "detail":
        return items[0]
    return sdk.Page(items, answer.next, answer.total, answer.total_is_estimate, answer.ignored)


def _messages(result: Any) -> Sequence[Message]:
    if isinstance(result, sdk.Page):
        return result.items
    return result.terms if isinstance(result, sdk.TermPage) else [result]


_MARKUP = re.compile(
    r"</?(?:p|br|i|b|em|strong|a|div|span|ul|li)\b[^>]*>|&(?:amp|quot|lt|gt|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DATE_FIELDS = ("release_date", "end_date", "air_date", "date", "cover_date", "store_date")


def check_message(message: Message, manifest: sdk.Manifest) -> None:
    """The rules that hold for whatever a provider gives (contract: a provider never lies)."""
    if isinstance(message, Item):
        parsed = sdk.parse_id(message.id)
        assert (parsed.provider, parsed.kind, parsed.source_id) == (manifest.id, message.kind, message.source_id)
        assert sdk.make_id(*parsed) == message.id
        assert message.kind in {spec.kind for spec in manifest.kinds}, "a kind that the manifest does not name"
        roles = [image.role for image in message.images]
        assert roles.count(Image.PRIMARY) <= 1 and roles.count(Image.THUMBNAIL) <= 1
        assert [link.role for link in message.links].count(Link.SOURCE) <= 1
        if message.HasField("rating"):
            assert 0 < message.rating.value <= message.rating.scale
    for path, value in _texts(message):
        assert value, f"{path} is an empty text in a list"
        assert value == value.strip(), f"{path} has space around it: {value!r}"
        assert not _MARKUP.search(value), f"{path} holds markup: {value[:80]!r}"
        name = path.rsplit(".", 1)[-1]
        if name in _DATE_FIELDS:
            assert _DATE.fullmatch(value), f"{path} is no date: {value!r}"
        if name in ("url", "image_url", "thumbnail_url", "logo_url"):
            _check_address(path, value, manifest)
    for path, number in _optional_numbers(message):
        assert number != -1, f"{path} is -1"


def _check_address(path: str, url: str, manifest: sdk.Manifest) -> None:
    parts = urlsplit(url)
    assert parts.scheme in ("https", "http") and parts.hostname, f"{path} is no address: {url}"
    of_a_link = (
        ".links[" in path or ".videos[" in path or ".watch[" in path or path.startswith(("item.video", "item.offer"))
    )
    if not of_a_link:
        assert parts.hostname in manifest.hosts | manifest.content_hosts, (
            f"{path} is at an unknown host: {parts.hostname}"
        )


def _texts(message: Message, path: str = "item") -> Iterator[tuple[str, str]]:
    for descriptor, value in message.ListFields():
        here = f"{path}.{descriptor.name}"
        if descriptor.type == FieldDescriptor.TYPE_STRING:
            yield from (
                ((f"{here}[{i}]", text) for i, text in enumerate(value)) if descriptor.is_repeated else ((here, value),)
            )
        elif descriptor.type == FieldDescriptor.TYPE_MESSAGE:
            if descriptor.message_type.GetOptions().map_entry:
                yield from ((f"{here}[{key}]", text) for key, text in value.items())
            elif descriptor.is_repeated:
                for i, child in enumerate(value):
                    yield from _texts(child, f"{here}[{i}]")
            else:
                yield from _texts(value, here)


def _optional_numbers(message: Message, path: str = "item") -> Iterator[tuple[str, float]]:
    for descriptor, value in message.ListFields():
        here = f"{path}.{descriptor.name}"
        if descriptor.cpp_type in (
            FieldDescriptor.CPPTYPE_INT32,
            FieldDescriptor.CPPTYPE_INT64,
            FieldDescriptor.CPPTYPE_DOUBLE,
        ):
            if not descriptor.is_repeated:
                yield here, value
        elif descriptor.type == FieldDescriptor.TYPE_MESSAGE and not descriptor.message_type.GetOptions().map_entry:
            for child in value if descriptor.is_repeated else (value,):
                yield from _optional_numbers(child, here)
