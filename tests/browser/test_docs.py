"""The page at /docs shows the description of the REST API, and asks this server as it is told to."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.opening import Opening
from tests.e2e.serving import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEY = "a-key-of-this-test"
ID = "openlibrary/book/OL90000001W"


async def operation(page: Page, name: str) -> Locator:
    """An operation of the books, opened."""
    found = page.locator(f"#operations-BooksService-BooksService_{name}")
    if not await found.is_visible():
        await page.locator("#operations-tag-BooksService").click()
    await found.locator(".opblock-summary-control").click()
    await expect(found.locator(".execute")).to_be_visible()
    return found


async def answered(page: Page, opened: Locator) -> str:
    """Execute it; the request's URL."""
    async with page.expect_response(lambda answer: "/v1/" in answer.url) as response:
        await opened.locator(".execute").click()
    answer = await response.value
    assert answer.status == 200
    await expect(opened.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
    return answer.url


async def test_it_lists_all_services_and_their_words(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, "/docs")
    await expect(opened.page.locator(".info .title")).to_contain_text("Tako")
    await expect(opened.page.locator(".opblock-tag")).to_have_count(16)
    await expect(opened.page.locator("#operations-tag-BooksService")).to_contain_text("Books and their authors")
    assert [url for _, url, _ in opened.outside if not url.startswith("data:")] == []


async def test_an_operation_can_be_tried(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, "/docs")
    search = await operation(opened.page, "Search")
    await search.locator("tr[data-param-name=query] input").fill("sample lighthouse")
    assert await answered(opened.page, search) == f"{samples.rest}/v1/books/search?query=sample%20lighthouse"
    await expect(search.locator(".live-responses-table")).to_contain_text("The Sample Lighthouse")


async def test_an_id_with_slashes_can_be_tried(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, "/docs")
    detail = await operation(opened.page, "Detail")
    await detail.locator("tr[data-param-name=id] input").fill(ID)
    assert (await answered(opened.page, detail)).endswith(ID.replace("/", "%2F"))
    await expect(detail.locator(".live-responses-table")).to_contain_text("The Sample Lighthouse")


async def test_a_key_goes_into_its_header_and_nowhere_else(open_page: Opening, samples: Served) -> None:
    opened = await open_page(samples.rest, "/docs")
    page = opened.page
    await page.locator("button.authorize").first.click()
    await page.locator(".auth-container", has_text="x-api-key").locator("input").fill(KEY)
    await page.locator(".auth-container", has_text="x-api-key").get_by_role("button", name="Apply").click()
    await page.locator(".btn-done").first.click()
    search = await operation(page, "Search")
    await search.locator("tr[data-param-name=query] input").fill("sample lighthouse")
    async with page.expect_request(lambda request: "/v1/books" in request.url) as asked:
        await search.locator(".execute").click()
    request = await asked.value
    assert request.headers["x-api-key"] == KEY
    assert KEY not in request.url
    assert await opened.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])") == '[{},{},""]'


async def test_it_fits_a_phone_and_leads_back(open_page: Opening, samples: Served) -> None:
    page = (await open_page(samples.rest, "/docs", width=360)).page
    await operation(page, "Search")
    await expect(page.locator(".responses-table").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await page.get_by_role("link", name="Tako: search").click()
    await expect(page.get_by_role("searchbox")).to_be_visible()


async def test_it_is_dark_where_the_reader_wants_it(open_page: Opening, samples: Served) -> None:
    for scheme in ("light", "dark"):
        opened = await open_page(samples.rest, "/docs", scheme=scheme)
        await expect(opened.page.locator(".opblock-tag").first).to_be_visible()
        light = await opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 250, 250)"
        assert light == (scheme == "light")
