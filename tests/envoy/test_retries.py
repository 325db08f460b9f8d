"""What a server has certainly not begun with is asked of another one, or again; nothing else is."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message

from tako.v1.answers_pb2 import SearchResponse
from tako_server.rpc.interceptors.draining import NOT_BEGUN
from tests.envoy.conftest import Front
from tests.envoy.stand_ins import Context

pytestmark = pytest.mark.asyncio(loop_scope="session")

OF_GRPC = "CANCELLED"
"""What gRPC says, by itself, of calls that reach a server which is ending."""


def fail_once(front: Front, code: grpc.StatusCode, message: str) -> None:
    """The first call fails, and what comes after it does not."""

    async def answer(_request: bytes, context: Context) -> Message:
        if len(front.backend.calls) == 1:
            await context.abort(code, message)
        return SearchResponse()

    front.backend.answers["/tako.v1.MediaService/Search"] = answer


@pytest.mark.parametrize(
    ("code", "message"), [(grpc.StatusCode.UNAVAILABLE, NOT_BEGUN), (grpc.StatusCode.CANCELLED, OF_GRPC)]
)
async def test_a_call_that_was_not_begun_is_asked_again(front: Front, code: grpc.StatusCode, message: str) -> None:
    fail_once(front, code, message)
    assert (await front.get("/v1/media/search?query=x")).status == 200
    assert len(front.backend.calls) == 2


@pytest.mark.parametrize(
    ("code", "message"),
    [(grpc.StatusCode.UNAVAILABLE, "tmdb does not answer"), (grpc.StatusCode.CANCELLED, "for a reason")],
)
async def test_any_other_is_not(front: Front, code: grpc.StatusCode, message: str) -> None:
    fail_once(front, code, message)
    assert (await front.get("/v1/media/search?query=x")).status != 200
    assert len(front.backend.calls) == 1


async def test_what_grpc_says_at_its_end_is_said_of_calls_that_were_not_begun() -> None:
    begun = 0

    async def answer(_request: bytes, _context: Context) -> bytes:
        nonlocal begun
        begun += 1
        return b""

    server = grpc.aio.server()
    handler: Any = grpc.unary_unary_rpc_method_handler(answer)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("test.Service", {"Ask": handler}),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.enable_retries", 0)]) as channel:
        ask: Any = channel.unary_unary("/test.Service/Ask")
        await ask(b"")
        begun = 0
        calls = [ask(b"", timeout=20) for _ in range(200)]
        await asyncio.sleep(0)
        await server.stop(0.2)
        ended = await asyncio.gather(*calls, return_exceptions=True)
    refused = [one for one in ended if isinstance(one, grpc.aio.AioRpcError)]
    assert {one.details() for one in refused if one.code() is grpc.StatusCode.CANCELLED} == {OF_GRPC}
    assert begun + len(refused) == len(calls)
