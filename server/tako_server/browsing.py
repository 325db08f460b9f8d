"""The browsers, built from settings: the pool, the fleet that it belongs to, and the way to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import aiohttp

from tako_providers.sdk.manifest import BROWSER, VPN_PROXY
from tako_server.config import Settings
from tako_server.engine.browser.exchange import BrowserExchange
from tako_server.engine.browser.flaresolverr import FlareSolverr
from tako_server.engine.browser.fleet import Fleet, LockFiles, Together
from tako_server.engine.browser.ids import new_instance
from tako_server.engine.browser.pool import Pool
from tako_server.engine.browser.rules import Rules
from tako_server.engine.egress import Egress
from tako_server.rpc.browser_metrics import BrowserMetrics
from tako_server.storage import Keeping


def lacking(settings: Settings) -> frozenset[str]:
    """The settings of ways out that are not set here. A replay needs none: its answers have been fetched."""
    there = {BROWSER: bool(settings.fsr_urls or settings.replay), VPN_PROXY: bool(settings.vpn_proxy_url)}
    return frozenset(variable for variable, is_there in there.items() if not is_there)


def proxies(settings: Settings) -> Mapping[str, str]:
    """The proxies that are set, by the name that manifests know them by."""
    return {VPN_PROXY: settings.vpn_proxy_url} if settings.vpn_proxy_url else {}


class Browsers:
    """The pool of this server, and the exchange over it. ``exchange`` closes both."""

    def __init__(self, pool: Pool, exchange: BrowserExchange) -> None:
        self.pool = pool
        self.exchange = exchange

    def health(self) -> Mapping[str, object]:
        """Their part of /health."""
        now = self.pool.standing
        return {
            "browsers": {
                "sessions": now.sessions,
                "waiting": now.waiting,
                "endpoints": now.endpoints,
                "endpoints_up": now.endpoints_up,
            }
        }


@asynccontextmanager
async def browsing(
    settings: Settings, keeping: Keeping, metrics: BrowserMetrics, egress: Egress | None
) -> AsyncIterator[Browsers | None]:
    """The browsers that ``settings`` name; None without any, and in a replay. On the way out none is left."""
    if settings.replay or not settings.fsr_urls:
        yield None
        return
    instance = new_instance()
    rules = Rules(sessions=settings.fsr_max_sessions, page=settings.browser_timeout)
    connector = aiohttp.TCPConnector(limit=0, force_close=True)  # a kept connection may be closed when it is used
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=5),
        trust_env=False,
    ) as http:
        clients = [FlareSolverr(http, url) for url in settings.fsr_urls]
        pool = Pool(clients, _fleet(settings, keeping, instance), instance, rules, metrics)
        metrics.most.set(settings.fsr_max_sessions)
        metrics.sessions.set_function(lambda: pool.standing.sessions)
        metrics.waiting.set_function(lambda: pool.standing.waiting)
        exchange = BrowserExchange(pool, egress or Egress(), aiohttp.DefaultResolver(), proxies(settings))
        await pool.start()
        try:
            yield Browsers(pool, exchange)
        finally:
            # Whatever ends the server: the browsers are ended first, and nothing cuts that short but its own bound.
            await asyncio.shield(exchange.close())


def _fleet(settings: Settings, keeping: Keeping, instance: str) -> Fleet:
    locks = LockFiles(settings.cache_path.parent / "browsers", instance)
    if keeping.postgres is None:
        return locks
    from tako_server.engine.browser.shared_fleet import SharedFleet  # noqa: PLC0415 - only with a database

    postgres = keeping.postgres
    shared = SharedFleet(postgres.lend, lambda: keeping.store.available, instance, settings.fsr_max_sessions)
    return Together((locks, shared))
