"""What the engine's tests share: a manifest, captures written for a test, and where the recorded ones are."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson

from tako_providers.sdk.manifest import Attribution, Domain, Manifest
from tako_providers.sdk.upstream import Request, Response
from tests.captures import CAPTURES


def manifest(*hosts: str, provider: str = "acme", base_url: str = "https://api.acme.test", **more: Any) -> Manifest:
    """A manifest with as much in it as the engine reads."""
    return Manifest(
        id=provider,
        title="Acme",
        domains=(Domain.MEDIA,),
        homepage="https://acme.test",
        base_url=base_url,
        hosts=frozenset(hosts or ("api.acme.test",)),
        attribution=Attribution("Data from Acme", "https://acme.test"),
        **more,
    )


def recorded_captures() -> Path:
    """The folder of recorded captures, for tests that are marked `captures`."""
    assert CAPTURES is not None
    return CAPTURES


def write_capture(  # a record is what it is made of
    folder: Path,
    name: str,
    url: str,
    *,
    method: str = "GET",
    body: Any = None,
    request_headers: Mapping[str, str] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    operation: str = "search",
    answer: str | None = None,
    provider: str = "acme",
) -> None:
    """A record whose body is, unless ``answer`` says otherwise, its own name."""
    target = folder / provider
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{name}.body.txt").write_text(name if answer is None else answer)
    record = {
        "provider": provider,
        "operation": operation,
        "kind": "thing",
        "request": {"method": method, "url": url, "headers": dict(request_headers or {}), "body": body},
        "response": {"status": status, "headers": dict(headers or {}), "body_file": f"{name}.body.txt"},
    }
    (target / f"{name}.json").write_bytes(orjson.dumps(record))


class ScriptedExchange:
    """An Exchange that answers as a test says, and keeps what it was asked."""

    def __init__(self, answer: Response | Callable[[Request], Response]) -> None:
        self._answer = answer
        self.asked: list[Request] = []
        self.timeouts: list[float] = []
        self.closed = False

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """The scripted answer."""
        self.asked.append(request)
        self.timeouts.append(timeout)
        return self._answer if isinstance(self._answer, Response) else self._answer(request)

    async def close(self) -> None:
        """Say that it was closed."""
        self.closed = True


def answer(
    body: bytes | str = b"{}", status: int = 200, content_type: str = "application/json", **headers: str
) -> Response:
    """A Response; header names may be written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body.encode() if isinstance(body, str) else body
    return Response(status, {"content-type": content_type, **named}, raw, "https://api.acme.test/x")
