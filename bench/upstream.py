"""A child: an upstream on loopback that answers at once, and counts. ``GET /asked`` tells the count."""

from __future__ import annotations

import asyncio
import json
from typing import cast

import uvloop

from bench.books import ANSWERS
from bench.child import serve_until_ended

_END = b"\r\n\r\n"


def _response(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


_RESPONSES = {path.encode(): _response("200 OK", json.dumps(answer).encode()) for path, answer in ANSWERS.items()}


class _Answering(asyncio.Protocol):
    asked = 0

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's own, which is none by class

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while _END in self._buffer:
            request, _, self._buffer = self._buffer.partition(_END)
            path = request.split(b" ", 2)[1].partition(b"?")[0]
            assert self._transport is not None
            self._transport.write(self._answer(path))

    def _answer(self, path: bytes) -> bytes:
        if path == b"/asked":
            return _response("200 OK", str(_Answering.asked).encode())
        _Answering.asked += 1
        return _RESPONSES.get(path) or _response("404 Not Found", b"{}")


async def main() -> None:
    """Serve until the end."""
    server = await asyncio.get_running_loop().create_server(_Answering, "127.0.0.1", 0)
    async with server:
        await serve_until_ended({"port": server.sockets[0].getsockname()[1]})


if __name__ == "__main__":
    uvloop.run(main())
