"""Recording live traffic as captures, with the secrets removed."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlencode, urlsplit

import orjson
import structlog

from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.exchange import Exchange
from tako_server.engine.redaction import REDACTED, Redactor

_DROPPED_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})
"""They describe the wire; the recorded body is decompressed and whole."""
_SUFFIXES = (("json", "json"), ("html", "html"), ("xml", "xml"), ("javascript", "json"), ("text/", "txt"))
_LONGEST_SLUG = 80

log = structlog.get_logger(__name__)


class RecordExchange:
    """An Exchange that writes each answer of ``inner`` to ``directory`` and gives it on unchanged.

    ``secrets`` are the values of all keys that are set here. A record that cannot be written is logged once;
    the answer is never the worse for it. The same request asked again replaces its record.
    """

    def __init__(
        self,
        inner: Exchange,
        directory: Path,
        secrets: Collection[str],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._inner = inner
        self._directory = directory
        self._redactor = Redactor(secrets)
        self._now = now
        self._failed = False

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Ask ``inner``, and record what came."""
        response = await self._inner.send(manifest, request, timeout)
        try:
            await asyncio.to_thread(self._write, manifest.id, request, response)
        except (OSError, ValueError, TypeError) as error:
            if not self._failed:
                self._failed = True
                log.warning("record.failed", provider=manifest.id, error=type(error).__name__, detail=str(error))
        return response

    async def close(self) -> None:
        """Close ``inner``."""
        await self._inner.close()

    def _write(self, provider: str, request: Request, response: Response) -> None:
        """The body first, so that a record never points to nothing."""
        redactor = self._redactor.with_what_went_along(request.headers)
        asked = self._asked(request)
        name = _name(asked)
        body_file = f"{name}.body.{_suffix(response)}"
        record = {
            "provider": provider,
            "operation": "recorded",
            "kind": "",
            "request": asked,
            "response": {
                "status": response.status,
                "url": redactor.url(response.url),
                "headers": redactor.headers(
                    {k: v for k, v in response.headers.items() if k.lower() not in _DROPPED_HEADERS}
                ),
                "body_file": body_file,
            },
            "source": {"tool": "tako", "recorded_at": self._now().isoformat(timespec="seconds")},
            "fidelity": "recorded",
            "expect": {},
        }
        folder = self._directory / provider
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / body_file, redactor.answer(request.url, response.body))
        _replace(folder / f"{name}.json", orjson.dumps(record, option=orjson.OPT_INDENT_2))

    def _asked(self, request: Request) -> dict[str, Any]:
        """The request as the record has it."""
        body: Any = None
        if request.form is not None:
            body = self._redactor.request_text(urlencode(request.form))
        elif request.json is not None:
            body = self._redactor.value(request.json)
        elif request.text is not None:
            body = self._redactor.request_text(request.text)
        return {
            "method": request.method,
            "url": self._redactor.url(request.full_url),
            "headers": self._redactor.headers(request.headers),
            "body": body,
        }


def _name(asked: dict[str, Any]) -> str:
    """`<method>-<path and query>-<hash>`: readable, and the same for the same request."""
    parts = urlsplit(asked["url"])
    told = [] if asked["method"] == "GET" else [asked["method"]]
    told.append(parts.path)
    told += [value for pair in parts.query.split("&") if (value := pair.partition("=")[2]) and value != REDACTED]
    slug = re.sub(r"[^a-z0-9]+", "-", unquote_plus(" ".join(told)).lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    key = orjson.dumps([asked["method"], asked["url"], asked["body"], asked["headers"]], option=orjson.OPT_SORT_KEYS)
    return f"{slug or 'root'}-{hashlib.sha256(key).hexdigest()[:8]}"


def _suffix(response: Response) -> str:
    content_type = response.headers.get("content-type", "").lower()
    return next((suffix for sign, suffix in _SUFFIXES if sign in content_type), "bin")


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".recording-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)  # mkstemp keeps it to its owner
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise
