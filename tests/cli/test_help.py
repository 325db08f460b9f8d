"""Help, and starting fast."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from tako_server.cli import main
from tako_server.cli.options import DEFAULT_ADDRESS, reachable

COMMANDS = main.list_commands(main.make_context("tako", ["version"]))


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "version"])
def test_every_command_shows_examples(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"tako {command}" in result.output.split("Examples:")[1]


def test_help_lists_the_commands_and_exit_codes() -> None:
    output = CliRunner().invoke(main, ["-h"]).output
    for command in COMMANDS:
        assert f"\n  {command} " in output
    assert "130 Ctrl-C" in output


def test_version() -> None:
    assert CliRunner().invoke(main, ["version"]).output.startswith(f"tako {version('tako-server')}\n")


def test_asking_does_not_load_the_server() -> None:
    """The clients' commands must not pay for aiohttp, the providers or the server."""
    check = (
        "import sys; from tako_server.cli import main; main.get_command(None, 'search');"
        "print([m for m in ('aiohttp', 'tako_server.app', 'tako_server.engine') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n", done.stderr


def test_serving_does_not_load_what_it_does_not_use() -> None:
    """Each is megabytes of an idle server: another store, the gateway, parsers, tables of languages, a terminal."""
    check = (
        "import sys; from tako_server.cli import main; main.get_command(None, 'serve');"
        "from tako_server.cli.serve import _without_rich\nwith _without_rich(): import tako_server.app\n"
        "from tako_server.core.registry import load_providers; load_providers()\n"
        "unused = ('asyncpg', 'yaml', 'rich', 'lxml.etree', 'langcodes', 'protovalidate', 'lingua', 'opentelemetry')\n"
        "print([m for m in unused if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize(
    ("listens", "asks"),
    [
        ("0.0.0.0:50051", "127.0.0.1:50051"),
        (":50051", "127.0.0.1:50051"),
        ("[::]:50051", "[::1]:50051"),
        ("tako.example:443", "tako.example:443"),
    ],
)
def test_an_address_to_listen_on_is_asked_here(listens: str, asks: str) -> None:
    assert reachable(listens) == asks


def test_the_address_comes_from_the_same_env_file_as_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TAKO_GRPC_ADDRESS", raising=False)
    Path(".env").write_text("TAKO_GRPC_ADDRESS=127.0.0.1:9\n")
    assert "no Tako server answers at 127.0.0.1:9." in CliRunner().invoke(main, ["providers"]).stderr
    assert f"default: ({DEFAULT_ADDRESS})" in CliRunner().invoke(main, ["providers", "--help"]).output
