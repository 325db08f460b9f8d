"""Shells complete what a user begins to write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tako_server.cli import main
from tako_server.cli.completion import SHELLS

TAKO = Path(sys.executable).with_name("tako")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_one_that_it_reads(shell: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0, result.output
    assert f"_TAKO_COMPLETE={shell}_complete" in result.output
    if program := shutil.which(shell):
        (tmp_path / "script").write_text(result.output)
        subprocess.run([program, "-n", tmp_path / "script"], check=True, timeout=30)


@pytest.mark.parametrize(
    ("words", "completions"),
    [
        (["se"], {"serve", "search"}),
        (["search", "boo"], {"books"}),
        (["jobs", ""], {"list", "run"}),
        (["completion", "z"], {"zsh"}),
        (["search", "books", "--st"], {"--stream"}),
    ],
)
def test_words_are_completed(words: list[str], completions: set[str]) -> None:
    asked = {
        "_TAKO_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["tako", *words]),
        "COMP_CWORD": str(len(words)),
    }
    done = subprocess.run([TAKO], env={**os.environ, **asked}, capture_output=True, text=True, check=True, timeout=30)
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == completions


def test_another_shell_is_refused() -> None:
    result = CliRunner().invoke(main, ["completion", "tcsh"])
    assert result.exit_code == 2
