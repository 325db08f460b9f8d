"""Serves the description of the REST API, and a page that shows it and can try it out.

The page is Swagger UI, vendored by scripts/vendor_swagger_ui.py. It asks this server and no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from aiohttp import web

from tako_server.web.static_files import ASK_AGAIN, KEEP_FOR_EVER, StaticFile, page_headers, version_of

_FOLDER = Path(__file__).parent
_PARTS = ("swagger_ui/swagger-ui.css", "swagger_ui/swagger-ui-bundle.js", "page/docs.css", "page/docs.js")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may do: run its own scripts, and ask this server. Swagger UI's styles hold pictures as data."""

_OF_THE_PAGE = page_headers(CONTENT_SECURITY_POLICY)
_OF_THE_DOCUMENT: Mapping[str, str] = {"x-content-type-options": "nosniff"}


class Docs:
    """The document and the files of the page, read once, when somebody asks: they are two megabytes."""

    @cached_property
    def _document(self) -> StaticFile:
        return _read("openapi.json")

    @cached_property
    def _parts(self) -> Mapping[str, StaticFile]:
        return {Path(name).name: _read(name) for name in _PARTS}

    @cached_property
    def _version(self) -> str:
        return version_of((name, part.body) for name, part in self._parts.items())

    @cached_property
    def _index(self) -> StaticFile:
        index = (_FOLDER / "page" / "index.html").read_bytes().replace(b"{version}", self._version.encode())
        return StaticFile.of("index.html", index)

    @property
    def routes(self) -> list[web.RouteDef]:
        """What the web app adds to its router."""
        return [
            web.get("/openapi.json", self._openapi),
            web.get("/docs", self._page),
            web.get("/docs/", self._page),
            web.get("/docs/{version}/{name}", self._part),
        ]

    async def _openapi(self, request: web.Request) -> web.Response:
        return self._document.answer(request, _OF_THE_DOCUMENT)

    async def _page(self, request: web.Request) -> web.Response:
        return self._index.answer(request, _OF_THE_PAGE)

    async def _part(self, request: web.Request) -> web.Response:
        part = self._parts.get(request.match_info["name"])
        if part is None:
            raise web.HTTPNotFound
        # While servers of two versions stand behind one gateway, a page of one may get its parts from the other.
        same = request.match_info["version"] == self._version
        return part.answer(request, _OF_THE_PAGE, cache=KEEP_FOR_EVER if same else ASK_AGAIN)


def _read(name: str) -> StaticFile:
    return StaticFile.of(name, (_FOLDER / name).read_bytes())
