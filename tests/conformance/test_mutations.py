"""Parsers on damaged pages: a tenth of a recorded page's nodes or signs is missing.

What comes is right or a clear error: never a crash, never a value that the whole page did not give, never "no results".
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from lxml import etree, html

from tako_providers import sdk
from tako_providers.sdk.errors import TakoError
from tako_server.core.deadline import Deadline
from tako_server.engine.replay import ReplayExchange
from tako_server.engine.upstream import EngineUpstream
from tests.captures import CAPTURES
from tests.conformance.cases import Case, secrets_of
from tests.conformance.test_captures import CASES, PROVIDERS, only

SHARE = 0.1
ROUNDS = 6

Damage = Callable[[sdk.Response, random.Random], sdk.Response]


def fewer_nodes(answer: sdk.Response, chance: random.Random) -> sdk.Response:
    """A page without a tenth of its elements. Head and body stay, or there would be no page."""
    page = html.document_fromstring(answer.body)
    elements = [node for node in page.iter(etree.Element) if node.tag not in ("html", "head", "body")]
    for node in chance.sample(elements, int(len(elements) * SHARE)):
        if isinstance(node, html.HtmlElement) and node.getparent() is not None:
            if node.tag == "br":
                node.tail = f"\n{node.tail or ''}"  # the words around it do not become one
            node.drop_tree()
    return replace(answer, body=html.tostring(page, encoding="utf-8"))


def fewer_signs(answer: sdk.Response, chance: random.Random) -> sdk.Response:
    """A body without a tenth of its signs, in runs, as a broken transfer leaves it."""
    body = bytearray(answer.body)
    lost = int(len(body) * SHARE)
    while lost > 0:
        run = min(lost, chance.randint(1, 200))
        start = chance.randrange(max(len(body) - run, 1))
        del body[start : start + run]
        lost -= run
    return replace(answer, body=bytes(body))


class Damaged:
    """An Exchange over captures that damages every answer."""

    def __init__(self, captures: ReplayExchange, damage: Damage, chance: random.Random) -> None:
        self._captures = captures
        self._damage = damage
        self._chance = chance

    async def send(self, manifest: sdk.Manifest, request: sdk.Request, timeout: float) -> sdk.Response:
        """The damaged answer."""
        answer = await self._captures.send(manifest, request, timeout)
        return self._damage(answer, self._chance) if answer.body else answer

    async def close(self) -> None:
        """Nothing is held."""


def is_page(case: Case) -> bool:
    """Whether a case is about an HTML page that is parsed."""
    if CAPTURES is None or case.fails is not None:
        return False
    record = json.loads((CAPTURES / case.provider / f"{case.capture}.json").read_text())
    return str(record["response"].get("body_file", "")).endswith(".html")


PAGES = [one for one in CASES if isinstance(one.values[0], Case) and is_page(one.values[0])]


async def asked(case: Case, exchange: Any) -> Sequence[Message]:
    """What the provider makes of it. Only errors that a provider may raise come out as such."""
    provider = PROVIDERS[case.provider]
    up = EngineUpstream(provider, secrets_of(provider), exchange, Deadline.after(20))
    result = await getattr(provider, case.question.operation)(case.question.build(provider), up)
    return [result] if isinstance(result, Message) else result.items if isinstance(result, sdk.Page) else result.terms


def leaves(message: Message, path: str = "") -> Iterator[tuple[str, FieldDescriptor, Any]]:
    """Path, field and value of all that is set."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else (value,)
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            yield from ((f"{path}.{field.name}.{key}", field, one) for key, one in value.items())
        elif field.message_type is not None:
            for one in values:
                yield from leaves(one, f"{path}.{field.name}")
        else:
            yield from ((f"{path}.{field.name}", field, one) for one in values)


def capture_text(provider: str, name: str) -> str:
    """The recorded body as text."""
    assert CAPTURES is not None
    record = json.loads((CAPTURES / provider / f"{name}.json").read_text())
    body: Path = CAPTURES / provider / record["response"]["body_file"]
    return body.read_text(errors="replace")


def words(text: str) -> set[str]:
    """The words of a text."""
    return set(re.findall(r"\w+", text.lower()))


@pytest.mark.captures
@pytest.mark.parametrize("damage", [fewer_nodes, fewer_signs])
@pytest.mark.parametrize("case", PAGES)
async def test_a_damaged_page(case: Case, damage: Damage, tmp_path: Path) -> None:
    assert CAPTURES is not None
    captures = ReplayExchange(
        [only(CAPTURES / case.provider, [case.capture, *case.also], tmp_path / case.provider).parent]
    )
    whole = await asked(case, captures)
    known = {(path, str(value)) for message in whole for path, _, value in leaves(message)}
    vocabulary = {word for message in whole for _, _, value in leaves(message) for word in words(str(value))}
    for name in (case.capture, *case.also):
        vocabulary |= words(unescape(capture_text(case.provider, name)))
    for number in range(ROUNDS):
        chance = random.Random(f"{case.capture} {number}")  # noqa: S311 - no secret
        try:
            found = await asked(case, Damaged(captures, damage, chance))
        except TakoError:
            continue  # a clear error
        if case.question.operation != "related":  # a block that is gone from a thing's page may never have been there
            assert found or not whole, "an empty page that looks like no results"
        if damage is fewer_signs:
            continue  # a sign less in a price is another price, and nobody can tell
        for message in found:
            for path, field, value in leaves(message):
                if (path, str(value)) in known or field.name in ("role", "type"):
                    continue  # the second picture becomes the first one where that is missing
                # A text may have lost some of its words; a number, a date or a choice is the one that was there.
                assert isinstance(value, str), (path, value)
                assert words(str(value)) <= vocabulary, (path, value)
