"""Captures of a test, and which of them answers."""

from datetime import date
from pathlib import Path
from typing import Any

from tako_providers.sdk.errors import ReplayMiss
from tako_providers.sdk.upstream import Request
from tako_server.engine.replay import ReplayExchange
from tests.engine.support import manifest, write_capture

HOST = "https://api.acme.test"
TODAY = date(2026, 11, 23)


class Replay:
    """Captures of a test, and the name of the one that answers."""

    def __init__(self, folder: Path, **facts: Any) -> None:
        self.folder = folder
        self.manifest = manifest(**facts)

    def capture(self, name: str, url: str, **more: Any) -> None:
        """Write a capture."""
        write_capture(self.folder, name, HOST + url, **more)

    async def ask(self, url: str, method: str = "GET", **body: Any) -> str:
        """The body that comes, which is the capture's name; `miss` when none does."""
        exchange = ReplayExchange([self.folder], today=lambda: TODAY)
        try:
            answer = await exchange.send(self.manifest, Request(method, HOST + url, **body), 1)
        except ReplayMiss:
            return "miss"
        return answer.body.decode()
