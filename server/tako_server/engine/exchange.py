"""The seam where an upstream is asked: above HTTP and browser, below all that knows about providers."""

from __future__ import annotations

from typing import Protocol

from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.upstream import Request, Response


class Exchange(Protocol):
    """One request out, one answer back.

    ``request`` is signed and complete. Every status is an answer: only the lack of one raises
    (``Unreachable``, ``TimedOut``, ``ReplayMiss``). ``timeout`` bounds the whole exchange in seconds,
    redirects and body included.
    """

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """Ask the upstream."""
        ...

    async def close(self) -> None:
        """Give back what the exchange holds. Nothing may be sent afterwards."""
        ...
