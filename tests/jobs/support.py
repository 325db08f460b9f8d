"""What several of the jobs' tests need."""

from __future__ import annotations

from typing import Any

from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Domain, KindSpec, Manifest, Provider
from tako_providers.sdk.provider import Search
from tako_server.core.ports import Ask


def provider(name: str, **facts: Any) -> Provider:
    """A provider of whom only the manifest counts."""

    class Books(Provider):
        manifest = Manifest(
            id=name,
            title=name.title(),
            domains=(Domain.BOOKS,),
            homepage="",
            base_url="",
            hosts=frozenset(),
            attribution=Attribution("", ""),
            kinds=(KindSpec(Item.BOOK, search=True),),
            **facts,
        )

    return Books()


def question(text: str) -> Ask:
    """A search."""
    return Search(domain=Domain.BOOKS, text=text, filters=None)
