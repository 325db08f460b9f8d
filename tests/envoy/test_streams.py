"""Events reach the caller when they happen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import ErrorInfo
from grpc_status import rpc_status

from tako.v1.answers_pb2 import ProviderItems, ProviderOutcome, SearchEvent, SearchStarted, SearchSummary
from tako.v1.catalog_service_pb2 import CatalogSearchRequest
from tako.v1.item_pb2 import Item
from tests.envoy.conftest import Front
from tests.envoy.stand_ins import Context, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

METHOD = "/tako.v1.CatalogService/SearchStream"
EVENTS = [
    SearchEvent(started=SearchStarted(asked=[ProviderOutcome(provider="tmdb")])),
    SearchEvent(items=ProviderItems(provider="tmdb", items=[Item(title="line\nbreak\n\ndata: x")])),
    SearchEvent(summary=SearchSummary()),
]
SHOWN = [
    {"started": {"asked": [{"provider": "tmdb"}]}},
    {"items": {"provider": "tmdb", "items": [{"title": "line\nbreak\n\ndata: x"}]}},
    {"summary": {}},
]


@pytest.mark.parametrize(
    ("path", "content_type", "prefix"),
    [
        ("/v1/search:stream", "application/json", b""),
        ("/v1/search:events", "text/event-stream", b"data: "),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_each_event_arrives_before_the_next_one_happens(
    front: Front, path: str, content_type: str, prefix: bytes, encoding: str
) -> None:
    read = asyncio.Semaphore(0)

    async def events(_request: bytes, _context: Context) -> AsyncIterator[Message]:
        for event in EVENTS:
            yield event
            await asyncio.wait_for(read.acquire(), 5)  # not before the caller has it

    front.backend.streams[METHOD] = events
    seen = []
    url = f"http://{front.address}{path}?query=x&domains=media&kinds=movie&kinds=series"
    async with front.session.get(url, headers={"accept-encoding": encoding}) as answer:
        assert answer.status == 200
        assert answer.headers["content-type"] == content_type
        async for line in answer.content:
            if prefix and line == b"\n":  # the end of an event
                continue
            assert line.startswith(prefix)
            seen.append(json.loads(line.removeprefix(prefix)))
            read.release()
    assert seen == SHOWN
    request = front.backend.last(CatalogSearchRequest)
    assert (request.query, list(request.domains), list(request.kinds)) == ("x", ["media"], [Item.MOVIE, Item.SERIES])


@pytest.mark.parametrize("path", ["/v1/search:stream", "/v1/search:events"])
async def test_an_error_before_the_first_event_is_an_ordinary_error(front: Front, path: str) -> None:
    async def refuse(_request: bytes, context: Context) -> AsyncIterator[Message]:
        await context.abort_with_status(
            rpc_status.to_status(
                status(grpc.StatusCode.INVALID_ARGUMENT, "No.", ErrorInfo(reason="INVALID_FIELD", domain="tako"))
            )
        )
        yield SearchEvent()

    front.backend.streams[METHOD] = refuse
    reply = await front.get(path)
    assert reply.error() == (400, 3, "INVALID_FIELD", "No.")
    assert (await front.get(f"{path}?colour=red")).error()[:3] == (400, 3, "INVALID_FIELD")


@pytest.mark.parametrize("path", ["/v1/search:stream", "/v1/search:events"])
async def test_a_caller_that_goes_away_cancels_the_stream(front: Front, path: str) -> None:
    gone = asyncio.Event()

    async def events(_request: bytes, _context: Context) -> AsyncIterator[Message]:
        yield EVENTS[0]
        try:
            await asyncio.sleep(30)
        finally:
            gone.set()

    front.backend.streams[METHOD] = events
    answer = await front.session.get(f"http://{front.address}{path}?query=x")
    await answer.content.readline()
    answer.close()
    await asyncio.wait_for(gone.wait(), 5)
