"""``tako demo``: a server on the project's samples, and a short tour of it."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from google.protobuf import json_format

from tako.v1.answers_pb2 import DetailResponse, SearchResponse
from tako_server.cli.card import print_item
from tako_server.cli.connection import Server
from tako_server.cli.failure import Exit, Failure
from tako_server.cli.greeting import greeting, server_option
from tako_server.cli.options import examples, reachable
from tako_server.cli.questions import question
from tako_server.cli.samples import SAMPLES, WORDS
from tako_server.cli.screen import screen, styled
from tako_server.cli.serve import load, run
from tako_server.cli.tables import print_items, print_outcomes

if TYPE_CHECKING:
    from rich.console import Console

    from tako_server.app import Ready
    from tako_server.config import Settings

_PATIENCE = 30.0
_REST_PATH = "/v1/books/search?query=sample+lighthouse&page_size=1"


@click.command(
    epilog=examples(
        "tako demo",
        "tako demo --grpc-address 127.0.0.1:50061 --port 3001 --http-address 127.0.0.1:8091",
        "tako demo --exit",
    )
)
@click.option("--no-rest", is_flag=True, help="gRPC only: start no Envoy.")
@click.option("--grpc-address", metavar="HOST:PORT", help="Where gRPC listens.")
@click.option("--port", "rest_port", type=click.IntRange(1, 65535), help="Port of REST.")
@click.option("--http-address", metavar="HOST:PORT", help="Where the web pages listen, behind REST.")
@click.option("--exit", "exit_after", is_flag=True, help="Stop after the tour.")
def demo(
    *, no_rest: bool, grpc_address: str | None, rest_port: int | None, http_address: str | None, exit_after: bool
) -> None:
    """See Tako work without keys and without a network.

    Starts a server that answers from samples written for Tako, asks it for a few things over gRPC and REST, and stays
    up until Ctrl-C. Settings and keys of this machine are not used.
    """
    with tempfile.TemporaryDirectory(prefix="tako-demo-") as folder:
        settings = load(
            {
                "replay": (SAMPLES,),
                "cache_path": Path(folder) / "tako.db",
                "log_level": "error",
                "grpc_address": grpc_address,
                "rest_port": rest_port,
                "http_address": http_address,
            },
            demo=True,
        )
        tour = _Tour(settings, exit_after=exit_after)
        code = run(settings, rest=not no_rest, on_ready=tour.start)
    if tour.failed is not None:
        raise tour.failed
    sys.exit(code)


class _Tour:
    """The questions, asked from a thread of their own while the server has the main one."""

    def __init__(self, settings: Settings, *, exit_after: bool) -> None:
        self._settings = settings
        self._exit_after = exit_after
        self.failed: Failure | None = None

    def start(self, ready: Ready) -> None:
        threading.Thread(target=self._run, args=(ready,), name="tour", daemon=True).start()

    def _run(self, ready: Ready) -> None:
        try:
            _show(ready)
            if not self._exit_after:
                click.echo()
                click.echo(greeting(ready, self._settings.replay))
        except Failure as failure:
            self.failed = failure
        except (BrokenPipeError, SystemExit):  # rich ends the program when its output is cut
            self.failed = Failure("nobody reads what the demo shows", Exit.OTHER)
        if self.failed is not None or self._exit_after:
            os.kill(os.getpid(), signal.SIGTERM)


def _show(ready: Ready) -> None:
    out = screen()
    out.print("Tako answers from samples: made-up works, written for this demo. No key, no network.")
    out.print("A source that has no sample for a question says so: REPLAY_MISS.")
    server = Server(reachable(ready.grpc_address), _PATIENCE)
    first = ""
    for domain, words in WORDS.items():
        _announce(out, f"tako search {domain} {shlex.quote(words)}{server_option(ready)}")
        method, request = question(domain, "Search", {"query": words})
        message, cache = server.ask(method, request)
        answer = cast("SearchResponse", message)
        if not answer.items:
            raise Failure(f"the samples of {domain} have no answer to {words!r}", Exit.OTHER)
        print_items(out, domain, answer.items)
        print_outcomes(out, answer, cache)
        first = first or answer.items[0].id
    _announce(out, f"tako detail {first}{server_option(ready)}")
    message, _ = server.ask(*question(next(iter(WORDS)), "Detail", {"id": first}))
    print_item(out, cast("DetailResponse", message).item)
    if ready.rest_url:
        _announce(out, f"curl '{ready.rest_url}{_REST_PATH}'")
        out.print(_fetched(ready.rest_url + _REST_PATH), soft_wrap=True)


def _announce(out: Console, command: str) -> None:
    out.print()
    out.print(styled(f"$ {command}", "bold"), soft_wrap=True)


def _fetched(url: str) -> str:
    """The JSON that REST answers, checked against the contract."""
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as response:  # noqa: S310 - our own server's address
            body = response.read()
        json_format.Parse(body, SearchResponse())
    except (OSError, json_format.ParseError, urllib.error.HTTPError) as error:
        raise Failure(f"REST did not answer {url}: {error}", Exit.NO_ANSWER) from None
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
