"""One browser and one server on the samples for the tests of a process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tako_server.core.registry import load_providers
from tests.browser.opening import Opening, opening
from tests.captures import SAMPLES
from tests.conformance.cases import secrets_of
from tests.conftest import require_tool
from tests.e2e.serving import Served, served

UNSET = "BRICKSET_API_KEY"
"""The key that the server lacks."""

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Of a browser that asks nobody by itself."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that answers from the samples, with a placeholder for every key but one."""
    keys = {name: value for provider in load_providers().values() for name, value in secrets_of(provider).items()}
    del keys[UNSET]
    with served(tmp_path_factory.mktemp("samples"), TAKO_REPLAY=str(SAMPLES), TAKO_JOBS="false", **keys) as tako:
        yield tako


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium of this machine; none is downloaded."""
    program = require_tool("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[Opening]:
    """Opens pages of the explorer, and looks at the end whether all went well in them."""
    async with opening(browser) as open_:
        yield open_
