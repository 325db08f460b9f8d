"""The one table that a run prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.load import Pair, Round

_HEADS = ("what", "ours", "reference", "ratio", "target", "ok")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``reference`` is what stands beside it, ``most`` the target: of the ratio where there is one."""

    what: str
    unit: str = ""
    ours: float | None = None
    reference: float | None = None
    most: float | None = None
    ratio: float | None = None
    """Ours by the reference."""
    skipped: str = ""
    """Why it was not measured."""

    @property
    def ok(self) -> bool | None:
        """Whether the target is met; None without one."""
        value = self.ours if self.reference is None else self.ratio
        return None if self.most is None or value is None else value <= self.most

    def cells(self) -> tuple[str, ...]:
        """As it is printed."""
        if self.skipped:
            return (self.what, "skipped:", self.skipped, "", "", "")
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        target = ""
        if self.most is not None:
            target = f"≤ {self.most:.2f}" if self.reference is not None else f"≤ {self.most:g} {self.unit}".rstrip()
        return (self.what, self._told(self.ours), self._told(self.reference), ratio, target, _YES[self.ok])

    def json(self) -> dict[str, object]:
        """For programs."""
        return {
            "what": self.what,
            "unit": self.unit,
            "ours": self.ours,
            "reference": self.reference,
            "ratio": self.ratio,
            "target": self.most,
            "ok": self.ok,
            "skipped": self.skipped or None,
        }

    def _told(self, value: float | None) -> str:
        if value is None:
            return ""
        digits = 0 if value >= 100 or value == int(value) else 2
        return f"{value:,.{digits}f} {self.unit}".rstrip()


_YES = {True: "yes", False: "NO", None: ""}


_FIGURES: tuple[tuple[str, str, Callable[[Round], float]], ...] = (
    ("CPU per call", "us", lambda one: one.cpu),
    ("p50", "ms", lambda one: one.p50),
    ("p99", "ms", lambda one: one.p99),
    ("calls", "/s", lambda one: one.rate),
)


def compared(what: str, pair: Pair, **most: float) -> list[Row]:
    """The rows of a pair. ``most`` are targets of the ratios, by name: ``cpu``, ``p99``."""
    targets = {"CPU per call": most.get("cpu"), "p99": most.get("p99")}
    return [
        Row(
            f"{what}: {name}",
            unit,
            median(map(figure, pair.ours)),
            median(map(figure, pair.reference)),
            targets.get(name),
            pair.ratio(figure),
        )
        for name, unit, figure in _FIGURES
    ]


def printed(rows: Sequence[Row]) -> str:
    """All rows, in columns."""
    cells = [_HEADS, *(row.cells() for row in rows)]
    whole = [line for line in cells if line[1] != "skipped:"]
    widths = [max(len(line[column]) for line in whole) for column in range(len(_HEADS))]
    widths[0] = max(len(line[0]) for line in cells)
    return "\n".join(_line(line, widths) for line in cells)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    if cells[1] == "skipped:":
        return f"{cells[0]:<{widths[0]}}  skipped: {cells[2]}"
    told = [f"{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join((f"{cells[0]:<{widths[0]}}", *told)).rstrip()
