"""Load: h2load where it is installed, else a small client of our own in its own process."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.processes import ROOT, cpu_seconds, environment

IN_FLIGHT = 16
_CONNECTIONS = 4
_WITHIN = 60.0


class LoadFailed(Exception):
    """Not every call was answered as it should be."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is called, and the processes whose time counts. ``bodies`` are requests, asked in turn; REST has none."""

    address: str
    path: str
    pids: Sequence[int]
    bodies: Sequence[bytes] = (b"",)
    smallest: int = 1
    """Bytes of the smallest right answer: an error is shorter."""
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One round: microseconds of CPU per call, latencies in milliseconds, calls per second."""

    cpu: float
    p50: float
    p99: float
    rate: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Rounds of ours and of a reference, taken in turns."""

    ours: Sequence[Round]
    reference: Sequence[Round]

    def ratio(self, figure: Callable[[Round], float]) -> float:
        """The median of the ratios of neighbours: the machine is as fast for both, whatever it does over minutes."""
        return median(figure(a) / figure(b) for a, b in zip(self.ours, self.reference, strict=True))


def middle(rounds: Sequence[Round]) -> Round:
    """The medians of several rounds."""
    return Round(
        cpu=median(r.cpu for r in rounds),
        p50=median(r.p50 for r in rounds),
        p99=median(r.p99 for r in rounds),
        rate=median(r.rate for r in rounds),
    )


def h2load() -> str | None:
    """The program, None when it is not installed."""
    return shutil.which("h2load")


def measured(target: Target, calls: int, folder: Path, *, in_flight: int = IN_FLIGHT, settle: float = 0.0) -> Round:
    """One round of ``calls``. CPU is taken until ``settle`` seconds after the last answer, for what is done behind."""
    tool = h2load() if len(target.bodies) == 1 else None
    before = cpu_seconds(target.pids)
    if tool is not None:
        seconds, micros = _by_h2load(tool, target, calls, folder, in_flight)
    else:
        seconds, micros = _by_caller(target, calls, in_flight)
    if settle:
        time.sleep(settle)
    cpu = cpu_seconds(target.pids) - before
    micros.sort()
    return Round(cpu / calls * 1e6, _share(micros, 0.50) / 1e3, _share(micros, 0.99) / 1e3, calls / seconds)


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _by_h2load(tool: str, target: Target, calls: int, folder: Path, in_flight: int) -> tuple[float, list[float]]:
    log, body = folder / "h2load.log", folder / "h2load.body"
    log.unlink(missing_ok=True)
    command = [tool, f"-n{calls}", f"--log-file={log}"]
    if target.rest:
        command += ["--h1", f"-c{in_flight}", "-m1"]
    else:
        message = target.bodies[0]
        body.write_bytes(b"\0" + len(message).to_bytes(4, "big") + message)
        command += [f"-c{_CONNECTIONS}", f"-m{max(1, in_flight // _CONNECTIONS)}", f"-d{body}"]
        command += ["-H", "content-type: application/grpc", "-H", "te: trailers"]
    done = subprocess.run(
        [*command, f"http://{target.address}{target.path}"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=_WITHIN,
    )
    if f"status codes: {calls} 2xx" not in done.stdout:
        raise LoadFailed(f"h2load: not every call was answered:\n{done.stdout}")
    # A gRPC error has status 200 too, but no data.
    size = re.search(r"\((\d+)\) data", done.stdout)
    if size is None or int(size[1]) < calls * target.smallest:
        raise LoadFailed(f"h2load: answers are missing:\n{done.stdout}")
    rows = [line.split("\t") for line in log.read_text().splitlines()]
    micros = [float(row[2]) for row in rows]
    begins = [float(row[0]) for row in rows]
    end = max(begin + took for begin, took in zip(begins, micros, strict=True))
    return (end - min(begins)) / 1e6, micros


def answer(address: str, path: str, request: bytes) -> bytes:
    """The bytes of one gRPC answer."""
    told = _called(Target(address, path, (), (request,)), 1, 1)
    return bytes.fromhex(told["last"])


def _by_caller(target: Target, calls: int, in_flight: int) -> tuple[float, list[float]]:
    told = _called(target, calls, in_flight)
    if told["smallest"] < target.smallest:
        raise LoadFailed(f"bench.caller: an answer of {told['smallest']} bytes, not {target.smallest}")
    return float(told["seconds"]), [float(took) for took in told["micros"]]


def _called(target: Target, calls: int, in_flight: int) -> Any:
    """What the caller tells. No gRPC in this process: it has threads, and this one forks."""
    job = {
        "address": target.address,
        "path": target.path,
        "bodies": [body.hex() for body in target.bodies],
        "calls": calls,
        "in_flight": in_flight,
        "rest": target.rest,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.caller"],
        input=json.dumps(job),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=_WITHIN,
    )
    if done.returncode:
        raise LoadFailed(f"bench.caller: {done.stderr[-2000:]}")
    return json.loads(done.stdout)
