"""A whole server with and without a browser: what callers and operators see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import grpc
import pytest

from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.provider_service_pb2 import ListProvidersRequest, ListProvidersResponse
from tako_providers.sdk import Access, Provider
from tako_server.browsing import lacking
from tako_server.config import ConfigError, load_settings
from tests.cache.support import until
from tests.engine.support import write_capture
from tests.faults.serving import Tako, tako
from tests.flaresolverr.serving import shop
from tests.flaresolverr.site import HOST, Site
from tests.flaresolverr.stand_in import Fault, StandIn
from tests.postgres import Database
from tests.rpc.harness import page, provider


@dataclass
class Told:
    """What ListProviders says of one."""

    configured: bool
    settings: dict[str, tuple[bool, bool]]


async def told(server: Tako) -> dict[str, Told]:
    """What ListProviders says."""
    asked = await server("ProviderService/ListProviders", ListProvidersRequest(), ListProvidersResponse)
    return {
        one.id: Told(one.configured, {s.variable: (s.required, s.configured) for s in one.settings})
        for one in asked.answer.providers
    }


async def good(ask: Any) -> Any:
    """A provider that is well."""
    return page("well")


def everybody(site: Site) -> tuple[Provider, ...]:
    """One of each kind."""
    return (
        shop(site.port, proxy="VPN_PROXY_URL"),
        shop(site.port, "half", Access.DIRECT_THEN_BROWSER),
        provider("shelf", good),
    )


@asynccontextmanager
async def with_browser(folder: Path, solver: StandIn, site: Site, **more: Any) -> AsyncIterator[Tako]:
    """A server that has one."""
    async with tako(folder, *everybody(site), FSR_URL=solver.url, **more) as server:
        yield server


async def test_without_a_browser_only_those_that_need_one_suffer(tmp_path: Path, site: Site) -> None:
    async with tako(tmp_path, *everybody(site)) as server:
        asked = await server.search("dune", "shop")
        assert (asked.code, asked.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "PROVIDER_NOT_CONFIGURED")
        assert "FSR_URL" in asked.status.message
        asked = await server.search("dune", "half")
        assert asked.reason == "PROVIDER_BLOCKED"
        assert "FSR_URL" in asked.status.message
        asked = await server.search("dune", "shop", "half", "shelf")
        assert {one.provider: one.status for one in asked.answer.outcomes} == {
            "shop": ProviderOutcome.NOT_CONFIGURED,
            "half": ProviderOutcome.SUSPENDED,
            "shelf": ProviderOutcome.OK,
        }
        stands = await told(server)
        assert stands["shop"] == Told(False, {"FSR_URL": (True, False), "VPN_PROXY_URL": (False, False)})
        assert stands["half"] == Told(True, {"FSR_URL": (False, False)})
        assert stands["shelf"] == Told(True, {})
        assert "browsers" not in await health(server)


async def test_with_a_browser_all_answer(tmp_path: Path, solver: StandIn, site: Site) -> None:
    async with with_browser(tmp_path, solver, site) as server:
        asked = await server.search("dune", "shop", "half", "shelf")
        assert {one.status for one in asked.answer.outcomes} == {ProviderOutcome.OK}
        assert sorted(item.title for item in asked.answer.items) == ["dune a", "well"] or len(asked.answer.items) == 2
        stands = await told(server)
        assert stands["shop"] == Told(True, {"FSR_URL": (True, True), "VPN_PROXY_URL": (False, False)})
        assert stands["half"] == Told(True, {"FSR_URL": (False, True)})
        assert (await health(server))["browsers"] == {"sessions": 2, "waiting": 0, "endpoints": 1, "endpoints_up": 1}
        text = await metrics(server)
        assert "tako_browser_sessions 2.0" in text
        assert "tako_browser_sessions_opened_total 2.0" in text
        assert 'tako_browser_endpoint_up{endpoint="1"} 1.0' in text
        assert 'tako_browser_page_seconds_count{outcome="ok"} 2.0' in text
    assert solver.live == 0


async def test_an_endpoint_that_is_away_suspends_nobody(tmp_path: Path, solver: StandIn, site: Site) -> None:
    await solver.stop()
    async with with_browser(tmp_path, solver, site) as server:
        for n in range(8):
            asked = await server.search(f"dune {n}", "shop")
            assert asked.reason == "PROVIDER_UNREACHABLE"
            assert "FSR_URL" in asked.status.message
        await solver.start()
        assert (await server.search("emma", "shop")).code is grpc.StatusCode.OK


async def test_the_session_has_the_proxy(tmp_path: Path, solver: StandIn, site: Site) -> None:
    async with with_browser(tmp_path, solver, site, VPN_PROXY_URL="http://vpn:8888") as server:
        await server.search("dune", "shop")
        (created,) = solver.told("sessions.create")
        assert created["proxy"] == {"url": "http://vpn:8888"}


async def test_a_wall_that_a_browser_does_not_pass(tmp_path: Path, solver: StandIn, site: Site) -> None:
    solver.solving = 5
    stuck = shop(site.port, path="/stuck")
    async with tako(tmp_path, stuck, FSR_URL=solver.url, TAKO_BROWSER_TIMEOUT="1") as server:
        asked = await server.search("dune", "shop", timeout=30)
        assert asked.reason == "PROVIDER_TIMEOUT"
    assert solver.live == 0


async def test_a_caller_that_goes_away_leaves_no_browser(tmp_path: Path, solver: StandIn, site: Site) -> None:
    slow = shop(site.port, path="/slow")
    async with tako(tmp_path, slow, FSR_URL=solver.url) as server:
        asked = await server.search("dune", "shop", timeout=1)
        assert asked.code is grpc.StatusCode.DEADLINE_EXCEEDED
        await until(lambda: solver.live == 0)


async def test_a_session_that_can_not_be_made_is_told(tmp_path: Path, solver: StandIn, site: Site) -> None:
    solver.faults = lambda command: Fault.ERROR if command["cmd"] == "sessions.create" else None
    async with with_browser(tmp_path, solver, site) as server:
        asked = await server.search("dune", "shop")
        assert (asked.code, asked.reason) == (grpc.StatusCode.UNAVAILABLE, "PROVIDER_UNREACHABLE")
        assert (await server.search("dune", "shelf")).code is grpc.StatusCode.OK


async def test_two_servers_on_one_database(tmp_path: Path, solver: StandIn, site: Site, database: Database) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    async with (
        with_browser(one, solver, site, database=database, FSR_MAX_SESSIONS="1") as first,
        with_browser(two, solver, site, database=database, FSR_MAX_SESSIONS="1") as second,
    ):
        assert (await first.search("dune", "shop", timeout=30)).code is grpc.StatusCode.OK
        site.strict = True
        assert (await second.search("emma", "shop", timeout=30)).code is grpc.StatusCode.OK
    assert (solver.peak, solver.live) == (1, 0)


async def test_a_replay_needs_no_browser(tmp_path: Path, site: Site) -> None:
    write_capture(
        tmp_path, "dune", f"http://{HOST}:{site.port}/walled?q=dune", provider="shop",
        answer='{"titles": ["dune a"], "next": ""}', headers={"content-type": "application/json"},
    )  # fmt: skip
    async with tako(tmp_path, *everybody(site), TAKO_REPLAY=str(tmp_path), FSR_URL="http://127.0.0.1:9") as server:
        asked = await server.search("dune", "shop")
        assert [item.title for item in asked.answer.items] == ["dune a"]
        assert "browsers" not in await health(server)
    async with tako(tmp_path, *everybody(site), TAKO_REPLAY=str(tmp_path)) as server:
        assert (await server.search("dune", "shop")).code is grpc.StatusCode.OK
        assert (await told(server))["shop"].configured
    assert not site.visits


async def health(server: Tako) -> dict[str, Any]:
    """/health."""
    async with aiohttp.ClientSession() as http, http.get(f"http://{server.ready.http_address}/health") as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def metrics(server: Tako) -> str:
    """/metrics."""
    async with aiohttp.ClientSession() as http, http.get(f"http://{server.ready.http_address}/metrics") as answer:
        return await answer.text()


# --- settings ---


def loaded(**environment: str) -> Any:
    """Settings from exactly this environment."""
    return load_settings((), environment=environment, dotenv=None)


def test_settings() -> None:
    settings = loaded(FSR_URL="http://one:8191/v1, http://two:8191/,http://one:8191", FSR_MAX_SESSIONS="2")
    assert settings.fsr_urls == ("http://one:8191", "http://two:8191")
    assert (settings.fsr_max_sessions, settings.browser_timeout) == (2, 60)
    assert loaded(FLARESOLVERR_URL="http://old:8191").fsr_urls == ("http://old:8191",)
    assert loaded(FLARESOLVERR_URL="http://old:8191", FSR_URL="http://new:8191").fsr_urls == ("http://new:8191",)
    assert loaded(VPN_PROXY_URL="http://u:p@vpn:8888/").vpn_proxy_url == "http://u:p@vpn:8888"
    assert lacking(loaded()) == {"FSR_URL", "VPN_PROXY_URL"}
    assert lacking(settings) == {"VPN_PROXY_URL"}
    assert "FLARESOLVERR_URL" not in loaded(FLARESOLVERR_URL="http://old:8191").unknown


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FSR_URL", "flaresolverr:8191"),
        ("FSR_URL", "http://"),
        ("FSR_URL", "http://one:99999"),
        ("FSR_URL", "ftp://one"),
        ("FSR_MAX_SESSIONS", "0"),
        ("FSR_MAX_SESSIONS", "33"),
        ("TAKO_BROWSER_TIMEOUT", "0"),
        ("VPN_PROXY_URL", "socks5://secret@vpn:1080"),
    ],
)
def test_a_wrong_setting_is_told_without_its_value(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{variable}: must be ") as wrong:
        loaded(**{variable: value})
    assert "secret" not in str(wrong.value)
