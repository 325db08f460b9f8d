"""Asking an upstream over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urlencode, urljoin, urlsplit

import aiohttp
import orjson
import structlog
from aiohttp.abc import AbstractResolver
from yarl import URL

from tako_providers.sdk.errors import Refused, TimedOut, Unreachable
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.egress import CheckedResolver, Egress, EgressRefused, is_address

MAX_REDIRECTS = 5
MAX_CONNECTIONS = 100
MAX_CONNECTIONS_PER_HOST = 8

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRAVELLING_HEADERS = frozenset({"accept", "accept-language", "accept-encoding", "user-agent"})
"""What may follow a redirect to another host: an allowlist, since any other header may carry a key."""
_SIGNED = _TRAVELLING_HEADERS | {"authorization"}
"""What may follow a redirect over https: no hop leaves the manifest's hosts, which are the provider's own."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proxied:
    """The ways through proxies: a session for each, by the name that manifests know it by."""

    sessions: Mapping[str, aiohttp.ClientSession]
    resolver: CheckedResolver

    async def look_up(self, url: str) -> None:
        """Refuse what leads to no public address. A proxy looks the name up again, so the address can't be pinned."""
        parts = urlsplit(url)
        if parts.hostname and not is_address(parts.hostname):
            await self.resolver.resolve(parts.hostname, parts.port or 443)

    async def close(self) -> None:
        """Close the sessions."""
        for session in self.sessions.values():
            await session.close()


class HttpExchange:
    """An Exchange over one HTTP client session.

    Make it with ``start`` inside the running loop and close it with ``close``. It keeps no cookies: what one
    provider is given never reaches another.
    """

    def __init__(
        self, session: aiohttp.ClientSession, egress: Egress, user_agent: str, proxied: Proxied | None = None
    ) -> None:
        self._session = session
        self._egress = egress
        self._user_agent = user_agent
        self._proxied = proxied

    @classmethod
    async def start(
        cls,
        *,
        user_agent: str,
        egress: Egress | None = None,
        resolver: AbstractResolver | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> HttpExchange:
        """Open the session. ``user_agent`` is `Tako/<version> (+contact)`; ``resolver`` is for tests.

        ``proxies`` are the proxies that are set here, by the name that manifests know them by.
        """
        egress = egress or Egress()
        checked = CheckedResolver(resolver or aiohttp.DefaultResolver(), egress)
        # The look-up of a proxy is not checked: an operator names it, and it is most likely a neighbour.
        through = {name: _session(aiohttp.DefaultResolver(), proxy) for name, proxy in (proxies or {}).items()}
        return cls(_session(checked), egress, user_agent, Proxied(through, checked) if through else None)

    async def close(self) -> None:
        """Close the sessions and their connections."""
        await self._session.close()
        if self._proxied is not None:
            await self._proxied.close()

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Ask over HTTP, following redirects within the manifest's hosts."""
        host = manifest.id
        try:
            host = urlsplit(request.url).hostname or host
            async with asyncio.timeout(timeout):
                return await self._follow(manifest, request)
        except TimeoutError as error:
            raise TimedOut(f"{host} did not answer in time") from error
        except EgressRefused as refused:
            raise Refused(str(refused)) from refused
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise self._unreachable(manifest, host, error) from error

    async def _follow(self, manifest: Manifest, request: Request) -> Response:
        """Ask, and ask again where the answer points to."""
        method, url, body = request.method, request.full_url, _body(request)
        headers = {"user-agent": self._user_agent}
        if body is not None:
            headers["content-type"] = _content_type(request)
        headers |= _lower(request.headers)
        proxied = self._proxied if self._proxied is not None and manifest.proxy in self._proxied.sessions else None
        session = self._session if proxied is None else proxied.sessions[manifest.proxy]
        for _ in range(MAX_REDIRECTS + 1):
            self._egress.check_url(manifest, url)
            if proxied is not None:
                await proxied.look_up(url)
            async with session.request(
                method, URL(url, encoded=True), headers=headers, data=body, allow_redirects=False
            ) as answer:
                location = answer.headers.get("Location")
                if answer.status not in REDIRECTS or not location:
                    return Response(answer.status, _lower(answer.headers), await _read(answer, manifest.max_body), url)
                status = answer.status
            target = _target(url, location)
            if status == 303 or (status in (301, 302) and method == "POST"):
                method, body = ("HEAD" if method == "HEAD" else "GET"), None
                headers.pop("content-type", None)
            if _origin(target) != _origin(url):
                if body is not None:
                    raise EgressRefused(f"{_origin(url)[1]} sends a request with a body on to another host")
                safe = {urlsplit(url).scheme, urlsplit(target).scheme} == {"https"}
                allowed = _SIGNED if safe else _TRAVELLING_HEADERS
                headers = {name: value for name, value in headers.items() if name in allowed}
            url = target
        raise Unreachable(f"{urlsplit(request.url).hostname} redirects more than {MAX_REDIRECTS} times")

    def _unreachable(self, manifest: Manifest, host: str, error: Exception) -> Unreachable:
        """What a caller is told of a failed exchange. The detail goes to the log."""
        refused = error.__cause__
        if isinstance(refused, EgressRefused):
            return Refused(str(refused))
        what = "could not be reached"
        if isinstance(error, aiohttp.ClientSSLError):
            what = "has no valid TLS certificate"
        elif isinstance(error, aiohttp.ClientConnectorDNSError):
            what = "has no address"
        elif isinstance(error, aiohttp.ClientPayloadError | aiohttp.ServerDisconnectedError):
            what = "broke off its answer"
        # The text of an InvalidURL is the URL, key and all.
        detail = "" if isinstance(error, ValueError) else str(error)
        log.info("upstream.unreachable", provider=manifest.id, host=host, error=type(error).__name__, detail=detail)
        return Unreachable(f"{host} {what}")


def _session(resolver: AbstractResolver, proxy: str | None = None) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=MAX_CONNECTIONS, limit_per_host=MAX_CONNECTIONS_PER_HOST, resolver=resolver)
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        trust_env=False,
        proxy=proxy,
    )


def _body(request: Request) -> bytes | None:
    """The body as it goes over the wire."""
    if request.form is not None:
        return urlencode(request.form).encode()
    if request.json is not None:
        return orjson.dumps(request.json)
    if request.text is not None:
        return request.text.encode()
    return None


def _content_type(request: Request) -> str:
    """The content type of a body whose request names none."""
    if request.form is not None:
        return "application/x-www-form-urlencoded"
    return "application/json" if request.json is not None else "text/plain; charset=utf-8"


def _target(url: str, location: str) -> str:
    """Where a redirect leads. Servers write spaces and raw UTF-8 into it; browsers encode them, and so does this."""
    quoted = quote(location.strip(), safe="%/:?#[]@!$&'()*+,;=~", errors="surrogateescape")
    return urldefrag(urljoin(url, quoted)).url


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The decompressed body, or an error as soon as it is larger than it may be, or says that it will be."""
    body = bytearray()
    announced = 0 if answer.method == "HEAD" else answer.content_length or 0
    if announced <= most:
        async for chunk in answer.content.iter_chunked(64 * 1024):
            body += chunk
            if len(body) > most:
                break
        else:
            return bytes(body)
    answer.close()
    raise Unreachable(f"the answer of {answer.url.host} is larger than {most // (1024 * 1024)} MB")
