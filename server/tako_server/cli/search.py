"""``tako search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tako_server.cli import options
from tako_server.cli.listing import print_pages
from tako_server.cli.questions import catalog_question, question
from tako_server.cli.streaming import print_stream

if TYPE_CHECKING:
    from tako_server.cli.connection import Server


@click.command(
    epilog=options.examples(
        'tako search books "harry potter"',
        "tako search media breaking bad --kind series --provider tmdb",
        "tako search tcg --filter set=mid --filter colors=red --filter colors=white",
        "tako search construction-toys castle --filter year-from=1990 --pages 3",
        "tako search books dune --json | jq -r '.items[].id'",
        "tako search all dune --stream",
    )
)
@options.domain_or_all_argument
@click.argument("query", nargs=-1)
@options.kind_option
@options.providers_option
@options.filters_option
@options.language_option
@options.region_option
@options.slow_option
@options.group_option
@click.option("--stream", is_flag=True, help="Show each provider's items the moment it answers. Slow ones are asked.")
@options.paged
@options.asks
def search(
    domain: str,
    query: tuple[str, ...],
    *,
    kind: str | None,
    providers: tuple[str, ...],
    filters: tuple[str, ...],
    language: str | None,
    region: str | None,
    slow: bool,
    group: bool,
    stream: bool,
    page_size: int | None,
    page_token: str | None,
    pages: int,
    server: Server,
    as_json: bool,
) -> None:
    """Search a domain, all its providers at once.

    DOMAIN is one of construction-toys, books, comics, anime-manga, media, videogames, boardgames, collectibles,
    sticker-albums, tcg, music, ecommerce, or `all`. QUERY may be left out when a filter is given; `all` and --stream
    take no filters of a domain.
    """
    fields: dict[str, object] = {
        "query": " ".join(query),
        "kind": kind,
        "providers": providers,
        "language": language,
        "region": region,
        "include_slow": slow,
        "group": group,
        "page_size": page_size,
        "page_token": page_token,
    }
    if domain != options.ALL and not stream:
        method, request = question(domain, "Search", fields, filters)
        print_pages(server, method, request, domain=domain, as_json=as_json, pages=pages)
        return
    fields |= {"kinds": fields.pop("kind"), "domains": () if domain == options.ALL else (domain,)}
    method, request = catalog_question("SearchStream" if stream else "Search", fields, filters)
    show = print_stream if stream else print_pages
    show(server, method, request, domain="" if domain == options.ALL else domain, as_json=as_json, pages=pages)
