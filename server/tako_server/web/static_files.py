"""Files of a page: read once, given from memory, with validators."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from aiohttp import web

KEEP_FOR_EVER = "public, max-age=31536000, immutable"
"""For what stands under a path that names its content."""
ASK_AGAIN = "no-cache"
"""For what may be another tomorrow: it is kept, and asked for with its tag."""
_TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file and what tells it from its other versions."""

    body: bytes
    content_type: str
    tag: str

    @classmethod
    def of(cls, name: str, body: bytes) -> Self:
        """A file of this name, of a type that pages have."""
        return cls(body, _TYPES[Path(name).suffix], hashlib.sha256(body).hexdigest()[:32])

    def answer(self, request: web.Request, headers: Mapping[str, str], *, cache: str = ASK_AGAIN) -> web.Response:
        """The file, or 304 when the caller has it already.

        The tag is a weak one: a gateway that compresses takes a strong one away.
        """
        told = {**headers, "cache-control": cache, "etag": f'W/"{self.tag}"'}
        if _knows(request, self.tag):
            return web.Response(status=304, headers=told)
        return web.Response(body=self.body, content_type=self.content_type, charset="utf-8", headers=told)


def page_headers(policy: str) -> dict[str, str]:
    """The headers of a page and its parts: what it may do is its Content-Security-Policy, and no more."""
    return {
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


def version_of(files: Iterable[tuple[str, bytes]]) -> str:
    """A name for exactly these files."""
    digest = hashlib.sha256()
    for name, body in files:
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()[:16]


def _knows(request: web.Request, tag: str) -> bool:
    sent = re.findall(r'"([^"]*)"|(\*)', request.headers.get("if-none-match", ""))
    return any(star or known == tag for known, star in sent)
