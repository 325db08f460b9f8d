"""Ask whether a locked dependency has a known vulnerability.

The database is OSV (https://osv.dev). Where it can't be reached, this says so in one line and lets the check pass: a
machine without the internet can't know. In CI for people (GITHUB_ACTIONS) that is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_UNREACHABLE = ("error sending request", "dns error", "operation timed out")
_SECONDS = 120


def main(*arguments: str) -> int:
    """The exit code of `uv audit` over all that a server is installed with; its text goes to stderr."""
    command: list[str | Path] = [
        ROOT / ".uv" / "bin" / "uv",
        "audit",
        "--preview-features",
        "audit-command",
        "--frozen",
        "--no-dev",
        *arguments,
    ]
    done = subprocess.run(
        command, cwd=ROOT, text=True, capture_output=True, timeout=_SECONDS, check=False, env=_without_retries()
    )
    told = done.stdout + done.stderr
    if done.returncode and any(sign in told for sign in _UNREACHABLE):
        print("audit: skipped, osv.dev can't be reached from here", file=sys.stderr)
        return 1 if os.environ.get("GITHUB_ACTIONS") == "true" else 0
    if done.returncode:
        print(told, file=sys.stderr)
    return done.returncode


def _without_retries() -> dict[str, str]:
    return {**os.environ, "UV_HTTP_RETRIES": "0", "UV_HTTP_TIMEOUT": "20"}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
