"""The lists of a domain, and how the sources are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import UNSET
from tests.browser.made_up import Blocking, MadeUp, book
from tests.browser.opening import Opening
from tests.e2e.serving import Served
from tests.faults.serving import tako

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARDS = "li.card:not(.empty)"


async def test_lists_are_asked_for_when_they_come_near(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest)
    page = opened.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.get_by_role("main").get_by_role("link", name="Films and series").click()
    await expect(page).to_have_url(samples.rest + "/?lists=media")
    trending = page.get_by_role("region", name="Trending")
    await expect(trending.locator(CARDS)).not_to_have_count(0)
    assert not [url for url in asked if "AIRING_TODAY" in url], "a list far below was asked for"
    last = page.get_by_role("region", name="Airing today")
    await last.scroll_into_view_if_needed()
    await expect(last.locator("ul, .failed, .meta").last).to_be_visible()

    popular = page.get_by_role("region", name="Popular")
    await popular.get_by_label("Kind").select_option(label="Person")
    await expect(popular.locator(CARDS).first).to_contain_text("Person")


async def test_a_list_without_its_key_says_what_it_needs(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?lists=construction-toys")).page
    await expect(page.get_by_role("region", name="Recently changed")).to_contain_text(f"Brickset: Needs {UNSET}")


async def test_a_list_of_a_category_asks_which(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?lists=ecommerce", language="fr-FR")).page
    chart = page.get_by_role("region", name="Classement")
    await chart.get_by_label("Catégorie").select_option("toys")
    await expect(chart.locator(CARDS)).not_to_have_count(0)


async def test_each_source_tells_how_it_is(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?sources=brickset")).page
    await expect(page.locator(".sub")).to_have_text("34 of 35 can answer here.")
    named = page.locator("#source-brickset")
    await expect(named).to_be_in_viewport()
    await expect(named).to_contain_text("needs a setting")
    await expect(named.locator("code")).to_have_text(UNSET)
    tmdb = page.locator("#source-tmdb")
    await expect(tmdb.locator(".badge")).to_have_text("ready")
    await expect(tmdb).to_contain_text("30 per second")
    await expect(tmdb).to_contain_text("not endorsed or certified by TMDB")
    await page.get_by_label("Domain").select_option("music")
    await expect(page.locator("li.source:visible h2")).to_have_text(
        ["Amazon", "Deezer", "Discogs", "iTunes", "MusicBrainz"]
    )


async def test_a_source_that_rests_says_until_when(open_page: Opening, tmp_path: Path) -> None:
    async with tako(tmp_path, Blocking("walled"), MadeUp("open", [[book(1, "A book")]]), rest=True) as server:
        assert server.ready.rest_url is not None
        opened = await open_page(server.ready.rest_url, "/?q=anything")
        await expect(opened.page.locator(".outcome").filter(has_text="Walled")).to_contain_text("blocked")
        await opened.page.get_by_role("link", name="Walled").click()
        await expect(opened.page.locator("#source-walled .badge")).to_have_text(re.compile("resting until .*202"))
        await expect(opened.page.locator("#source-walled")).to_contain_text("blocked")
        await expect(opened.page.locator("#source-open")).to_contain_text(re.compile(r"Last answer.*(now|ago)"))
