"""How the test of each language is run, and what it needs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CLIENTS = Path(__file__).resolve().parent.parent
_BUILD = (sys.executable, str(CLIENTS.parent / "scripts/build_clients.py"))


@dataclass(frozen=True, slots=True)
class Language:
    """``steps`` are run in ``clients/<name>``, one after the other; ``tools`` are the programs that they need."""

    name: str
    title: str
    tools: Sequence[str]
    steps: Sequence[Sequence[str]]

    @property
    def folder(self) -> Path:
        """Where the client is."""
        return CLIENTS / self.name

    def lacks(self) -> str:
        """Why it can't be run here, in one line; empty when it can."""
        missing = [tool for tool in self.tools if shutil.which(tool) is None]
        if missing:
            return f"{' and '.join(missing)} not found"
        return "" if self.folder.is_dir() else f"there is no clients/{self.name}"


LANGUAGES = (
    Language("python", "Python", (), ((sys.executable, "-m", "conformance"),)),
    Language(
        "typescript",
        "TypeScript",
        ("node", "npm"),
        ((*_BUILD, "typescript"), ("npm", "run", "-s", "conformance")),
    ),
    Language("go", "Go", ("go",), (("go", "run", "./conformance"),)),
    Language(
        "java",
        "Java",
        ("java", "mvn"),
        ((*_BUILD, "java"), ("mvn", "-q", "-B", "-ntp", "-Dstyle.color=never", "exec:java@conformance")),
    ),
    Language("rust", "Rust", ("cargo",), (("cargo", "run", "--quiet", "--locked", "-p", "tako-client-conformance"),)),
)
"""In the order in which they are run and shown."""
