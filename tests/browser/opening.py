"""Pages of the explorer, opened in a browser that tells what went wrong in them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, Route, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="450">'
    '<rect width="300" height="450" fill="#2c5f93"/><circle cx="90" cy="140" r="60" fill="#f7e4de"/></svg>'
)
"""Answers every picture: no test reaches an upstream."""
_EXPECTED = re.compile(r"Failed to load resource")
"""Chromium writes this for every answer that is an error, whatever the page makes of it."""
SOON = 20_000

expect.set_options(timeout=SOON)


async def picture(route: Route) -> None:
    """A small picture for any address."""
    await route.fulfill(content_type="image/svg+xml", body=PICTURE)


async def broken(route: Route) -> None:
    """No picture anywhere."""
    await route.abort()


@dataclass
class Opened:
    """A page of the explorer, and what was noticed while it was used."""

    page: Page
    server: str
    errors: list[str] = field(default_factory=list)
    outside: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Requests to other hosts: sort, address, headers."""

    async def goto(self, path: str) -> None:
        """Go to a path of this server."""
        await self.page.goto(self.server + path)

    @property
    def address(self) -> str:
        """Path and question of where the reader is."""
        return self.page.url.removeprefix(self.server)

    async def evaluate(self, script: str) -> Any:
        """What a script in the page gives."""
        return await self.page.evaluate(script)


Opening = Callable[..., Awaitable[Opened]]


@asynccontextmanager
async def opening(browser: Browser) -> AsyncIterator[Opening]:
    """Opens pages; at the end none of them may have had an error or have asked a stranger for more than pictures."""
    opened: list[Opened] = []
    async with AsyncExitStack() as stack:

        async def open_(
            server: str,
            path: str = "/",
            *,
            width: int = 1280,
            scheme: str = "light",
            language: str = "en-GB",
            pictures: Callable[[Route], Awaitable[None]] = picture,
        ) -> Opened:
            context: BrowserContext = await browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
                locale=language,
                permissions=["clipboard-read", "clipboard-write"],
            )
            stack.push_async_callback(context.close)
            made = Opened(await context.new_page(), server)
            opened.append(made)
            _watch(made)
            await made.page.route(lambda url: not url.startswith(server), pictures)
            await made.goto(path)
            return made

        yield open_
        for one in opened:
            assert one.errors == []
            assert {kind for kind, _, _ in one.outside} <= {"image"}


def _watch(opened: Opened) -> None:
    page, own = opened.page, urlsplit(opened.server).netloc

    def asked(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.netloc != own:
            opened.outside.append((request.resource_type, request.url, request.headers))

    def said(message: Any) -> None:
        if message.type in {"error", "warning"} and not _EXPECTED.match(message.text):
            opened.errors.append(message.text)

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: opened.errors.append(str(error)))
