"""The two dictionaries: the same keys, all that the page asks for, and a word for what the contract has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor, EnumDescriptor

from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import AlternativeTitle, Engagement, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import Access
from tako_providers.sdk import Domain
from tests.browser.test_files import FOLDER
from tests.captures import ROOT

NOT_SHOWN = re.compile(r"(^id|Id|Url|^key|^slug|^units|^nanos|^currencyCode)$")
"""Fields that are no fact for a reader: ids, addresses of pictures, the parts of an amount."""

GROUPS: dict[str, EnumDescriptor] = {
    "kind": Item.Kind.DESCRIPTOR,
    "feed": Feed.Type.DESCRIPTOR,
    "relation": Relation.Type.DESCRIPTOR,
    "status": ProviderOutcome.Status.DESCRIPTOR,
    "access": Access.Type.DESCRIPTOR,
    "link": Link.Role.DESCRIPTOR,
    "price": Price.Type.DESCRIPTOR,
    "title": AlternativeTitle.Type.DESCRIPTOR,
    "image": Image.Role.DESCRIPTOR,
}


def _dictionary(language: str) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads((FOLDER / "texts" / f"{language}.json").read_text())
    return loaded


ENGLISH, FRENCH = _dictionary("en"), _dictionary("fr")


def test_both_languages_have_the_same_texts() -> None:
    assert {group: list(texts) for group, texts in ENGLISH.items()} == {g: list(texts) for g, texts in FRENCH.items()}
    for group, texts in ENGLISH.items():
        for key, text in texts.items():
            blanks = re.findall(r"\{\w+\}", text)
            assert sorted(blanks) == sorted(re.findall(r"\{\w+\}", FRENCH[group][key])), key
            assert text.strip(), key
            assert FRENCH[group][key].strip(), key


def test_every_text_that_the_page_asks_for_is_there_and_no_other() -> None:
    code = "\n".join(path.read_text() for path in FOLDER.glob("*.js"))
    literal = set(re.findall(r'"([a-z]+(?:\.[a-zA-Z]+)*)"', code))
    said = {key for call in re.findall(r"say\(([^;]*?)\)", code) for key in re.findall(r'"([a-zA-Z.]+)"', call)}
    keys = {re.sub(r"\.(one|other)$", "", key) for key in ENGLISH["page"]}
    assert {key for key in said if "." in key} <= keys
    made = {key for key in keys if key.startswith("limit.")}  # put together from the unit
    assert keys - literal - made == set()


@pytest.mark.parametrize("group", GROUPS)
def test_each_value_of_the_contract_has_its_word(group: str) -> None:
    assert [value.name for value in GROUPS[group].values[1:]] == list(ENGLISH[group])


def test_each_domain_has_its_name() -> None:
    assert {str(domain) for domain in Domain} == set(ENGLISH["domain"])


def test_each_reason_is_said_in_words() -> None:
    told = (ROOT / "docs" / "errors.md").read_text()
    reasons = set(re.findall(r"`([A-Z]+_[A-Z_]+|DEADLINE|OVERLOADED|INTERNAL)`", told))
    operators_only = {
        "ADMIN_TOKEN_REQUIRED", "ADMIN_DISABLED", "STORE_UNAVAILABLE", "JOB_UNKNOWN", "JOB_RUNNING",
        "METHOD_NOT_ALLOWED", "REQUEST_TOO_LARGE",
    }  # fmt: skip
    others = {"FSR_URL", *ENGLISH["status"]} - {"RATE_LIMITED"}  # settings and statuses; one is a reason too
    missing = {one for one in reasons - operators_only - others if not one.startswith("TAKO_")} - set(ENGLISH["reason"])
    assert missing == set()
    assert set(ENGLISH["reason"]) == set(ENGLISH["reasonLong"])


def test_every_field_and_value_of_the_details_has_its_word() -> None:
    fields, values = set(), set()
    roots = [one.message_type for one in Item.DESCRIPTOR.oneofs_by_name["details"].fields]
    for field in _fields([*roots, Engagement.DESCRIPTOR], set()):
        fields.add(field.json_name)
        if field.enum_type is not None and field.enum_type not in GROUPS.values():
            values |= {value.name for value in field.enum_type.values[1:]}
    assert {name for name in fields if not NOT_SHOWN.search(name)} - set(ENGLISH["field"]) == set()
    assert values - set(ENGLISH["value"]) == set()


def _fields(messages: list[Descriptor], seen: set[str]) -> Iterator[Any]:
    for message in messages:
        if message.full_name in seen or not message.full_name.startswith("tako."):
            continue
        seen.add(message.full_name)
        for field in message.fields:
            yield field
            if field.message_type is not None:
                yield from _fields([field.message_type], seen)
