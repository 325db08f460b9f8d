"""A child: the ceiling. A raw handler that answers each method with the same bytes, on the same grpcio and uvloop.

python -m bench.constant METHOD=FILE ...
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import grpc
import uvloop

from bench.child import serve_until_ended
from tako_server import log


def _constant(body: bytes) -> Any:
    async def behaviour(_request: bytes, _context: grpc.aio.ServicerContext[bytes, bytes]) -> bytes:
        return body

    return grpc.unary_unary_rpc_method_handler(behaviour)


async def main(*arguments: str) -> None:
    """Serve until the end."""
    log.configure("warning", "text")
    bodies = dict(argument.split("=", 1) for argument in arguments)
    server = grpc.aio.server(options=(("grpc.so_reuseport", 0),))
    for method, file in bodies.items():
        service, _, name = method.rpartition("/")
        body = Path(file).read_bytes()  # noqa: ASYNC240 - before it serves
        handler = grpc.method_handlers_generic_handler(service, {name: _constant(body)})
        server.add_generic_rpc_handlers((handler,))
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    try:
        await serve_until_ended({"grpc": address, "pids": [os.getpid()]})
    finally:
        await server.stop(0)


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
