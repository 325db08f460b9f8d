"""All of it by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.opening import Opening
from tests.e2e.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_search_from_start_to_item_and_back(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest)
    page = opened.page
    press = page.keyboard.press
    await expect(page.locator(".tile")).to_have_count(12)

    await press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    await press("Enter")
    await expect(page.locator("main")).to_be_focused()
    await press("Tab")
    await expect(page.locator(".tile").first).to_be_focused()

    await press("/")
    await expect(page.locator("#q")).to_be_focused()
    await page.keyboard.type("not this")
    await press("Escape")
    await expect(page.locator("#q")).to_have_value("")
    await page.keyboard.type("sample lantern")
    await press("Enter")
    await expect(page.locator("h1")).to_be_focused()
    cards = page.locator(".grid li.card:not(.empty) a.title")
    await expect(page.locator(".sources.working")).to_have_count(0)

    await cards.first.focus()
    await press("ArrowRight")
    await expect(cards.nth(1)).to_be_focused()
    await press("ArrowLeft")
    await expect(cards.first).to_be_focused()
    await press("ArrowDown")
    below = await opened.evaluate("document.activeElement.closest('li').offsetTop")
    assert below > await opened.evaluate("document.querySelector('.grid li').offsetTop")
    outline = await opened.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle")
    assert outline == "solid", "the focus can't be seen"

    await press("Enter")
    await expect(page).to_have_url(re.compile(r"\?item="))
    await expect(page.locator("h1:not(.heard)")).to_be_focused()  # that of the answer, once it is there
    await page.go_back()
    await expect(cards.first).to_be_visible()


async def test_a_slash_is_only_a_slash_in_a_field(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest)).page
    await page.locator("#q").focus()
    await page.keyboard.type("either/or")
    await expect(page.locator("#q")).to_have_value("either/or")


async def test_motion_stops_when_it_is_not_wanted(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest)
    await opened.page.emulate_media(reduced_motion="reduce")
    await expect(opened.page.locator(".tile").first).to_be_visible()
    moving = "getComputedStyle(document.querySelector('.tile')).transitionDuration"
    assert await opened.evaluate(moving) == "0s"
