"""Which way a request goes, what a browser is never asked, and what plain HTTP shows of its visit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tako_providers.sdk.errors import Blocked, Refused, TimedOut, Unreachable
from tako_providers.sdk.manifest import Access, Manifest
from tako_providers.sdk.upstream import Request
from tako_server.engine.browser.exchange import BrowserExchange
from tako_server.engine.browser.routing import RoutingExchange
from tako_server.engine.egress import Egress
from tako_server.engine.http import HttpExchange
from tako_server.engine.record import RecordExchange
from tako_server.engine.replay import ReplayExchange
from tests.engine.serving import AGENT, Names
from tests.engine.support import manifest
from tests.flaresolverr.pools import Running, pooled
from tests.flaresolverr.site import HOST, Site
from tests.flaresolverr.stand_in import AGENT as CHROME
from tests.flaresolverr.stand_in import Fault, StandIn

OPEN = Egress(open_to_loopback=True)


@dataclass
class Ways:
    """Exchanges over one site."""

    http: HttpExchange
    browser: BrowserExchange
    routing: RoutingExchange
    pool: Running
    site: Site

    def manifest(self, access: Access = Access.BROWSER, **more: Any) -> Manifest:
        """A provider of the site."""
        return manifest(HOST, "names.test", base_url=self.site.url(""), access=access, **more)

    def get(self, path: str, **more: Any) -> Request:
        """A request for a page."""
        return Request("GET", self.site.url(path), **more)


@pytest.fixture
async def ways(http: aiohttp.ClientSession, solver: StandIn, site: Site) -> AsyncIterator[Ways]:
    """All of them."""
    plain = await HttpExchange.start(user_agent=AGENT, egress=OPEN)
    async with pooled(http, solver.url) as pool:
        browser = BrowserExchange(pool.pool, OPEN, Names({"names.test": HOST}))
        routing = RoutingExchange(plain, browser)
        yield Ways(plain, browser, routing, pool, site)
        await routing.close()


# --- a browser ---


async def test_a_page_is_an_answer(ways: Ways) -> None:
    answer = await ways.routing.send(ways.manifest(), ways.get("/json", params=(("q", "é"),)), 10)
    assert (answer.status, answer.url) == (200, ways.site.url("/json?q=%C3%A9"))
    assert answer.headers == {"content-type": "application/json; charset=utf-8"}
    assert answer.body == '{"a": 1, "q": "<é>"}'.encode() or b"\\u00e9" in answer.body


async def test_a_form_and_cookies_go_along(ways: Ways) -> None:
    request = Request(
        "POST", ways.site.url("/post"), form=(("a", "b c"),), headers={"Cookie": "k=v", "X-Key": "not a browser's"}
    )
    answer = await ways.routing.send(ways.manifest(), request, 10)
    assert b'"k":"v"' in answer.body
    assert "X-Key" not in ways.site.asked("/post")[0].headers


@pytest.mark.parametrize(
    "request_", [Request("POST", "http://127.0.0.1/x", json={"a": 1}), Request("DELETE", "http://127.0.0.1/x")]
)
async def test_what_a_browser_cannot_send_is_refused(ways: Ways, request_: Request) -> None:
    with pytest.raises(Refused, match="can't send"):
        await ways.routing.send(ways.manifest(), request_, 10)


@pytest.mark.parametrize(
    "url", ["http://evil.test/", "file:///etc/passwd", "http://10.0.0.1/", "http://user@127.0.0.1/", "view-source:x"]
)
async def test_only_the_hosts_of_the_manifest_are_asked(ways: Ways, solver: StandIn, url: str) -> None:
    with pytest.raises(Refused):
        await ways.routing.send(ways.manifest(), Request("GET", url), 10)
    assert not solver.told("request.get")


async def test_a_name_must_lead_to_an_allowed_address(http: aiohttp.ClientSession, solver: StandIn) -> None:
    async with pooled(http, solver.url) as pool:
        names = Names({"inside.test": "10.0.0.7"})
        browser = BrowserExchange(pool.pool, Egress(), names)
        with pytest.raises(Refused, match="public address"):
            await browser.send(manifest("inside.test"), Request("GET", "https://inside.test/"), 10)
        with pytest.raises(Unreachable, match="ERR_NAME_NOT_RESOLVED"):
            await browser.send(manifest("none.test"), Request("GET", "https://none.test/"), 10)
        assert not solver.told("sessions.create")


async def test_a_redirect_must_end_at_a_host_of_the_manifest(ways: Ways) -> None:
    answer = await ways.routing.send(ways.manifest(), ways.get("/redirect"), 10)
    assert answer.url == ways.site.url("/cookies")
    with pytest.raises(Refused, match="localhost"):
        await ways.routing.send(ways.manifest(), ways.get("/away"), 10)


async def test_a_page_that_takes_too_long(ways: Ways) -> None:
    with pytest.raises(TimedOut):
        await ways.routing.send(ways.manifest(), ways.get("/slow"), 0.3)


async def test_an_answer_that_is_too_large(ways: Ways) -> None:
    with pytest.raises(Unreachable, match="larger"):
        await ways.routing.send(ways.manifest(max_body=10), ways.get("/x"), 10)


async def test_a_browser_that_goes_away(ways: Ways, solver: StandIn) -> None:
    solver.faults = lambda command: Fault.LOSE if command["cmd"] == "request.get" else None
    with pytest.raises(Unreachable, match="went away"):
        await ways.routing.send(ways.manifest(), ways.get("/x"), 10)


# --- the way ---


async def test_direct_is_never_a_browser(ways: Ways, solver: StandIn) -> None:
    answer = await ways.routing.send(ways.manifest(Access.DIRECT), ways.get("/walled"), 10)
    assert b"Just a moment" in answer.body
    direct = ways.manifest(direct=(ways.site.url("/json"),))
    await ways.routing.send(direct, ways.get("/json"), 10)
    assert not solver.commands or not solver.told("request.get")
    await ways.routing.send(direct, ways.get("/x"), 10)
    assert len(solver.told("request.get")) == 1


async def test_a_challenge_is_solved_once_and_shown_by_plain_http(ways: Ways, solver: StandIn) -> None:
    access = ways.manifest(Access.DIRECT_THEN_BROWSER)
    await ways.routing.send(access, ways.get("/json"), 10)
    assert not solver.told("request.get")
    answers = await asyncio.gather(
        *(ways.routing.send(access, ways.get("/walled", params=(("q", str(n)),)), 10) for n in range(5))
    )
    assert all(b"titles" in answer.body for answer in answers)
    assert len(solver.told("request.get")) == 1
    before = len(ways.site.visits)
    await ways.routing.send(access, ways.get("/walled"), 10)
    (last,) = ways.site.visits[before:]
    assert last.cookies["cf_clearance"] == "ok"
    assert last.headers["user-agent"] == CHROME
    assert len(solver.told("request.get")) == 1


async def test_a_clearance_is_for_one_provider(ways: Ways) -> None:
    access = ways.manifest(Access.DIRECT_THEN_BROWSER)
    await ways.routing.send(access, ways.get("/walled"), 10)
    other = manifest(HOST, provider="other", base_url=ways.site.url(""), access=Access.DIRECT_THEN_BROWSER)
    await ways.routing.send(other, ways.get("/x"), 10)
    assert not ways.site.visits[-1].cookies
    assert ways.site.visits[-1].headers["user-agent"] == AGENT


async def test_where_a_clearance_is_not_taken_the_browser_is_asked_at_once(ways: Ways, solver: StandIn) -> None:
    ways.site.strict = True
    access = ways.manifest(Access.DIRECT_THEN_BROWSER)
    for _ in range(2):
        assert b"titles" in (await ways.routing.send(access, ways.get("/walled"), 10)).body
    before = len(ways.site.visits)
    for _ in range(3):
        assert b"titles" in (await ways.routing.send(access, ways.get("/walled"), 10)).body
    assert len(ways.site.visits) - before == 3
    assert len(solver.told("request.get")) == 5


async def test_a_browser_provider_shows_what_a_challenge_gave(ways: Ways, solver: StandIn) -> None:
    access = ways.manifest()
    for _ in range(3):
        assert b"titles" in (await ways.routing.send(access, ways.get("/walled"), 10)).body
    assert len(solver.told("request.get")) == 1
    for _ in range(2):  # there was no challenge: plain HTTP would get who knows what
        other = manifest(HOST, provider="other", base_url=ways.site.url(""), access=Access.BROWSER)
        await ways.routing.send(other, ways.get("/cookies"), 10)
    assert len(solver.told("request.get")) == 3


async def test_a_wall_without_a_browser_is_blocked_with_a_hint(ways: Ways) -> None:
    alone = RoutingExchange(ways.http, None)
    access = ways.manifest(Access.DIRECT_THEN_BROWSER)
    await alone.send(access, ways.get("/json"), 10)
    with pytest.raises(Blocked, match="FSR_URL"):
        await alone.send(access, ways.get("/walled"), 10)


async def test_a_wall_that_the_browser_does_not_pass_is_blocked(ways: Ways, solver: StandIn) -> None:
    solver.solving = 10
    access = ways.manifest(Access.DIRECT_THEN_BROWSER)
    with pytest.raises(Blocked, match="no browser passed"):
        await ways.routing.send(access, ways.get("/stuck"), 3)


async def test_records_hold_the_answer_and_replay_gives_it(ways: Ways, tmp_path: Path) -> None:
    recording = RecordExchange(ways.routing, tmp_path, [])
    answer = await recording.send(ways.manifest(), ways.get("/json"), 10)
    replayed = await ReplayExchange([tmp_path]).send(ways.manifest(), ways.get("/json"), 10)
    assert replayed.body == answer.body
    assert replayed.body.startswith(b"{")


# --- a proxy ---


async def test_plain_http_goes_through_the_proxy_of_the_manifest(site: Site) -> None:
    passed: list[str] = []

    async def forward(request: web.Request) -> web.Response:
        passed.append(str(request.raw_path))
        return web.json_response({"by": "proxy"})

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", forward)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    proxies = {"VPN_PROXY_URL": f"http://{HOST}:{runner.addresses[0][1]}"}
    names = Names({"names.test": HOST, "inside.test": "10.0.0.7"})
    http = await HttpExchange.start(user_agent=AGENT, egress=OPEN, resolver=names, proxies=proxies)
    wants = manifest("names.test", "inside.test", base_url="http://names.test", proxy="VPN_PROXY_URL")
    answer = await http.send(wants, Request("GET", f"http://names.test:{site.port}/x"), 5)
    assert answer.body == b'{"by": "proxy"}'
    assert passed == [f"http://names.test:{site.port}/x"]
    with pytest.raises(Refused):
        await http.send(wants, Request("GET", "http://inside.test/x"), 5)
    await http.send(manifest("names.test"), Request("GET", f"http://names.test:{site.port}/x"), 5)
    assert (len(passed), len(site.asked("/x"))) == (1, 1)
    await http.close()
    await runner.cleanup()
