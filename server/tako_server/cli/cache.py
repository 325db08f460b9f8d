"""``tako cache``: what a server keeps."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import click
from rich import box
from rich.table import Table

from tako.v1.admin_service_pb2 import (
    GetCacheStatsRequest,
    PurgeCacheRequest,
    RefreshExpiredRequest,
    RefreshProviderRequest,
)
from tako_server.cli import options
from tako_server.cli.jobs import SERVICE
from tako_server.cli.overview import Overview
from tako_server.cli.screen import print_json, screen, styled
from tako_server.cli.wording import enum, join, moment, seconds

if TYPE_CHECKING:
    from tako.v1.admin_service_pb2 import (
        CacheStats,
        GetCacheStatsResponse,
        PurgeCacheResponse,
        RefreshExpiredResponse,
        RefreshProviderResponse,
    )
    from tako_server.cli.connection import Server

_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}


class Span(click.ParamType[timedelta]):
    """A length of time: ``90d``, ``12h``, ``30min``, ``45s``."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length."""
        found = re.fullmatch(r"([0-9]{1,9})(s|min|h|d)", str(value))
        if found is None:
            self.fail(f"{value!r} is no length of time; it looks like 90d, 12h, 30min or 45s.", param, ctx)
        return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


@click.group(
    cls=Overview,
    shows="stats",
    epilog=options.examples(
        "tako cache",
        "tako cache refresh",
        "tako cache refresh tmdb",
        "tako cache purge --provider tmdb --older-than 30d",
    ),
)
def cache() -> None:
    """See what a server keeps, ask for it again, or remove it. Needs the admin token, in TAKO_ADMIN_TOKEN.

    Without a command, `stats`.
    """


@cache.command(epilog=options.examples("tako cache stats", "tako cache stats tmdb"))
@click.argument("provider", required=False, metavar="[PROVIDER]")
@options.operates
def stats(provider: str | None, *, server: Server, as_json: bool) -> None:
    """Say what is kept, of all providers or of one."""
    request = GetCacheStatsRequest(provider=provider or "")
    told = cast("GetCacheStatsResponse", server.ask(SERVICE.methods_by_name["GetCacheStats"], request).message)
    if as_json:
        print_json(told)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in ("Provider", "Entries", "Fresh", "Expired", "Size", "Uses", "Refreshes", "Oldest", "Last used"):
        table.add_column(heading, justify="left" if heading in ("Provider", "Oldest", "Last used") else "right")
    for one in told.providers:
        table.add_row(styled(one.provider, "cyan"), *_cells(one.stats))
    table.add_row("all", *_cells(told.total), style="bold")
    out = screen()
    out.print(table)
    out.print()
    memory = told.memory
    there = "" if told.store_available else ", which does not answer now"
    pool = f"; {told.pool.size} connections, {told.pool.idle} idle" if told.HasField("pool") else ""
    out.print(styled(f"Store: {enum(told, 'store')}{there}{pool}.", "dim"))
    out.print(
        styled(
            f"Memory of this server: {memory.entries:,} entries, {_size(memory.bytes)} of {_size(memory.max_bytes)}; "
            f"{memory.hits:,} hits, {memory.misses:,} misses.",
            "dim",
        )
    )


@cache.command(epilog=options.examples("tako cache refresh", "tako cache refresh tmdb --max 50"))
@click.argument("provider", required=False, metavar="[PROVIDER]")
@click.option("--all", "everything", is_flag=True, help="What is fresh too, of all providers.")
@click.option("--max", "most", type=click.IntRange(min=1), metavar="N", help="Up to N entries, those used last first.")
@options.operates
def refresh(provider: str | None, *, everything: bool, most: int | None, server: Server, as_json: bool) -> None:
    """Ask upstreams again: for all of PROVIDER, or for what has expired. Up to the time that a call may take."""
    if provider and everything:
        raise click.UsageError("--all is for all providers; leave it out with a PROVIDER.")
    if provider:
        method = SERVICE.methods_by_name["RefreshProvider"]
        request: Any = RefreshProviderRequest(provider=provider, max_entries=most or 0)
    else:
        method = SERVICE.methods_by_name["RefreshExpired"]
        request = RefreshExpiredRequest(all=everything, max_entries=most or 0)
    answer = cast("RefreshProviderResponse | RefreshExpiredResponse", server.ask(method, request).message)
    if as_json:
        print_json(answer)
        return
    counts = answer.counts
    took = seconds(counts.duration.ToTimedelta().total_seconds())
    failed = f"{counts.failed} failed" if counts.failed else ""
    skipped = f"{counts.skipped} left alone" if counts.skipped else ""
    screen().print(join(f"{counts.refreshed} refreshed", failed, skipped, f"in {took}"))


@cache.command(epilog=options.examples("tako cache purge --older-than 30d", "tako cache purge --all"))
@click.option("--provider", metavar="ID", help="Only entries of this provider.")
@click.option("--older-than", type=Span(), metavar="SPAN", help="Only entries fetched longer ago, such as 30d or 12h.")
@click.option("--key", metavar="KEY", help="Only the entry of this key.")
@click.option("--all", "everything", is_flag=True, help="Everything.")
@options.operates
def purge(
    *,
    provider: str | None,
    older_than: timedelta | None,
    key: str | None,
    everything: bool,
    server: Server,
    as_json: bool,
) -> None:
    """Remove what fits all conditions, from the store and from the memory of every server on it."""
    if everything == bool(provider or older_than is not None or key):
        raise click.UsageError("Give --provider, --older-than or --key, or --all alone.")
    request = PurgeCacheRequest(provider=provider or "", cache_key=key or "", all=everything)
    if older_than is not None:
        request.older_than.FromTimedelta(older_than)
    answer = cast("PurgeCacheResponse", server.ask(SERVICE.methods_by_name["PurgeCache"], request).message)
    if as_json:
        print_json(answer)
    else:
        screen().print(f"{answer.purged:,} removed")


def _cells(stats: CacheStats) -> tuple[str, ...]:
    return (
        *(f"{number:,}" for number in (stats.entries, stats.fresh, stats.expired)),
        _size(stats.bytes),
        *(f"{number:,}" for number in (stats.hits, stats.refreshes)),
        *(moment(at) if at.seconds else "" for at in (stats.oldest, stats.last_accessed)),
    )


def _size(count: int) -> str:
    """Bytes, in words."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"
