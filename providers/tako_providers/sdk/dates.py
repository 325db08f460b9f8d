"""Dates as the contract writes them: ``YYYY[-MM[-DD]]``, only the parts that upstream knows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from google.protobuf.timestamp_pb2 import Timestamp

_ISO = re.compile(r"\s*(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d])")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\s*$")
_MONTH_DAY_YEAR = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\s*$")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})\s*$")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def partial_date(text: str | None) -> str:
    """The ISO date at the start of ``text`` as far as it is known, else "".

    Zero parts are unknown: ``1987-07-00`` is ``1987-07``, ``0000-00-00`` is nothing. A time behind it is cut.
    """
    match = _ISO.match(text) if text else None
    if match is None:
        return ""
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    return _joined(year, month, day)


def english_date(text: str | None) -> str:
    """The date that ``text`` says in English or ISO, as far as it is known: ``October 1, 1988`` is ``1988-10-01``.

    Only a text that is a date and nothing else counts; "" otherwise, and for slashes, whose order nobody knows.
    """
    stripped = (text or "").strip()
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", stripped):
        return partial_date(stripped)
    if match := _DAY_MONTH_YEAR.fullmatch(stripped):
        day, month, year = match.groups()
    elif match := _MONTH_DAY_YEAR.fullmatch(stripped):
        month, day, year = match.groups()
    elif match := _MONTH_YEAR.fullmatch(stripped):
        (month, year), day = match.groups(), "0"
    else:
        return ""
    number = _MONTHS.get(month.lower())
    return _joined(int(year), number, int(day)) if number else ""


def year_in(text: str | None) -> int | None:
    """The first year from 1000 to 2099 in ``text``, None without one."""
    match = _YEAR.search(text) if text else None
    return int(match[1]) if match else None


def year_of(date: str) -> int | None:
    """The year of a partial date, None for ""."""
    return int(date[:4]) if date else None


def known_year(year: int | None) -> int | None:
    """A year that is one: 0 means unknown upstream. Negative years are before the common era."""
    return year or None


def timestamp(text: str | None) -> Timestamp | None:
    """The moment that ``text`` says in ISO 8601 or as mails write it, None when it says none. UTC without a zone."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
    found = Timestamp()
    found.FromDatetime(moment.astimezone(UTC) if moment.tzinfo else moment)
    return found


def _joined(year: int, month: int, day: int) -> str:
    if not 0 < year < 10000:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04d}"
    if not 1 <= day <= _DAYS[month - 1]:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"
