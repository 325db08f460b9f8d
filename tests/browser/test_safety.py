"""What upstreams send stays text, the page asks nobody else, and a key goes nowhere but into its header."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tako.v1.item_parts_pb2 import Image, Link
from tests.browser.made_up import MadeUp, book
from tests.browser.opening import Opening
from tests.faults.serving import tako

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
KEY = "a-key-of-this-test"


async def test_hostile_texts_are_only_texts(open_page: Opening, tmp_path: Path) -> None:
    bad = book(1, HOSTILE, description=HOSTILE, genres=[HOSTILE])
    bad.book.publishers.append(HOSTILE)
    bad.book.credits.add(name=HOSTILE, job=HOSTILE)
    bad.attributes[HOSTILE] = HOSTILE
    bad.links.add(role=Link.OTHER, url="javascript:window.harmed=1", title="A trap")
    bad.links.add(role=Link.OTHER, url="data:text/html,<script>1</script>", title="Another trap")
    bad.images.add(role=Image.GALLERY, url="http://pictures.example/plain.png")
    bad.images.add(role=Image.GALLERY, url="javascript:window.harmed=1")
    async with tako(tmp_path, MadeUp("wild", [[bad]]), rest=True) as server:
        assert server.ready.rest_url is not None
        opened = await open_page(server.ready.rest_url, "/?q=anything&d=books")
        page = opened.page
        await page.locator("li.card a").click()
        await expect(page.locator("h1")).to_have_text(HOSTILE)
        await expect(page.locator(".prose")).to_have_text(HOSTILE)
        await expect(page.locator(".item")).to_contain_text("A trap")
        await page.get_by_text("The answer as JSON").click()
        await expect(page.locator("pre").last).to_contain_text("onerror")

        assert await opened.evaluate("window.harmed") is None
        assert await page.locator("main script, main img[onerror]").count() == 0
        links = await page.locator("a[href]").evaluate_all("all => all.map((one) => [one.href, one.rel])")
        outside = [(href, rel) for href, rel in links if not href.startswith(server.ready.rest_url)]
        assert {href.split(":")[0] for href, _ in links} <= {"http", "https"}
        assert {rel for _, rel in outside} == {"noopener noreferrer"}
        await expect(page.locator(".gallery img")).to_have_count(1)
        assert {url.split(":")[0] for _, url, _ in opened.outside} == {"https"}
        assert all("referer" not in headers for _, _, headers in opened.outside)
        images = await page.locator("img").evaluate_all("all => all.map((one) => one.referrerPolicy)")
        assert set(images) == {"no-referrer"}


async def test_a_key_is_asked_for_and_kept_to_itself(open_page: Opening, tmp_path: Path) -> None:
    shelves = MadeUp("shelves", [[book(1, "A book")]])
    async with tako(tmp_path, shelves, rest=True, TAKO_API_KEYS=KEY) as server:
        assert server.ready.rest_url is not None
        opened = await open_page(server.ready.rest_url, "/?q=anything&d=books")
        page = opened.page
        sent: list[str | None] = []
        page.on("request", lambda request: sent.append(request.headers.get("x-api-key")))
        dialog = page.get_by_role("dialog", name="This server asks for a key")
        await dialog.get_by_label("API key").fill("a-wrong-one")
        await page.keyboard.press("Enter")
        await expect(dialog).to_contain_text("not accepted")
        await dialog.get_by_label("API key").fill(KEY)
        await page.keyboard.press("Enter")
        await expect(page.locator("li.card:not(.empty)")).to_have_count(1)
        assert KEY in sent
        assert KEY not in page.url
        await page.get_by_text("The same by command line").click()
        shown = await page.locator("body").inner_text()
        assert KEY not in shown
        assert '-H "x-api-key: $TAKO_API_KEY"' in shown
        assert await opened.evaluate("Object.values(localStorage).length") == 0

        await page.reload()
        await expect(page.locator("li.card:not(.empty)")).to_have_count(1)
        other = (await open_page(server.ready.rest_url, "/?q=anything&d=books")).page
        await expect(other.get_by_role("dialog")).to_be_visible()
        await other.keyboard.press("Escape")
        await expect(other.get_by_role("alert")).to_contain_text("This server asks for a key")
