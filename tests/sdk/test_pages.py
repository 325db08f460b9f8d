"""Pages, amounts and dates as sites write them."""

from typing import Any

import pytest
from lxml import html

from tako.v1.item_parts_pb2 import Availability, Condition
from tako_providers import sdk

PAGE = html.fromstring(
    """<html><head>
    <script type="application/ld+json">
      {"@graph": [{"@type": ["Product", "Toy"], "name": "A"}, {"@type": "Person"}]}
    </script>
    <script type="application/ld+json"><!-- [{"@type": "Offer", "price": "1"}] --></script>
    <script type="application/ld+json">{"broken": }</script>
    <script id="__NEXT_DATA__" type="application/json">{"props": {"a": "one
two"}}</script></head>
    <body><h1> The&nbsp; <b>Castle</b></h1><p class="x">First &amp; last.</p><p class="x"> </p>
    <div id="d"><p>One.</p><p>Two<br>lines.</p></div><a href="/t?a=1">go</a></body></html>"""
)


def test_structured_data() -> None:
    assert [one["@type"] for one in sdk.json_ld(PAGE)] == [["Product", "Toy"], "Person", "Offer"]
    assert [one["name"] for one in sdk.json_ld(PAGE, "Product")] == ["A"]
    assert sdk.script_json(PAGE, "//script[@id='__NEXT_DATA__']") == {"props": {"a": "one\ntwo"}}
    assert sdk.script_json(PAGE, "//script[@id='other']") is None


def test_texts() -> None:
    assert sdk.line_of(PAGE, "//h1") == "The Castle"
    assert sdk.line_of(PAGE, "//a/@href") == "/t?a=1"
    assert sdk.line_of(PAGE, "//h2") == ""
    assert sdk.lines_of(PAGE, "//p[@class='x']") == ["First & last."]
    assert sdk.prose_of(PAGE, "//div[@id='d']") == "One.\n\nTwo\nlines."
    assert sdk.node_of(PAGE, "//h2") is None
    assert [node.tag for node in sdk.nodes(PAGE, "//h1|//a")] == ["h1", "a"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('var state = {"a": [1]}; more', {"a": [1]}),
        ("x['state']: [1, 2],", [1, 2]),
        ('"state": "text"', "text"),
        ("mystate = {}; state = {broken; state = [3]", [3]),
        ("nothing", None),
    ],
)
def test_assigned(text: str, value: object) -> None:
    assert sdk.assigned_json(text, "state") == value


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("/a?b", "https://x.org/a?b"),
        ("//c.org/d", "https://c.org/d"),
        ("../e", "https://x.org/e"),
        (" /a/b.c?d=e&f ", "https://x.org/a/b.c?d=e&f"),
        ("/a/../f", "https://x.org/f"),
        ("g.html", "https://x.org/p/g.html"),
        ("http://c.org/d", "http://c.org/d"),
        ("https://c.org/d?e=f#g", "https://c.org/d?e=f#g"),
        ("https://c.org/d ", "https://c.org/d"),
        ("https://[broken", ""),
        ("//[broken", ""),
        ("mailto:a@x.org", ""),
        ("data:x", ""),
        (" javascript:x", ""),
        (" #top", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_addresses(address: str | None, seen: str) -> None:
    assert sdk.absolute("https://x.org/p/q", address) == seen


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("1\u202f234,56\xa0€", ",", "1234.56"),
        ("EUR 1.234,56", ",", "1234.56"),
        ("$1,234.56", ".", "1234.56"),
        ("￥12,345", ".", "12345"),
        ("CHF 1'234.50", ".", "1234.50"),
        ("12,50 € / 3 pieces", ",", "12.50"),
        ("29", ",", "29"),
        ("1.234", ",", "1234"),
        ("free", ",", None),
        ("4.454.45", ".", None),
        ("1,234.56", ",", None),
        ("EUR 12,34", ".", None),
        ("12 9,90", ",", None),
        ("1.234.567,8", ",", "1234567.8"),
        (None, ".", None),
    ],
)
def test_amounts(text: str | None, mark: str, amount: str | None) -> None:
    assert sdk.written_amount(text, mark) == amount


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("20 août 2023", "fr", "2023-08-20"),
        ("Aout 2023", "fr", "2023-08"),
        ("1er février 2001", "fr", "2001-02-01"),
        ("décembre 1999", "fr", "1999-12"),
        ("juil. 2020", "fr", "2020-07"),
        ("1. März 2020", "de", "2020-03-01"),
        ("3 de mayo de 2019", "es", "2019-05-03"),
        ("12 settembre 2018", "it", "2018-09-12"),
        ("2023年8月1日", "ja", "2023-08-01"),
        ("2023/8/1", "ja", "2023-08-01"),
        ("October 1, 1988", "en", "1988-10-01"),
        ("2021", "fr", "2021"),
        ("soon", "fr", ""),
        ("30 brumaire 1799", "fr", ""),
        (None, "fr", ""),
    ],
)
def test_written_dates(text: str | None, language: str, date: str) -> None:
    assert sdk.written_date(text, language) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("03/02/2021", "2021-02-03"),
        ("02/2021", "2021-02"),
        ("--/2021", "2021"),
        ("00/00/2021", "2021"),
        ("31.12.1999", "1999-12-31"),
        ("2021", "2021"),
        ("32/13/2021", "2021"),
        ("21", ""),
        (None, ""),
    ],
)
def test_day_first_dates(text: str | None, date: str) -> None:
    assert sdk.day_first_date(text) == date


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("2023-02-31", "2023-02-28", "2023-02-28"),
        ("0000", "0001-01-01", "0001-12-31"),
        ("", "", ""),
    ],
)
def test_ends_of_partial_dates(date: str, first: str, last: str) -> None:
    assert (sdk.first_day(date), sdk.last_day(date)) == (first, last)


def test_what_is_no_element_is_no_markup() -> None:
    assert sdk.plain("&lt;Blocker&gt; <b>may</b> attack<br>twice") == "<Blocker> may attack\ntwice"


@pytest.mark.parametrize(
    ("code", "letters"),
    [("usa", "US"), ("FRA", "FR"), (752, "SE"), ("004", "AF"), ("jp", "JP"), ("global", ""), (None, ""), ({}, "")],
)
def test_countries(code: object, letters: str) -> None:
    assert sdk.country_code(code) == letters
    assert not letters or sdk.country_code(sdk.country_alpha3(letters)) == letters


def test_a_class_among_others() -> None:
    page = html.fromstring("<div><p class=' a-b  b '>1</p><p class='b-c'>2</p><p>3</p></div>")
    assert [sdk.line_of(one) for one in sdk.nodes(page, f".//p[{sdk.has_class('b')}]")] == ["1"]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p>a<b>b</b>c</p>", "abc"),
        ("<p>a<br>b<!-- c -->d</p>", "a bd"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<div>a<div>b</div>c</div>", "a b c"),
        ("<p> a </p>", "a"),
        ("<p></p>", ""),
    ],
)
def test_a_line_parts_what_the_page_parts(markup: str, line: str) -> None:
    assert sdk.line_of(html.fromstring(markup)) == line


def test_addresses_on_a_line_keep_their_signs() -> None:
    page = html.fromstring('<a href="/x?a=1&amp;copy=2&amp;lt=3" title="R&amp;amp;D"></a>')
    assert (sdk.line_of(page, "@href"), sdk.line_of(page, "@title")) == ("/x?a=1&copy=2&lt=3", "R&D")
    assert sdk.values_of(page, "@href | @title") == ["/x?a=1&copy=2&lt=3", "R&amp;D"]


def test_what_readers_see() -> None:
    page = html.document_fromstring(
        "<title>T</title><script>no results</script><p>a<b>b</b><style>x</style>c</p>"
        "<nav>menu</nav><template>y</template>"
    )
    assert list(sdk.texts_of(page)) == ["a", "b", "c", "menu"]
    assert sdk.words_of(page, "nav") == "a b c"
    assert sdk.words_of(html.fromstring("<p>a <i>b</i></p>")) == "a b"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div>One <a:text>two</a:text>.</div>", "One two."),
        ("<div><p>&lt;Blocker&gt; may</p><p>R&amp;amp;D &amp;lt;b&amp;gt;now&amp;lt;/b&amp;gt;</p></div>tail", None),
        ("<div>a<script>b</script>c<!-- d -->e</div>", "ace"),
    ],
)
def test_prose_holds_no_markup(markup: str, text: str | None) -> None:
    page = html.document_fromstring(f"<body>{markup}</body>")
    assert sdk.prose_of(page, "//div") == (text or "<Blocker> may\n\nR&D now")


@pytest.mark.parametrize(
    ("text", "bare", "joined"),
    [
        ("\u00c9t\u00e9 & C\u0153ur", "Ete & Coeur", "ete-coeur"),
        ("Stra\u00dfe \u0141\u00f3d\u017a", "Strasse Lodz", "strasse-lodz"),
        ("Mati\u00e8re_2 :", "Matiere_2 :", "matiere-2"),
        ("\u30d6\u30e9\u30f3\u30c9", "\u30d6\u30e9\u30f3\u30c9", "\u30d6\u30e9\u30f3\u30c9"),
        ("\ud55c\uad6d", "\ud55c\uad6d", "\ud55c\uad6d"),
        ("plain", "plain", "plain"),
    ],
)
def test_plain_letters(text: str, bare: str, joined: str) -> None:
    assert (sdk.without_accents(text), sdk.slug(text)) == (bare, joined)
    assert sdk.slug("a b", "_") == "a_b"


@pytest.mark.parametrize(
    ("word", "availability", "condition"),
    [
        ("https://schema.org/InStock", Availability.IN_STOCK, Condition.TYPE_UNSPECIFIED),
        ("SoldOut", Availability.OUT_OF_STOCK, Condition.TYPE_UNSPECIFIED),
        ("http://schema.org/UsedCondition", Availability.TYPE_UNSPECIFIED, Condition.USED),
        ("", Availability.TYPE_UNSPECIFIED, Condition.TYPE_UNSPECIFIED),
    ],
)
def test_words_of_schema_org(word: str, availability: Any, condition: Any) -> None:
    assert (sdk.schema_availability(word), sdk.schema_condition(word)) == (availability, condition)


@pytest.mark.parametrize(
    ("language", "region", "tag"),
    [
        ("", "", "fr-FR"),
        ("fr-CA", "", "fr-FR"),
        ("fr-BE", "", "fr-BE"),
        ("fr", "BE", "fr-BE"),
        ("en-GB", "US", "en-US"),
        ("", "GB", "en-GB"),
        ("nl", "BE", "nl-NL"),
        ("no", "", "nb-NO"),
        ("ja", "", "fr-FR"),
        ("zh-Hans-US", "", "fr-FR"),
    ],
)
def test_the_site_of_a_language(language: str, region: str, tag: str) -> None:
    tags = ("fr-FR", "fr-BE", "en-US", "en-GB", "nl-NL", "nb-NO")
    assert sdk.site_tag(tags, language, region) == tag
    assert sdk.site_tag(("fr", "en"), "en-AU") == "en"


@pytest.mark.parametrize(
    ("number", "known"), [(2**31 - 1, 2**31 - 1), (2**31, None), ("5702010000016", None), ("12.0", 12), (-1, None)]
)
def test_a_count_fits_its_field(number: object, known: int | None) -> None:
    assert sdk.positive(number) == known
