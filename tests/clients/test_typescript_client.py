"""The TypeScript client: its own tests, its example, what it publishes, and a browser that asks with it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from scripts.build_clients import build
from tako_server.core.error_table import _TABLE
from tests.conftest import require_tool
from tests.e2e.serving import Served

CLIENT = Path(__file__).resolve().parents[2] / "clients/typescript"
REGISTRY = "https://registry.npmjs.org/"
ENTRY = """
import { createTakoClient, TakoError } from "@tako-api/client/web";
Object.assign(globalThis, { tako: createTakoClient(), TakoError });
"""
"""What a page of somebody else would write."""

pytestmark = pytest.mark.timeout(300)


def run(*command: str | Path) -> str:
    """What a program of Node printed, which has to end well."""
    done = subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    require_tool("node")
    require_tool("npm")
    build("typescript")


def test_it_is_linted_and_formatted() -> None:
    run("npm", "run", "-s", "lint")


def test_its_own_tests_pass() -> None:
    told = run("npm", "test", "--silent")
    counts = dict(re.findall(r"^# (tests|pass|fail) (\d+)$", told, re.MULTILINE))
    assert counts["fail"] == "0"
    assert counts["tests"] == counts["pass"]
    assert int(counts["pass"]) > 30


def test_the_example_prints_what_the_readme_says(demo: Served) -> None:
    told = re.search(r"It prints:\n\n```\n(.*?)```", (CLIENT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert told is not None
    # Which provider of the stream answers first is up to them.
    assert sorted(run("node", "build/examples/tour.js", demo.grpc).splitlines()) == sorted(told[1].splitlines())


def test_the_type_of_reasons_knows_those_of_the_server() -> None:
    source = (CLIENT / "src/errors.ts").read_text(encoding="utf-8")
    told = source[source.index("export type Reason") : source.index("(string & {})")]
    assert {meaning.reason for meaning in _TABLE.values()} <= set(re.findall(r'"([A-Z_]+)"', told))


def test_the_lock_names_the_public_registry_alone() -> None:
    packages: dict[str, dict[str, Any]] = json.loads((CLIENT / "package-lock.json").read_text())["packages"]
    own = packages.pop("")
    assert own["version"] == json.loads((CLIENT / "package.json").read_text())["version"]
    assert packages
    assert all(package["resolved"].startswith(REGISTRY) and package["integrity"] for package in packages.values())


def test_what_is_published_is_what_a_user_needs() -> None:
    (packed,) = json.loads(run("npm", "pack", "--dry-run", "--json", "--ignore-scripts"))
    files = {file["path"] for file in packed["files"]}
    assert {"LICENSE", "README.md", "package.json", "dist/node.js", "dist/node.d.ts", "dist/web.js"} <= files
    assert {name.split("/")[0] for name in files} == {"LICENSE", "README.md", "package.json", "dist", "src"}
    assert [name for name in sorted(files) if name.startswith("src")] == [
        "src/gen/google/LICENSE",
        "src/gen/grpc/LICENSE",
    ]
    told = json.loads((CLIENT / "package.json").read_text())["exports"]
    assert all((CLIENT / path).exists() for entry in told.values() for path in entry.values())


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium of this machine; none is downloaded."""
    program = require_tool("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        try:
            yield browser
        finally:
            await browser.close()


@pytest_asyncio.fixture
async def page(browser: Browser, table: dict[str, str], tmp_path: Path) -> Page:
    """An empty page of the gateway's own origin that has loaded the client."""
    bundle = tmp_path / "bundle.js"
    # Below the package's own folder, where its name leads to it.
    with TemporaryDirectory(dir=CLIENT / "build") as folder:
        entry = Path(folder) / "entry.js"
        entry.write_text(ENTRY)
        # For a browser: it fails on any module of Node.
        run("node_modules/.bin/esbuild", entry, "--bundle", "--platform=browser", "--minify", f"--outfile={bundle}")
    page = await browser.new_page()
    address = f"{table['TAKO_TEST_WEB']}/page-of-a-test"
    await page.route(address, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
    await page.goto(address)
    await page.add_script_tag(path=bundle)
    return page


async def test_a_browser_searches_through_the_gateway(page: Page) -> None:
    found = await page.evaluate(
        """async () => {
            const { items } = await tako.books.search({ query: "sample lighthouse", providers: ["openlibrary"] });
            return items.map(({ id, title }) => [id, title]);
        }"""
    )
    assert found == [
        ["openlibrary/book/OL90000001W", "The Sample Lighthouse"],
        ["openlibrary/book/OL90000002W", "Sample Lighthouse Keepers"],
    ]


async def test_a_browser_reads_a_stream_and_walks_through_pages(page: Page) -> None:
    events, count = await page.evaluate(
        """async () => {
            const events = [];
            const question = { query: "sample lighthouse", providers: ["openlibrary"], domains: ["books"] };
            for await (const { event } of tako.catalog.searchStream(question)) events.push(event.case);
            let count = 0;
            const volumes = { query: "conformance volumes", providers: ["openlibrary"], pageSize: 25 };
            for await (const _ of tako.books.searchAll(volumes)) count++;
            return [events, count];
        }"""
    )
    assert events == ["started", "items", "outcome", "summary"]
    assert count == 60


async def test_a_browser_gets_typed_errors_and_health(page: Page) -> None:
    error, health = await page.evaluate(
        """async () => {
            try {
                await tako.books.search({ query: "x", pageSize: -1 });
            } catch (error) {
                const { reason, violations, retryable } = error;
                return [[error instanceof TakoError, reason, violations[0].field, retryable], await tako.checkHealth()];
            }
        }"""
    )
    assert error == [True, "INVALID_FIELD", "page_size", False]
    assert health == "SERVING"
