"""Tricks to make Tako ask what it must not, each through an Exchange that could: a server waits where they lead."""

import socket
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from tako_providers.sdk.errors import InvalidField, ShapeChanged, Unreachable
from tako_providers.sdk.manifest import MAX_BODY
from tako_providers.sdk.upstream import Request
from tako_server.core.deadline import Deadline
from tako_server.engine.egress import Egress
from tako_server.engine.http import HttpExchange
from tako_server.engine.upstream import EngineUpstream
from tests.engine.serving import ACME, AGENT, Names, Server
from tests.engine.support import manifest
from tests.engine.test_upstream import Acme

PUBLIC = "8.8.8.8"


class Everything(AbstractResolver):
    """Leads every name to this machine, spellings of an address to that address, as a C library does."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """One address."""
        self.asked.append(host)
        try:
            address = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            address = "127.0.0.1"
        return [_found(host, address, port)]

    async def close(self) -> None:
        """Nothing is held."""


class Turns(Everything):
    """A name that leads elsewhere each time it is looked up."""

    def __init__(self, *turns: Sequence[str]) -> None:
        super().__init__()
        self._turns = iter(turns)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses whose turn it is."""
        self.asked.append(host)
        return [_found(host, address, port) for address in next(self._turns)]


def _found(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)


@pytest.fixture
async def trap(server: Server) -> AsyncIterator[Server]:
    """A server that nobody must ask."""
    server.answers("/x", text="inside")
    server.answers("/", text="inside")
    yield server
    assert server.seen == []


@asynccontextmanager
async def exchange(resolver: AbstractResolver, *, loopback: bool = False) -> AsyncIterator[HttpExchange]:
    """An exchange with the gate as it is in production, unless it is open to loopback."""
    made = await HttpExchange.start(user_agent=AGENT, egress=Egress(open_to_loopback=loopback), resolver=resolver)
    try:
        yield made
    finally:
        await made.close()


OTHER_HOSTS = [
    "http://127.0.0.1:{port}/x",
    "http://2130706433:{port}/x",
    "http://017700000001:{port}/x",
    "http://0x7f000001:{port}/x",
    "http://0x7f.0.0.1:{port}/x",
    "http://127.1:{port}/x",
    "http://0:{port}/x",
    "http://0.0.0.0:{port}/x",
    "http://[::]:{port}/x",
    "http://[::1]:{port}/x",
    "http://[::ffff:127.0.0.1]:{port}/x",
    "http://[::ffff:7f00:1]:{port}/x",
    "http://[::127.0.0.1]:{port}/x",
    "http://[2002:7f00:1::]:{port}/x",
    "http://[64:ff9b::7f00:1]:{port}/x",
    "http://[fe80::1%25lo]:{port}/x",
    "http://localhost:{port}/x",
    "http://a.test.:{port}/x",
    "http://a.test.evil.test:{port}/x",
    "http://evila.test:{port}/x",
    "http://sub.a.test:{port}/x",
    "http://a.tes:{port}/x",
    "http://a.test@127.0.0.1:{port}/x",
    "http://a.test:80@127.0.0.1:{port}/x",
    "http://a.test%40127.0.0.1:{port}/x",
    "http://a.test%2eevil.test:{port}/x",
    "http://a.test%00.evil.test:{port}/x",
    "http://a.test%23@evil.test:{port}/x",
    "http://evil.test:{port}#@a.test/x",
    "http://evil.test:{port}?@a.test/x",
    "http://a.test\\@evil.test:{port}/x",
    "http://evil.test:{port}\\@a.test/x",
    "http:\\\\127.0.0.1:{port}\\x",
    "http:/127.0.0.1:{port}/x",
    "http:127.0.0.1:{port}/x",
    "http://:{port}/x",
    "http:///x",
    "//127.0.0.1:{port}/x",
    "http://a\u3002test:{port}/x",
    "http://\uff41.test:{port}/x",
    "http://\u24d0.test:{port}/x",
    "http://\u0430.test:{port}/x",
    "http://xn--80a.test:{port}/x",
    "http://\u2488\u2488127.1:{port}/x",
    "http://[127.0.0.1]:{port}/x",
    "http://127.0.0.1\r\n.a.test:{port}/x",
    "http://a.test:{port}/x\r\nHost: evil.test",
    "http://a.test:{port}/x y",
    "http://a.test:{port}\t/x",
    "http://a.test:{port}x/x",
    "http://a.test:99999/x",
    "http://a.test:-1/x",
    "file:///etc/passwd",
    "ftp://a.test:{port}/x",
    "gopher://a.test:{port}/x",
    "data:text/plain,x",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "ws://a.test:{port}/x",
    "jar:http://a.test:{port}/x",
    "",
]
"""None of these is an address of a.test. The gate is open to loopback: only the manifest's hosts stand in the way."""


@pytest.mark.parametrize("url", OTHER_HOSTS)
async def test_no_spelling_leads_to_another_host(trap: Server, url: str) -> None:
    names = Everything()
    async with exchange(names, loopback=True) as http:
        with pytest.raises(Unreachable):
            await http.send(ACME, Request("GET", url.replace("{port}", str(trap.port))), 5)
    assert names.asked == []


PRODUCTION = [
    "http://a.test/x",
    "https://a.test:{port}/x",
    "https://a.test:0/x",
    "https://a.test:80/x",
    "https://a.test:4430/x",
    "https://user@a.test/x",
    "https://user:word@a.test/x",
    "https://@a.test/x",
    "https://:@a.test/x",
]


@pytest.mark.parametrize("url", PRODUCTION)
async def test_a_host_is_asked_over_https_on_its_port_by_nobody(trap: Server, url: str) -> None:
    names = Everything()
    async with exchange(names) as http:
        with pytest.raises(Unreachable) as refused:
            await http.send(ACME, Request("GET", url.replace("{port}", str(trap.port))), 5)
    assert names.asked == []
    assert "word" not in str(refused.value)


SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0177.0.0.1", "0x7f000001", "0x7f.1", "0X7F.0.0.0x1",
    "0", "0.0.0.0", "127.0.0.1.", "2130706433.", "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
    "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2001:0:7f00:1::", "fe80::1", "fe80::1%lo", "fd00::1",
    "10.0.0.1", "100.64.0.1", "169.254.169.254", "2852039166", "172.16.0.1", "192.168.1.1", "192.88.99.1",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
async def test_an_address_that_is_allowed_by_name_opens_nothing(host: str) -> None:
    """As a base URL from a setting would: the gate must know every spelling that the HTTP client knows."""
    async with exchange(Everything()) as http:
        url = f"https://[{host}]/x" if ":" in host else f"https://{host}/x"
        with pytest.raises(Unreachable, match="public address"):
            await http.send(manifest(host.lower()), Request("GET", url), 5)


# --- names ---


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.0.0.1", "169.254.169.254", "192.168.0.1", "100.64.0.1", "::1", "::", "fd00::1"),
        *("::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "fe80::1%1"),
    ],
)
async def test_a_name_leads_to_no_private_address(address: str) -> None:
    names = Turns([address])
    async with exchange(names) as http:
        with pytest.raises(Unreachable, match=r"^a\.test does not lead to a public address$"):
            await http.send(ACME, Request("GET", "https://a.test/x"), 5)
    assert names.asked == ["a.test"]


async def test_the_address_that_was_checked_is_the_one_that_is_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    dialled: list[str] = []

    async def dial(addr_infos: Sequence[Any], **more: Any) -> socket.socket:
        dialled.extend(info[4][0] for info in addr_infos)
        raise OSError("nobody is there")

    monkeypatch.setattr("aiohappyeyeballs.start_connection", dial)
    names = Turns([PUBLIC, "127.0.0.1"], ["127.0.0.1"])
    async with exchange(names) as http:
        for _ in range(2):
            with pytest.raises(Unreachable):
                await http.send(ACME, Request("GET", "https://a.test/x"), 5)
    assert set(dialled) == {PUBLIC}
    assert len(names.asked) == 1, "what a look-up gave is kept, checked"


async def test_a_second_look_up_is_checked_too(server: Server) -> None:
    server.answers("/x", text="here")
    names = Turns(["127.0.0.1"], ["169.254.169.254"])
    async with exchange(names, loopback=True) as http:
        request = Request("GET", server.url("/x"), headers={"connection": "close"})
        assert (await http.send(ACME, request, 5)).body == b"here"
        connector = http._session.connector
        assert isinstance(connector, aiohttp.TCPConnector)
        connector.clear_dns_cache()
        with pytest.raises(Unreachable, match="does not lead to a public address"):
            await http.send(ACME, request, 5)
    assert len(server.seen) == 1


# --- redirects ---


class Led:
    """A session to which https is http at this machine: the gate sees what an upstream could send it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=Names({"a.test": "127.0.0.1"})))

    def request(self, method: str, url: URL, **more: Any) -> Any:
        """As aiohttp's."""
        return self._session.request(method, url.with_scheme("http").with_port(self._port), **more)

    async def close(self) -> None:
        """As aiohttp's."""
        await self._session.close()


@pytest.mark.parametrize(
    "target",
    [
        "http://a.test/y",
        "HTTP://a.test/y",
        "http:/y",
        "https://a.test:8443/y",
        "https://a.test:{port}/y",
        "https://a.test:0/y",
        "https://evil.test/y",
        "//evil.test/y",
        "https://a.test\\@evil.test/y",
        "https://a.test@evil.test/y",
        "https://user:word@a.test/y",
        "https://a.test./y",
        "https://a.test.evil.test/y",
        "https://127.0.0.1/y",
        "https://2130706433/y",
        "https://[::ffff:127.0.0.1]/y",
        "https://169.254.169.254/latest/meta-data/",
        "https://a\u3002test/y",
        "file:///etc/passwd",
        "ftp://a.test/y",
        "gopher://a.test/y",
        "data:text/plain,x",
        "javascript:alert(1)",
    ],
)
async def test_a_redirect_leads_to_no_other_place(server: Server, target: str) -> None:
    server.redirects("/x", target.replace("{port}", str(server.port)))
    http = HttpExchange(cast(aiohttp.ClientSession, Led(server.port)), Egress(), AGENT)
    try:
        with pytest.raises(Unreachable) as refused:
            await http.send(ACME, Request("GET", "https://a.test/x"), 5)
    finally:
        await http.close()
    paths = [request.path for request in server.seen]
    assert paths == ["/x"], refused.value
    assert "word" not in str(refused.value)


@pytest.mark.parametrize("target", ["///evil.test/y", "\\\\evil.test/y", "https:\\\\evil.test/y", "/\\evil.test"])
async def test_a_redirect_that_browsers_read_as_another_host_stays(
    server: Server, http: HttpExchange, target: str
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target}) if request.path == "/x" else web.Response()

    server.handlers = _AnyPath(answer)
    try:
        await http.send(ACME, Request("GET", server.url("/x")), 5)
    except Unreachable:
        return  # refused is as good
    assert [request.host for request in server.seen] == [f"a.test:{server.port}"] * 2


# --- what a provider passes on from a caller ---


@pytest.mark.parametrize(
    "path",
    [
        "//127.0.0.1/x",
        "///evil.test/x",
        "\\\\evil.test\\x",
        "@evil.test/x",
        ":80@evil.test/x",
        ".evil.test/x",
        "/x\r\nHost: evil.test",
        "/x HTTP/1.1\r\nHost: evil.test\r\n\r\n",
        "/x#@evil.test",
        "/%0d%0aHost:%20evil.test",
        "HTTP://evil.test/x",
        "file:///etc/passwd",
    ],
)
async def test_no_path_leaves_the_host(server: Server, http: HttpExchange, path: str) -> None:
    provider = Acme(manifest("a.test", base_url=server.url("")))
    seen: list[tuple[str, tuple[str, ...]]] = []

    async def keep(request: Any) -> Any:
        seen.append((request.host, tuple(request.headers.getall("Host"))))
        return web.Response(text="here")

    server.handlers = _AnyPath(keep)
    try:
        await EngineUpstream(provider, {}, http, Deadline.after(5)).fetch(path, allow=(404,))
    except (Unreachable, InvalidField, ValueError):
        return  # refused is as good
    assert set(seen) <= {(f"a.test:{server.port}", (f"a.test:{server.port}",))}


@pytest.mark.parametrize("path", ["https://evil.test/x", "http://127.0.0.1/x", "https://a.test@evil.test/x"])
async def test_a_whole_address_is_checked_like_any(trap: Server, http: HttpExchange, path: str) -> None:
    provider = Acme(manifest("a.test", base_url=trap.url("")))
    with pytest.raises(Unreachable, match="is not one of the hosts of acme"):
        await EngineUpstream(provider, {}, http, Deadline.after(5)).fetch(path)


class _AnyPath(dict[str, Any]):
    def __init__(self, handler: Any) -> None:
        super().__init__()
        self._handler = handler

    def __missing__(self, path: str) -> Any:
        return self._handler


# --- what comes back ---


async def test_a_body_that_announces_too_much_is_not_read(server: Server, http: HttpExchange) -> None:
    async def huge(request: Any) -> Any:
        response = web.StreamResponse(headers={"Content-Length": str(MAX_BODY + 1)})
        await response.prepare(request)
        return await server.hang(request)

    server.handlers["/x"] = huge
    with pytest.raises(Unreachable, match="larger than 10 MB"):
        await http.send(ACME, Request("GET", server.url("/x")), 5)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_an_encoding_that_nobody_asked_for_is_no_answer(
    server: Server, http: HttpExchange, encoding: str
) -> None:
    """Never decoded without a bound: it is refused, or it is no JSON."""
    server.answers("/x", body=b"\x1f\x8b\x00{}" * 10, headers={"Content-Encoding": encoding})
    provider = Acme(manifest("a.test", base_url=server.url("")))
    with pytest.raises((Unreachable, ShapeChanged)):
        await EngineUpstream(provider, {}, http, Deadline.after(5)).json("/x")


@pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "application/json", "application/zip"])
async def test_what_is_no_page_is_not_read_as_one(server: Server, http: HttpExchange, content_type: str) -> None:
    server.answers("/x", body=b"%PDF-1.7 <b>", headers={"Content-Type": content_type})
    provider = Acme(manifest("a.test", base_url=server.url("")))
    with pytest.raises(ShapeChanged):
        await EngineUpstream(provider, {}, http, Deadline.after(5)).html("/x")


async def test_a_bomb_never_unfolds(server: Server, http: HttpExchange) -> None:
    """1 GB of zeros in 1 MB: what is held meanwhile is little more than what may be kept."""
    server.answers("/x", body=_bomb(1024), headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    try:
        with pytest.raises(Unreachable, match="larger than 10 MB"):
            await http.send(ACME, Request("GET", server.url("/x")), 30)
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_BODY
    finally:
        tracemalloc.stop()


def _bomb(megabytes: int) -> bytes:
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1024 * 1024)
    return b"".join([*(pack.compress(zeros) for _ in range(megabytes)), pack.flush()])
