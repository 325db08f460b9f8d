"""Ask for a stream, and print its events as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click
from google.protobuf import json_format

from tako_server.cli.screen import screen, styled
from tako_server.cli.tables import outcome_lines, print_groups, print_items, print_next_page

if TYPE_CHECKING:
    from google.protobuf.descriptor import MethodDescriptor
    from google.protobuf.message import Message
    from rich.console import Console

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
        for message in server.stream(method, asked):
            event = cast("SearchEvent", message)
            token = event.summary.next_page_token
            if as_json:
                click.echo(json_format.MessageToJson(event, indent=None, ensure_ascii=False))
            else:
                _print_event(out, domain, event)
        if not token:
            return
        asked.page_token = token
    if not as_json:
        print_next_page(out, token)


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
