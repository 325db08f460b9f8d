"""``python -m bench [--quick] [--json FILE] [hits] [stored] [cold] [idle] [mapping]``: measure, and print one table.

Only loopback is used, and everything that is started is ended. A whole run takes about two minutes, four at most.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from bench.load import h2load
from bench.processes import child
from bench.rows import ALL, Bench
from bench.table import Row, printed
from tests.postgres import PostgresServer

LONGEST = 240
"""Seconds that a run may take."""


class TooLong(Exception):
    """The run has taken its time."""


def main() -> int:
    """Measure. The exit code: 0 when all targets are met, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="bench", description="Benchmarks of Tako, side by side in one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of: {', '.join(ALL)}; all by default")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: more noise")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args()
    for name in given.names:
        if name not in ALL:
            parser.error(f"there is no benchmark {name}; there are {', '.join(ALL)}")
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, _stop)
    signal.alarm(LONGEST)
    begun = time.monotonic()
    rows: list[Row] = []
    try:
        for row in _rows(given.names or list(ALL), quick=given.quick):
            rows.append(row)
            print(f"{time.monotonic() - begun:5.0f} s  {'  '.join(filter(None, row.cells()))}", file=sys.stderr)
    except TooLong as reason:
        rows.append(Row("the rest", skipped=str(reason)))
    print(f"\n{_where()}\n\n{printed(rows)}")
    if given.json is not None:
        given.json.write_text(json.dumps({"where": _where(), "rows": [row.json() for row in rows]}, indent=2) + "\n")
    return 1 if any(row.ok is False for row in rows) else 0


def _rows(names: list[str], *, quick: bool) -> Iterator[Row]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tako-bench-")))
        upstream = stack.enter_context(child(folder, "upstream"))["port"]
        postgres = stack.enter_context(_postgres()) if {"stored", "cold"} & set(names) else None
        bench = Bench(folder, upstream, postgres, scale=0.3 if quick else 1.0)
        for name in names:
            yield from ALL[name](bench)


@contextlib.contextmanager
def _postgres() -> Iterator[PostgresServer | None]:
    """A PostgreSQL of our own, None where it is not installed."""
    folders = [str(path) for path in Path("/usr/lib/postgresql").glob("*/bin")]
    if not shutil.which("initdb", path=os.pathsep.join((*folders, os.environ.get("PATH", "")))):
        yield None
        return
    server = PostgresServer.make()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _where() -> str:
    load = "h2load" if h2load() else "bench.caller (h2load, of nghttp2-client, is not installed)"
    return (
        f"Python {platform.python_version()}, grpcio {version('grpcio')}, {os.cpu_count()} cores, "
        f"load average {os.getloadavg()[0]:.1f}; load by {load}"
    )


def _stop(number: int, _frame: object) -> NoReturn:
    raise TooLong(f"ended after {LONGEST} s" if number == signal.SIGALRM else "ended by a signal")


if __name__ == "__main__":
    sys.exit(main())
