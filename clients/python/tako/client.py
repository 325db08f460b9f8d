"""Clients of a Tako server: ``TakoClient``, and ``AsyncTakoClient`` for asyncio.

    with TakoClient("tako.example.org:443", api_key=key) as tako:
        for item in tako.books.search(query="dune", page_size=5).items:
            print(item.title)

Each service is an attribute, and each of its RPCs a method whose keyword arguments are the fields of the request.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import grpc
from grpc import aio

from tako import connection
from tako.async_calling import AsyncCaller
from tako.calling import Caller, Metadata
from tako.connection import DEFAULT_ADDRESS, DEFAULT_TIMEOUT, Ca
from tako.health import METHOD, Health, read_health, request_bytes
from tako.services.admin import Admin, AsyncAdmin
from tako.services.anime_manga import AnimeManga, AsyncAnimeManga
from tako.services.boardgames import AsyncBoardGames, BoardGames
from tako.services.books import AsyncBooks, Books
from tako.services.catalog import AsyncCatalog, Catalog
from tako.services.collectibles import AsyncCollectibles, Collectibles
from tako.services.comics import AsyncComics, Comics
from tako.services.construction_toys import AsyncConstructionToys, ConstructionToys
from tako.services.ecommerce import AsyncEcommerce, Ecommerce
from tako.services.media import AsyncMedia, Media
from tako.services.music import AsyncMusic, Music
from tako.services.provider import AsyncProvider, Provider
from tako.services.sticker_albums import AsyncStickerAlbums, StickerAlbums
from tako.services.tcg import AsyncTradingCards, TradingCards
from tako.services.videogames import AsyncVideoGames, VideoGames

__all__ = ["AsyncTakoClient", "Health", "TakoClient"]


class TakoClient:
    """A client for threads. Close it, or use it in a ``with`` block; it may be shared by all threads.

    ``address`` is ``host:port``, or a URL: ``https://`` is TLS, ``http://`` is not. Without a scheme it is TLS, unless
    the server is on this machine; ``tls`` says it outright. ``ca`` vouches for a server whose certificate the system
    does not know. ``timeout`` in seconds is for calls that are given none. ``metadata`` goes with every call.

    What fails raises an error of ``tako.errors``. A read that fails with UNAVAILABLE is tried again, twice at most.
    """

    def __init__(
        self,
        address: str = DEFAULT_ADDRESS,
        *,
        tls: bool | None = None,
        ca: Ca = None,
        api_key: str | None = None,
        admin_token: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        metadata: Metadata = (),
    ) -> None:
        target = connection.target_of(address, tls=tls)
        credentials = connection.credentials_of(target, ca)
        told = connection.metadata_of(api_key, admin_token, metadata)
        self.channel: grpc.Channel = (
            grpc.insecure_channel(target.name, options=connection.options())
            if credentials is None
            else grpc.secure_channel(target.name, credentials, options=connection.options())
        )
        """The channel, for what this client does not cover."""
        self._caller = caller = Caller(self.channel, told, timeout)
        self._health: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self.channel.unary_unary(METHOD)
        self.admin = Admin(caller)
        self.anime_manga = AnimeManga(caller)
        self.boardgames = BoardGames(caller)
        self.books = Books(caller)
        self.catalog = Catalog(caller)
        self.collectibles = Collectibles(caller)
        self.comics = Comics(caller)
        self.construction_toys = ConstructionToys(caller)
        self.ecommerce = Ecommerce(caller)
        self.media = Media(caller)
        self.music = Music(caller)
        self.providers = Provider(caller)
        self.sticker_albums = StickerAlbums(caller)
        self.tcg = TradingCards(caller)
        self.videogames = VideoGames(caller)

    def health(self, service: str = "", *, timeout: float | None = None) -> Health:
        """How the server is, or one service: ``tako.v1.BooksService``. Needs no key. Raises TakoError."""
        return read_health(self._caller.unary(self._health, request_bytes(service), timeout))

    def close(self) -> None:
        """End the calls that are left, and the connection."""
        self.channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncTakoClient:
    """A client for asyncio. Make it inside the running loop; close it, or use it in an ``async with`` block.

    Arguments and errors are those of ``TakoClient``. Cancelling a task cancels the call that it waits for, and the
    server stops working for it.
    """

    def __init__(
        self,
        address: str = DEFAULT_ADDRESS,
        *,
        tls: bool | None = None,
        ca: Ca = None,
        api_key: str | None = None,
        admin_token: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        metadata: Metadata = (),
    ) -> None:
        target = connection.target_of(address, tls=tls)
        credentials = connection.credentials_of(target, ca)
        told = connection.metadata_of(api_key, admin_token, metadata)
        self.channel: aio.Channel = (
            aio.insecure_channel(target.name, options=connection.options())
            if credentials is None
            else aio.secure_channel(target.name, credentials, options=connection.options())
        )
        """The channel, for what this client does not cover."""
        self._caller = caller = AsyncCaller(self.channel, told, timeout)
        self._health: aio.UnaryUnaryMultiCallable[bytes, bytes] = self.channel.unary_unary(METHOD)
        self.admin = AsyncAdmin(caller)
        self.anime_manga = AsyncAnimeManga(caller)
        self.boardgames = AsyncBoardGames(caller)
        self.books = AsyncBooks(caller)
        self.catalog = AsyncCatalog(caller)
        self.collectibles = AsyncCollectibles(caller)
        self.comics = AsyncComics(caller)
        self.construction_toys = AsyncConstructionToys(caller)
        self.ecommerce = AsyncEcommerce(caller)
        self.media = AsyncMedia(caller)
        self.music = AsyncMusic(caller)
        self.providers = AsyncProvider(caller)
        self.sticker_albums = AsyncStickerAlbums(caller)
        self.tcg = AsyncTradingCards(caller)
        self.videogames = AsyncVideoGames(caller)

    async def health(self, service: str = "", *, timeout: float | None = None) -> Health:
        """How the server is, or one service: ``tako.v1.BooksService``. Needs no key. Raises TakoError."""
        return read_health(await self._caller.unary(self._health, request_bytes(service), timeout))

    async def close(self) -> None:
        """End the calls that are left, and the connection."""
        await self.channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
