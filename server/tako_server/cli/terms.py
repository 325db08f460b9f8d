"""``tako terms``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tako_server.cli import options
from tako_server.cli.listing import print_pages
from tako_server.cli.questions import question

if TYPE_CHECKING:
    from tako_server.cli.connection import Server


@click.command(
    epilog=options.examples(
        "tako terms tcg mtg sets",
        "tako terms media tmdb genres --kind movie --language fr",
        "tako terms construction-toys brickset subthemes --parent Castle",
    )
)
@options.domain_argument
@click.argument("provider")
@options.terms_argument
@click.option("--query", metavar="WORDS", help="Words that the term's name must hold, where the provider can search.")
@click.option("--parent", metavar="ID", help="The wider term, where the vocabulary has levels.")
@options.kind_option
@options.filters_option
@options.language_option
@options.region_option
@options.paged
@options.asks
def terms(
    domain: str,
    provider: str,
    terms: str,
    *,
    query: str | None,
    parent: str | None,
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
    """Give a vocabulary of one provider: what its filters take.

    TERMS is a word such as themes, colors, genres, platforms, years, categories, sets, rarities, marketplaces.
    `tako providers PROVIDER` says which it has.
    """
    fields = {
        "provider": provider,
        "terms": terms,
        "query": query,
        "parent": parent,
        "kind": kind,
        "language": language,
        "region": region,
        "page_size": page_size,
        "page_token": page_token,
    }
    method, request = question(domain, "Terms", fields, filters)
    print_pages(server, method, request, domain=domain, as_json=as_json, pages=pages)
