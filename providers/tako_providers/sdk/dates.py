"""Dates as the contract writes them: ``YYYY[-MM[-DD]]``, only the parts that upstream knows."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from google.protobuf.timestamp_pb2 import Timestamp

from tako_providers.sdk.text import without_accents

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
_DAY_FIRST = re.compile(r"(?:(?:(?P<day>\d{1,2}|--)[/.-])?(?P<month>\d{1,2}|--)[/.-])?(?P<year>\d{4})")
_WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})(?:er|\.|\u00ba|o)?\s+(?:de\s+)?)?(?P<month>[a-z]{3,10})\.?,?\s+(?:de\s+)?(?P<year>\d{4})"
)
_JAPANESE = re.compile(r"(\d{4})\s*[\u5e74/]\s*(\d{1,2})\s*(?:[\u6708/]\s*(?:(\d{1,2})\s*\u65e5?)?)?")
_MONTHS_OF = {
    language: {name: number for number, names in enumerate(table.split(), 1) for name in names.split("|")}
    for language, table in {
        "fr": "janv fevr|fev mars avri|avr mai juin juil aout sept octo|oct nove|nov dece|dec",
        "de": "janu|jan|jann febr|feb marz|maer|mrz apri|apr mai juni|jun juli|jul augu|aug sept|sep okto|okt nove|nov "
        "deze|dez",
        "es": "ener|ene febr|feb marz|mar abri|abr mayo|may juni|jun juli|jul agos|ago sept|sep|seti octu|oct novi|nov "
        "dici|dic",
        "it": "genn|gen febb|feb marz|mar apri|apr magg|mag giug|giu lugl|lug agos|ago sett|set otto|ott nove|nov "
        "dice|dic",
    }.items()
}
"""The first four letters of a month, or all of a shorter form, without accents."""
_WHOLE = len("YYYY-MM-DD")
_SURE_MONTHS = frozenset(f"-{month:02d}-" for month in range(1, 13))
_SURE_DAYS = frozenset(f"{day:02d}" for day in range(1, 29))
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_WITHOUT_ZONE = datetime(1970, 1, 1)  # noqa: DTZ001 - for moments that have none either
_DAY = 86400


def partial_date(text: str | None) -> str:
    """The ISO date at the start of ``text`` as far as it is known, else "".

    Zero parts are unknown: ``1987-07-00`` is ``1987-07``, ``0000-00-00`` is nothing. A time behind it is cut.
    """
    if not text:
        return ""
    if text[4:8] in _SURE_MONTHS and text[8:10] in _SURE_DAYS and text[:4].isdecimal() and text[0] in "12":
        if len(text) == _WHOLE:
            return text  # nearly every date
        if text[_WHOLE] == "T":
            return text[:_WHOLE]
    elif len(text) == len("YYYY") and text.isascii() and text.isdecimal() and text[0] in "12":
        return text
    match = _ISO.match(text)
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


def written_date(text: str | None, language: str) -> str:
    """The date that ``text`` says in ``language`` (en, fr, de, es, it, ja), as far as it is known; "" otherwise.

    ``20 août 2023`` and ``Aout 2023`` in fr, ``1. März 2020`` in de, ``3 de mayo de 2019`` in es. Accents and
    case do not matter.
    """
    stripped = (text or "").strip()
    if language == "en":
        return english_date(stripped)
    if match := _JAPANESE.fullmatch(stripped):
        return _joined(int(match[1]), int(match[2]), int(match[3] or 0))
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", stripped):
        return partial_date(stripped)
    match = _WRITTEN.fullmatch(without_accents(stripped).lower())
    number = _MONTHS_OF.get(language, {}).get(match["month"][:4]) if match else None
    if match is None or number is None:
        return ""
    return _joined(int(match["year"]), number, int(match["day"] or 0))


def day_first_date(text: str | None) -> str:
    """The date of ``DD/MM/YYYY``, ``MM/YYYY`` or ``YYYY``, also with ``.`` or ``-``; zero and ``--`` are unknown."""
    match = _DAY_FIRST.fullmatch((text or "").strip())
    if match is None:
        return ""
    day, month = (int(part) if part and part.isdecimal() else 0 for part in (match["day"], match["month"]))
    return _joined(int(match["year"]), month, day)


def first_day(date: str) -> str:
    """The first day of a partial date, "" for none: for upstreams that take whole days only.

    A day that its month has not counts as the last of the month, year 0 as the first year.
    """
    return _whole_day(f"{date}-01-01"[:_WHOLE]) if date else ""


def last_day(date: str) -> str:
    """The last day of a partial date, "" for none; odd days count as `first_day` says."""
    return _whole_day(f"{date}{'-12-31'[len(date) - 4 :]}" if len(date) < _WHOLE else date) if date else ""


def _whole_day(date: str) -> str:
    year, month, day = (int(part) for part in date.split("-"))
    year = max(year, 1)
    return f"{year:04d}-{month:02d}-{min(day, calendar.monthrange(year, month)[1]):02d}"


def year_in(text: str | None) -> int | None:
    """The first year from 1000 to 2099 in ``text``, None without one."""
    if not text:
        return None
    if len(text) == len("YYYY") and text.isascii() and text.isdecimal() and (text[0] == "1" or text[:2] == "20"):
        return int(text)
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def year_of(date: str) -> int | None:
    """The year of a partial date, None for ""."""
    return int(date[:4]) if date else None


def known_year(year: int | None) -> int | None:
    """A year that is one: 0 means unknown upstream. Negative years are before the common era."""
    return year or None


def timestamp(text: str | None) -> Timestamp | None:
    """The moment that ``text`` says in ISO 8601 or as mails write it, None when it says none. UTC without a zone."""
    since = _since_epoch(text) if text else None
    if since is None:
        return None
    return Timestamp(seconds=since.days * _DAY + since.seconds, nanos=since.microseconds * 1000)


def set_timestamp(moment: Timestamp, text: str | None) -> None:
    """Set what `timestamp` gives. For mappers of lists: set in its place, a moment costs half."""
    if text and (since := _since_epoch(text)) is not None:
        moment.seconds = since.days * _DAY + since.seconds
        if since.microseconds:
            moment.nanos = since.microseconds * 1000


def _since_epoch(text: str) -> timedelta | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
    return moment - (_EPOCH if moment.tzinfo else _EPOCH_WITHOUT_ZONE)


def _joined(year: int, month: int, day: int) -> str:
    if not 0 < year < 10000:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04d}"
    if not 1 <= day <= _DAYS[month - 1]:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"
