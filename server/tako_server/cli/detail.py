"""``tako detail``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from tako_server.cli import options
from tako_server.cli.card import print_item
from tako_server.cli.directory import domain_of_item
from tako_server.cli.questions import question
from tako_server.cli.screen import print_json, screen, styled
from tako_server.cli.wording import moment

if TYPE_CHECKING:
    from tako.v1.answers_pb2 import DetailResponse
    from tako_server.cli.connection import Server


@click.command(
    epilog=options.examples(
        "tako detail tmdb/movie/603",
        "tako detail tmdb/movie/603 --language fr --filter translate=true",
        "tako detail bgg/board_game/31260 --json",
    )
)
@click.argument("item_id", metavar="ID")
@options.filters_option
@options.language_option
@options.region_option
@options.asks
def detail(
    item_id: str,
    *,
    filters: tuple[str, ...],
    language: str | None,
    region: str | None,
    server: Server,
    as_json: bool,
) -> None:
    """Give all that is known of one item. ID is what search prints in its last column."""
    domain = domain_of_item(server, item_id)
    method, request = question(domain, "Detail", {"id": item_id, "language": language, "region": region}, filters)
    answer = cast("DetailResponse", server.ask(method, request).message)
    if as_json:
        print_json(answer)
        return
    out = screen()
    print_item(out, answer.item)
    if answer.freshness.stale:
        out.print(styled(f"Out of date: as of {moment(answer.freshness.fetched_at)}.", "yellow"))
    if answer.outcome.partial:
        out.print(styled("Partial: something that enriches it could not be fetched.", "yellow"))
