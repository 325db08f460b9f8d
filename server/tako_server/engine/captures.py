"""Recorded exchanges: ``DIR/<provider>/<name>.json`` with its body in a file beside it.

The record says what was asked (``request``: method, url, headers, body) and what came (``response``: status,
headers, ``body_file``); ``operation``, ``source``, ``fidelity``, ``expect`` and notes are for people and
tests. The request's body is text as it went over the wire (a form, JSON, a query language) or a JSON value.
Files called ``*.body.*`` are bodies. A small body may stand in the record itself: ``body`` (text or a JSON
value) or ``body_base64``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson


class CaptureError(ValueError):
    """A record that cannot be used. The text names the file; it is for the operator's eyes."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One recorded exchange. Header names are lower case. ``final_url`` is where redirects ended, if told."""

    provider: str
    name: str
    operation: str
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: Any
    status: int
    headers: Mapping[str, str]
    final_url: str | None
    body_path: Path | None
    inline_body: bytes

    @property
    def is_error(self) -> bool:
        """Whether it stands for a failure; some upstreams tell of one with status 200."""
        return self.status >= 400 or self.operation == "error"

    def body(self) -> bytes:
        """The recorded body, read from its file now."""
        if self.body_path is None:
            return self.inline_body
        try:
            return self.body_path.read_bytes()
        except OSError as error:
            raise CaptureError(f"{self.body_path}: the body cannot be read ({error.strerror})") from error


class CaptureStore:
    """The captures of several directories, read provider by provider when first asked for.

    Captures keep the order of the directories: on an equal match the earlier one wins.
    """

    def __init__(self, directories: Sequence[Path]) -> None:
        self._directories = tuple(directories)
        self._loaded: dict[str, tuple[Capture, ...]] = {}

    def of(self, provider: str) -> tuple[Capture, ...]:
        """All captures of one provider. Raises CaptureError for a broken record."""
        if provider not in self._loaded:
            self._loaded[provider] = tuple(
                capture for directory in self._directories for capture in load(directory / provider, provider)
            )
        return self._loaded[provider]

    def providers(self) -> tuple[str, ...]:
        """The providers that have a folder of captures."""
        return tuple(sorted({path.name for root in self._directories if root.is_dir() for path in _folders(root)}))

    def check(self) -> None:
        """Read every record of every provider, so that a broken one is known at start."""
        for provider in self.providers():
            self.of(provider)


def load(folder: Path, provider: str) -> list[Capture]:
    """The captures of one provider's folder in order of their names; none where there is no folder."""
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.glob("*.json") if ".body." not in path.name)
    return [read(path, provider) for path in files]


def read(path: Path, provider: str) -> Capture:
    """One record. Raises CaptureError that names the file and what is wrong in it."""
    try:
        record = orjson.loads(path.read_bytes())
        request, response = record["request"], record["response"]
        body_path, inline_body = _body(path, response)
        return Capture(
            provider=provider,
            name=path.stem,
            operation=str(record.get("operation", "")),
            method=str(request["method"]).upper(),
            url=_text(request, "url"),
            request_headers=_headers(request),
            request_body=request.get("body"),
            status=int(response["status"]),
            headers=_headers(response),
            final_url=response.get("url"),
            body_path=body_path,
            inline_body=inline_body,
        )
    except CaptureError:
        raise
    except OSError as error:
        raise CaptureError(f"{path}: cannot be read ({error.strerror})") from error
    except KeyError as error:
        raise CaptureError(f"{path}: the record lacks {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise CaptureError(f"{path}: no valid record ({error})") from error


def _body(path: Path, response: Mapping[str, Any]) -> tuple[Path | None, bytes]:
    """Where the body is: a file beside the record, or bytes inside it."""
    name = response.get("body_file")
    if name:
        body_path = path.parent / str(name)
        if body_path.parent.resolve() != path.parent.resolve():
            raise CaptureError(f"{path}: body_file is not beside the record")
        if not body_path.is_file():
            raise CaptureError(f"{path}: body_file does not exist")
        return body_path, b""
    if "body_base64" in response:
        try:
            return None, base64.b64decode(response["body_base64"], validate=True)
        except binascii.Error as error:
            raise CaptureError(f"{path}: body_base64 is not base64") from error
    body = response.get("body")
    if body is None:
        return None, b""
    return None, body.encode() if isinstance(body, str) else orjson.dumps(body)


def _headers(part: Mapping[str, Any]) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in (part.get("headers") or {}).items()}


def _text(part: Mapping[str, Any], name: str) -> str:
    value = part[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is not text")
    return value


def _folders(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")]
