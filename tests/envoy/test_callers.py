"""Keys and rates hold for gRPC, gRPC-Web, REST and its streams alike."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_providers.sdk import Page
from tests.conftest import require_tool
from tests.envoy.whole import Whole, whole
from tests.rpc.harness import page, provider

URL = "/v1/books/search?query=dune"
STREAMS = ("/v1/search:stream?query=dune&domains=books", "/v1/search:events?query=dune&domains=books")
OPEN = ("/health", "/version", "/metrics")


async def _dune(_ask: Any) -> Page:
    return page("Dune")


async def _grpc_web(tako: Whole, **headers: str) -> str:
    """The gRPC status of a call of gRPC-Web."""
    message = BooksSearchRequest(query="dune").SerializeToString()
    reply = await tako.ask(
        "POST",
        "/tako.v1.BooksService/Search",
        data=b"\0" + len(message).to_bytes(4, "big") + message,
        headers={"content-type": "application/grpc-web+proto", "x-grpc-web": "1", **headers},
    )
    if "grpc-status" in reply.headers:
        return reply.headers["grpc-status"]
    return reply.body.rpartition(b"grpc-status:")[2][:2].decode().strip()


# --- keys


async def test_without_a_key_nothing_is_answered_but_what_is_open(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_API_KEYS="first-key,second-key") as tako:
        for path in (URL, *STREAMS, "/v1/providers", "/v1/books/items/alpha/book/Dune", "/v1/lookup/isbn13/1"):
            for headers in ({}, {"x_api_key": "wrong"}, {"x_api_key": ""}):
                reply = await tako.get(path, **headers)
                assert reply.error()[:3] == (401, 16, "API_KEY_INVALID"), (path, headers)
        assert (await tako.grpc.search("dune")).code == grpc.StatusCode.UNAUTHENTICATED
        assert await _grpc_web(tako) == "16"
        for path in OPEN:
            assert (await tako.get(path)).status == 200, path


async def test_any_of_the_keys_opens_every_way_in(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_API_KEYS="first-key,second-key") as tako:
        for key in ("first-key", "second-key"):
            for path in (URL, *STREAMS, "/v1/providers"):
                assert (await tako.get(path, x_api_key=key)).status == 200, path
            assert (await tako.grpc.search("dune", x_api_key=key)).code == grpc.StatusCode.OK
            assert await _grpc_web(tako, **{"x-api-key": key}) == "0"


async def test_a_kept_answer_needs_the_key_too(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_API_KEYS="first-key") as tako:
        kept = await tako.get(URL, x_api_key="first-key")
        assert (await tako.get(URL, if_none_match=kept.headers["etag"])).status == 401
        assert (await tako.get(URL, if_none_match="*", x_api_key="first-key")).status == 304


# --- rates


def _left(headers: Any) -> tuple[str, str]:
    assert int(headers["x-ratelimit-reset"]) > 0
    return headers["x-ratelimit-limit"], headers["x-ratelimit-remaining"]


async def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_RATE_LIMIT="3/hour") as tako:
        assert [_left((await tako.get(URL)).headers) for _ in range(3)] == [("3", "2"), ("3", "1"), ("3", "0")]
        reply = await tako.get(URL)
        assert reply.error()[:3] == (429, 8, "RATE_LIMITED")
        assert _left(reply.headers) == ("3", "0")
        assert 1100 < int(reply.headers["retry-after"]) <= 1200  # a third of an hour
        assert reply.headers["cache-control"] == "no-store"
        for path in STREAMS:
            assert (await tako.get(path)).error()[:3] == (429, 8, "RATE_LIMITED")
        assert (await tako.get(URL, if_none_match="*")).status == 429
        assert await _grpc_web(tako) == "8"
        for path in OPEN:
            assert (await tako.get(path)).status == 200, path


async def test_grpc_and_rest_count_together(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_RATE_LIMIT="4/hour") as tako:
        assert _left((await tako.get(URL)).headers) == ("4", "3")
        assert _left((await tako.grpc.search("dune")).trailers) == ("4", "2")
        assert _left((await tako.get(STREAMS[0])).headers) == ("4", "1")
        assert await _grpc_web(tako) == "0"
        refused = await tako.grpc.search("dune")
        assert (refused.code, refused.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED")
        assert int(refused.trailers["retry-after"]) > 0
        assert _left(refused.trailers) == ("4", "0")


async def test_who_waits_may_ask_again(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_RATE_LIMIT="1/second") as tako:
        replies = await asyncio.gather(*(tako.get(URL) for _ in range(50)))
        refused = [reply for reply in replies if reply.status == 429]
        assert refused
        assert {reply.headers["retry-after"] for reply in refused} == {"1"}
        await asyncio.sleep(1)
        assert (await tako.get(URL)).status == 200


async def test_each_key_has_a_rate_of_its_own_and_so_has_who_tries_keys(tmp_path: Path) -> None:
    settings = {"TAKO_RATE_LIMIT": "2/hour", "TAKO_API_KEYS": "first-key,second-key", "TAKO_ADMIN_TOKEN": "token"}
    async with whole(tmp_path, provider("alpha", _dune), **settings) as tako:
        assert [(await tako.get(URL, x_api_key="first-key")).status for _ in range(3)] == [200, 200, 429]
        assert [(await tako.get(URL, x_api_key="second-key")).status for _ in range(3)] == [200, 200, 429]
        assert [(await tako.get(URL, x_api_key=f"guess-{n}")).status for n in range(3)] == [401, 401, 429]
        operator = [(await tako.get("/v1/admin/jobs", authorization="Bearer token")).status for _ in range(4)]
        assert operator == [200] * 4
        guessing = await tako.get("/v1/admin/jobs", authorization="Bearer guess")
        assert guessing.status == 429


async def test_a_rest_caller_is_who_envoy_says(tmp_path: Path) -> None:
    """Loopback is trusted as a proxy, so that one before Envoy may tell who asks."""
    async with whole(tmp_path, provider("alpha", _dune), TAKO_RATE_LIMIT="1/hour") as tako:
        assert [await _status(tako, "203.0.113.7") for _ in range(2)] == [200, 429]
        assert await _status(tako, "203.0.113.8") == 200
        # What a caller writes itself stands before what the proxy appends, and counts for nothing.
        assert await _status(tako, "198.51.100.1, 203.0.113.7") == 429
        assert await _status(tako, "203.0.113.7, nonsense, 203.0.113.8") == 429


async def test_nobody_is_believed_who_is_not_trusted(tmp_path: Path) -> None:
    settings = {"TAKO_RATE_LIMIT": "1/hour", "TAKO_TRUSTED_PROXIES": "10.0.0.0/8"}
    async with whole(tmp_path, provider("alpha", _dune), **settings) as tako:
        assert [await _status(tako, f"203.0.113.{n}") for n in range(2)] == [200, 429]
        spoofed = await tako.grpc.search("dune", x_forwarded_for="203.0.113.9")
        assert spoofed.code == grpc.StatusCode.RESOURCE_EXHAUSTED


async def _status(tako: Whole, forwarded: str) -> int:
    return (await tako.get(URL, x_forwarded_for=forwarded)).status


async def test_without_a_rate_nothing_is_told(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        reply = await tako.get(URL)
        assert not [name for name in reply.headers if name.startswith("x-ratelimit")]


# --- gRPC-Web, by a client of other people


@pytest.mark.parametrize("protocol", ["grpc", "grpcweb"])
async def test_buf_curl(tmp_path: Path, protocol: str) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_API_KEYS="first-key") as tako:
        schema = ("--schema", str(Path(__file__).parents[2]))
        common = ("--protocol", protocol, "--http2-prior-knowledge", *schema, "-H", "x-api-key: first-key")
        code, out = await _run(
            "buf", "curl", *common, "-d", '{"query":"dune"}', f"{tako.url}/tako.v1.BooksService/Search"
        )
        assert code == 0, out
        assert json.loads(out)["items"][0]["title"] == "Dune"
        code, out = await _run(
            *("buf", "curl", *common, "-d", '{"query":"dune","domains":["books"]}'),
            f"{tako.url}/tako.v1.CatalogService/SearchStream",
        )
        assert code == 0, out
        assert '"summary"' in out


async def _run(program: str, *arguments: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        require_tool(program), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    async with asyncio.timeout(40):
        out, _ = await process.communicate()
    return process.returncode, out.decode()


async def test_a_typed_caller_never_gets_json(tmp_path: Path) -> None:
    """Also one that says that it was transcoded: only the gateway may, and it removes what others say."""
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        await tako.get(URL)
        asked = await tako.grpc.search("dune")
        assert asked.answer.items[0].title == "Dune"
        message = BooksSearchRequest(query="dune").SerializeToString()
        frame = b"\0" + len(message).to_bytes(4, "big") + message
        for content_type, data in (
            ("application/grpc-web+proto", frame),
            ("application/grpc-web-text", base64.b64encode(frame)),
        ):
            headers = {"content-type": content_type, "x-grpc-web": "1", "x-envoy-original-path": "/v1/x"}
            reply = await tako.ask("POST", "/tako.v1.BooksService/Search", data=data, headers=headers)
            assert reply.headers["content-type"].startswith("application/grpc-web")
            assert b"application/json" not in reply.body
