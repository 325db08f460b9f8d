"""Answers that are lists, as tables: items or terms, what became of each provider, the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich import box
from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table

from tako.v1.answers_pb2 import ProviderOutcome
from tako_server.cli.columns import columns
from tako_server.cli.screen import styled
from tako_server.cli.wording import enum, join, moment, optional, seconds, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from tako.v1.answers_pb2 import Freshness, ItemGroup, Term
    from tako.v1.item_pb2 import Item
    from tako_server.cli.columns import Column

_LONGEST_CELL = 48
_SHORT_CELL = 20
_GAP = 3  # between two columns
_STYLES = {
    ProviderOutcome.OK: "green",
    ProviderOutcome.EMPTY: "dim",
    ProviderOutcome.SKIPPED: "dim",
    ProviderOutcome.STALE: "yellow",
}


class ListAnswer(Protocol):
    """What the answers of Search, Trending, Related, Terms and Lookup have in common."""

    @property
    def outcomes(self) -> Sequence[ProviderOutcome]: ...
    @property
    def freshness(self) -> Freshness: ...


def print_items(out: Console, domain: str, items: Sequence[Item]) -> None:
    """A table of items, with the columns that ``domain`` is read by; on a narrow terminal a few lines for each."""
    if not items:
        out.print("No results.")
        return
    filled = columns(domain, items)
    needed = [(column, cells) for column, cells in filled if not column.spare]
    for shown, cell_width in ((filled, _LONGEST_CELL), (needed, _SHORT_CELL)):
        if sum(_least(column, cells, cell_width) + _GAP for column, cells in shown) - _GAP <= out.width:
            _print_table(out, shown)
            return
    _print_entries(out, filled)


def _least(column: Column, cells: Iterable[str], cell_width: int) -> int:
    """What a column needs when its cells are folded at ``cell_width``. Ids are there to be copied: never folded."""
    width = max(map(cell_len, (column.heading, *cells)))
    return width if column.heading == "ID" else min(width, cell_width)


def _print_table(out: Console, shown: Sequence[tuple[Column, list[str]]]) -> None:
    table = _table()
    for column, cells in shown:
        whole = column.heading == "ID"
        table.add_column(
            column.heading,
            justify="right" if column.right else "left",
            overflow="fold",
            max_width=None if whole else _LONGEST_CELL,
            no_wrap=whole or max(map(cell_len, cells)) <= _SHORT_CELL,
        )
    for row in zip(*(cells for _, cells in shown), strict=True):
        table.add_row(*(styled(cell, _style(c.heading)) for (c, _), cell in zip(shown, row, strict=True)))
    out.print(table)


def _print_entries(out: Console, filled: Sequence[tuple[Column, list[str]]]) -> None:
    """The same without a table: the title, what else is known on one line, the id."""
    for row in zip(*(cells for _, cells in filled), strict=True):
        said = {
            column.heading: cell for (column, _), cell in zip(filled, row, strict=True) if cell and not column.spare
        }
        title, item_id = said.pop("Title", ""), said.pop("ID", "")
        # A number alone says nothing: `412`, but `Pages 412`.
        known = (cell if head == "Year" or not cell.isdigit() else f"{head} {cell}" for head, cell in said.items())
        out.print(styled(title, _style("Title")))
        out.print(Padding(styled(join(*known, by=" · ")), (0, 0, 0, 2)))
        out.print(styled(f"  {item_id}", _style("ID")), soft_wrap=True)


def print_terms(out: Console, terms: Sequence[Term]) -> None:
    """A table of a vocabulary."""
    if not terms:
        out.print("No results.")
        return
    rows = {
        "ID": [t.id for t in terms],
        "Name": [t.name for t in terms],
        "Code": [t.code for t in terms],
        "Parent": [t.parent_id for t in terms],
        "Years": [span(t, "year_from", "year_to") or t.release_date or t.start_date for t in terms],
        "Items": [optional(t, "count") for t in terms],
        "Colour": [t.color.rgb for t in terms],
        "Country": [join(t.country, t.currency, by=" ") for t in terms],
        "Item": [t.item_id for t in terms],
    }
    rows = {head: cells for head, cells in rows.items() if any(cells)}
    table = _table()
    for head in rows:
        table.add_column(head, justify="right" if head == "Items" else "left", overflow="fold")
    for row in zip(*rows.values(), strict=True):
        table.add_row(*(styled(cell, _style(head)) for head, cell in zip(rows, row, strict=True)))
    out.print(table)


def print_groups(out: Console, groups: Iterable[ItemGroup]) -> None:
    """Which items are the same thing, the best first, and what shows it."""
    for group in groups:
        shown_by = join(*(f"{one.scheme} {one.value}" for one in group.shared_ids))
        out.print()
        out.print(styled(f"The same thing, by {shown_by}:", "dim"))
        for item_id in group.item_ids:
            out.print(styled(f"  {item_id}", _style("ID")), soft_wrap=True)


def print_outcomes(out: Console, answer: ListAnswer, cache: str) -> None:
    """What became of each provider, and how old the answer is."""
    out.print()
    if answer.outcomes:
        out.print(outcome_lines(answer.outcomes))
    age = answer.freshness
    fetched = moment(age.fetched_at) if age.HasField("fetched_at") else ""
    line = join(cache and f"cache: {cache}", fetched and f"as of {fetched}", "out of date" if age.stale else "")
    if line:
        out.print(styled(line, "dim"))


def outcome_lines(outcomes: Iterable[ProviderOutcome]) -> Table:
    """What became of each provider, a line for each."""
    grid = Table.grid(padding=(0, 2))
    for _ in range(3):
        grid.add_column(overflow="fold")
    for outcome in outcomes:
        who = join(outcome.provider, outcome.scope and f"({outcome.scope})", by=" ")
        grid.add_row(
            styled(who), styled(enum(outcome, "status"), _STYLES.get(outcome.status, "red")), styled(_told(outcome))
        )
    return grid


def print_next_page(out: Console, token: str) -> None:
    """How to get the next page. The token stays in one piece, so that it can be copied."""
    if token:
        out.print(styled("There is more. Add --pages 2, or for the next page alone:", "dim"))
        out.print(f"  --page-token {token}", soft_wrap=True)


def _told(outcome: ProviderOutcome) -> str:
    """The rest of an outcome's line: how many, how long, why not."""
    total = f"{'about ' if outcome.total_is_estimate else ''}{outcome.total:,}" if outcome.HasField("total") else ""
    count = f"{outcome.item_count} of {total}" if total else str(outcome.item_count) if outcome.item_count else ""
    took = outcome.latency.ToTimedelta().total_seconds() if outcome.HasField("latency") else 0
    wait = outcome.retry_after.ToTimedelta().total_seconds() if outcome.HasField("retry_after") else 0
    return join(
        count,
        seconds(took) if took >= 0.05 else "",
        join(outcome.message.rstrip("."), outcome.reason and f"({outcome.reason})", by=" "),
        f"try again in {seconds(wait)}" if wait else "",
        "partial" if outcome.partial else "",
        f"did not heed {', '.join(outcome.ignored_fields)}" if outcome.ignored_fields else "",
    )


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")


def _style(heading: str) -> str:
    return {"ID": "cyan", "Title": "bold", "Name": "bold"}.get(heading, "")
