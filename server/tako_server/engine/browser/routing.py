"""Which way a request goes: plain HTTP, a browser, or plain HTTP with what a browser was given."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

import structlog

from tako_providers.sdk.errors import Blocked, ProviderError, TimedOut, Unreachable
from tako_providers.sdk.manifest import Access, Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.blocks import wall
from tako_server.engine.browser.clearances import MOST, Clearance, Clearances, Where
from tako_server.engine.browser.exchange import BrowserExchange
from tako_server.engine.browser.flaresolverr import PageTimedOut
from tako_server.engine.exchange import Exchange

_REFUSALS = frozenset({401, 403, 429, 503})
"""Statuses by which walls turn away, beside their pages."""
_SHOWING_SHARE = 0.4
"""Share of a request's time for plain HTTP with a clearance."""

log = structlog.get_logger(__name__)


class RoutingExchange:
    """An Exchange over plain HTTP and, where there is one, a browser. The manifest says which.

    A browser comes last: what passed a challenge in it is shown again by plain HTTP, under the same name, until that
    fails. Of all requests that meet one wall at once, one is solved.
    """

    def __init__(
        self,
        http: Exchange,
        browser: BrowserExchange | None,
        proxies: Mapping[str, str] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """``proxies`` as in BrowserExchange; ``now`` gives Unix seconds."""
        self._http = http
        self._browser = browser
        self._proxies = proxies or {}
        self._now = now
        self._clearances = Clearances(now)
        self._solving: OrderedDict[Where, asyncio.Lock] = OrderedDict()

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Ask, the way that the manifest says."""
        if manifest.access is Access.DIRECT or request.full_url.startswith(manifest.direct):
            return await self._http.send(manifest, request, timeout)
        until = time.monotonic() + timeout
        send = self._send_by_browser if manifest.access is Access.BROWSER else self._send_direct_first
        try:
            async with asyncio.timeout(timeout):
                return await send(manifest, request, until)
        except TimeoutError as error:
            raise TimedOut(f"{manifest.title} did not answer in time") from error

    async def close(self) -> None:
        """Close the connections. The browsers are ended by who started them."""
        await self._http.close()

    async def _send_by_browser(self, manifest: Manifest, request: Request, until: float) -> Response:
        """Plain HTTP only with a clearance: without one it is known to be turned away."""
        browser = self._browser
        if browser is None:
            # Who can't be asked without a browser is refused before; this is for whoever asks all the same.
            raise Unreachable(f"{manifest.title} is asked through a browser, and FSR_URL is not set")
        where = self._where(manifest, request)
        if clearance := self._clearances.get(where):
            response = await self._show(manifest, request, where, clearance, until)
            if response is not None:
                return response
        return await self._solve(browser, manifest, request, where, until)

    async def _send_direct_first(self, manifest: Manifest, request: Request, until: float) -> Response:
        where = self._where(manifest, request)
        if self._browser is not None and self._clearances.useless(where):
            return await self._solve(self._browser, manifest, request, where, until)
        clearance = self._clearances.get(where) if self._browser is not None else None
        asked = request if clearance is None else self._with(request, clearance)
        response = await self._http.send(manifest, asked, _left(until))
        name = wall(response.status, response.headers, response.body)
        if name is None:
            if clearance is not None:
                clearance.worked = True
            return response
        if self._browser is None:
            raise Blocked(f"{manifest.title} answers with a bot wall ({name}); a browser may pass it (FSR_URL)")
        if clearance is not None:
            self._clearances.failed(where, clearance)
        async with self._lock(where):
            other = self._clearances.get(where)
            if other is not None and other is not clearance:  # somebody has solved it while we waited
                shown = await self._show(manifest, request, where, other, until)
                if shown is not None:
                    return shown
            log.info("browsers.challenge_met", provider=manifest.id, host=where[1], wall=name)
            try:
                return await self._solve(self._browser, manifest, request, where, until)
            except TimedOut as error:
                if isinstance(error.__cause__, PageTimedOut):
                    raise Blocked(
                        f"{manifest.title} answers with a bot wall ({name}) that no browser passed"
                    ) from error
                raise

    async def _solve(
        self, browser: BrowserExchange, manifest: Manifest, request: Request, where: Where, until: float
    ) -> Response:
        """By the browser. When there was a challenge, or plain HTTP had met one, its cookies are worth keeping."""
        response, solution = await browser.solve(manifest, request, _left(until))
        passed = wall(response.status, response.headers, response.body) is None
        if passed and (solution.challenged or manifest.access is Access.DIRECT_THEN_BROWSER):
            self._clearances.keep(where, solution)
        return response

    async def _show(
        self, manifest: Manifest, request: Request, where: Where, clearance: Clearance, until: float
    ) -> Response | None:
        """What plain HTTP gets with a clearance; None when it was not taken: a browser still has its time then."""
        try:
            response = await self._http.send(manifest, self._with(request, clearance), _left(until) * _SHOWING_SHARE)
        except ProviderError as error:
            log.info("browsers.clearance_failed", provider=manifest.id, error=type(error).__name__)
            self._clearances.failed(where, clearance)
            return None
        if response.status in _REFUSALS or wall(response.status, response.headers, response.body):
            log.info("browsers.clearance_refused", provider=manifest.id, status=response.status)
            self._clearances.failed(where, clearance)
            return None
        clearance.worked = True
        return response

    def _with(self, request: Request, clearance: Clearance) -> Request:
        """The request as the browser would send it: its cookies, those of the request over them, and its name."""
        parts = urlsplit(request.url)
        headers = {name.lower(): value for name, value in request.headers.items()}
        cookies = clearance.header(parts.hostname or "", parts.path or "/", self._now())
        own = headers.get("cookie", "")
        joined = "; ".join(part for part in (cookies, own) if part)
        more = {"user-agent": clearance.user_agent} | ({"cookie": joined} if joined else {})
        return replace(request, headers=headers | more)

    def _where(self, manifest: Manifest, request: Request) -> Where:
        return manifest.id, urlsplit(request.url).hostname or "", self._proxies.get(manifest.proxy, "")

    def _lock(self, where: Where) -> asyncio.Lock:
        lock = self._solving.setdefault(where, asyncio.Lock())
        self._solving.move_to_end(where)
        while len(self._solving) > MOST:
            oldest = next(iter(self._solving))
            if self._solving[oldest].locked():
                break
            del self._solving[oldest]
        return lock


def _left(until: float) -> float:
    return max(until - time.monotonic(), 0.0)
