"""HttpExchange against a real server on this machine."""

import asyncio
import gzip
import socket
import ssl
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from tako_providers.sdk.errors import TakoError, TimedOut, Unreachable
from tako_providers.sdk.manifest import MAX_BODY
from tako_providers.sdk.upstream import Request
from tako_server.engine.http import HttpExchange
from tests.engine.serving import ACME, AGENT, SECRET, Server
from tests.engine.support import manifest


async def test_an_answer_comes_as_it_is(server: Server, http: HttpExchange) -> None:
    server.answers("/x", text="hé", status=404, headers={"X-Thing": "1"})
    answer = await http.send(ACME, Request("GET", server.url("/x"), params=(("q", "a b"), ("q", "é"))), 5)
    assert (answer.status, answer.body, answer.headers["x-thing"]) == (404, "hé".encode(), "1")
    assert answer.url == server.url("/x?q=a+b&q=%C3%A9")
    assert server.seen[0].query.getall("q") == ["a b", "é"]
    assert server.seen[0].headers["User-Agent"] == AGENT


async def test_headers_of_the_request_win(server: Server, http: HttpExchange) -> None:
    server.answers("/x")
    await http.send(ACME, Request("GET", server.url("/x"), headers={"user-agent": "Other/1"}), 5)
    assert server.seen[0].headers.getall("User-Agent") == ["Other/1"]


@pytest.mark.parametrize(
    ("request_body", "content_type", "body"),
    [
        ({"form": (("a", "1 2"), ("b", "é"))}, "application/x-www-form-urlencoded", b"a=1+2&b=%C3%A9"),
        ({"json": {"a": [1]}}, "application/json", b'{"a":[1]}'),
        ({"text": "fields *;"}, "text/plain", b"fields *;"),
    ],
)
async def test_bodies(
    server: Server, http: HttpExchange, request_body: dict[str, Any], content_type: str, body: bytes
) -> None:
    got: list[tuple[str, bytes]] = []

    async def keep(request: web.Request) -> web.Response:
        got.append((request.content_type, await request.read()))
        return web.Response()

    server.handlers["/x"] = keep
    await http.send(ACME, Request("POST", server.url("/x"), **request_body), 5)
    assert got == [(content_type, body)]


async def test_cookies_are_kept_for_nobody(server: Server, http: HttpExchange) -> None:
    server.answers("/x", headers={"Set-Cookie": "session=1; Path=/"})
    for _ in range(2):
        await http.send(ACME, Request("GET", server.url("/x")), 5)
    assert [dict(request.cookies) for request in server.seen] == [{}, {}]


async def test_a_silent_server_times_out(server: Server, http: HttpExchange) -> None:
    server.handlers["/x"] = server.hang
    with pytest.raises(TimedOut, match=r"a\.test did not answer in time"):
        await http.send(ACME, Request("GET", server.url("/x")), 0.05)
    await asyncio.wait_for(server.cancelled.wait(), 5)


async def test_the_time_limit_covers_a_body_that_stops(server: Server, http: HttpExchange) -> None:
    async def stall(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"begun")
        return await server.hang(request)

    server.handlers["/x"] = stall
    with pytest.raises(TimedOut):
        await http.send(ACME, Request("GET", server.url("/x")), 0.1)


async def test_cancelling_reaches_the_server(server: Server, http: HttpExchange) -> None:
    server.handlers["/x"] = server.hang
    asking = asyncio.create_task(http.send(ACME, Request("GET", server.url("/x")), 60))
    await asyncio.wait_for(server.entered.wait(), 5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await asyncio.wait_for(server.cancelled.wait(), 5)


async def test_a_reset_connection(server: Server, http: HttpExchange) -> None:
    async def reset(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server.handlers["/x"] = reset
    with pytest.raises(Unreachable, match=r"a\.test"):
        await http.send(ACME, Request("GET", server.url("/x")), 5)


async def test_a_body_that_breaks_off(server: Server, http: HttpExchange) -> None:
    async def break_off(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"begun")
        assert request.transport is not None
        request.transport.close()
        return response

    server.handlers["/x"] = break_off
    with pytest.raises(Unreachable, match=r"a\.test broke off its answer"):
        await http.send(ACME, Request("GET", server.url("/x")), 5)


async def test_nobody_listens(http: HttpExchange) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(Unreachable) as caught:
            await http.send(ACME, Request("GET", f"http://a.test:{port}/x", params=(("api_key", SECRET),)), 5)
    assert str(caught.value) == "a.test could not be reached"


async def test_no_tls_where_it_is_expected(server: Server, http: HttpExchange) -> None:
    with pytest.raises(Unreachable, match=r"a\.test"):
        await http.send(ACME, Request("GET", server.url("/x").replace("http:", "https:")), 5)


async def test_a_certificate_of_nobody(http: HttpExchange) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # holds no certificate: the handshake fails
    tls = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    port = tls.sockets[0].getsockname()[1]
    async with tls:
        with pytest.raises(Unreachable, match=r"a\.test"):
            await http.send(ACME, Request("GET", f"https://a.test:{port}/"), 5)


async def test_an_unknown_name(http: HttpExchange) -> None:
    with pytest.raises(Unreachable, match=r"nowhere\.test has no address"):
        await http.send(manifest("nowhere.test"), Request("GET", "https://nowhere.test/"), 5)


# --- size ---


async def test_an_endless_body_is_cut(server: Server, http: HttpExchange) -> None:
    gone = asyncio.Event()

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65536)
        finally:
            gone.set()

    server.handlers["/x"] = endless
    with pytest.raises(Unreachable, match="larger than 10 MB"):
        await http.send(ACME, Request("GET", server.url("/x")), 30)
    await asyncio.wait_for(gone.wait(), 5)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_bomb_is_cut(server: Server, http: HttpExchange, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    server.answers("/x", body=pack(bytes(MAX_BODY * 8)), headers={"Content-Encoding": encoding})
    with pytest.raises(Unreachable, match="larger than 10 MB"):
        await http.send(ACME, Request("GET", server.url("/x")), 30)


async def test_the_largest_body_passes(server: Server, http: HttpExchange) -> None:
    server.answers("/x", body=gzip.compress(bytes(MAX_BODY)), headers={"Content-Encoding": "gzip"})
    assert len((await http.send(ACME, Request("GET", server.url("/x")), 30)).body) == MAX_BODY


async def test_a_manifest_may_allow_more(server: Server, http: HttpExchange) -> None:
    server.answers("/x", body=bytes(MAX_BODY + 1))
    large = manifest("a.test", max_body=2 * MAX_BODY)
    assert len((await http.send(large, Request("GET", server.url("/x")), 30)).body) == MAX_BODY + 1


@pytest.mark.parametrize("path", ["/reset", "/big", "/away"])
async def test_no_error_tells_a_key_or_an_address(server: Server, http: HttpExchange, path: str) -> None:
    async def reset(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server.handlers["/reset"] = reset
    server.answers("/big", body=bytes(MAX_BODY + 1))
    server.redirects("/away", f"http://evil.test/?api_key={SECRET}")
    with pytest.raises(TakoError) as caught:
        await http.send(ACME, Request("GET", server.url(path), params=(("api_key", SECRET),)), 5)
    assert SECRET not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert "?" not in str(caught.value)
