"""A child: an upstream that is well under ``/well``, and in all kinds of trouble under ``/ill``."""

from __future__ import annotations

import asyncio
import itertools

import uvloop
from aiohttp import web

from bench.books import ANSWERS
from bench.child import serve_until_ended

_HANGS = 5.0
_turn = itertools.count()


async def _well(request: web.Request) -> web.Response:
    answer = ANSWERS.get(f"/{request.match_info['path']}")
    return web.json_response(answer) if answer is not None else web.json_response({}, status=404)


async def _ill(_request: web.Request) -> web.StreamResponse:
    match next(_turn) % 6:
        case 0:
            return web.json_response({}, status=500)
        case 1:
            await asyncio.sleep(_HANGS)
            return web.json_response(ANSWERS["/search.json"])
        case 2:
            return web.Response(text='{"docs": [', content_type="application/json")
        case 3:
            return web.json_response({}, status=429, headers={"retry-after": "1"})
        case 4:
            return web.json_response({"changed": True})
        case _:
            return web.json_response(ANSWERS["/search.json"])


async def main() -> None:
    """Serve until the end."""
    application = web.Application()
    application.router.add_get("/well/{path:.*}", _well)
    application.router.add_get("/ill/{path:.*}", _ill)
    runner = web.AppRunner(application, access_log=None, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        await serve_until_ended({"port": runner.addresses[0][1]})
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    uvloop.run(main())
