"""Every upstream at once, on this machine and over TLS: it answers from the samples, or throws back what it was sent.

What it gives of its own, cookies and access tokens, are secrets too.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import orjson
import trustme
from aiohttp import web

from tako_providers import sdk
from tako_server.engine.replay import ReplayExchange
from tests.captures import SAMPLES

COOKIE = "plantedCookieOfUpstream0fH4a"
TOKEN = "plantedAccessTokenOfUpstream1Kz9"
_SIGN_IN = ("/oauth2/token", "/v4/login", "/login")


@dataclass
class Echoes:
    """The upstreams of ``providers``. ``modes`` says how each is today, by the provider's id; else it is well."""

    providers: list[sdk.Provider]
    modes: dict[str, str] = field(default_factory=dict)
    port: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    """Requests by mode."""
    _samples: ReplayExchange = field(default_factory=lambda: ReplayExchange([SAMPLES]))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any request to any host."""
        host = request.url.host or ""
        asked = next((one.manifest.id for one in self.providers if one.manifest.asks(host)), "")
        mode = self.modes.get(asked, "well")
        self.asked[mode] = self.asked.get(mode, 0) + 1
        body = await request.text()
        echo = f"{request.method} {request.url} {dict(request.headers)} {body}"
        response = await self._by_mode(mode, request, body, echo)
        response.headers["set-cookie"] = f"sid={COOKIE}; Path=/"
        response.headers["x-echo"] = echo.replace("\n", " ").replace("\r", " ")[:4000]
        return response

    async def _by_mode(self, mode: str, request: web.Request, body: str, echo: str) -> web.StreamResponse:
        if request.path.endswith(_SIGN_IN) and mode != "signing in fails":
            return web.json_response(
                {"access_token": TOKEN, "data": {"token": TOKEN}, "expires_in": 3600, "status": "success"}
            )
        return await _MODES[mode](self, request, body, echo)

    async def _well(self, request: web.Request, body: str, echo: str) -> web.StreamResponse:
        """The sample, with an echo in it where there is room."""
        found = await self._sample(request, body)
        if found is None:
            return web.json_response({"error": echo}, status=404)
        text = found.body
        if text.startswith(b"{") and len(text) > 2:
            text = b'{"request_echo": ' + orjson.dumps(echo) + b", " + text[1:]
        kind = {"content-type": found.headers.get("content-type", "application/json")}
        return web.Response(status=found.status, body=text, headers=kind)

    async def _sample(self, request: web.Request, body: str) -> sdk.Response | None:
        host = request.url.host or ""
        for provider in self.providers:
            if not provider.manifest.asks(host):
                continue
            is_form = request.content_type == "application/x-www-form-urlencoded"
            asked = sdk.Request(
                request.method,
                f"https://{host}{request.rel_url.raw_path}",
                tuple(parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True)),
                headers=dict(request.headers),
                form=tuple(parse_qsl(body, keep_blank_values=True)) if is_form else None,
                text=None if is_form or not body else body,
            )
            try:
                return await self._samples.send(provider.manifest, asked, 5)
            except sdk.ProviderError:
                continue
        return None


def _says(status: int, content_type: str = "application/json") -> Callable[..., Awaitable[web.StreamResponse]]:
    async def behave(_: Echoes, request: web.Request, body: str, echo: str) -> web.StreamResponse:
        told = orjson.dumps({"error": echo, "message": echo}) if content_type == "application/json" else echo.encode()
        return web.Response(status=status, body=told, headers={"content-type": content_type})

    return behave


async def _redirects(_: Echoes, request: web.Request, body: str, echo: str) -> web.StreamResponse:
    """To itself, keys and all; for ever."""
    return web.Response(status=302, headers={"location": str(request.url)})


async def _sends_away(_: Echoes, request: web.Request, body: str, echo: str) -> web.StreamResponse:
    """To somebody else, with the keys in the query."""
    there = urlsplit(str(request.url))._replace(netloc="collects-keys.example.net")
    return web.Response(status=302, headers={"location": there.geturl()})


async def _breaks_off(_: Echoes, request: web.Request, body: str, echo: str) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "application/json", "content-length": "100000"})
    await response.prepare(request)
    await response.write(echo.encode())
    assert request.transport is not None
    request.transport.abort()
    return response


_MODES: dict[str, Callable[..., Awaitable[web.StreamResponse]]] = {
    "well": Echoes._well,
    "refuses the key": _says(401),
    "forbids": _says(403, "text/html"),
    "knows nothing": _says(404),
    "asks for less": _says(429),
    "refuses": _says(400),
    "signing in fails": _says(400),
    "is broken": _says(500),
    "has changed": _says(200),
    "shows a page": _says(200, "text/html"),
    "redirects": _redirects,
    "sends away": _sends_away,
    "breaks off": _breaks_off,
}
TROUBLES = tuple(mode for mode in _MODES if mode != "well")


@asynccontextmanager
async def echoing(providers: list[sdk.Provider], folder: Path) -> AsyncIterator[Echoes]:
    """The upstreams, listening; ``folder/ca.pem`` is who vouches for them."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    hosts = sorted({host.removeprefix("*.") for one in providers for host in one.manifest.hosts})
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*hosts, *(f"*.{host}" for host in hosts)).configure_cert(context)
    echoes = Echoes(providers)
    app = web.Application(client_max_size=1 << 24)
    app.router.add_route("*", "/{path:.*}", echoes.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    echoes.port = runner.addresses[0][1]
    try:
        yield echoes
    finally:
        await runner.cleanup()
