"""HttpExchange: where it lets itself be led, by redirects and by names."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast
from unittest.mock import MagicMock

import aiohttp
import pytest
from yarl import URL

from tako_providers.sdk.errors import Unreachable
from tako_providers.sdk.upstream import Request
from tako_server.engine.egress import Egress
from tako_server.engine.http import HttpExchange
from tests.engine.serving import ACME, AGENT, SECRET, Names, Server
from tests.engine.support import manifest


class Hops:
    """A client session without a network: the first answer leads to an address, the second is empty."""

    def __init__(self, location: str) -> None:
        self.location = location
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    @asynccontextmanager
    async def request(self, method: str, url: URL, *, headers: Mapping[str, str], **more: Any) -> AsyncIterator[Any]:
        """One answer."""
        self.asked.append((str(url), headers))
        answer = MagicMock(status=302 if len(self.asked) == 1 else 204, headers={}, content_length=None)
        if answer.status == 302:
            answer.headers = {"Location": self.location}
        answer.content.iter_chunked.return_value.__aiter__.return_value = []
        yield answer


# --- redirects ---


async def test_a_redirect_is_followed(server: Server, http: HttpExchange) -> None:
    server.redirects("/x", "/y?z=1")
    server.answers("/y", text="here")
    answer = await http.send(ACME, Request("GET", server.url("/x"), headers={"Authorization": SECRET}), 5)
    assert (answer.body, answer.url) == (b"here", server.url("/y?z=1"))
    assert server.seen[1].headers["Authorization"] == SECRET


@pytest.mark.parametrize("location", ["/fr/jeu vidéo?q=a%20b#top", "/fr/jeu%20vid%C3%A9o?q=a b"])
async def test_a_redirect_that_is_not_encoded(server: Server, http: HttpExchange, location: str) -> None:
    server.redirects("/x", location)
    server.answers("/fr/jeu vidéo", text="here")
    answer = await http.send(ACME, Request("GET", server.url("/x")), 5)
    assert (answer.body, answer.url) == (b"here", server.url("/fr/jeu%20vid%C3%A9o?q=a%20b"))


async def test_a_key_never_follows_to_another_host(server: Server, http: HttpExchange) -> None:
    server.redirects("/x", server.url("/y", "b.test"))
    server.answers("/y", text="here")
    headers = {"Authorization": SECRET, "X-Api-Key": SECRET, "Cookie": SECRET, "Client-ID": SECRET, "Accept": "a/b"}
    await http.send(ACME, Request("GET", server.url("/x"), params=(("api_key", SECRET),), headers=headers), 5)
    arrived = server.seen[1]
    assert arrived.headers["Accept"] == "a/b"
    assert arrived.headers["User-Agent"] == AGENT
    assert SECRET not in str(arrived.raw_headers) + arrived.path_qs


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("https://a.test/x", "https://b.test/y", True),
        ("http://a.test/x", "https://b.test/y", False),
        ("https://a.test/x", "http://b.test/y", False),
    ],
)
async def test_authorization_follows_to_the_providers_own_hosts_over_https(first: str, then: str, kept: bool) -> None:
    session = Hops(then)
    exchange = HttpExchange(cast(aiohttp.ClientSession, session), Egress(open_to_loopback=True), AGENT)
    await exchange.send(ACME, Request("GET", first, headers={"Authorization": SECRET, "X-Api-Key": SECRET}), 5)
    assert [url for url, _ in session.asked] == [first, then]
    arrived = session.asked[1][1]
    assert (arrived.get("authorization"), "x-api-key" in arrived) == (SECRET if kept else None, False)


async def test_authorization_never_leaves_the_hosts() -> None:
    session = Hops("https://evil.test/y")
    exchange = HttpExchange(cast(aiohttp.ClientSession, session), Egress(), AGENT)
    with pytest.raises(Unreachable, match=r"evil\.test is not one of the hosts of acme"):
        await exchange.send(ACME, Request("GET", "https://a.test/x", headers={"Authorization": SECRET}), 5)
    assert len(session.asked) == 1


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://evil.test:{port}/y", "evil.test is not one of the hosts of acme"),
        ("//evil.test:{port}/y", "evil.test is not one of the hosts of acme"),
        ("http://a.test@evil.test:{port}/y", "evil.test is not one of the hosts of acme"),
        ("http://127.0.0.1:{port}/y", "127.0.0.1 is not one of the hosts of acme"),
        ("http://a.test.evil.test/y", "a.test.evil.test is not one of the hosts of acme"),
        ("http://user:word@a.test:{port}/y", "the address of a.test holds user-info"),
        ("ftp://a.test:{port}/y", "a.test is not asked over https"),
        ("file:///etc/passwd", "the address is not asked over https"),
    ],
)
async def test_a_redirect_out_of_the_hosts_is_refused(
    server: Server, http: HttpExchange, target: str, why: str
) -> None:
    server.redirects("/x", target.format(port=server.port))
    server.answers("/y")
    with pytest.raises(Unreachable) as caught:
        await http.send(ACME, Request("GET", server.url("/x")), 5)
    assert str(caught.value) == why
    assert len(server.seen) == 1


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
async def test_what_becomes_of_a_post(server: Server, http: HttpExchange, status: int, method: str) -> None:
    server.redirects("/x", "/y", status)
    server.answers("/y")
    await http.send(ACME, Request("POST", server.url("/x"), form=(("a", "1"),)), 5)
    assert server.seen[1].method == method


async def test_a_body_never_follows_to_another_host(server: Server, http: HttpExchange) -> None:
    server.redirects("/x", server.url("/y", "b.test"), 307)
    with pytest.raises(Unreachable, match=r"a\.test sends a request with a body on to another host"):
        await http.send(ACME, Request("POST", server.url("/x"), form=(("apiKey", SECRET),)), 5)
    assert len(server.seen) == 1


async def test_redirects_end(server: Server, http: HttpExchange) -> None:
    server.redirects("/x", "/x")
    with pytest.raises(Unreachable, match="redirects more than 5 times"):
        await http.send(ACME, Request("GET", server.url("/x")), 5)
    assert len(server.seen) == 6


async def test_a_redirect_to_nowhere_is_an_answer(server: Server, http: HttpExchange) -> None:
    server.answers("/x", status=302)
    assert (await http.send(ACME, Request("GET", server.url("/x")), 5)).status == 302


# --- where names lead ---


async def test_a_name_that_leads_inside_is_refused(server: Server) -> None:
    names = Names({"inside.test": "127.0.0.1", "meta.test": "169.254.169.254"})
    exchange = await HttpExchange.start(user_agent=AGENT, resolver=names)
    try:
        for host in names.addresses:
            with pytest.raises(Unreachable, match=f"^{host} does not lead to a public address$"):
                await exchange.send(manifest(host), Request("GET", f"https://{host}/"), 5)
    finally:
        await exchange.close()
    assert server.seen == []


async def test_a_test_opens_loopback_and_no_more() -> None:
    names = Names({"meta.test": "169.254.169.254"})
    exchange = await HttpExchange.start(user_agent=AGENT, egress=Egress(open_to_loopback=True), resolver=names)
    try:
        with pytest.raises(Unreachable, match=r"meta\.test does not lead to a public address"):
            await exchange.send(manifest("meta.test"), Request("GET", "http://meta.test/"), 5)
    finally:
        await exchange.close()
