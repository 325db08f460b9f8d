"""Make .venv hold exactly what uv.lock says.

Needs only Python; make calls it when the lock or a pyproject changed. uv itself is installed, at a fixed
version, into a small environment of its own (.uv). Safe to run twice at once: the second run waits for the
first and finds nothing left to do.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

UV = "0.13.9"
ROOT = Path(__file__).resolve().parent.parent
INPUTS = ("uv.lock", "pyproject.toml", "clients/python/pyproject.toml", "scripts/bootstrap.py")


def main() -> None:
    """Sync under a lock, unless the stamp says that it was done for these very inputs."""
    tools = ROOT / ".uv"
    stamp = ROOT / ".venv" / ".synced"
    tools.mkdir(exist_ok=True)
    with (tools / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = fingerprint()
        if not (stamp.exists() and stamp.read_text() == wanted):
            print("Preparing .venv; the first time takes a moment ...", file=sys.stderr)
            sync(installed_uv(tools))
        stamp.write_text(wanted)


def fingerprint() -> str:
    """What the environment depends on: the inputs and the interpreter."""
    digest = hashlib.sha256(f"{sys.base_prefix} {sys.version}".encode())
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def installed_uv(tools: Path) -> Path:
    """The pinned uv, installed where it is missing or of another version."""
    uv = tools / "bin" / "uv"
    if not uv.exists() or subprocess.check_output([uv, "--version"], text=True).split()[1] != UV:
        run(sys.executable, "-m", "venv", tools)
        pip = (tools / "bin" / "python", "-m", "pip", "--disable-pip-version-check")
        run(*pip, "install", "--quiet", f"uv=={UV}")
    return uv


def sync(uv: Path) -> None:
    """Install what the lock says for the interpreter that runs this; download no other."""
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    env |= {"UV_PROJECT_ENVIRONMENT": ".venv", "UV_PYTHON": sys.executable, "UV_PYTHON_DOWNLOADS": "never"}
    run(uv, "sync", "--frozen", "--quiet", env=env)


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run one step; when it fails, its own words are the message."""
    done = subprocess.run(command, cwd=ROOT, env=env, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
