"""Lookup: every provider that takes the code is asked at once, and each has its outcome."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.answers_pb2 import LookupResponse, ProviderOutcome
from tako.v1.catalog_service_pb2 import LookupRequest
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Access, Domain, RateLimited, Unreachable
from tests.rpc.harness import Asked, Client, server
from tests.rpc.shelves import never, shelf, thing

EAN = "4006381333931"


async def lookup(call: Client, code: str, timeout: float = 10, **fields: Any) -> Asked:
    return await call("CatalogService/Lookup", LookupRequest(code=code, **fields), LookupResponse, timeout)


def record(name: str = "r") -> Item:
    return thing(Item.RELEASE, name, f"ean:{EAN}")


def music(name: str, *items: Item, **facts: Any) -> Any:
    return shelf(name, items, domain=Domain.MUSIC, lookups=("ean",), **facts)


async def test_all_that_take_the_scheme_are_asked_at_the_same_time(tmp_path: Path) -> None:
    together = asyncio.Barrier(3)

    async def meet(ask: object) -> None:
        await asyncio.wait_for(together.wait(), 5)

    three = [music(name, record(name), before=meet) for name in ("a", "b", "c")]
    deaf = shelf("deaf", [record()], domain=Domain.MUSIC, lookups=("isrc",))
    async with server(tmp_path, *three, deaf) as call:
        answer = (await lookup(call, EAN)).answer
    assert [item.id for item in answer.items] == ["a/release/a", "b/release/b", "c/release/c"]
    assert {o.provider: o.status for o in answer.outcomes} == dict.fromkeys("abc", ProviderOutcome.OK)
    assert (answer.scheme, answer.code) == ("ean", EAN)


async def test_each_is_asked_once_by_the_form_that_it_takes(tmp_path: Path) -> None:
    asked: list[str] = []

    async def note(ask: Any) -> None:
        asked.append(f"{ask.scheme}:{ask.code}")

    providers = [
        shelf(name, [], domain=Domain.BOOKS, lookups=schemes, before=note)
        for name, schemes in (("long", ("isbn13", "isbn10")), ("short", ("isbn10",)), ("shop", ("ean", "asin")))
    ]
    async with server(tmp_path, *providers) as call:
        answer = (await lookup(call, "2-07-042779-X")).answer
    assert sorted(asked) == ["ean:9782070427796", "isbn10:207042779X", "isbn10:207042779X"]
    assert (answer.scheme, answer.code) == ("isbn10", "207042779X")
    assert [o.status for o in answer.outcomes] == [ProviderOutcome.EMPTY] * 3


async def test_a_upc_e_reaches_providers_as_what_it_stands_for(tmp_path: Path) -> None:
    box = thing(Item.RELEASE, "cd", "upc:042100005264")
    jar = thing(Item.RELEASE, "lp", "ean:0042100005264")
    upc = shelf("upc", [box], domain=Domain.MUSIC, lookups=("upc",))
    ean = shelf("ean", [jar], domain=Domain.MUSIC, lookups=("ean",))
    async with server(tmp_path, upc, ean) as call:
        answer = (await lookup(call, "04252614", group=True)).answer
    assert (answer.scheme, answer.code) == ("upc", "042100005264")
    assert [list(group.item_ids) for group in answer.groups] == [["ean/release/lp", "upc/release/cd"]]


async def test_some_that_fail_leave_the_others_their_answer(tmp_path: Path) -> None:
    async def limited(ask: object) -> None:
        raise RateLimited("enough for today", retry_after=30)

    slow = music("slow", record("s"), access=Access.BROWSER)
    providers = [
        music("good", record("g")),
        music("empty"),
        music("hanging", before=never, timeout=0.3),
        music("spent", before=limited),
        slow,
    ]
    async with server(tmp_path, *providers, FSR_URL="http://127.0.0.1:9") as call:
        plain = (await lookup(call, EAN)).answer
        all_of_them = (await lookup(call, EAN, include_slow=True)).answer
    told = {outcome.provider: outcome for outcome in plain.outcomes}
    assert {name: ProviderOutcome.Status.Name(outcome.status) for name, outcome in told.items()} == {
        "good": "OK",
        "empty": "EMPTY",
        "hanging": "TIMEOUT",
        "spent": "RATE_LIMITED",
        "slow": "SKIPPED",
    }
    assert told["spent"].retry_after.seconds == 30
    assert (told["good"].item_count, told["slow"].reason) == (1, "PROVIDER_SLOW")
    assert {item.provider for item in all_of_them.items} == {"good", "slow"}


async def test_when_all_fail_the_call_fails(tmp_path: Path) -> None:
    async def gone(ask: object) -> None:
        raise Unreachable("gone")

    async with server(tmp_path, music("one", before=gone), music("two", before=gone)) as call:
        failed = await lookup(call, EAN)
    assert (failed.code, failed.reason) == (grpc.StatusCode.UNAVAILABLE, "PROVIDER_UNREACHABLE")


async def test_kinds_domains_and_providers_narrow_it(tmp_path: Path) -> None:
    records = music("records", record("r"))
    toys = shelf("toys", [thing(Item.COLLECTIBLE, "t", f"ean:{EAN}")], domain=Domain.COLLECTIBLES, lookups=("ean",))
    narrowed: dict[str, dict[str, Any]] = {
        "all": {},
        "kind": {"kinds": [Item.COLLECTIBLE]},
        "domain": {"domains": ["music"]},
        "provider": {"providers": ["toys"]},
    }
    async with server(tmp_path, records, toys) as call:
        found = {
            name: [item.provider for item in (await lookup(call, EAN, **fields)).answer.items]
            for name, fields in narrowed.items()
        }
        nobody = await lookup(call, EAN, kinds=[Item.MOVIE])
        unable = await lookup(call, "tt0133093", providers=["toys"])
    assert found == {"all": ["records", "toys"], "kind": ["toys"], "domain": ["records"], "provider": ["toys"]}
    assert {nobody.code, unable.code} == {grpc.StatusCode.UNIMPLEMENTED}


async def test_an_absent_code_is_said_once_and_in_plain_words(tmp_path: Path) -> None:
    async with server(tmp_path, music("records")) as call:
        refused = await lookup(call, "")
    assert refused.status.message == "code: must not be empty"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "4006381333932"}, "code"),
        ({"code": "the matrix"}, "scheme"),
        ({"code": "1", "scheme": "shelfmark"}, "scheme"),
        ({"code": " "}, "code"),
    ],
)
async def test_a_wrong_code_is_refused_before_anybody_is_asked(
    tmp_path: Path, fields: dict[str, Any], field: str
) -> None:
    async def must_not(ask: object) -> None:
        raise AssertionError("nobody must be asked")

    async with server(tmp_path, music("records", before=must_not)) as call:
        refused = await lookup(call, **fields)
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    assert field in str(refused.status)
