"""``Upstream`` as a provider gets it for one call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

import structlog

from tako_providers.sdk.errors import (
    Blocked,
    NotConfigured,
    NotFound,
    ProviderError,
    RateLimited,
    Refused,
    ShapeChanged,
    TimedOut,
    Unreachable,
)
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.provider import ACCESS_TOKEN, Token
from tako_providers.sdk.upstream import Json, Param, Params, Request, Response, Upstream
from tako_server.core.deadline import Deadline
from tako_server.engine.blocks import looks_like_html, may_be_html, wall
from tako_server.engine.decoding import decode_html, decode_json, decode_xml, is_loaded
from tako_server.engine.exchange import Exchange
from tako_server.engine.kept import Kept
from tako_server.engine.protection import Protection
from tako_server.engine.retry import is_read

if TYPE_CHECKING:
    from lxml import etree, html

T = TypeVar("T")

THREADED_HTML = 200_000
"""Bytes of HTML above which a page is parsed in a thread: below, the hop costs more than the parse."""

OPTIONAL_SHARE = 0.4
"""Share of the time left that what only enriches may take."""

_TOKEN_REFUSED = 401
_NOT_FOUND = 404

_ERROR_TEXT = 2000
"""Bytes of an error's body that are looked at: some upstreams hide a limit behind a 500."""

_PATH_SAFE = "/%:@!$&'()*+,;=~-._"

log = structlog.get_logger(__name__)


class Asking(Protocol):
    """The part of a provider that its Upstream needs."""

    @property
    def manifest(self) -> Manifest:
        """The facts about the provider."""
        ...

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """The request, signed."""
        ...

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """A new access token, where the manifest says ``signs_in``."""
        ...


class EngineUpstream:
    """Implements ``tako_providers.sdk.upstream.Upstream`` over an Exchange, for one call of one provider.

    ``partial`` is True once something optional has failed: the answer is kept for a short time only.
    """

    def __init__(
        self,
        provider: Asking,
        secrets: Mapping[str, str],
        exchange: Exchange,
        deadline: Deadline,
        protection: Protection | None = None,
        kept: Kept | None = None,
        name: str = "",
    ) -> None:
        """``kept`` is what all calls of a server share; without it a call has its own.

        ``name`` is what the provider is protected as, where that is not its id: a part of it.
        """
        self._provider = provider
        self._manifest = provider.manifest.placed(secrets)
        self._secrets = secrets
        self._exchange = exchange
        self._deadline = deadline
        self._protection = protection
        self._kept = Kept() if kept is None else kept
        self._name = name or self._manifest.id
        self._signing_in = False
        self.partial = False

    async def json(
        self,
        path: str,
        params: Params | None = None,
        *,
        method: str = "GET",
        form: Params | None = None,
        body: Json = None,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> Json:
        """The decoded JSON body."""
        found, _ = await self.json_and_headers(
            path, params, method=method, form=form, body=body, text=text, headers=headers, allow=allow
        )
        return found

    async def json_and_headers(
        self,
        path: str,
        params: Params | None = None,
        *,
        method: str = "GET",
        form: Params | None = None,
        body: Json = None,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> tuple[Json, Mapping[str, str]]:
        """The decoded JSON body, and the headers."""
        response = await self.fetch(
            path, params, method=method, form=form, body=body, text=text, headers=headers, allow=allow
        )
        try:
            return decode_json(response.headers, response.body), response.headers
        except ValueError as error:
            if response.status != _NOT_FOUND:  # which may mean the item or the address: only a body could have told
                self._judge(response, ())
            self._shape_changed(response, "JSON", error)

    async def xml(
        self,
        path: str,
        params: Params | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> etree._Element:
        """The root element of an XML body."""
        response = await self.fetch(path, params, headers=headers, allow=allow)
        try:
            if looks_like_html(response.headers, response.body):
                raise ValueError("an HTML page")
            if not is_loaded():
                return await asyncio.to_thread(decode_xml, response.body)
            return decode_xml(response.body)
        except ValueError as error:
            self._shape_changed(response, "XML", error)

    async def html(
        self,
        path: str,
        params: Params | None = None,
        *,
        method: str = "GET",
        form: Params | None = None,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> html.HtmlElement:
        """The root element of an HTML page."""
        response = await self.fetch(path, params, method=method, form=form, headers=headers, allow=allow)
        try:
            if not may_be_html(response.headers):
                raise ValueError("another content type")
            if len(response.body) > THREADED_HTML or not is_loaded():
                return await asyncio.to_thread(decode_html, response.headers, response.body)
            return decode_html(response.headers, response.body)
        except ValueError as error:
            self._shape_changed(response, "HTML", error)

    async def fetch(
        self,
        path: str,
        params: Params | None = None,
        *,
        method: str = "GET",
        form: Params | None = None,
        body: Json = None,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """The answer as it came, once its status and its page have been judged."""
        url, query = _joined(self._manifest.base_url, path, _pairs(params))
        request = Request(
            method=method.upper(),
            url=url,
            params=query,
            headers=_merged(self._manifest.headers, headers or {}),
            form=None if form is None else _pairs(form),
            json=body,
            text=text,
        )
        try:
            if self._manifest.signs_in and not self._signing_in:
                return await self._send_with_token(request, allow)
            return await self._send(self._provider.authorize(request, self._secrets), allow)
        except ProviderError as error:
            error.provider = error.provider or self._manifest.id
            raise

    async def kept(self, name: str, load: Callable[[], Awaitable[T]], *, seconds: float) -> T:
        """What ``load`` gives, kept for all calls of the provider."""
        try:
            return await self._kept.table(self._manifest.id, name, load, seconds)
        except NotFound as error:
            # A table is no item that may be missing: who asks for a card is not told that there is no such card.
            message = f"{self._manifest.title} has not what its answers are read with"
            raise ShapeChanged(message, provider=self._manifest.id) from error

    async def _send_with_token(self, request: Request, allow: Collection[int]) -> Response:
        """Send with the access token; upstream may have ended it before its time, so a refused one is replaced once."""
        token = await self._token()
        response = await self._send(self._authorized(request, token), {*allow, _TOKEN_REFUSED})
        if response.status != _TOKEN_REFUSED:
            return response
        self._kept.drop_token(self._manifest.id, token)
        return await self._send(self._authorized(request, await self._token()), allow)

    async def _token(self) -> str:
        signing_in = EngineUpstream(
            self._provider, self._secrets, self._exchange, self._deadline, self._protection, self._kept
        )
        signing_in._signing_in = True
        return await self._kept.token(self._provider, self._secrets, signing_in)

    def _authorized(self, request: Request, token: str) -> Request:
        return self._provider.authorize(request, {**self._secrets, ACCESS_TOKEN: token})

    async def _send(self, request: Request, allow: Collection[int]) -> Response:
        async def send() -> Response:
            response = await self._exchange.send(self._manifest, request, self._seconds_left())
            self._judge(response, allow)
            return response

        if self._protection is None:
            return await send()
        retryable = is_read(request.method, reads=request.reads)
        return await self._protection.send(
            self._manifest, self._name, send, self._deadline, retryable=retryable, settings=self._secrets
        )

    async def optional(self, answer: Awaitable[T]) -> T | None:
        """Await what only enriches an answer, for a part of the time that is left: the answer itself matters more."""
        try:
            async with asyncio.timeout(self._deadline.left() * OPTIONAL_SHARE):
                return await answer
        except (ProviderError, TimeoutError) as error:
            self.partial = True
            log.info("upstream.optional_failed", provider=self._manifest.id, error=type(error).__name__)
            return None

    def _seconds_left(self) -> float:
        left = self._deadline.left()
        if left <= 0:
            raise TimedOut(f"no time was left to ask {self._manifest.title}")
        return left

    def _judge(self, response: Response, allow: Collection[int]) -> None:
        """Raise what the status or a bot wall means (the table in ``Upstream``'s docstring)."""
        title, status = self._manifest.title, response.status
        retry_after = _retry_after(response.headers)
        if name := wall(status, response.headers, response.body):
            raise Blocked(f"{title} answers with a bot wall ({name})", retry_after=retry_after)
        if 200 <= status < 300 or status in allow:
            return
        if status == 404:
            raise NotFound(f"{title} knows no such item")
        if status == 429 or status in self._manifest.limit_statuses:
            raise RateLimited(f"{title} asks for fewer requests", retry_after=retry_after)
        if status in (401, 403):
            variables = tuple(secret.variable for secret in self._manifest.secrets if not secret.is_address)
            if variables:
                raise NotConfigured(f"{title} refuses the key that is set ({status})", variables=variables)
            raise Blocked(f"{title} refuses to answer ({status})", retry_after=retry_after)
        if status in (500, 503) and b"rate limit" in response.body[:_ERROR_TEXT].lower():
            raise RateLimited(f"{title} asks for fewer requests", retry_after=retry_after)
        if 400 <= status < 500 and status not in (408, 425):
            raise Refused(f"{title} refused the request with status {status}", retry_after=retry_after)
        raise Unreachable(f"{title} answered with status {status}", retry_after=retry_after)

    def _shape_changed(self, response: Response, wanted: str, error: ValueError) -> NoReturn:
        got = "an HTML page" if looks_like_html(response.headers, response.body) else f"{len(response.body)} bytes"
        if wanted == "HTML":
            got = f"{len(response.body)} bytes"
        raise ShapeChanged(
            f"{self._manifest.title} answered with {got} where {wanted} was expected",
            provider=self._manifest.id,
        ) from error


def retry_after_seconds(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds of a Retry-After header, a number or an HTTP date; None when it says nothing usable."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that upstream asks to wait: by the standard's header, or by the moment that some tell in its place."""
    moment = headers.get("x-ratelimit-retry-after", "")
    if "retry-after" not in headers and moment.isdecimal():
        return max(0.0, int(moment) - time.time())
    return retry_after_seconds(headers.get("retry-after"))


def _joined(base_url: str, path: str, query: tuple[tuple[str, str], ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """URL and query. A query inside ``path`` stays as it is, unless parameters come on top of it."""
    absolute = path.startswith(("https://", "http://"))
    url = path if absolute else f"{base_url.rstrip('/')}/{path.lstrip('/')}" if path else base_url
    parts = urlsplit(url)
    written = parts.query
    if written and query:
        query, written = (*parse_qsl(written, keep_blank_values=True), *query), ""
    parts = parts._replace(path=quote(parts.path, safe=_PATH_SAFE), query=quote(written, safe=_PATH_SAFE + "?"))
    return parts._replace(fragment="").geturl(), query


def _pairs(params: Params | None) -> tuple[tuple[str, str], ...]:
    """Parameters as text pairs: empty ones left out, a collection repeats its name."""
    pairs: list[tuple[str, str]] = []
    for name, value in (params or {}).items():
        values = (value,) if value is None or isinstance(value, str | int | float) else tuple(value)
        pairs.extend((name, text) for text in map(_text, values) if text)
    return tuple(pairs)


def _text(value: Param) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _merged(manifest: Mapping[str, str], request: Mapping[str, str]) -> dict[str, str]:
    """The manifest's headers, with those of the request over them; names that differ only by case are one."""
    overridden = {name.lower() for name in request}
    return {**{name: value for name, value in manifest.items() if name.lower() not in overridden}, **request}
