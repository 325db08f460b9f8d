"""Native gRPC and gRPC-Web on the port of REST."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import ErrorInfo
from grpc_status import rpc_status

from tako.v1.answers_pb2 import SearchEvent, SearchResponse, SearchSummary
from tako.v1.catalog_service_pb2 import CatalogSearchRequest
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaSearchRequest
from tests.conftest import require_tool
from tests.envoy.conftest import Front
from tests.envoy.plain_descriptors import plain_descriptors
from tests.envoy.stand_ins import Context, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

REQUEST = MediaSearchRequest(query="matrix")
ANSWER = SearchResponse(items=[Item(title="The Matrix")])


def _unary(channel: grpc.aio.Channel, method: str) -> grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]:
    return channel.unary_unary(method, bytes, bytes)


async def test_a_grpc_call_arrives_untouched(front: Front) -> None:
    front.backend.answer("MediaService/Search", ANSWER)
    async with grpc.aio.insecure_channel(front.address) as channel:
        call = _unary(channel, "/tako.v1.MediaService/Search")
        metadata = (("x-request-id", "mine"), ("x-envoy-original-path", "/forged"), ("authorization", "Bearer t"))
        assert await call(REQUEST.SerializeToString(), metadata=metadata, timeout=5) == ANSWER.SerializeToString()
    arrived = front.backend.calls[-1]
    assert arrived.request == REQUEST.SerializeToString()
    assert (arrived.metadata["x-request-id"], arrived.metadata["authorization"]) == ("mine", "Bearer t")
    assert "x-envoy-original-path" not in arrived.metadata


async def test_a_grpc_error_keeps_its_details(front: Front) -> None:
    info = ErrorInfo(reason="ITEM_NOT_FOUND", domain="tako")
    front.backend.fail("MediaService/Detail", status(grpc.StatusCode.NOT_FOUND, "No such film.", info))
    async with grpc.aio.insecure_channel(front.address) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await _unary(channel, "/tako.v1.MediaService/Detail")(b"", timeout=5)
    assert raised.value.details() == "No such film."
    call: Any = raised.value  # it has what from_call reads
    rich = rpc_status.from_call(call)
    assert rich is not None
    found = ErrorInfo()
    assert rich.details[0].Unpack(found)
    assert found == info


async def test_an_unknown_grpc_method_is_the_servers_to_refuse(front: Front) -> None:
    async with grpc.aio.insecure_channel(front.address) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await _unary(channel, "/other.v1.Service/Method")(b"", timeout=5)
    assert raised.value.code() == grpc.StatusCode.UNIMPLEMENTED


async def test_a_grpc_stream_arrives_event_by_event(front: Front) -> None:
    proceed = asyncio.Event()

    async def events(_request: bytes, _context: Context) -> AsyncIterator[Message]:
        yield SearchEvent(summary=SearchSummary(next_page_token="1"))
        await asyncio.wait_for(proceed.wait(), 5)
        yield SearchEvent(summary=SearchSummary(next_page_token="2"))

    front.backend.streams["/tako.v1.CatalogService/SearchStream"] = events
    async with grpc.aio.insecure_channel(front.address) as channel:
        call = channel.unary_stream("/tako.v1.CatalogService/SearchStream", bytes, bytes)(
            CatalogSearchRequest(query="x").SerializeToString()
        )
        tokens = []
        async for raw in call:
            tokens.append(SearchEvent.FromString(raw).summary.next_page_token)
            proceed.set()
    assert tokens == ["1", "2"]


async def test_a_grpc_deadline_reaches_the_server(front: Front) -> None:
    left: list[float] = []

    async def answer(_request: bytes, context: Context) -> SearchResponse:
        left.append(context.time_remaining())
        return ANSWER

    front.backend.answers["/tako.v1.MediaService/Search"] = answer
    async with grpc.aio.insecure_channel(front.address) as channel:
        await _unary(channel, "/tako.v1.MediaService/Search")(b"", timeout=3)
    assert 1 < left[0] < 3.5


@pytest.mark.parametrize("text", [False, True])
async def test_grpc_web(front: Front, *, text: bool) -> None:
    front.backend.answer("MediaService/Search", ANSWER)
    message = REQUEST.SerializeToString()
    frame = b"\0" + len(message).to_bytes(4, "big") + message
    content_type = "application/grpc-web-text" if text else "application/grpc-web+proto"
    reply = await front.ask(
        "POST",
        "/tako.v1.MediaService/Search",
        data=base64.b64encode(frame) if text else frame,
        headers={"content-type": content_type, "accept": content_type, "x-grpc-web": "1"},
    )
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("application/grpc-web")
    # gRPC-Web text is base64 with padding in the middle, so that every part can be read at once.
    quartets = [reply.body[at : at + 4] for at in range(0, len(reply.body), 4)]
    body = b"".join(map(base64.b64decode, quartets)) if text else reply.body
    length = int.from_bytes(body[1:5], "big")
    assert SearchResponse.FromString(body[5 : 5 + length]) == ANSWER
    assert body[5 + length] == 0x80
    assert b"grpc-status:0" in body
    assert front.backend.calls[-1].request == message


async def test_grpcurl(front: Front, tmp_path: Path) -> None:
    front.backend.answer("MediaService/Search", ANSWER)
    process = await asyncio.create_subprocess_exec(
        *(require_tool("grpcurl"), "-plaintext", "-protoset", plain_descriptors(tmp_path), "-d", '{"query": "matrix"}'),
        *(front.address, "tako.v1.MediaService/Search"),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert b'"title": "The Matrix"' in out
