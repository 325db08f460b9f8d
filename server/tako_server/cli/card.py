"""One item or one provider as a card: its name, the facts that are known, its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from tako_server.cli.columns import heading
from tako_server.cli.facts import facts
from tako_server.cli.screen import styled
from tako_server.cli.wording import enum, join, optional

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from tako.v1.item_pb2 import Item
    from tako.v1.provider_service_pb2 import Provider

_READ_WIDTH = 100  # running text is hard to read in longer lines
_IN_THE_HEAD = (
    "id",
    "provider",
    "domain",
    "kind",
    "source_id",
    "title",
    "year",
    "description",
    "attribution",
    "rating",
)


def print_item(out: Console, item: Item) -> None:
    """The card of an item."""
    out.print(styled(heading(item), "bold"))
    out.print(styled(join(enum(item, "kind"), optional(item, "year"), item.id, by=" · "), "cyan"))
    which = item.WhichOneof("details")
    ratings = [] if not item.HasField("rating") else list(facts(item, _all_but(item, "rating")))
    own = facts(getattr(item, which)) if which else ()
    _print_facts(out, [*ratings, *facts(item, (*_IN_THE_HEAD, *([which] if which else []))), *own])
    if item.description:
        _print_text(out, item.description)
    if item.HasField("attribution"):
        out.print()
        out.print(styled(join(item.attribution.text, item.attribution.url, by=" "), "dim"))


def print_provider(out: Console, provider: Provider) -> None:
    """The card of a provider."""
    out.print(styled(provider.title or provider.id, "bold"))
    out.print(styled(provider.id, "cyan"))
    _print_facts(out, facts(provider, ("id", "title", "configured", "enabled", "slow", "notes")))
    state = join("" if provider.configured else "not configured here", "" if provider.enabled else "switched off")
    if state:
        out.print()
        out.print(styled(state.capitalize() + ".", "yellow"))
    if provider.notes:
        _print_text(out, provider.notes)


def _all_but(item: Item, name: str) -> list[str]:
    return [field.name for field in item.DESCRIPTOR.fields if field.name != name]


def _print_facts(out: Console, found: Iterable[tuple[str, str]]) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in found:
        grid.add_row(styled(name), styled(text))
    if grid.row_count:
        out.print()
        out.print(grid)


def _print_text(out: Console, text: str) -> None:
    out.print()
    out.print(styled(text), width=min(out.width, _READ_WIDTH))
