"""A whole server in the test's own process, over providers that the test makes up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status

from tako.v1.item_pb2 import Item
from tako_providers.sdk import Attribution, Domain, KindSpec, Manifest, Page, Provider
from tako_server.app import running
from tako_server.config import load_settings

Answering = Callable[[Any], Awaitable[Page]]


def page(*titles: str, following: str = "") -> Page:
    """A page of books."""
    return Page([Item(kind=Item.BOOK, source_id=title, title=title) for title in titles], next=following)


def provider(name: str, search: Answering, **facts: Any) -> Provider:
    """A provider of books whose search is ``search``."""

    class Made(Provider):
        manifest = Manifest(
            id=name,
            title=name.title(),
            domains=(Domain.BOOKS,),
            homepage="https://example.org",
            base_url="https://example.org",
            hosts=frozenset({"example.org"}),
            attribution=Attribution("Data from nobody", "https://example.org"),
            kinds=(KindSpec(Item.BOOK, search=True, default=True, detail=True),),
            **facts,
        )

        async def search(self, ask: Any, up: Any) -> Page:
            return await search(ask)

    return Made()


@dataclass
class Asked:
    """An answer, or the status of an error."""

    answer: Any
    code: grpc.StatusCode
    status: Status
    trailers: dict[str, Any]

    @property
    def reason(self) -> str:
        """The reason in ErrorInfo."""
        info = ErrorInfo()
        for detail in self.status.details:
            if detail.Unpack(info):
                return info.reason
        return ""


@dataclass
class Client:
    """Calls a running server."""

    channel: grpc.aio.Channel

    async def __call__(
        self, method: str, request: Message | bytes, response: type[Message], timeout: float = 10, **metadata: str
    ) -> Asked:
        """One unary call; raw bytes go as they are."""
        raw = request if isinstance(request, bytes) else request.SerializeToString()
        asking: Any = self.channel.unary_unary(f"/tako.v1.{method}", response_deserializer=response.FromString)
        sent = tuple((key.replace("_", "-"), value) for key, value in metadata.items())
        call = asking(raw, timeout=timeout, metadata=sent)
        try:
            answer = await call
        except grpc.aio.AioRpcError as error:
            trailers = dict(iter(error.trailing_metadata() or ()))
            status = Status.FromString(trailers.get("grpc-status-details-bin", b""))
            return Asked(None, error.code(), status, trailers)
        return Asked(answer, grpc.StatusCode.OK, Status(), dict(iter(await call.trailing_metadata())))


@asynccontextmanager
async def server(folder: Path, *providers: Provider, **environment: str) -> AsyncIterator[Client]:
    """A server without a gateway, and a client of it."""
    settings = load_settings(
        environment={
            "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
            "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
            "TAKO_CACHE_PATH": str(folder / "tako.db"),
            "TAKO_JOBS": "false",  # a test may run when a job is due
            **environment,
        },
        dotenv=None,
    )
    made = {p.manifest.id: p for p in providers}
    async with (
        running(settings, rest=False, providers=made) as tako,
        grpc.aio.insecure_channel(tako.ready.grpc_address) as channel,
    ):
        yield Client(channel)
