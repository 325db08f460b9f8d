"""A real PostgreSQL for tests: a server of its own for each test process, a database of its own for each test.

A test folder takes the fixtures by importing them in its conftest:
``from tests.postgres import database, postgres, postgres_to_kill``. Without the programs of PostgreSQL the tests that
ask for one are skipped; with CI=true they fail.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from tests.conftest import require_tool

USER = "tako"
PASSWORD = "not a secret: loopback, and gone with the test"
_FOLDERS = tuple(str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
_SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "max_wal_senders": "0",
    "password_encryption": "md5",  # scram costs 5 ms a connection
    "shared_buffers": "16MB",
    "synchronous_commit": "off",
    "unix_socket_directories": "",
    "wal_level": "minimal",
}
_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
_libc = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Database:
    """Where a database is."""

    port: int
    name: str
    host: str = "127.0.0.1"
    user: str = USER
    password: str = PASSWORD

    def psql(self, command: str) -> str:
        """What the real psql prints for ``command``, without decoration."""
        done = subprocess.run(
            [
                require_tool("psql", *_FOLDERS),
                *("--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"),
                *("-h", self.host, "-p", str(self.port), "-U", self.user, "-d", self.name, "-c", command),
            ],
            env={"PGPASSWORD": self.password, "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    async def connect(self) -> asyncpg.Connection:
        """A connection of the test's own."""
        return await asyncpg.connect(
            host=self.host, port=self.port, user=self.user, password=self.password, database=self.name, ssl=False
        )


@dataclass(slots=True)
class PostgresServer:
    """A server in a folder of its own. It dies with the test process."""

    folder: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    @classmethod
    def make(cls) -> PostgresServer:
        """A fresh server, not started."""
        initdb = require_tool("initdb", *_FOLDERS)
        folder = Path(tempfile.mkdtemp(prefix="tako-postgres-"))
        (folder / "password").write_text(PASSWORD)
        _own(folder)
        try:
            _run(initdb, "-D", str(folder / "data"), "-U", USER, "--pwfile", str(folder / "password"), "-A", "md5",
                 "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C")  # fmt: skip
        except BaseException:
            shutil.rmtree(folder)
            raise
        return cls(folder, _free_port())

    def copy(self) -> PostgresServer:
        """Another one with the same data. This one must not have been started."""
        folder = Path(tempfile.mkdtemp(prefix="tako-postgres-"))
        _own(folder)
        _run("cp", "-R", str(self.folder / "data"), str(folder))
        return PostgresServer(folder, _free_port())

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start. To be called from the main thread: the server dies with the thread that started it."""
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(require_tool("postgres", *_FOLDERS), "-D", str(self.folder / "data"), "-p", str(self.port)),
                    *settings,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=_user(),
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - two calls of the C library, no lock of ours
            )

    def wait(self) -> None:
        """Wait until it answers."""
        assert self._process is not None
        ready = [require_tool("pg_isready", *_FOLDERS), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + 20
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.01)

    def kill(self) -> None:
        """Stop it as a crash would: no goodbye to clients."""
        if self._process is not None and self._process.poll() is None:
            _run(require_tool("pg_ctl", *_FOLDERS), "stop", "-m", "immediate", "-D", str(self.folder / "data"))
            self._process.wait(20)
        self._process = None

    def freeze(self, *backends: int) -> None:
        """Let it accept connections, and answer nothing. ``backends`` are the processes that serve connections."""
        self._signal(signal.SIGSTOP, backends)

    def thaw(self, *backends: int) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT, backends)

    def _signal(self, number: signal.Signals, backends: tuple[int, ...]) -> None:
        assert self._process is not None
        for pid in (self._process.pid, *backends):
            os.kill(pid, number)

    async def create(self) -> Database:
        """A new, empty database."""
        name = f"test_{next(self._numbers)}"
        admin = await Database(self.port, "postgres").connect()
        try:
            await admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        finally:
            await admin.close()
        return Database(self.port, name)

    async def drop(self, database: Database) -> None:
        """Remove a database, whoever still uses it."""
        admin = await Database(self.port, "postgres").connect()
        try:
            await admin.execute(f"DROP DATABASE {database.name} WITH (FORCE)")
        finally:
            await admin.close()

    def remove(self) -> None:
        """Stop it, and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The server of this test process."""
    server = PostgresServer.make()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
async def database(postgres: PostgresServer) -> AsyncIterator[Database]:
    """An empty database of the test's own."""
    database = await postgres.create()
    yield database
    await postgres.drop(database)


@pytest.fixture(scope="session")
def _fresh_server() -> Iterator[PostgresServer]:
    """A server that is never started, to copy: making one takes longer."""
    server = PostgresServer.make()
    yield server
    server.remove()


@pytest.fixture
def postgres_to_kill(_fresh_server: PostgresServer) -> Iterator[PostgresServer]:
    """A server of the test's own, not started: to kill, freeze and restart. It has the database ``postgres``."""
    server = _fresh_server.copy()
    try:
        yield server
    finally:
        server.remove()


def _user() -> str | None:
    """Whom to run as: PostgreSQL refuses to be root."""
    return "nobody" if os.geteuid() == 0 else None


def _own(folder: Path) -> None:
    user = _user()
    if user is not None:
        shutil.chown(folder, user)
        for path in folder.iterdir():
            shutil.chown(path, user)


def _run(*command: str) -> None:
    done = subprocess.run(command, user=_user(), capture_output=True, text=True, check=False, timeout=60, cwd="/")
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
