"""The days that Comic Vine's filters take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tako_providers.sdk import first_day, last_day

_EARLIEST, _LATEST = "1800-01-01", "2199-12-31"
_AROUND = timedelta(days=90)
"""A cover in the United States is dated two to three months after the day of sale."""


@dataclass(frozen=True, slots=True)
class Span:
    """A first and a last day, `YYYY-MM-DD`."""

    first: str
    last: str

    @property
    def filter(self) -> str:
        """As a filter of lists. Not every issue has a day of sale; a cover is dated nearly always."""
        return f"cover_date:{self.first}|{self.last}"

    def holds(self, *days: str) -> bool:
        """Whether one of the dates, as far as they are known, lies in it."""
        return any(day and self.first[: len(day)] <= day <= self.last for day in days)


def today() -> str:
    """The day by UTC."""
    return datetime.now(UTC).date().isoformat()


def between(first: str, last: str) -> Span | None:
    """The span of partial dates, one of them or both: `2012-02` ends on the 29th. None without any."""
    if not first and not last:
        return None
    return Span(first_day(first) or _EARLIEST, last_day(last) or _LATEST)


def around(day: str) -> Span:
    """The covers that are new on a day."""
    middle = date.fromisoformat(day)
    return Span((middle - _AROUND).isoformat(), (middle + _AROUND).isoformat())
