"""Asking an upstream through a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp.abc import AbstractResolver

from tako_providers.sdk.errors import Blocked, ProviderError, Refused, TimedOut, Unreachable
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.browser.flaresolverr import (
    AnswerLost,
    BrowserFault,
    EndpointAway,
    MixedUp,
    Page,
    PageBlocked,
    PageTimedOut,
    PageUnreachable,
    Solution,
)
from tako_server.engine.browser.pool import Pool
from tako_server.engine.browser.session import Lane
from tako_server.engine.browser.viewer import error_page, unwrapped
from tako_server.engine.egress import CheckedResolver, Egress, EgressRefused, is_address

_FORM = "application/x-www-form-urlencoded"
_NO_PAGE = ("about:", "data:", "chrome-error:", "chrome:")

log = structlog.get_logger(__name__)


class BrowserExchange:
    """An Exchange over a pool of browsers. It owns the pool's end.

    A browser sends headers of its own: of a request's only the cookies go along. Every answer is 200 without headers,
    as FlareSolverr tells it; what the page is must be read in it.
    """

    def __init__(
        self, pool: Pool, egress: Egress, resolver: AbstractResolver, proxies: Mapping[str, str] | None = None
    ) -> None:
        """``proxies`` are the proxies that are set here, by the name that manifests know them by."""
        self._pool = pool
        self._egress = egress
        self._resolver = CheckedResolver(resolver, egress)
        self._proxies = proxies or {}

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """The page as the browser shows it, its viewer undone."""
        response, _ = await self.solve(manifest, request, timeout)
        return response

    async def solve(self, manifest: Manifest, request: Request, timeout: float) -> tuple[Response, Solution]:
        """The answer, and all that the browser told."""
        page = _page(manifest, request)
        host = urlsplit(page.url).hostname or manifest.id
        try:
            async with asyncio.timeout(timeout):
                await self._check(manifest, page.url)
                lane = Lane(manifest.id, host, self._proxies.get(manifest.proxy, ""))
                solution = await self._pool.solve(lane, page, timeout)
        except TimeoutError as error:
            raise TimedOut(f"{host} did not answer a browser in time") from error
        except EgressRefused as refused:
            raise Refused(str(refused)) from refused
        except BrowserFault as fault:
            log.info("browsers.page_failed", provider=manifest.id, host=host, fault=str(fault))
            raise _error(manifest, host, fault) from fault
        return self._response(manifest, host, solution), solution

    async def close(self) -> None:
        """End all browsers."""
        await self._pool.close()
        await self._resolver.close()

    async def _check(self, manifest: Manifest, url: str) -> None:
        """The egress rules. The browser looks the name up again, so its address can't be pinned."""
        self._egress.check_url(manifest, url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        if is_address(host):
            return
        try:
            await self._resolver.resolve(host, parts.port or 443)
        except EgressRefused:
            raise
        except OSError as error:
            raise PageUnreachable("ERR_NAME_NOT_RESOLVED") from error

    def _response(self, manifest: Manifest, host: str, solution: Solution) -> Response:
        """The answer in it. Raises Unreachable and Refused."""
        if code := error_page(solution.html):
            raise Unreachable(f"{host} could not be reached by a browser ({code})")
        if solution.url.startswith(_NO_PAGE):
            raise Unreachable(f"{host} gave a browser no page")
        try:
            self._egress.check_url(manifest, solution.url)
        except EgressRefused as refused:
            raise Refused(str(refused)) from refused
        text, content_type = unwrapped(solution.html)
        body = text.encode("utf-8", "replace")
        if len(body) > manifest.max_body:
            raise Unreachable(f"the answer of {host} is larger than {manifest.max_body // (1024 * 1024)} MB")
        return Response(200, {"content-type": content_type}, body, solution.url)


def _page(manifest: Manifest, request: Request) -> Page:
    """A request in a browser's terms: it can open a page and send a form, and nothing else."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    form: str | None = None
    if request.method == "POST" and request.form is not None:
        form = urlencode(request.form)
    elif request.method == "POST" and request.text is not None and headers.get("content-type", "").startswith(_FORM):
        form = request.text
    elif request.method != "GET":
        raise Refused(f"{manifest.title} is asked through a browser, which can't send this request")
    return Page(request.full_url, form, _cookies(headers.get("cookie", "")))


def _cookies(header: str) -> tuple[tuple[str, str], ...]:
    parts = (part.strip().partition("=") for part in header.split(";"))
    return tuple((name, value) for name, is_pair, value in parts if name and is_pair)


def _error(manifest: Manifest, host: str, fault: BrowserFault) -> ProviderError:
    """What a caller is told. The detail went to the log."""
    match fault:
        case PageTimedOut():
            return TimedOut(f"{host} did not answer a browser in time")
        case PageBlocked():
            return Blocked(f"{manifest.title} refuses the browser")
        case PageUnreachable():
            return Unreachable(f"{host} could not be reached by a browser ({fault.code})")
        case MixedUp():
            return Unreachable(f"the browser showed another page than the one of {host} that was asked for")
        case EndpointAway() | AnswerLost():
            return Unreachable(f"the browser went away while it asked {host}")
    return Unreachable(f"the browser could not ask {host}")
