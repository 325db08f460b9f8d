"""``tako related``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tako_server.cli import options
from tako_server.cli.directory import domain_of_item
from tako_server.cli.listing import print_pages
from tako_server.cli.questions import question

if TYPE_CHECKING:
    from tako_server.cli.connection import Server


@click.command(
    epilog=options.examples(
        "tako related tmdb/series/1396 seasons",
        "tako related tmdb/movie/603 cast --page-size 100",
        "tako related bgg/board_game/31260 prices",
    )
)
@click.argument("item_id", metavar="ID")
@options.relation_argument
@options.kind_option
@options.filters_option
@options.language_option
@options.region_option
@options.paged
@options.asks
def related(
    item_id: str,
    relation: str,
    *,
    kind: str | None,
    filters: tuple[str, ...],
    language: str | None,
    region: str | None,
    page_size: int | None,
    page_token: str | None,
    pages: int,
    server: Server,
    as_json: bool,
) -> None:
    """Give items that relate to one item: its parts, cast, editions, prices.

    RELATION is a word such as seasons, episodes, cast, works, issues, members, albums, tracks, parts, minifigs,
    instructions, cards, versions, expansions, recommendations, similar, images, videos, prices. `tako providers ID`
    says which a provider has.
    """
    domain = domain_of_item(server, item_id)
    fields = {
        "id": item_id,
        "relation": relation,
        "kind": kind,
        "language": language,
        "region": region,
        "page_size": page_size,
        "page_token": page_token,
    }
    method, request = question(domain, "Related", fields, filters)
    print_pages(server, method, request, domain=domain, as_json=as_json, pages=pages)
