"""A child: Tako as it is served, with one provider, whose upstream is on loopback.

    python -m bench.subject [--rest] [--transcoded] [--without-memory] UPSTREAM_PORT

With ``--transcoded`` it gives the gateway typed answers, which makes the JSON of each, every time.

The settings come from the environment. The provider is the real Open Library, pointed at another host.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import uvloop

from bench.child import serve_until_ended
from tako_providers.books.openlibrary import MANIFEST, OpenLibrary
from tako_providers.sdk import Limit, Provider
from tako_server import app, log
from tako_server.cache.memory import Memory, Sized
from tako_server.config import load_settings
from tako_server.engine.egress import Egress
from tako_server.rest import envoy_config, envoy_process
from tako_server.rest.envoy_config import Front, Places
from tests.envoy.plain_descriptors import plain_descriptors

V = TypeVar("V", bound=Sized)


class _Forgetful(Memory[V]):
    """Keeps nothing, so that each call reaches the store. No setting of Tako does that."""

    def put(self, key: str | bytes, value: V) -> None:
        """Forget it."""


def _let_the_gateway_transcode(folder: Path) -> None:
    """Make JSON in Envoy, of each answer. The server takes REST calls for calls by gRPC: nobody tells it otherwise."""
    descriptors = plain_descriptors(folder)
    vars(envoy_process)["shipped"] = lambda _: descriptors
    config = envoy_config.local_config

    def untold(places: Places, front: Front) -> str:
        text = config(places, front)
        removed = "- x-envoy-original-method"
        assert removed in text
        return re.sub(rf"( *){removed}", rf"\1{removed}\n\1- x-envoy-original-path", text)

    vars(envoy_process)["local_config"] = untold


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
    with tempfile.TemporaryDirectory(prefix="tako-bench-") as folder:
        if "--transcoded" in arguments:
            _let_the_gateway_transcode(Path(folder))
        await _serve(provider, rest="--rest" in arguments)


async def _serve(provider: Provider, *, rest: bool) -> None:
    async with app.running(
        load_settings(dotenv=None),
        rest=rest,
        providers={provider.manifest.id: provider},
        egress=Egress(open_to_loopback=True),
    ) as tako:
        url = (tako.ready.rest_url or "").removeprefix("http://")
        pids = [os.getpid(), *([tako.envoy.pid] if tako.envoy else [])]
        await serve_until_ended({"grpc": tako.ready.grpc_address, "rest": url, "pids": pids})


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
