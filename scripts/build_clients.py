"""Build the clients that must be built before they can be tested, each in its own folder.

    build_clients.py typescript    install what package-lock.json pins, then compile
    build_clients.py java          compile

The tests, `make clients-test` and `make gen` may run side by side and need the same folders: the first builds, the
others wait and find nothing left to do. What was built of other sources, or not to the end, is built again.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CLIENTS = Path(__file__).resolve().parent.parent / "clients"


@dataclass(frozen=True, slots=True)
class Build:
    """``commands`` make the folder of ``stamp`` of ``sources``; paths are below the folder of the client."""

    commands: Sequence[Sequence[str]]
    sources: Sequence[str]
    stamp: str


NODE_MODULES = Build(
    (("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),),
    ("package.json", "package-lock.json"),
    "node_modules/.made-of",
)
BUILDS = {
    "typescript": (
        NODE_MODULES,
        Build(
            # The compiler leaves what it has made of sources that are gone.
            (("npm", "run", "clean"), ("npm", "run", "build")),
            (
                *NODE_MODULES.sources,
                "tsconfig.json",
                "tsconfig.programs.json",
                "src",
                "test",
                "examples",
                "conformance",
            ),
            "build/.made-of",
        ),
    ),
    "java": (
        Build(
            (("mvn", "-q", "-B", "-ntp", "-Dstyle.color=never", "test-compile"),),
            ("pom.xml", "src", "examples"),
            "target/.made-of",
        ),
    ),
}


def build(client: str, *only: Build) -> None:
    """Make what is missing or of other sources. Raises CalledProcessError."""
    folder = CLIENTS / client
    with _alone(folder):
        for one in only or BUILDS[client]:
            _make(one, folder)


def _make(one: Build, folder: Path) -> None:
    stamp, wanted = folder / one.stamp, _fingerprint(folder, one.sources)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    for command in one.commands:
        _run(command, folder)
    stamp.write_text(wanted)


def _run(command: Sequence[str], folder: Path) -> None:
    """Run one step; what it says is shown when it fails."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(done.stdout.decode(errors="replace"), file=sys.stderr)
        done.check_returncode()


def _fingerprint(folder: Path, sources: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        path = folder / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                content = file.read_bytes()
                digest.update(f"{file.relative_to(folder)} {len(content)}\n".encode())
                digest.update(content)
    return digest.hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep all others out who build there. The folder itself is the lock: it outlives whatever is cleaned in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


if __name__ == "__main__":
    try:
        build(sys.argv[1])
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
