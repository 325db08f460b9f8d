"""A search: answers stream in, every source tells what became of it, and the address says what is shown."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tako.v1.item_parts_pb2 import ExternalId
from tako_providers.sdk import Provider
from tests.browser.made_up import Blocking, MadeUp, book
from tests.browser.opening import Opening
from tests.e2e.serving import Served
from tests.faults.serving import tako

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARDS = "ul.grid > li.card:not(.empty)"


async def test_results_come_while_a_slow_source_is_waited_for(open_page: Opening, tmp_path: Path) -> None:
    gate = asyncio.Event()
    number = [ExternalId(scheme="isbn13", value="9780441013593")]
    late = MadeUp("late", [[book(1, "Late book", external_ids=number)]], gate=gate)
    quick = MadeUp("quick", [[book(2, "Quick book", external_ids=number)]])
    async with tako(tmp_path, late, quick, Blocking("walled"), rest=True) as server:
        assert server.ready.rest_url is not None
        opened = await open_page(server.ready.rest_url, "/?q=anything&d=books")
        page = opened.page
        await expect(page.locator(CARDS)).to_have_text([re.compile("Quick book")])
        rows = page.locator(".outcome")
        await expect(rows.filter(has_text="Late")).to_contain_text("waiting")
        await expect(rows.filter(has_text="Quick")).to_contain_text(re.compile(r"1 · \d+ms"))
        await expect(rows.filter(has_text="Walled")).to_contain_text("blocked")
        await expect(page.locator("li.card.empty")).not_to_have_count(0)
        place = await _place_of_first(page)

        gate.set()
        await expect(page.locator(CARDS)).to_have_count(2)
        await expect(rows.filter(has_text="Late")).to_contain_text(re.compile(r"1 · "))
        await expect(page.locator("li.card.empty")).to_have_count(0)
        assert await _place_of_first(page) == pytest.approx(place, abs=1), "what stands there has moved"
        await expect(page.locator(".counts")).to_have_text("2 of 3 answered · 1 failed")
        await expect(page.locator(".meanings")).to_contain_text("proof of being a person")
        await expect(page.locator(".same").first).to_have_attribute("title", "The same thing at: Late")
        await expect(page.locator("p.heard[role=status]")).to_have_text("2 results. 2 of 3 answered · 1 failed")


async def _place_of_first(page: Page) -> list[float]:
    box = await page.locator(CARDS).first.bounding_box()
    assert box is not None
    return list(box.values())  # type: ignore[arg-type] # a TypedDict of numbers


async def test_a_new_search_gives_up_the_one_before(open_page: Opening, tmp_path: Path) -> None:
    gate = asyncio.Event()
    late = MadeUp("late", [[book(1, "Late book")]], gate=gate)
    async with tako(tmp_path, late, rest=True) as server:
        assert server.ready.rest_url is not None
        opened = await open_page(server.ready.rest_url, "/?q=first&d=books")
        page = opened.page
        await expect(page.locator(".outcome")).to_contain_text("waiting")
        await page.fill("#q", "second")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(r"\?q=second&d=books$"))
        async with asyncio.timeout(10):
            await late.gave_up.wait()
        gate.set()
        await expect(page.locator(CARDS)).to_have_count(1)


async def test_more_of_a_search_is_a_page_away(open_page: Opening, tmp_path: Path) -> None:
    pages = [[book(10 * at + n, f"Book {10 * at + n}") for n in range(24)] for at in (1, 10)]
    async with tako(tmp_path, MadeUp("shelves", pages), rest=True) as server:
        assert server.ready.rest_url is not None
        page = (await open_page(server.ready.rest_url, "/?q=book&d=books")).page
        await expect(page.locator(CARDS)).to_have_count(24)
        await page.get_by_role("button", name="Show more").click()
        await expect(page.locator(CARDS)).to_have_count(48)
        await expect(page.get_by_role("button", name="Show more")).to_have_count(0)
        await expect(page.locator(CARDS).nth(24).locator("a")).to_be_focused()


async def test_nothing_found_is_not_the_same_as_nobody_answered(open_page: Opening, tmp_path: Path) -> None:
    providers: list[Provider] = [MadeUp("empty", [[]])]
    async with tako(tmp_path / "one", *providers, rest=True) as server:
        assert server.ready.rest_url is not None
        page = (await open_page(server.ready.rest_url, "/?q=anything&d=books")).page
        await expect(page.locator(".notice h2")).to_have_text("Nothing found for “anything”")
        await expect(page.locator(".outcome")).to_contain_text("nothing")
    async with tako(tmp_path / "two", Blocking("walled"), rest=True) as server:
        assert server.ready.rest_url is not None
        page = (await open_page(server.ready.rest_url, "/?q=anything&d=books")).page
        await expect(page.locator(".notice h2")).to_have_text("No source could answer")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"started":{"asked":[{"provider":"tmdb","domain":"media","status":"PENDING"}]}}\n', "The answer was cut off"),
        ('{"started":{}}\n<html>a proxy\'s own page</html>\n', "Not readable"),
    ],
)
async def test_an_answer_that_is_not_whole_says_so(open_page: Opening, samples: Served, body: str, said: str) -> None:
    page = (await open_page(samples.rest)).page

    async def answer(route: Route) -> None:
        await route.fulfill(content_type="application/json", body=body)

    await page.route("**/v1/search:stream*", answer)
    await page.fill("#q", "anything")
    await page.keyboard.press("Enter")
    await expect(page.locator(".notice h2")).to_have_text(said, ignore_case=True)
    await expect(page.locator("li.card.empty")).to_have_count(0)
    await expect(page.locator(".sources.working")).to_have_count(0)
    await page.unroute("**/v1/search:stream*")
    await page.fill("#q", "sample harbour")
    await page.keyboard.press("Enter")
    await expect(page.locator(CARDS)).not_to_have_count(0)


async def test_slow_sources_are_asked_when_they_are_wanted(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?q=robinet")).page
    await expect(page.locator(".left")).to_contain_text("slow sources were not asked")
    await expect(page.locator(".outcome").filter(has_text="Bedetheque")).to_contain_text("not asked")
    await page.get_by_label("Ask the slow sources too").check()
    await expect(page).to_have_url(re.compile(r"\?q=robinet&slow=1$"))
    await expect(page.locator(".outcome").filter(has_text="Bedetheque")).to_contain_text(re.compile(r"\d · "))
    await expect(page.locator(CARDS).filter(has_text="Bedetheque")).not_to_have_count(0)
    await expect(page.get_by_label("Ask the slow sources too")).to_be_focused()


async def test_the_address_is_all_that_a_search_needs(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest)
    page = opened.page
    await page.fill("#q", "sample harbour")
    await page.keyboard.press("Enter")
    await expect(page.locator(CARDS).filter(has_text="Mara Sample")).to_have_count(1)
    await page.get_by_role("button", name="Films and series").click()
    await expect(page).to_have_url(samples.rest + "/?q=sample+harbour&d=media")
    await expect(page.locator(CARDS)).to_have_count(3)
    await page.locator(CARDS).first.locator("a").click()
    await expect(page).to_have_url(samples.rest + "/?item=tmdb/movie/900001")
    await expect(page).to_have_title("Sample Harbour · Tako")

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.go_back()
    await expect(page.locator(CARDS)).to_have_count(3)
    assert [url for url in asked if "/v1/" in url] == [], "going back asked again"
    await page.go_forward()
    await expect(page.locator("h1")).to_have_text("Sample Harbour")

    again = await open_page(samples.rest, "/?q=sample+harbour&d=media")
    await expect(again.page.locator(CARDS)).to_have_count(3)
    await expect(again.page.locator("#q")).to_have_value("sample harbour")


async def test_a_code_is_looked_up(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest)).page
    await page.fill("#q", "tt9000010")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(samples.rest + "/?code=tt9000010")
    await expect(page.locator("h1")).to_have_text("Look-up of tt9000010")
    await page.get_by_role("link", name="Search it as words instead").click()
    await expect(page).to_have_url(samples.rest + "/?q=tt9000010")
    await page.fill("#q", "9780441013594")  # its check digit is wrong
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(samples.rest + "/?q=9780441013594")


async def test_samples_say_what_they_know(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?q=nobody+wrote+this")).page
    await expect(page.locator(".notice").filter(has_text="This server answers from samples")).to_be_visible()
    await page.get_by_role("link", name="sample lantern").click()
    await expect(page.locator(CARDS).filter(has_text="Sample Lantern")).not_to_have_count(0)
