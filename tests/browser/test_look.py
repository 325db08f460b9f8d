"""How the page looks and sounds: on a phone, in the dark, without pictures, for those who listen."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.async_api import Page, expect

from tests.browser.opening import Opening, broken
from tests.e2e.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

VIEWS = {
    "start": ("/", ".tile"),
    "search": ("/?q=sample+lantern&d=media&d=videogames", ".grid li.card:not(.empty)"),
    "nothing": ("/?q=nobody+wrote+this&d=books", ".notice"),
    "item": ("/?item=tmdb/movie/900001", ".item .facts"),
    "card": ("/?item=mtg/trading_card/7a4b0000-5a3e-4e00-8000-000000000001", ".item .facts"),
    "lookup": ("/?code=tt9000010", ".fold"),
    "lists": ("/?lists=media", "li.card:not(.empty)"),
    "sources": ("/?sources=all", "li.source"),
}
MOST = 150 * 1024
"""Bytes of our own files that any one view may take, uncompressed."""


async def _settled(page: Page, name: str) -> None:
    await expect(page.locator(VIEWS[name][1]).first).to_be_visible()
    await expect(page.locator(".sources.working")).to_have_count(0)


@pytest.mark.parametrize("name", VIEWS)
async def test_each_view_is_small_and_for_everybody(open_page: Opening, samples: Served, name: str) -> None:
    """One page for all of it: what costs time is the opening."""
    page = (await open_page(samples.rest, VIEWS[name][0], language="fr-FR")).page
    await _settled(page, name)
    assert 20_000 < await _bytes_of_ours(page) < MOST
    if name == "sources":
        await page.get_by_label("Domaine").select_option("tcg")  # all are alike, and axe takes its time for each
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert await _serious(page, {"resultTypes": ["violations"]}) == []
    await page.emulate_media(color_scheme="dark")
    assert await _serious(page, {"runOnly": ["color-contrast"]}) == []
    await page.set_viewport_size({"width": 360, "height": 800})
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert await _cut_off(page) == []


async def _bytes_of_ours(page: Page) -> int:
    """What was loaded for the page itself: not the answers, not the pictures."""
    files: int = await page.evaluate(
        """performance.getEntriesByType("resource").filter((one) => one.name.includes("/explorer/"))
            .reduce((sum, one) => sum + one.decodedBodySize, 0)"""
    )
    return files + int(await page.evaluate("performance.getEntriesByType('navigation')[0].decodedBodySize"))


async def _serious(page: Page, options: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """What axe-core calls serious or critical."""
    found = await Axe().run(page, options=options)
    serious = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in serious]


async def _cut_off(page: Page) -> list[str]:
    """What can be pressed and does not fit, but for rows that scroll."""
    cut: list[str] = await page.evaluate(
        """[...document.querySelectorAll("button, select, a.chip, .main-nav a")].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width && box.right > innerWidth + 1 && !one.closest(".chips, .strip, .gallery");
        }).map((one) => one.textContent)"""
    )
    return cut


async def test_the_dark_is_dark(open_page: Opening, samples: Served) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = (await open_page(samples.rest, scheme=scheme)).page
        await _settled(page, "start")
        colour = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds.append(sum(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")))
    assert grounds[0] > 600
    assert grounds[1] < 150


async def test_a_picture_that_fails_leaves_a_drawing(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?item=tmdb/movie/900001", pictures=broken)).page
    await _settled(page, "item")
    await expect(page.locator(".top .frame img")).to_have_count(0)
    await expect(page.locator(".top .frame .glyph")).to_be_visible()
    await expect(page.get_by_role("img", name="Sample Harbour")).to_be_visible()
    whole = (await open_page(samples.rest, "/?item=tmdb/movie/900001")).page
    await expect(whole.locator(".top .frame img")).to_be_visible()
    await expect(whole.locator(".top .frame .glyph")).to_be_hidden()


async def test_french_is_kept_once_chosen(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, "/?q=sample+harbour&d=media", language="de-DE")
    page = opened.page
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("h1")).to_have_text("Results for “sample harbour”")
    await page.get_by_label("Language").select_option("fr")
    await expect(page.locator("h1")).to_have_text("Résultats pour « sample harbour »")
    await expect(page.locator(".counts")).to_contain_text("ont répondu")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    await expect(page.locator(".counts")).to_contain_text("ont répondu")
