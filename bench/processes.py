"""Child processes: started, watched through /proc, and ended, whatever happens."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
_libc = ctypes.CDLL(None)


class ChildDied(Exception):
    """A child ended before its time."""


def environment(**more: str) -> dict[str, str]:
    """What a child gets of ours: none of the settings and keys of this machine."""
    return {**{name: os.environ[name] for name in _INHERITED if name in os.environ}, **more}


@contextlib.contextmanager
def started(command: Sequence[str], log: Path, env: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process of ours, ended on the way out. It dies with this one, even when this one is killed."""
    with log.open("a") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(env),
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one call of the C library, and no threads here
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


class Child:
    """A running ``python -m bench.MODULE`` that tells things as lines of JSON; its first line says where it is."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log
        self._ready = self.next()

    def __getitem__(self, name: str) -> Any:
        """A value of the first line."""
        return self._ready[name]

    def next(self) -> Any:
        """The next line; waits for it. Raises ChildDied."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ChildDied(f"a child has ended:\n{self._log.read_text()[-2000:]}")
        return json.loads(line)


@contextlib.contextmanager
def child(folder: Path, module: str, *arguments: str, **settings: str) -> Iterator[Child]:
    """A running child that is ready."""
    log = folder / f"{module}.log"
    command = [sys.executable, "-m", f"bench.{module}", *arguments]
    with started(command, log, environment(**settings)) as process:
        yield Child(process, log)


def cpu_seconds(pids: Sequence[int]) -> float:
    """User and system time of these processes so far, all their threads included."""
    return sum(time.clock_gettime(_cpu_clock(pid)) for pid in pids)


def _cpu_clock(pid: int) -> int:
    """The clock of a process, in nanoseconds: what clock_getcpuclockid(3) gives. /proc counts in 10 ms."""
    return ~pid << 3 | 2


def resident_bytes(pid: int) -> int:
    """Resident memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def open_files(pid: int) -> int:
    """Files and sockets that a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
