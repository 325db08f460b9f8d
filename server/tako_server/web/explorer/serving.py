"""Serves the explorer's files, with headers that allow the page only what it needs.

The page's modules and styles stand under a path that names their content, ``/explorer/<version>/``, so that browsers
may keep them for ever. Only ``/`` is asked for again, and answered with 304 while nothing changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from aiohttp import web

from tako_server.web.static_files import ASK_AGAIN, KEEP_FOR_EVER, StaticFile, page_headers, version_of

_FOLDER = Path(__file__).parent / "page"
_INDEX = "index.html"

_POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' https:",  # upstreams' pictures; for http ones the page asks for the https address
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",  # with no policy allowed, text can't become HTML or script
    "trusted-types": "'none'",
}
"""What the page may do: run its own scripts, ask this server, show pictures."""

_HEADERS = page_headers("; ".join(f"{rule} {sources}" for rule, sources in _POLICY.items()))


class Explorer:
    """The files of the page, read once, when somebody asks."""

    @cached_property
    def _bodies(self) -> Mapping[str, bytes]:
        files = (path for path in sorted(_FOLDER.rglob("*")) if path.is_file())
        return {path.relative_to(_FOLDER).as_posix(): path.read_bytes() for path in files}

    @cached_property
    def _version(self) -> str:
        return version_of(self._bodies.items())

    @cached_property
    def _index(self) -> StaticFile:
        return StaticFile.of(_INDEX, self._bodies[_INDEX].replace(b"{version}", self._version.encode()))

    @cached_property
    def _files(self) -> Mapping[str, StaticFile]:
        return {name: StaticFile.of(name, body) for name, body in self._bodies.items() if name != _INDEX}

    @property
    def routes(self) -> list[web.RouteDef]:
        """What the web app adds to its router."""
        return [web.get("/", self._page), web.get("/explorer/{version}/{name:.+}", self._part)]

    async def _page(self, request: web.Request) -> web.Response:
        return self._index.answer(request, _HEADERS)

    async def _part(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        # While servers of two versions stand behind one gateway, a page of one may get its parts from the other.
        same = request.match_info["version"] == self._version
        return file.answer(request, _HEADERS, cache=KEEP_FOR_EVER if same else ASK_AGAIN)
