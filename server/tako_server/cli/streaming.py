"""Ask for a stream, and print its events as they come; on a terminal, its last line says who is still awaited."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import click
from google.protobuf import json_format
from rich.live import Live

from tako_server.cli.screen import screen, styled
from tako_server.cli.tables import outcome_lines, print_groups, print_items, print_next_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.protobuf.descriptor import MethodDescriptor
    from google.protobuf.message import Message
    from rich.console import Console
    from rich.text import Text

    from tako.v1.answers_pb2 import SearchEvent
    from tako.v1.catalog_service_pb2 import CatalogSearchRequest
    from tako_server.cli.connection import Server


def print_stream(
    server: Server, method: MethodDescriptor, request: Message, *, domain: str, as_json: bool, pages: int = 1
) -> None:
    """Print up to ``pages`` pages of a streamed search, the first as ``request`` says. In JSON an event is a line."""
    out, asked = screen(), cast("CatalogSearchRequest", request)
    token = ""
    for _ in range(pages):
        with _awaited(out, shown=out.is_terminal and not as_json) as awaited:
            for message in server.stream(method, asked):
                event = cast("SearchEvent", message)
                token = event.summary.next_page_token
                awaited.note(event)
                if as_json:
                    click.echo(json_format.MessageToJson(event, indent=None, ensure_ascii=False))
                else:
                    _print_event(out, domain, event)
        if not token:
            return
        asked.page_token = token
    if not as_json:
        print_next_page(out, token)


class Awaited:
    """Which providers have not answered yet. One that is asked in several domains has as many answers to give."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._pending: list[tuple[str, str]] = []
        self._asked = 0

    def note(self, event: SearchEvent) -> None:
        """Take in what an event says of its providers."""
        if event.WhichOneof("event") == "started":
            self._pending = [(one.provider, one.domain) for one in event.started.asked if one.status == one.PENDING]
            self._asked = len(self._pending)
        elif (one := (event.outcome.provider, event.outcome.domain)) in self._pending:
            self._pending.remove(one)

    def line(self) -> Text:
        """How many have answered, who has not, and how long that has taken; empty when nobody is awaited."""
        if not self._pending:
            return styled("")
        names = ", ".join(dict.fromkeys(provider for provider, _ in self._pending))
        seconds = time.monotonic() - self._began
        return styled(f"{self._asked - len(self._pending)} of {self._asked} answered, {seconds:.0f} s: {names}", "dim")


@contextmanager
def _awaited(out: Console, *, shown: bool) -> Iterator[Awaited]:
    """Who is awaited; ``shown`` below what is printed meanwhile, and gone at the end."""
    awaited = Awaited()
    if not shown:
        yield awaited
        return
    with Live(console=out, get_renderable=awaited.line, refresh_per_second=4, transient=True):
        yield awaited


def _print_event(out: Console, domain: str, event: SearchEvent) -> None:
    match event.WhichOneof("event"):
        case "started":
            asked = dict.fromkeys(one.provider for one in event.started.asked if one.status == one.PENDING)
            out.print(styled(f"Asking {', '.join(asked)}.", "dim"))
            if aside := [one for one in event.started.asked if one.status != one.PENDING]:
                out.print(outcome_lines(aside))
        case "items":
            out.print()
            print_items(out, domain, event.items.items)
        case "outcome":
            out.print(outcome_lines([event.outcome]))
        case "summary":
            print_groups(out, event.summary.groups)
