"""What a doctor has found, as a table with advice or as JSON. Whatever is a key here is taken out of all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import click
from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from tako.v1.item_pb2 import Item
from tako_server.browsing import lacking
from tako_server.cli.columns import heading
from tako_server.cli.screen import screen, styled
from tako_server.cli.wording import plain
from tako_server.doctor.advice import advice
from tako_server.doctor.finding import EMPTY, NOT_ASKED, OK, Operation
from tako_server.engine.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tako_providers.sdk.manifest import Manifest
    from tako_server.config import Settings
    from tako_server.doctor.finding import Diagnosis, Finding

_STYLES = {OK: "green", EMPTY: "yellow"}
_HEADINGS = ("Operation", "Asked", "Outcome", "Items", "ms", "First")
_GAP = 3  # between two columns
_LEAST_TO_SHARE = 34
_LONGEST_TITLE = 48
_MOST_NAMED = 3

K = TypeVar("K")
V = TypeVar("V")


class Report:
    """Shows what was found about one provider. ``settings`` are those of the operator, without placeholders."""

    def __init__(self, manifest: Manifest, settings: Settings, text: str) -> None:
        self._manifest = manifest
        self._settings = settings
        self._text = text
        self.hide: Callable[[str], str] = Redactor(_secrets(settings)).text
        """Text without keys."""
        away = lacking(settings)
        self._set = frozenset(
            one.variable
            for one in manifest.settings
            if one.variable in settings.provider_secrets or (one not in manifest.secrets and one.variable not in away)
        )

    def print_head(self) -> None:
        """Who is asked, and how."""
        replay = ", ".join(map(str, self._settings.replay))
        how = f"from the captures in {replay}; no upstream is asked" if replay else "live, one question after the other"
        screen().print(styled(self.hide(f'{self._manifest.title}: "{self._text}", {how}.')))

    def print_json(self, diagnosis: Diagnosis) -> None:
        """All of it, for programs."""
        told: dict[str, Any] = {
            "provider": self._manifest.id,
            "query": self.hide(self._text),
            "replay": bool(self._settings.replay),
            "healthy": diagnosis.healthy,
            "operations": [self._row(finding) for finding in diagnosis.findings],
            "advice": {reason: self._advice(reason, found) for reason, found in _failures(diagnosis)},
        }
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))

    def print_findings(self, diagnosis: Diagnosis) -> None:
        """A table of what was asked, then what failed and what that usually means."""
        out = screen()
        asked = [finding for finding in diagnosis.findings if finding.outcome != NOT_ASKED]
        out.print()
        out.print(self._table(asked, out.width))
        out.print()
        out.print(f"{sum(finding.answered for finding in asked)} of {len(asked)} answered.")
        for line, style in self._notes(diagnosis):
            out.print(styled(self.hide(line), style), soft_wrap=True)

    def _table(self, findings: Sequence[Finding], width: int) -> Table:
        rows = [self._cells(finding) for finding in findings]
        whole = [max(map(cell_len, column), default=0) for column in zip(_HEADINGS, *rows, strict=True)]
        # What was asked and the first title share what the others leave; where that is little, the title goes.
        left = width - sum(whole[at] for at in (0, 2, 3, 4)) - _GAP * (len(_HEADINGS) - 1)
        shown = len(_HEADINGS) - (left < _LEAST_TO_SHARE)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for name in _HEADINGS[:shown]:
            folds = name in ("Asked", "First")
            table.add_column(
                name, justify="right" if name in ("Items", "ms") else "left", overflow="fold", no_wrap=not folds
            )
        for finding, row in zip(findings, rows, strict=True):
            styles = ("", "", _STYLES.get(finding.outcome, "red"), "", "", "bold")
            table.add_row(*(styled(cell, style) for cell, style in list(zip(row, styles, strict=True))[:shown]))
        return table

    def _cells(self, finding: Finding) -> tuple[str, ...]:
        """A finding as a row of the table."""
        row = self._row(finding)
        items = ""
        if finding.answered:
            items = f"{finding.items} of {finding.total:,}" if finding.total is not None else f"{finding.items or ''}"
        title = Text(row.get("first", ""))
        title.truncate(_LONGEST_TITLE, overflow="ellipsis")
        return row["operation"], row["asked"], row["outcome"], items, str(row["milliseconds"]), title.plain

    def _notes(self, diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
        """The lines below the table, each with its style."""
        for reason, found in _failures(diagnosis):
            yield "", ""
            yield reason, "bold red"
            for message, asked in _grouped((one.message, f"{one.operation} {one.asked}") for one in found):
                yield f"  {_few(asked)}: {message}", ""
            yield f"  -> {self._advice(reason, found)}", "yellow"
        if partial := [f"{one.operation} {one.asked}" for one in diagnosis.findings if one.partial]:
            yield "", ""
            yield f"Partial: {'; '.join(partial)}. What only enriches the answer failed (--log-level info).", "yellow"
        if diagnosis.stuck and all(one.answered for one in diagnosis.findings if one.operation is Operation.SEARCH):
            yield "", ""
            yield "No search found anything to go on from. Name something that it has: --query TEXT.", "yellow"
        passed = [one for one in diagnosis.findings if one.outcome == NOT_ASKED]
        if passed:
            yield "", ""
            grouped = _grouped(((str(one.operation), one.message), one.asked) for one in passed)
            told = (f"{operation} {', '.join(asked)} ({why})" for (operation, why), asked in grouped)
            yield f"Not asked: {'; '.join(told)}.", "dim"
        yield from self._recorded()

    def _recorded(self) -> Iterator[tuple[str, str]]:
        if self._settings.record is None:
            return
        folder = self._settings.record / self._manifest.id
        yield "", ""
        if not folder.is_dir():
            yield "Nothing came that could be recorded.", "yellow"
            return
        yield f"Recorded in {folder}. Look through the files before you show them to anybody (docs/replay.md).", ""
        if self._manifest.unseen:
            yield "No answer of the live service was recorded before: CONTRIBUTING.md says how to use these.", ""

    def _advice(self, reason: str, found: Iterable[Finding]) -> str:
        return advice(self._manifest, reason, found, self._set)

    def _row(self, finding: Finding) -> dict[str, Any]:
        """A finding as plain values; what there is not is left out."""
        row: dict[str, Any] = {
            "operation": str(finding.operation),
            "asked": self.hide(plain(finding.asked)),
            "outcome": finding.outcome,
            "items": finding.items,
            "total": finding.total,
            "milliseconds": round(finding.seconds * 1000),
            "first": self.hide(plain(_title(finding))) or None,
            "message": self.hide(plain(finding.message)) or None,
            "partial": finding.partial or None,
            "settings": list(finding.variables) or None,
        }
        return {name: value for name, value in row.items() if value is not None}


def _title(finding: Finding) -> str:
    first = finding.first
    if first is None:
        return ""
    return heading(first) if isinstance(first, Item) else first.name or first.id


def _failures(diagnosis: Diagnosis) -> list[tuple[str, list[Finding]]]:
    """What failed, by reason."""
    return _grouped((finding.outcome, finding) for finding in diagnosis.findings if finding.failed)


def _grouped(pairs: Iterable[tuple[K, V]]) -> list[tuple[K, list[V]]]:
    """The values of each key; the key that came first comes first."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return list(found.items())


def _few(names: list[str]) -> str:
    left = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {left} more" if left > 0 else "")


def _secrets(settings: Settings) -> list[str]:
    """Every value that nobody may see: keys, and the passwords in addresses of browsers and proxies."""
    addresses = [*settings.fsr_urls, settings.vpn_proxy_url]
    passwords = [urlsplit(address).password for address in addresses]
    return [*settings.provider_secrets.values(), *(one for one in passwords if one)]
