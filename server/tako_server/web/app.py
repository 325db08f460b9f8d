"""Health, version and metrics over HTTP, for people and for probes that speak no gRPC."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from aiohttp import web
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import ErrorInfo
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from tako_server import __version__
from tako_server.core.status import ERROR_DOMAIN
from tako_server.web.docs.serving import Docs
from tako_server.web.explorer.serving import Explorer

_ERROR_INFO = f"type.googleapis.com/{ErrorInfo.DESCRIPTOR.full_name}"


class WebApp:
    """Owns the HTTP server. ``start`` it inside the running loop; ``stop`` it."""

    def __init__(self, runner: web.AppRunner) -> None:
        self._runner = runner

    @classmethod
    async def start(
        cls,
        address: str,
        *,
        is_serving: Callable[[], bool],
        metrics: Callable[[], bytes],
        parts: Callable[[], Mapping[str, object]] = dict,
    ) -> WebApp:
        """A listening web app. Raises OSError when the address is taken. ``parts`` tells more in /health."""
        host, _, port = address.rpartition(":")
        runner = web.AppRunner(_application(is_serving, metrics, parts), access_log=None, handle_signals=False)
        await runner.setup()
        try:
            await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
        except OSError:
            await runner.cleanup()
            raise
        return cls(runner)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        port: int = self._runner.addresses[0][1]
        return port

    async def stop(self) -> None:
        """Finish what is being answered, and close."""
        await self._runner.cleanup()


def _application(
    is_serving: Callable[[], bool], metrics: Callable[[], bytes], parts: Callable[[], Mapping[str, object]]
) -> web.Application:
    started = time.monotonic()

    async def health(_request: web.Request) -> web.Response:
        serving = is_serving()
        body = {
            "status": "SERVING" if serving else "NOT_SERVING",
            "version": __version__,
            "uptime_seconds": round(time.monotonic() - started, 1),
            **parts(),
        }
        return web.json_response(body, status=200 if serving else 503, headers={"cache-control": "no-store"})

    async def version(_request: web.Request) -> web.Response:
        return web.json_response({"name": "tako", "version": __version__})

    async def exposition(_request: web.Request) -> web.Response:
        return web.Response(body=metrics(), headers={"content-type": CONTENT_TYPE_LATEST})

    application = web.Application(middlewares=[_json_errors])
    application.router.add_get("/health", health)
    application.router.add_get("/version", version)
    application.router.add_get("/metrics", exposition)
    application.router.add_routes(Explorer().routes)
    application.router.add_routes(Docs().routes)
    return application


@web.middleware
async def _json_errors(request: web.Request, handler: Callable[[web.Request], object]) -> web.StreamResponse:
    """An unknown path or method in the error form of the REST API."""
    try:
        response = await handler(request)  # type: ignore[misc] # aiohttp's own handler type says the same
    except web.HTTPException as error:
        told = {name: value for name, value in error.headers.items() if name.lower() == "allow"}
        return web.json_response(_error(error), status=error.status, headers={**told, "cache-control": "no-store"})
    assert isinstance(response, web.StreamResponse)  # noqa: S101 - aiohttp promises it
    return response


def _error(error: web.HTTPException) -> dict[str, object]:
    """As the gateway words its own errors."""
    code, reason, message = _ERRORS.get(error.status, (code_pb2.INVALID_ARGUMENT, "INVALID_REQUEST", error.reason))
    info = {"@type": _ERROR_INFO, "reason": reason, "domain": ERROR_DOMAIN}
    return {"code": code, "message": message, "details": [info]}


_ERRORS = {
    404: (code_pb2.NOT_FOUND, "PATH_UNKNOWN", "there is nothing at this path"),
    405: (code_pb2.UNIMPLEMENTED, "METHOD_NOT_ALLOWED", "this path takes another method"),
}
