"""What a provider asks its upstream through.

A provider gets an ``Upstream`` with each call and asks by it alone. Deadlines, limits, retries, replay, recording and
the egress rules are behind it, in the engine: a provider never sleeps, retries, caches or catches.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlencode

if TYPE_CHECKING:
    from lxml import etree, html

T = TypeVar("T")

_MISSING = 404

Json = Any
"""A decoded JSON value. ``Any`` only here, at the edge: mappers read it and give typed Items."""

Param = str | int | float | bool | None
Params = Mapping[str, Param | Collection[str | int]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to an upstream, as the provider asks it and before it is signed.

    ``params`` are pairs in order, already text. A body is form pairs, a JSON value, or raw text. ``reads`` says that it
    changes nothing upstream and may be sent again, whatever its method: providers only ever read.
    """

    method: str
    url: str
    params: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    form: tuple[tuple[str, str], ...] | None = None
    json: Json = None
    text: str | None = None
    reads: bool = True

    def with_header(self, name: str, value: str) -> Request:
        """This request with one more header."""
        return replace(self, headers={**self.headers, name: value})

    def with_param(self, name: str, value: str) -> Request:
        """This request with one more query parameter."""
        return replace(self, params=(*self.params, (name, value)))

    @property
    def full_url(self) -> str:
        """URL and query as they go over the wire."""
        if not self.params:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(self.params)}"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of an upstream. ``headers`` have lower-case names. ``url`` is where redirects ended."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class Upstream(Protocol):
    """One provider's way to its upstream, for one call.

    ``path`` is joined to the manifest's ``base_url`` unless it is absolute. Parameters that are None or empty text are
    left out; a bool is ``true``/``false``; a collection repeats its name. Statuses other than 2xx raise (404 NotFound,
    429 RateLimited, 401/403 NotConfigured where the provider has a key and Blocked where it has none, other 4xx
    Refused, the rest Unreachable), unless ``allow`` names them: then the body is decoded and given like any other.

    Every method raises the errors of ``sdk.errors``; a body that does not decode raises ShapeChanged.
    """

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
        ...

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
        """The decoded JSON body and the headers: some upstreams tell the total, or the next page, in one."""
        ...

    async def xml(
        self,
        path: str,
        params: Params | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> etree._Element:
        """The root element of an XML body. Entities and external references are not resolved."""
        ...

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
        ...

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
        """The answer as it came, for what the other methods do not cover (a header, a redirect's target)."""
        ...

    async def optional(self, answer: Awaitable[T]) -> T | None:
        """Await what only enriches an answer: None on any upstream failure, and the answer is marked partial."""
        ...

    async def kept(self, name: str, load: Callable[[], Awaitable[T]], *, seconds: float) -> T:
        """What ``load`` gives, kept in memory for ``seconds`` under ``name`` for all calls of this provider.

        For small tables that answers are read with (names of genres, themes) and for upstreams that are one file.
        ``name`` MUST come from a small, fixed set; the value MUST NOT be changed. While it is loaded all wait for the
        same load; an old value is given when a new one cannot be had.
        """
        ...


async def file_at(address: str, up: Upstream) -> Response | None:
    """What a file server says of a file without sending it (its size is ``content-length``), None when it has none."""
    answer = await up.fetch(address, method="HEAD", allow=(_MISSING,))
    return answer if answer.status != _MISSING else None
