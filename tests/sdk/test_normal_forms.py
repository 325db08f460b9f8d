"""Dates, codes, prices and texts in the forms that the contract asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tako_providers.sdk import (
    bcp47,
    english_date,
    external_ids,
    isbn,
    isbn10_to_13,
    marc,
    money,
    normal_id,
    partial_date,
    plain,
    plain_markdown,
    rating,
    untracked,
    year_in,
)
from tako_providers.sdk.identifiers import gtin_is_valid, isbn10_is_valid


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1987-07-00", "1987-07"),
        ("0000-00-00", ""),
        ("2008-01-20T00:00:00.000Z", "2008-01-20"),
        ("1999", "1999"),
        ("1999-13-01", "1999"),
        ("", ""),
        (None, ""),
        ("soon", ""),
    ],
)
def test_partial_dates(text: str | None, date: str) -> None:
    assert partial_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("October 1, 1988", "1988-10-01"),
        ("31 July 1965", "1965-07-31"),
        ("November 2006", "2006-11"),
        ("2004", "2004"),
        ("1/2/2004", ""),
        ("about 1900", ""),
    ],
)
def test_dates_in_english(text: str, date: str) -> None:
    assert english_date(text) == date


def test_years() -> None:
    assert year_in("c2004, printed 2006") == 2004
    assert year_in("number 12345") is None


@pytest.mark.parametrize(
    ("scheme", "value", "normal"),
    [
        ("isbn13", "978-2-07-042779-6", "9782070427796"),
        ("isbn13", "9782070427797", None),
        ("isbn10", "2-07-042779-x", "207042779X"),
        ("ean", "4006381333931", "4006381333931"),
        ("ean", "4006381333932", None),
        ("upc", "0036000291452", "036000291452"),
        ("upc", "0425261-4", "042100005264"),
        ("set_number", "10497-1", "10497"),
        ("set_number", "30386-2", "30386-2"),
        ("imdb", "TT0114709", "tt0114709"),
        ("passcode", "1861630", "01861630"),
        ("tmdb", 0, None),
        ("tmdb", 603, "603"),
        ("slug", "  ", None),
    ],
)
def test_external_ids_have_one_form(scheme: str, value: str | int, normal: str | None) -> None:
    assert normal_id(scheme, value) == normal


def test_an_isbn10_brings_its_isbn13() -> None:
    ids = external_ids([("isbn10", "207042779X"), ("isbn10", "wrong"), ("isbn10", "207042779X")])
    assert [(i.scheme, i.value) for i in ids] == [("isbn10", "207042779X"), ("isbn13", "9782070427796")]


@given(st.integers(min_value=0, max_value=10**9 - 1))
def test_every_isbn10_has_a_valid_isbn13(number: int) -> None:
    body = f"{number:09d}"
    check = next(c for c in "0123456789X" if isbn10_is_valid(body + c))
    assert isbn(body + check) == ("isbn10", body + check)
    assert gtin_is_valid(isbn10_to_13(body + check))


def test_money_is_never_nothing() -> None:
    price = money("12.34", "usd")
    assert price is not None
    assert (price.currency_code, price.units, price.nanos) == ("USD", 12, 340_000_000)
    assert money("0", "EUR") is None
    assert money("-1.0", "EUR") is None
    assert money(None, "EUR") is None
    assert money("n/a", "EUR") is None


def test_no_votes_no_rating() -> None:
    assert rating(7.5, 10, 0) is None
    assert rating(0.0, 10, 5) is None
    found = rating(7.5, 10, 12)
    assert found is not None
    assert found.votes == 12


def test_texts_are_plain() -> None:
    assert plain("A &amp;quot;b&amp;quot; &amp;mdash; c&#10;&#10;d") == 'A "b" — c\n\nd'
    assert plain("<p>One<br>two</p><p>three</p>") == "One\ntwo\n\nthree"
    assert plain("1 < 2 and 3 > 2") == "1 < 2 and 3 > 2"
    assert plain_markdown("See [it](http://x/y) **now**\n\n----------\n> quoted") == "See it now\n\nquoted"
    assert plain(None) == ""


def test_languages() -> None:
    assert [bcp47(code) for code in ("fre", "ger", "pt_BR", "und", "", None)] == ["fr", "de", "pt-BR", "", "", ""]
    assert [marc(tag) for tag in ("fr", "de-AT", "en", "zz")] == ["fre", "ger", "eng", ""]


def test_tracking_is_cut_from_links() -> None:
    assert untracked("https://shop.test/x?utm_source=a&id=7&ref=b") == "https://shop.test/x?id=7"
    assert untracked("javascript:alert(1)") == ""
