"""What builds the clients: once, whoever needs it and however many at a time."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts import build_clients
from scripts.build_clients import Build, build


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a client called `abacus`."""
    monkeypatch.setattr(build_clients, "CLIENTS", tmp_path)
    (tmp_path / "abacus/src").mkdir(parents=True)
    (tmp_path / "abacus/src/beads").write_text("ten")
    return tmp_path / "abacus"


def made(*commands: str) -> Build:
    """A build that notes every time that it is made."""
    lines = ("mkdir -p out", "echo made >> log", *commands)
    return Build(tuple(("sh", "-c", line) for line in lines), ("src",), "out/.made-of")


def times(client: Path) -> int:
    return len((client / "log").read_text().splitlines())


def test_who_comes_second_waits_and_finds_it_made(client: Path) -> None:
    one = made("sleep 0.3; echo done > out/result")

    def result(_: int) -> str:
        build("abacus", one)
        return (client / "out/result").read_text()

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(result, range(4))) == {"done\n"}
    assert times(client) == 1


def test_other_sources_are_built_again(client: Path) -> None:
    one = made()
    build("abacus", one)
    (client / "src/beads").write_text("two")
    build("abacus", one)
    (client / "src/beads").rename(client / "src/pearls")
    build("abacus", one)
    build("abacus", one)
    assert times(client) == 3


def test_what_was_cleaned_away_is_built_again(client: Path) -> None:
    one = made()
    build("abacus", one)
    (client / "out/.made-of").unlink()
    build("abacus", one)
    assert times(client) == 2


def test_a_build_that_failed_says_why_and_is_made_again(client: Path, capfd: pytest.CaptureFixture[str]) -> None:
    one = made("echo a bead is missing; test -e src/ready")
    with pytest.raises(subprocess.CalledProcessError):
        build("abacus", one)
    assert "a bead is missing" in capfd.readouterr().err
    (client / "src/ready").touch()
    build("abacus", one)
    assert capfd.readouterr() == ("", "")
    assert times(client) == 2
