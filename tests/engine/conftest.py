"""Fixtures of the engine's tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from tako_server.engine.egress import Egress
from tako_server.engine.http import HttpExchange
from tests.engine.replaying import Replay
from tests.engine.serving import AGENT, Names, Server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on a free port, closed with the test."""
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    yield server
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[HttpExchange]:
    """An exchange that may ask this machine; a.test, b.test and evil.test lead to it."""
    names = Names({"a.test": "127.0.0.1", "b.test": "127.0.0.1", "evil.test": "127.0.0.1"})
    exchange = await HttpExchange.start(user_agent=AGENT, egress=Egress(open_to_loopback=True), resolver=names)
    yield exchange
    await exchange.close()


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    """An empty folder of captures."""
    return Replay(tmp_path)
