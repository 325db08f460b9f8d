"""Takes the pictures of docs/: the real page, before a real server on the samples. `make pictures` runs it.

The samples name pictures that do not exist, so each of their addresses is answered with a drawing made from it.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page, Route, async_playwright, expect

from tako_server.core.registry import load_providers
from tests.browser.conftest import ARGUMENTS
from tests.browser.opening import opening
from tests.captures import ROOT, SAMPLES
from tests.conformance.cases import secrets_of
from tests.conftest import require_tool
from tests.e2e.serving import served


@dataclass(frozen=True)
class Shot:
    """One picture: where, on what, and what must be there before it is taken."""

    name: str
    path: str
    ready: str
    width: int = 1280
    height: int = 860
    scheme: str = "light"
    language: str = "en-GB"


SHOTS = (
    Shot("search", "/?q=sample+lantern&d=media&d=videogames", ".grid li.card:nth-child(8):not(.empty)"),
    Shot("item", "/?item=tmdb/movie/900001", ".item .facts", height=1240),
    Shot("lists-dark", "/?lists=media", ".shelf:nth-of-type(3) li.card:not(.empty)", scheme="dark"),
    Shot(
        "phone", "/?q=sample+tide&d=music", ".grid li.card:nth-child(7):not(.empty)",
        width=390, height=844, language="fr-FR",
    ),
    Shot("sources", "/?sources=all", "li.source"),
)  # fmt: skip


async def drawn(route: Route) -> None:
    """A picture that nobody made before: a sky, a sun and hills, in colours of its address."""
    address = route.request.url
    number = int.from_bytes(hashlib.sha256(address.encode()).digest()[:8])
    wide = any(word in address for word in ("backdrop", "still", "w1280"))
    square = not wide and any(word in address for word in ("cover", "mzstatic", "artwork", "Music"))
    width, height = (640, 360) if wide else (400, 400) if square else (300, 450)
    hue, sun, hill = number % 360, 20 + number // 360 % 60, 30 + number // 21600 % 40
    low = height * (100 - hill) / 100
    body = f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">
      <linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl({hue} 45% 38%)"/>
        <stop offset="1" stop-color="hsl({(hue + 40) % 360} 60% 74%)"/></linearGradient>
      <rect width="100%" height="100%" fill="url(#sky)"/>
      <circle cx="{width * sun / 100}" cy="{height * 0.34}" r="{width * 0.13}" fill="hsl({(hue + 60) % 360} 80% 88%)"/>
      <path d="M0 {low} Q{width * 0.3} {low - height * 0.16} {width * 0.6} {low} T{width} {low - 20}
        V{height} H0z" fill="hsl({(hue + 190) % 360} 28% 34%)"/>
      <path d="M0 {low + height * 0.14} Q{width * 0.45} {low - height * 0.02} {width} {low + height * 0.17}
        V{height} H0z" fill="hsl({(hue + 190) % 360} 32% 22%)"/></svg>"""
    await route.fulfill(content_type="image/svg+xml", body=body)


async def take(folder: Path) -> None:
    """All pictures, into ``folder``."""
    keys = {name: value for provider in load_providers().values() for name, value in secrets_of(provider).items()}
    with (
        tempfile.TemporaryDirectory() as place,
        served(Path(place), TAKO_REPLAY=str(SAMPLES), TAKO_JOBS="false", **keys) as tako,
    ):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=require_tool("chromium"), args=list(ARGUMENTS))
            async with opening(browser) as open_page:
                for shot in SHOTS:
                    opened = await open_page(
                        tako.rest, shot.path, width=shot.width, scheme=shot.scheme, language=shot.language,
                        pictures=drawn,
                    )  # fmt: skip
                    await _take(opened.page, shot, folder)
            await browser.close()


async def _take(page: Page, shot: Shot, folder: Path) -> None:
    await page.set_viewport_size({"width": shot.width, "height": shot.height})
    await expect(page.locator(shot.ready).first).to_be_visible()
    await expect(page.locator(".sources.working")).to_have_count(0)
    await page.wait_for_function(
        "[...document.images].every((one) => one.complete || one.getBoundingClientRect().top > innerHeight)"
    )
    await page.wait_for_timeout(600)  # for pictures to fade in
    path = folder / f"{shot.name}.png"
    await page.screenshot(path=path)
    print(f"{path}  {path.stat().st_size // 1024} KB")  # noqa: T201 - a program, for a terminal


if __name__ == "__main__":
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(pictures))
