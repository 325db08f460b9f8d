"""What the recorded answers of FlareSolverr 3.5 mean, and that the stand-in answers like it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web

from tako_server.engine.browser.flaresolverr import (
    AnswerLost,
    BrowserFault,
    EndpointAway,
    Failed,
    FlareSolverr,
    Page,
    PageBlocked,
    PageTimedOut,
    PageUnreachable,
    Solution,
)
from tako_server.engine.browser.viewer import HTML, JSON, TEXT, XML, error_page, unwrapped
from tests.captures import CAPTURES
from tests.flaresolverr.pools import Endpoint
from tests.flaresolverr.site import Site
from tests.flaresolverr.stand_in import HOST, StandIn

RECORDED = None if CAPTURES is None else CAPTURES.parent / "flaresolverr"
_TIMES = {"startTimestamp", "endTimestamp"}

recorded = pytest.mark.skipif(RECORDED is None or not RECORDED.is_dir(), reason="no recordings of FlareSolverr here")


def record(name: str) -> dict[str, Any]:
    """A recorded request and its answer."""
    assert RECORDED is not None
    told: dict[str, Any] = orjson.loads((RECORDED / f"{name}.json").read_bytes())
    return told


class Canned:
    """An endpoint that answers from a record."""

    def __init__(self) -> None:
        self.name = ""

    async def answer(self, request: web.Request) -> web.Response:
        """As it was recorded."""
        told = record(self.name)
        return web.json_response(told["response"], status=told["http_status"])


@pytest.fixture
async def canned(http: aiohttp.ClientSession) -> AsyncIterator[tuple[Canned, FlareSolverr]]:
    """A canned endpoint and a client of it."""
    canned = Canned()
    application = web.Application()
    application.router.add_post("/v1", canned.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    yield canned, FlareSolverr(http, f"http://{HOST}:{runner.addresses[0][1]}/v1/")
    await runner.cleanup()


async def solved(client: FlareSolverr) -> Solution:
    """What a request comes to."""
    return await client.solve("s1", Page("https://example.org/"), 1)


@recorded
@pytest.mark.parametrize(
    ("name", "fault", "text"),
    [
        ("timeout", PageTimedOut, "Timeout after 2.0 seconds"),
        ("session_timeout", PageTimedOut, "Timeout after"),
        ("challenge_timeout", PageTimedOut, "Timeout after"),
        ("access_denied", PageBlocked, "blocked this request"),
        ("dns_error", PageUnreachable, "ERR_NAME_NOT_RESOLVED"),
        ("conn_refused2", PageUnreachable, "ERR_CONNECTION_REFUSED"),
        ("bad_url", Failed, "invalid argument"),
        ("err_no_cmd", Failed, "mandatory"),
        ("err_not_json", AnswerLost, "no answer of FlareSolverr"),
    ],
)
async def test_errors(canned: tuple[Canned, FlareSolverr], name: str, fault: type[BrowserFault], text: str) -> None:
    canned[0].name = name
    with pytest.raises(fault, match=text) as raised:
        await solved(canned[1])
    assert "Stacktrace" not in str(raised.value)


@recorded
async def test_pages(canned: tuple[Canned, FlareSolverr]) -> None:
    answers, client = canned
    answers.name = "challenge_solved"
    solution = await solved(client)
    assert solution.challenged
    (cookie,) = solution.cookies
    assert (cookie.name, cookie.value, cookie.domain, cookie.expires) == ("cf_clearance", "ok", "127.0.0.1", 1795439711)
    assert solution.user_agent.startswith("Mozilla/5.0 (X11; Linux x86_64)")
    answers.name = "get_redirect"
    solution = await solved(client)
    assert not solution.challenged
    assert solution.url.endswith("/cookies")
    assert {cookie.name: cookie.expires for cookie in solution.cookies} == {"plain": None, "sid": 1795436201}


@recorded
async def test_sessions(canned: tuple[Canned, FlareSolverr]) -> None:
    answers, client = canned
    answers.name = "sessions_list"
    assert list(await client.sessions()) == ["s1", "9f907502-e737-11f1-88b7-02fc00000001"]
    answers.name = "sessions_destroy"
    assert await client.destroy("s1") is True
    answers.name = "sessions_destroy_unknown"
    assert await client.destroy("nope") is False
    for answers.name in ("sessions_create", "sessions_create_again"):
        await client.create("s1")


@recorded
@pytest.mark.parametrize(
    ("name", "content_type", "text"),
    [
        ("get_json", JSON, '{"a": 1, "q": "<\\u00e9>"}'),
        ("get_text", TEXT, "plain <text> & é"),
        ("get_ok", HTML, None),
        ("get_404", HTML, None),
    ],
)
def test_viewers(name: str, content_type: str, text: str | None) -> None:
    page = record(name)["response"]["solution"]["response"]
    assert unwrapped(page) == (page if text is None else text, content_type)
    assert error_page(page) is None


@recorded
def test_a_browsers_own_page() -> None:
    assert error_page(record("conn_refused")["response"]["solution"]["response"]) == "ERR_UNSAFE_PORT"


def test_xml() -> None:
    head = '<html><head><meta name="color-scheme" content="light dark"></head><body><pre>'
    assert unwrapped(f"{head}&lt;?xml version='1.0'?&gt;&lt;a/&gt;</pre></body></html>") == (
        "<?xml version='1.0'?><a/>",
        XML,
    )
    viewer = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><style id="xml-viewer-style">x</style></head><body>'
        '<div id="webkit-xml-viewer-source-xml"><rss><channel/></rss></div><div class="header"><span>This XML file'
        "</span></div></body></html>"
    )
    assert unwrapped(viewer) == ("<rss><channel/></rss>", XML)


def test_a_page_of_the_upstream_is_not_taken_for_a_viewer() -> None:
    for page in (
        '<html><head><title>x</title><meta name="color-scheme" content="light dark"></head><body><pre>{}</pre></body>',
        '<html><head><meta name="color-scheme" content="light dark"></head><body><p>x</p><pre>{}</pre></body></html>',
        '<html><head></head><body><pre id="o">{}</pre></body></html>',
    ):
        assert unwrapped(page) == (page, HTML)


async def test_nobody_is_there(http: aiohttp.ClientSession) -> None:
    with pytest.raises(EndpointAway):
        await FlareSolverr(http, "http://127.0.0.1:9").sessions()


# --- the stand-in, or the real one ---


async def test_it_behaves_as_recorded(endpoint: Endpoint, site: Site) -> None:
    client = endpoint.client
    await client.create("tako-test-a")
    await client.create("tako-test-a")
    try:
        assert "tako-test-a" in await client.sessions()
        solution = await client.solve("tako-test-a", Page(site.url("/cookies")), 30)
        assert {cookie.name for cookie in solution.cookies} == {"sid", "plain"}
        solution = await client.solve("tako-test-a", Page(site.url("/x")), 30)
        assert '"sid": "abc"' in solution.html.replace('"sid":"abc"', '"sid": "abc"')
        solution = await client.solve("tako-test-b", Page(site.url("/json")), 30)
        assert "tako-test-b" in await client.sessions()
        text, content_type = unwrapped(solution.html)
        assert (orjson.loads(text), content_type) == ({"a": 1, "q": "<é>"}, JSON)
        assert unwrapped((await client.solve("tako-test-a", Page(site.url("/text")), 30)).html)[1] == TEXT
        solution = await client.solve("tako-test-a", Page(site.url("/walled")), 60)
        assert solution.challenged
        assert "cf_clearance" in {cookie.name for cookie in solution.cookies}
        await client.solve("tako-test-a", Page(site.url("/post"), form="a=1&b=x%20y"), 30)
        assert site.asked("/post")[0].method == "POST"
        with pytest.raises(PageUnreachable):
            await client.solve("tako-test-a", Page("http://127.0.0.1:18999/"), 15)
    finally:
        assert await client.destroy("tako-test-a")
        assert await client.destroy("tako-test-b")
    assert not await client.destroy("tako-test-a")


@recorded
async def test_the_stand_in_says_what_the_real_one_said(http: aiohttp.ClientSession, solver: StandIn) -> None:
    for name in ("sessions_create", "sessions_create_again", "sessions_destroy", "sessions_destroy_unknown",
                 "sessions_destroy_none", "err_no_cmd", "err_bad_cmd", "err_no_url"):  # fmt: skip
        told = record(name)
        async with http.post(f"{solver.url}/v1", json=told["request"]) as answer:
            status, body = answer.status, await answer.json()
        assert status == told["http_status"], name
        assert {k: v for k, v in body.items() if k not in _TIMES} == {
            k: v for k, v in told["response"].items() if k not in _TIMES
        }
