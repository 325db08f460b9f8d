"""A child: Tako as it is served, with one provider, whose upstream is on loopback.

    python -m bench.subject [--rest] [--without-memory] UPSTREAM_PORT

The settings come from the environment. The provider is the real Open Library, pointed at another host.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TypeVar

import uvloop

from bench.child import serve_until_ended
from tako_providers.books.openlibrary import MANIFEST, OpenLibrary
from tako_providers.sdk import Limit, Provider
from tako_server import app, log
from tako_server.cache.memory import Memory, Sized
from tako_server.config import load_settings
from tako_server.engine.egress import Egress

V = TypeVar("V", bound=Sized)


class _Forgetful(Memory[V]):
    """Keeps nothing, so that each call reaches the store. No setting of Tako does that."""

    def put(self, key: str | bytes, value: V) -> None:
        """Forget it."""


def _provider(port: str) -> Provider:
    class Local(OpenLibrary):
        manifest = replace(
            MANIFEST,
            base_url=f"http://127.0.0.1:{port}",
            hosts=frozenset({"127.0.0.1"}),
            limits=(Limit(1000, 0.1),),  # never reached, but asked for as any other
        )

    return Local()


async def main(*arguments: str) -> None:
    """Serve until the end."""
    log.configure("warning", "text")
    if "--without-memory" in arguments:
        vars(app)["Memory"] = _Forgetful
    provider = _provider(arguments[-1])
    async with app.running(
        load_settings(dotenv=None),
        rest="--rest" in arguments,
        providers={provider.manifest.id: provider},
        egress=Egress(open_to_loopback=True),
    ) as tako:
        rest = (tako.ready.rest_url or "").removeprefix("http://")
        pids = [os.getpid(), *([tako.envoy.pid] if tako.envoy else [])]
        await serve_until_ended({"grpc": tako.ready.grpc_address, "rest": rest, "pids": pids})


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
