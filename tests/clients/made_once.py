"""What takes long and is shared by the processes of one test run: a build."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable

import pytest


def made_once(folder: pytest.TempPathFactory, name: str, make: Callable[[], object]) -> None:
    """Call ``make`` in the first process that gets here; the others wait until it is done."""
    base = folder.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # one below the other in a parallel run
    with (shared / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if lock.seek(0, os.SEEK_END) == 0:
            make()
            lock.write("made")
