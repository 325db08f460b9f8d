"""``tako lookup``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tako.v1.catalog_service_pb2 import LookupRequest
from tako_server.cli import options
from tako_server.cli.listing import print_pages
from tako_server.cli.questions import CATALOG, SERVICES, fill

if TYPE_CHECKING:
    from tako_server.cli.connection import Server

_LOOKUP = CATALOG.methods_by_name["Lookup"]


@click.command(
    epilog=options.examples(
        "tako lookup 9780140328721",
        "tako lookup imdb tt0133093",
        "tako lookup set_number 10497-1 --domain construction-toys --group",
    )
)
@click.argument("words", nargs=-1, required=True, metavar="[SCHEME] CODE")
@click.option(
    "--domain",
    "domains",
    type=click.Choice(list(SERVICES)),
    multiple=True,
    metavar="DOMAIN",
    help="Ask only this domain. Repeatable.",
)
@options.kinds_option
@options.providers_option
@options.language_option
@options.region_option
@options.slow_option
@options.group_option
@options.asks
def lookup(
    words: tuple[str, ...],
    *,
    domains: tuple[str, ...],
    kinds: tuple[str, ...],
    providers: tuple[str, ...],
    language: str | None,
    region: str | None,
    slow: bool,
    group: bool,
    server: Server,
    as_json: bool,
) -> None:
    """Find what a code belongs to: a barcode, an ISBN, an id of another site.

    Without SCHEME, Tako finds out from the code. Schemes are ean, upc, isbn13, imdb, asin, set_number, mbid and others,
    or the id of a provider for its own numbers.
    """
    if len(words) > 2:
        raise click.UsageError("one SCHEME and one CODE. Put a code that has spaces in quotes.")
    request = LookupRequest(code=words[-1], scheme=words[0] if len(words) == 2 else "")
    fill(request, {
        "domains": domains,
        "kinds": kinds,
        "providers": providers,
        "language": language,
        "region": region,
        "include_slow": slow,
        "group": group,
    })  # fmt: skip
    domain = domains[0] if len(domains) == 1 else ""
    print_pages(server, _LOOKUP, request, domain=domain, as_json=as_json)
