"""A provider that is asked in parts: each part has its own outcome, and one that fails leaves the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tako.v1.answers_pb2 import ProviderOutcome, SearchResponse
from tako.v1.ecommerce_service_pb2 import EcommerceSearchRequest
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Blocked, Domain, KindSpec, Manifest, Page, Parts, Provider, Search
from tests.rpc.harness import server

SHOPS = ("de", "fr", "it")


class Shops(Provider):
    """Three shops under one name; the one in Italy asks for a human."""

    manifest = Manifest(
        id="shops",
        title="Shops",
        domains=(Domain.ECOMMERCE,),
        homepage="https://example.org",
        base_url="https://example.org",
        hosts=frozenset({"example.org"}),
        attribution=Attribution("Data from nobody", "https://example.org"),
        kinds=(KindSpec(Item.PRODUCT, search=True, default=True, detail=True, filters=("marketplaces",)),),
        parts=Parts("marketplaces", SHOPS),
    )

    def parts(self, ask: Any) -> Sequence[str]:
        """The shops that are named, else all."""
        return list(ask.filters.marketplaces) or SHOPS

    async def search(self, ask: Search[EcommerceSearchRequest], up: Any) -> Page:
        """Three articles on two pages of one shop."""
        (shop,) = ask.filters.marketplaces
        if shop == "it":
            raise Blocked("it asks for a human")
        numbers = ("3",) if ask.cursor else ("1", "2")
        items = [Item(kind=Item.PRODUCT, source_id=f"{shop}/{n}", title=f"{shop} {n}") for n in numbers]
        return Page(items, next="" if ask.cursor else "2", total=3)


async def test_each_part_has_its_outcome_and_pages(tmp_path: Path) -> None:
    request = EcommerceSearchRequest(query="lamp", page_size=4)
    titles: list[str] = []
    async with server(tmp_path, Shops()) as call:
        first = (await call("EcommerceService/Search", request, SearchResponse)).answer
        request.page_token = first.next_page_token
        second = (await call("EcommerceService/Search", request, SearchResponse)).answer
    told = {outcome.scope: outcome.status for outcome in first.outcomes}
    assert told == {"de": ProviderOutcome.OK, "fr": ProviderOutcome.OK, "it": ProviderOutcome.BLOCKED}
    assert {outcome.provider for outcome in first.outcomes} == {"shops"}
    titles = [item.title for answer in (first, second) for item in answer.items]
    assert sorted(titles) == ["de 1", "de 2", "de 3", "fr 1", "fr 2", "fr 3"]
    assert not second.next_page_token


async def test_a_named_part_is_asked_alone(tmp_path: Path) -> None:
    request = EcommerceSearchRequest(query="lamp", marketplaces=["fr"])
    async with server(tmp_path, Shops()) as call:
        answer = (await call("EcommerceService/Search", request, SearchResponse)).answer
    assert [outcome.scope for outcome in answer.outcomes] == ["fr"]
    assert [item.title for item in answer.items] == ["fr 1", "fr 2", "fr 3"]
