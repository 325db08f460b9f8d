"""`tako serve` and `tako demo`: what they hand to the server, what they say, how they end."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from google.protobuf import json_format

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.provider_service_pb2 import ListProvidersResponse
from tako_server import app
from tako_server.app import Ready, StartError
from tako_server.cli import main
from tako_server.cli.greeting import greeting
from tako_server.cli.samples import SAMPLES, WORDS
from tako_server.core.domains import CONTRACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tako_server.config import Settings

READY = Ready("127.0.0.1:50051", "http://127.0.0.1:3000", "127.0.0.1:8081", replay=False)


class StandInApp:
    """In place of the server: remembers what it was started with, and is ready at once."""

    def __init__(self, exit_code: int = 0, error: StartError | None = None) -> None:
        self.settings: Settings | None = None
        self.rest: bool | None = None
        self._exit_code, self._error = exit_code, error

    def run(self, settings: Settings, *, rest: bool, on_ready: Callable[[Ready], None]) -> int:
        if self._error is not None:
            raise self._error
        self.settings, self.rest = settings, rest
        on_ready(READY)
        return self._exit_code


@pytest.fixture
def standing_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[StandInApp], StandInApp]:
    def install(stand_in: StandInApp) -> StandInApp:
        monkeypatch.chdir(tmp_path)  # no .env of this machine
        monkeypatch.setattr(app, "run", stand_in.run)
        return stand_in

    return install


def test_options_override_the_environment(standing_in: Callable[[StandInApp], StandInApp], tmp_path: Path) -> None:
    started = standing_in(StandInApp())
    words = ["serve", "--no-rest", "--port", "8080", "--replay", str(tmp_path), "--log-format", "json"]
    result = CliRunner().invoke(main, words, env={"PORT": "9090", "TAKO_GRPC_ADDRESS": "127.0.0.1:50099"})
    assert result.exit_code == 0, result.output
    assert started.settings is not None
    assert started.settings.rest_port == 8080
    assert started.settings.grpc_address == "127.0.0.1:50099"
    assert started.settings.replay == (tmp_path,)
    assert started.rest is False
    assert result.output == "", "whoever collects JSON logs gets nothing else"


def test_the_exit_code_is_that_of_the_server(standing_in: Callable[[StandInApp], StandInApp]) -> None:
    standing_in(StandInApp(exit_code=1))
    assert CliRunner().invoke(main, ["serve"]).exit_code == 1


def test_a_wrong_setting_is_one_line(standing_in: Callable[[StandInApp], StandInApp]) -> None:
    standing_in(StandInApp())
    result = CliRunner().invoke(main, ["serve"], env={"PORT": "many"})
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: PORT: ")
    assert result.stderr.count("\n") == 1


def test_what_cannot_start_is_one_line(standing_in: Callable[[StandInApp], StandInApp]) -> None:
    standing_in(StandInApp(error=StartError("can't listen on 127.0.0.1:1 (TAKO_GRPC_ADDRESS)")))
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 2
    assert result.stderr == "Error: can't listen on 127.0.0.1:1 (TAKO_GRPC_ADDRESS)\n"


def test_the_greeting_names_the_addresses_a_page_and_three_commands() -> None:
    lines = greeting(READY, ()).splitlines()
    assert lines[:3] == ["Tako is up.", "  gRPC  127.0.0.1:50051", "  REST  http://127.0.0.1:3000"]
    assert lines[4:6] == ["Open in a browser:", "  http://127.0.0.1:3000/"]
    assert [Path(shlex.split(line)[0]).name for line in lines[8:11]] == ["grpcurl", "curl", "tako"]
    assert """-d '{"query":"this is how you lose the time war"}' 127.0.0.1:50051""" in lines[8]
    assert "'http://127.0.0.1:3000/v1/tcg/search?set=mid'" in lines[9]
    assert lines[10].endswith('tako search books "harry potter"')


def test_the_greeting_over_the_samples_uses_their_words() -> None:
    ready = Ready("0.0.0.0:50061", None, "127.0.0.1:8081", replay=True)
    text = greeting(ready, (SAMPLES,))
    assert "samples" in text
    assert '{"query":"sample lighthouse"}' in text
    assert 'tako search books "sample lighthouse" --server 127.0.0.1:50061' in text
    assert "REST" not in text
    assert "curl '" not in text


# --- For real --------------------------------------------------------------------------------------------


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def tako(*words: str, **environment: str) -> subprocess.Popen[str]:
    program = [str(Path(sys.executable).with_name("tako")), *words]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TAKO_")}
    return subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**plain, **environment}
    )


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """A real server on the samples, gRPC only; its address."""
    address = free_address()
    cache = str(tmp_path / "tako.db")
    words = [
        "--grpc-address",
        address,
        "--http-address",
        "127.0.0.1:0",
        "--cache-path",
        cache,
        "--replay",
        str(SAMPLES),
    ]
    server = tako("serve", "--no-rest", *words)
    assert server.stdout is not None
    for line in server.stdout:
        if "Ctrl-C" in line:
            break
    yield address
    server.send_signal(signal.SIGTERM)
    _, errors = server.communicate(timeout=20)
    assert server.returncode == 0, errors


def ask(address: str, *words: str) -> str:
    asked = tako(*words, "--server", address)
    output, errors = asked.communicate(timeout=30)
    assert asked.returncode == 0, errors
    return output


def test_a_real_server_answers_the_commands(served: str) -> None:
    found = json_format.Parse(ask(served, "search", "tcg", WORDS["tcg"], "--json"), SearchResponse())
    assert found.items
    first = found.items[0]
    assert first.title in ask(served, "search", "tcg", WORDS["tcg"])
    assert first.title in ask(served, "detail", first.id)
    listed = json_format.Parse(ask(served, "providers", "--json"), ListProvidersResponse())
    # The server names the service of each domain; the command line must mean the same one.
    assert {d.id: d.service for d in listed.domains}.items() <= {
        str(d): c.service for d, c in CONTRACTS.items()
    }.items()


def test_a_port_that_is_taken_is_one_line(served: str, tmp_path: Path) -> None:
    cache = str(tmp_path / "other.db")
    second = tako(
        "serve", "--no-rest", "--grpc-address", served, "--http-address", "127.0.0.1:0", "--cache-path", cache
    )
    _, errors = second.communicate(timeout=20)
    assert second.returncode == 2
    assert errors.startswith("Error: ")
    assert served in errors
    assert errors.count("\n") == 1


def test_ctrl_c_ends_a_wait(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # takes the connection and never says a word
        waiting = tako("search", "books", "x", "--server", f"127.0.0.1:{deaf.getsockname()[1]}")
        connection, _ = deaf.accept()
        with connection:
            time.sleep(0.2)
            waiting.send_signal(signal.SIGINT)
            output, errors = waiting.communicate(timeout=10)
    assert waiting.returncode == 130, errors
    assert output == ""
    assert "Traceback" not in errors


def run_demo(*words: str, **environment: str) -> tuple[int, str, str]:
    demo = tako(
        "demo", "--exit", "--grpc-address", free_address(), "--http-address", "127.0.0.1:0", *words, **environment
    )
    output, errors = demo.communicate(timeout=50)
    return demo.returncode, output, errors


@pytest.mark.parametrize("rest", [False, True])
def test_demo_shows_four_domains_a_detail_and_rest(*, rest: bool) -> None:
    words = ("--port", free_address().rpartition(":")[2]) if rest else ("--no-rest",)
    of_this_machine = {"DB_ENABLED": "true", "TMDB_API_KEY": "", "HTTPS_PROXY": "http://127.0.0.1:9"}
    code, output, errors = run_demo(*words, **of_this_machine)
    assert code == 0, errors
    assert "samples" in output.splitlines()[0]
    for domain, query in WORDS.items():
        assert f"$ tako search {domain} '{query}'" in output
    assert "$ tako detail " in output
    assert ("$ curl" in output) is rest
