"""What a code is taken for, and what it is asked as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tako_providers.sdk.errors import InvalidField
from tako_providers.sdk.identifiers import gtin_is_valid, normal_id, upc_e_to_a
from tako_server.core.codes import codes_to_ask
from tako_server.core.registry import Registry, load_providers

REGISTRY = Registry(load_providers().values())


def asked(code: str, scheme: str = "") -> list[str]:
    """Scheme and value of each form, the first being what the caller is told."""
    return [f"{scheme}:{value}" for scheme, value in codes_to_ask(scheme, code, REGISTRY)]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("2-07-042779-X", ["isbn10:207042779X", "isbn13:9782070427796", "ean:9782070427796"]),
        ("978-2-07-042779-6", ["isbn13:9782070427796", "isbn10:207042779X", "ean:9782070427796"]),
        ("9791032102480", ["isbn13:9791032102480", "ean:9791032102480"]),
        ("0 36000 29145 2", ["upc:036000291452", "ean:0036000291452"]),
        ("0036000291452", ["ean:0036000291452", "upc:036000291452"]),
        ("4006381333931", ["ean:4006381333931"]),
        ("979-0-2600-0043-8", ["ean:9790260000438"]),
        ("9638-5074", ["ean:96385074"]),
        ("04252614", ["upc:042100005264", "ean:0042100005264"]),
        ("TT0133093", ["imdb:tt0133093"]),
        ("nm0000206", ["imdb:nm0000206"]),
        ("ol15832982w", ["olid:OL15832982W"]),
        ("q42", ["wikidata:Q42"]),
        ("us-rc1-76-07839", ["isrc:USRC17607839"]),
        ("B10BBBFC-CF9E-42E0-BE17-E2C3E1D2600D", ["mbid:b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"]),
        ("b0057oc5o8", ["asin:B0057OC5O8"]),
        ("10.5240/7791-8534-2C23-9030-8610-5", ["eidr:10.5240/7791-8534-2C23-9030-8610-5"]),
    ],
)
def test_a_code_tells_what_it_is(code: str, forms: list[str]) -> None:
    assert asked(code) == forms


@pytest.mark.parametrize(
    ("scheme", "code", "forms"),
    [
        ("isbn", "207042779X", ["isbn10:207042779X", "isbn13:9782070427796", "ean:9782070427796"]),
        ("ean", "9782070427796", ["ean:9782070427796", "isbn13:9782070427796", "isbn10:207042779X"]),
        ("upc", "04252614", ["upc:042100005264", "ean:0042100005264"]),
        ("ean", "9790260000438", ["ean:9790260000438"]),
        ("ean", "04252614", ["upc:042100005264", "ean:0042100005264"]),
        ("ean", "96385074", ["ean:96385074"]),
        ("set_number", "10497-1", ["set_number:10497"]),
        ("set_number", "30386-2", ["set_number:30386-2"]),
        ("passcode", "102380", ["passcode:00102380"]),
        ("bedetheque", "59", ["bedetheque:59"]),
        ("slug", "the-witcher-3", ["slug:the-witcher-3"]),
    ],
)
def test_a_scheme_settles_it(scheme: str, code: str, forms: list[str]) -> None:
    assert asked(code, scheme) == forms


def test_eight_digits_that_are_both_go_by_their_scheme_then_by_their_first_digit() -> None:
    both = [
        code
        for code in (f"{n:07d}{c}" for n in range(100000, 2000000, 99991) for c in range(10))
        if gtin_is_valid(code) and upc_e_to_a(code)
    ]
    assert {code[0] for code in both} == {"0", "1"}
    for code in both:
        assert asked(code, "ean") == [f"ean:{code}"]
        assert asked(code, "upc")[0] == f"upc:{upc_e_to_a(code)}"
        assert asked(code)[0] == (f"upc:{upc_e_to_a(code)}" if code[0] == "0" else f"ean:{code}")


@pytest.mark.parametrize(
    ("scheme", "code", "field"),
    [
        ("", "2070427798", "code"),
        ("", "9782070427797", "code"),
        ("", "036000291453", "code"),
        ("", "4006381333932", "code"),
        ("", "96385075", "code"),
        ("", "04252615", "code"),
        ("upc", "425261", "code"),
        ("ean", "10012345678902", "code"),
        ("isbn13", "4006381333931", "code"),
        ("imdb", "0133093", "code"),
        ("mal", "one", "code"),
        ("", "the matrix", "scheme"),
        ("", "12345", "scheme"),
        ("shelf", "1", "scheme"),
    ],
)
def test_what_is_no_code_is_refused_and_named(scheme: str, code: str, field: str) -> None:
    with pytest.raises(InvalidField) as refused:
        asked(code, scheme)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("04252614", "042100005264"),  # the last digit says where the zeros go: 0 to 2
        ("01234531", "012300000451"),  # 3
        ("01234543", "012340000053"),  # 4
        ("01234558", "012345000058"),  # 5 to 9
        ("12345670", "123456000070"),  # the other number system
    ],
)
def test_the_zeros_of_a_upc_e_are_put_back(short: str, long: str) -> None:
    assert upc_e_to_a(short) == long
    assert normal_id("upc", short) == long


@pytest.mark.parametrize("code", ["24252614", "04252613", "0425261", "0425261X", "٠٤٢٥٢٦١٤"])
def test_what_is_no_upc_e(code: str) -> None:
    assert upc_e_to_a(code) is None


@given(st.integers(min_value=0, max_value=1_999_999))
def test_every_upc_e_is_one_upc_a(number: int) -> None:
    found = {code: upc_e_to_a(code) for code in (f"{number:07d}{check}" for check in range(10))}
    valid = {code: long for code, long in found.items() if long}
    assert len(valid) == (0 if number in (0, 3, 4) else 1), "all zeros are no code"
    for code, long in valid.items():
        assert (len(long), gtin_is_valid(long), long[0], long[-1]) == (12, True, code[0], code[-1])
