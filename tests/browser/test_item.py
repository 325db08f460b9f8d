"""One item: what is known of it, well written, and the commands that give the same."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.made_up import MadeUp, book
from tests.browser.opening import Opening
from tests.conftest import require_tool
from tests.e2e.serving import Served
from tests.faults.serving import tako

pytestmark = pytest.mark.asyncio(loop_scope="session")

FILM = "/?item=tmdb/movie/900001"


async def _said(command: str) -> str:
    """What a shell prints for a command, as a reader would paste it."""
    folder = str(Path(require_tool("grpcurl")).parent)
    done = await asyncio.to_thread(
        subprocess.run, ["sh", "-c", f'PATH="{folder}:$PATH"; {command}'], capture_output=True, text=True, timeout=30,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_the_facts_of_a_film_in_two_languages(open_page: Opening, samples: Served) -> None:
    english = (await open_page(samples.rest, FILM)).page
    await expect(english.locator("h1")).to_have_text("Sample Harbour")
    lead = english.locator(".lead")
    await expect(lead).to_contain_text("Film · 2021")
    await expect(lead).to_contain_text("A sample tagline.")
    await expect(lead.locator(".ratings")).to_have_text("7.25 / 10Users · 120 votes")
    facts = english.locator(".item .facts").first
    for label, value in (
        ("Released", "14 May 2021"), ("Length", "1 hr 37 mins"), ("Box office", "Budget US$1,500,000"),
        ("Countries", "United Kingdom"), ("Collection", "Sample Harbour Collection"),
    ):  # fmt: skip
        row = facts.locator(":scope > div").filter(has=english.locator("> dt", has_text=re.compile(f"^{label}$")))
        await expect(row.locator("dd").first).to_have_text(re.compile(value.replace("$", r"\$").replace(" ", r"\s*")))
    people = english.locator("section.part", has=english.get_by_role("heading", name="Cast", exact=True))
    await expect(people).to_contain_text("Otto Example · Actor · as Harbour pilot")
    links = english.locator("section.part", has=english.get_by_role("heading", name="Links", exact=True))
    await expect(links).to_contain_text("tt9000010")
    await expect(links).to_contain_text("This product uses the TMDB API")

    french = (await open_page(samples.rest, FILM, language="fr-FR")).page
    facts = french.locator(".item .facts").first
    await expect(facts).to_contain_text("14 mai 2021")
    await expect(facts).to_contain_text("Royaume-Uni")
    await expect(facts).to_contain_text(re.compile(r"1\s500\s000\s\$US"))


async def test_prices_are_written_with_their_currency(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?item=amazon/product/fr/B0SAMPLEA1")).page
    await expect(page.locator(".prices li").first).to_contain_text("€1,024.50")
    await expect(page.locator(".prices li").first).to_contain_text("now · amazon.fr · France")


async def test_the_commands_give_what_is_shown(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, FILM)
    page = opened.page
    await page.get_by_text("The same by command line").click()
    by_name = {}
    for name in ("grpcurl", "curl"):
        await page.get_by_role("button", name=f"Copy {name}", exact=True).click()
        by_name[name] = await opened.evaluate("navigator.clipboard.readText()")
    for name, command in by_name.items():
        assert json.loads(await _said(command))["item"]["title"] == "Sample Harbour", name

    await page.get_by_text("The answer as JSON").click()
    raw = json.loads(await page.locator("pre", has_text='"externalIds"').inner_text())
    assert raw["item"] == json.loads(await _said(by_name["curl"]))["item"]


async def test_a_shell_reads_back_any_words(open_page: Opening, tmp_path: Path) -> None:
    words = 'it\'s $HOME; `id` "x" \\ & | é 日本'
    asked = MadeUp("shelves", [[book(1, "A book")]])
    async with tako(tmp_path, asked, rest=True) as server:
        assert server.ready.rest_url is not None
        page = (await open_page(server.ready.rest_url)).page
        await page.fill("#q", words)
        await page.keyboard.press("Enter")
        await page.get_by_text("The same by command line").click()
        for command in await page.locator(".command pre").all_inner_texts():
            asked.asked.clear()
            # The cache would answer the same words: ask for others of the same spelling.
            other = command.replace("日本", "本日").replace("%E6%97%A5%E6%9C%AC", "%E6%9C%AC%E6%97%A5")
            assert "A book" in await _said(other)
            assert asked.asked in ([words.replace("日本", "本日")], [])
        assert asked.asked == [] or asked.asked == [words.replace("日本", "本日")]


async def test_what_belongs_to_it_is_asked_for_when_it_is_wanted(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, "/?item=mtg/trading_card/7a4b0000-5a3e-4e00-8000-000000000001")
    page = opened.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    versions = page.get_by_role("region", name="Versions")
    await versions.scroll_into_view_if_needed()
    await expect(versions.locator("li.card:not(.empty)")).not_to_have_count(0)
    assert [url for url in asked if "relation=VERSIONS" in url]

    film = (await open_page(samples.rest, FILM)).page
    group = film.get_by_role("group", name="Ask TMDB for all of")
    await group.get_by_role("button", name="Recommendations").click()
    shelf = film.get_by_role("region", name="Recommendations")
    await expect(shelf.locator("li.card:not(.empty)").first).to_contain_text("Sample Lighthouse")
    await group.get_by_role("button", name="Where to get it").click()
    await expect(film.get_by_role("region", name="Where to get it").locator("li.row")).not_to_have_count(0)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?item=zzz", "An item id looks like provider/kind/source-id."),
        ("/?item=../../../metrics", "An item id looks like provider/kind/source-id."),
        ("/?item=tmdb/movie/../../../../metrics", "An item id looks like provider/kind/source-id."),
        ("/?item=tmdb/movie/603?refresh=true", "An item id looks like provider/kind/source-id."),
        ("/?item=nobody/movie/603", "There is no source of this name."),
        ("/?item=tmdb/movie/603&in=../../metrics%3F", "There is no source of this name."),
    ],
)
async def test_what_is_no_item_is_never_asked_for(open_page: Opening, samples: Served, address: str, said: str) -> None:
    opened = await open_page(samples.rest)
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url.removeprefix(samples.rest)))
    await opened.goto(address)
    await expect(opened.page.get_by_role("alert")).to_contain_text(said)
    await expect(opened.page.get_by_role("button", name="Try again")).to_have_count(0)
    assert {path for path in asked if path.startswith("/v1/")} == {"/v1/providers"}
    assert not [path for path in asked if path.startswith("/metrics")]


async def test_an_item_that_is_not_there(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/?item=bgg/board_game/9999999999")).page
    await expect(page.locator("h1")).to_have_text("This item could not be shown")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_role("button", name="Try again")).to_be_visible()
