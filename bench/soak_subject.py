"""A child: Tako as it is served, REST included, with a provider that is well and one whose upstream is in trouble.

python -m bench.soak_subject UPSTREAM_PORT
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace

import uvloop

from bench.child import serve_until_ended
from tako_providers.books.openlibrary import MANIFEST, OpenLibrary
from tako_providers.sdk import Limit, Provider
from tako_server import app, log
from tako_server.config import load_settings
from tako_server.engine.egress import Egress


def provider(name: str, path: str, port: str, limit: Limit, timeout: float) -> Provider:
    """Open Library under another id, pointed at this machine."""

    class Local(OpenLibrary):
        manifest = replace(
            MANIFEST,
            id=name,
            base_url=f"http://127.0.0.1:{port}/{path}",
            hosts=frozenset({"127.0.0.1"}),
            limits=(limit,),
            timeout=timeout,
        )

    return Local()


async def main(port: str) -> None:
    """Serve until the end."""
    log.configure("error", "text")
    made = (
        provider("openlibrary", "well", port, Limit(1000, 0.1), 20.0),
        provider("trouble", "ill", port, Limit(20, 1.0), 2.0),
    )
    async with app.running(
        load_settings(dotenv=None),
        rest=True,
        providers={one.manifest.id: one for one in made},
        egress=Egress(open_to_loopback=True),
    ) as tako:
        envoy = [tako.envoy.pid] if tako.envoy else []
        await serve_until_ended(
            {"grpc": tako.ready.grpc_address, "rest": tako.ready.rest_url, "pids": [os.getpid(), *envoy]}
        )


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
