"""A provider that knows English only, and a server over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tako.v1.answers_pb2 import DetailResponse, SearchResponse
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaDetailRequest, MediaSearchRequest
from tako_providers.sdk import (
    Attribution,
    Domain,
    FeedSpec,
    KindSpec,
    Manifest,
    Page,
    Provider,
    RelationSpec,
)
from tests.postgres import Database
from tests.rpc.harness import Asked, Client, server

WIZARD = "A young boy discovers that he is a wizard. He goes to a school of magic, and he finds friends there."
SHIP = "A ship of iron crosses the sea of stars, and its crew looks for a lost city under two moons."
FRENCH = "Un jeune garçon découvre qu'il est un sorcier. Il part pour une école de magie, où il trouve des amis."


def film(number: int = 1, description: str = WIZARD, **more: Any) -> Item:
    """A film, in English unless the test says otherwise."""
    said: dict[str, Any] = {"title": f"The School {number}", "genres": ["Drama", "Science Fiction"], "language": "en"}
    return Item(kind=Item.MOVIE, source_id=str(number), description=description, **{**said, **more})


class English(Provider):
    """Answers every question with the same items."""

    manifest = Manifest(
        id="english",
        title="English",
        domains=(Domain.MEDIA,),
        homepage="https://example.org",
        base_url="https://example.org",
        hosts=frozenset({"example.org"}),
        attribution=Attribution("Data from nobody", "https://example.org"),
        kinds=(KindSpec(Item.MOVIE, search=True, default=True, detail=True),),
        feeds=(FeedSpec(Feed.POPULAR, (Item.MOVIE,)),),
        relations=(RelationSpec(Relation.SIMILAR, (Item.MOVIE,), (Item.MOVIE,)),),
        lookups=("imdb",),
        languages=("en",),
    )

    def __init__(self, *items: Item) -> None:
        self.items = items or (film(),)
        self.asked = 0

    async def search(self, ask: Any, up: Any) -> Page:
        """All of them."""
        return self._page()

    async def trending(self, ask: Any, up: Any) -> Page:
        """All of them."""
        return self._page()

    async def related(self, ask: Any, up: Any) -> Page:
        """All of them."""
        return self._page()

    async def lookup(self, ask: Any, up: Any) -> Page:
        """All of them."""
        return self._page()

    async def detail(self, ask: Any, up: Any) -> Item:
        """One of them."""
        self.asked += 1
        return _copy(next(item for item in self.items if item.source_id == ask.id.source_id))

    def _page(self) -> Page:
        self.asked += 1
        return Page([_copy(item) for item in self.items])


def _copy(item: Item) -> Item:
    copy = Item()
    copy.CopyFrom(item)
    return copy


@asynccontextmanager
async def translating(
    folder: Path, provider: Provider, database: Database | None = None, /, **environment: str
) -> AsyncIterator[Client]:
    """A server over ``provider``."""
    where = {}
    if database is not None:
        where = {
            "DB_ENABLED": "true",
            "DB_HOST": database.host,
            "DB_PORT": str(database.port),
            "DB_NAME": database.name,
            "DB_USER": database.user,
            "DB_PASSWORD": database.password,
        }
    async with server(folder, provider, **{**where, **environment}) as client:
        yield client


async def search(call: Client, query: str = "school", timeout: float = 30, **fields: Any) -> Asked:
    """Search films, in French and translated unless the test says otherwise."""
    request = MediaSearchRequest(**{"query": query, "language": "fr", "translate": True, **fields})
    return await call("MediaService/Search", request, SearchResponse, timeout)


async def detail(call: Client, number: int = 1, timeout: float = 30, **fields: Any) -> Asked:
    """One film."""
    said = {"id": f"english/movie/{number}", "language": "fr", "translate": True, **fields}
    return await call("MediaService/Detail", MediaDetailRequest(**said), DetailResponse, timeout)


def notes(item: Item) -> dict[str, Any]:
    """What was done to the fields of an item, by their names."""
    return {told.field: told for told in item.translated}


def texts(items: Sequence[Item]) -> list[str]:
    """Their descriptions."""
    return [item.description for item in items]


__all__ = ["FRENCH", "SHIP", "WIZARD", "English", "detail", "film", "notes", "search", "texts", "translating"]
