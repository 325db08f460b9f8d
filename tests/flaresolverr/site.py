"""A site on this machine for browsers to visit: plain pages, JSON, text, redirects, cookies, slow ones, and a wall."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson
from aiohttp import web

HOST = "127.0.0.1"
WALL = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><div id='challenge-form'></div>"
    "<script>setTimeout(() => { document.cookie = 'cf_clearance=ok; max-age=3600; path=/'; location.reload(); }, 300)"
    "</script></body></html>"
)


@dataclass
class Site:
    """Where it is, and who came."""

    port: int = 0
    visits: list[web.Request] = field(default_factory=list)
    strict: bool = False
    """The wall lets only browsers in, whatever they show."""

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"http://{HOST}:{self.port}{path}"

    def asked(self, path: str) -> list[web.Request]:
        """The requests for a page."""
        return [visit for visit in self.visits if visit.path == path]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """By the first part of the path."""
        self.visits.append(request)
        match request.path.split("/")[1]:
            case "json":
                return web.json_response({"a": 1, "q": "<é>"})
            case "text":
                return web.Response(text="plain <text> & é")
            case "redirect":
                raise web.HTTPFound("/cookies")
            case "away":
                raise web.HTTPFound(f"http://localhost:{self.port}/x")
            case "cookies":
                response = _echo(request)
                response.set_cookie("sid", "abc", max_age=100, httponly=True)
                response.set_cookie("plain", "1")
                return response
            case "slow":
                await asyncio.sleep(float(request.query.get("s", "60")))
            case "stuck":
                return _page(WALL.replace("cf_clearance=ok", "cf_clearance=no"))
            case "walled":
                shown = request.cookies.get("cf_clearance") == "ok"
                if not shown or (self.strict and not _is_browser(request)):
                    return _page(WALL)
                return web.json_response({"titles": [f"{request.query.get('q', '')} a"], "next": ""})
        return _echo(request)


def _is_browser(request: web.Request) -> bool:
    """Only Chromium's viewer of JSON tells it here: plain HTTP sends the same name."""
    return "sec-fetch-mode" in request.headers


def _page(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")


def _echo(request: web.Request) -> web.Response:
    told = {"method": request.method, "path": request.path_qs, "cookies": dict(request.cookies)}
    return _page(
        f'<html><head><title>T</title></head><body><pre id="o">{orjson.dumps(told).decode()}</pre></body></html>'
    )


@asynccontextmanager
async def visited() -> AsyncIterator[Site]:
    """A site on a free port."""
    site = Site()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()
