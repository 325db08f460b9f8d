"""``tako trending``."""

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
        "tako trending media",
        "tako trending media --feed upcoming --kind movie --region FR",
        "tako trending anime-manga --feed schedule --filter weekday=friday",
        "tako trending books --period week --provider openlibrary",
    )
)
@options.domain_argument
@options.feed_option
@options.kind_option
@options.period_option
@options.providers_option
@options.filters_option
@options.language_option
@options.region_option
@options.slow_option
@options.group_option
@options.paged
@options.asks
def trending(
    domain: str,
    *,
    feed: str | None,
    kind: str | None,
    period: str | None,
    providers: tuple[str, ...],
    filters: tuple[str, ...],
    language: str | None,
    region: str | None,
    slow: bool,
    group: bool,
    page_size: int | None,
    page_token: str | None,
    pages: int,
    server: Server,
    as_json: bool,
) -> None:
    """Give a discovery list of a domain: what is popular, new, to come.

    `tako providers ID` says which feeds a provider has.
    """
    fields = {
        "feed": feed,
        "kind": kind,
        "period": period,
        "providers": providers,
        "language": language,
        "region": region,
        "include_slow": slow,
        "group": group,
        "page_size": page_size,
        "page_token": page_token,
    }
    method, request = question(domain, "Trending", fields, filters)
    print_pages(server, method, request, domain=domain, as_json=as_json, pages=pages)
