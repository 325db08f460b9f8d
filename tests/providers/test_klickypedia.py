"""Klickypedia."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_toys_pb2 import BuildingSet
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.klickypedia import Klickypedia
from tako_providers.sdk import InvalidField, NotFound, RateLimited, ShapeChanged, Unreachable
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

SITE = "https://www.klickypedia.com"
FILES = "/v1/static"
NOTHING = '<html><body class="search search-no-results"><p>?</p></body></html>'
NO_LIST = Answer('<html><body class="error404"><h1>?</h1></body></html>', 404)
NO_DOCUMENT = Answer(b"", 404)


def entry(slug: str, title: str, years: str = "", shown: str = 'src="/a-150x150.jpg"') -> str:
    behind = f'<span class="sets-contador">({years})</span>' if years else ""
    return f'<div class="thumb-wrap"><a href="{SITE}/sets/{slug}/" title="{title}"><img {shown}></a></div>{behind}'


def listed(*entries: str, pager: str = "") -> str:
    return f"<html><body>{''.join(entries)}{pager}</body></html>"


def set_page(info: str = "", heading: str = "Playmobil 4711 - Ship", rest: str = "", head: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><article><h1 class='entry-title'>{heading}</h1>"
        f"<div class='caja_set_info'>{info}</div>{rest}</article></body></html>"
    )


async def asked(
    question: Question, answers: dict[str, Any], today: date = date(2026, 5, 1)
) -> tuple[Any, FakeUpstream]:
    return await ask_of(Klickypedia(today=lambda: today), question, answers)


async def one(info: str = "", language: str = "", **more: str) -> Item:
    """The item of a set's page that says this."""
    answers = {"/sets/4711-ship/": set_page(info, **more), f"{FILES}/4711_buildinginstruction": NO_DOCUMENT}
    item, _ = await asked(detail("klickypedia/building_set/4711-ship", language=language), answers)
    assert isinstance(item, Item)
    return item


# --- Lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "params"),
    [
        (search("red ship"), "/", {"s": "red ship"}),
        (search("ship", cursor="3", language="de-AT"), "/page/3/", {"s": "ship", "elang": "de"}),
        (search("ship", language="it"), "/", {"s": "ship"}),
        (search(theme="Asterix & Obélix"), "/themes/asterix-obelix/", {}),
        (search(theme="knights", cursor="2", language="es"), "/themes/knights/page/2/", {"elang": "es"}),
        (search(tag="12-castle"), "/playtags/12-castle/", {}),
        (search(year_from=1998, year_to=1998), "/released/1998/", {}),
        (trending(Feed.RECENT), "/released/2026/", {}),
        (trending(Feed.RECENT, cursor="2"), "/released/2026/page/2/", {}),
    ],
)
async def test_what_is_asked_reaches_the_site(question: Question, path: str, params: dict[str, str]) -> None:
    _, up = await asked(question, {path: listed(entry("1-a", "1 - A"))})
    assert (up.paths, up.params) == ([path], params)


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ('<a class="page" href="/themes/knights/page/2/">2</a>', "2"),
        (f'<a class="nextpostslink" href="{SITE}/themes/knights/page/9/?elang=fr">Last</a>', "2"),
        ('<a class="page" href="/themes/pirates/page/2/">2</a>', ""),
        ('<a class="page" href="/page/2/?s=knights">2</a>', ""),
        ('<a class="page" href="/themes/knights/page/1/">1</a>', ""),
        ("", ""),
    ],
)
async def test_pages_go_on_to_the_last(pager: str, following: str) -> None:
    page, _ = await asked(search(theme="knights"), {"/themes/knights/": listed(entry("1-a", "1 - A"), pager=pager)})
    assert (page.next, page.total) == (following, None)


async def test_the_pages_of_a_search_have_no_path_of_their_own() -> None:
    pager = f'<a class="page" href="{SITE}/page/3/?s=ship">3</a>'
    page, _ = await asked(search("ship", cursor="2"), {"/page/2/": listed(entry("1-a", "1 - A"), pager=pager)})
    assert page.next == "3"


@pytest.mark.parametrize(
    ("title", "number", "name"),
    [
        ("3550-usa - Pirate Ship", "3550-usa", "Pirate Ship"),
        ("70733v1 &#8211; Gymnast", "70733v1", "Gymnast"),
        ("5497 - 1.2.3 Advent Calendar - Forest", "5497", "1.2.3 Advent Calendar - Forest"),
        ("0000 - Promotional Knight &amp;amp; Horse", "", "Promotional Knight & Horse"),
        ("00000-ger - Catalogue 1974", "", "Catalogue 1974"),
        ("A thing - without number", "", "A thing - without number"),
    ],
)
async def test_numbers_and_names(title: str, number: str, name: str) -> None:
    page, _ = await asked(search("x"), {"/": listed(entry("slug-of-it", title))})
    (item,) = page.items
    assert (item.source_id, item.title) == ("slug-of-it", name)
    assert [(one.scheme, one.value) for one in item.external_ids] == ([("set_number", number)] if number else [])


@pytest.mark.parametrize(
    ("years", "year", "ended"),
    [
        ("2021 - 2024", 2021, "2024"),
        ("1998", 1998, ""),
        ("2001 \u2013", 2001, ""),
        ("n/a - 2004", None, "2004"),
        ("1990 sets", None, ""),
        ("", None, ""),
    ],
)
async def test_years_behind_a_set_are_its_own(years: str, year: int | None, ended: str) -> None:
    sets = [entry("1-a", "1 - A", "1974 - 1975"), entry("2-b", "2 - B", years), entry("3-c", "3 - C", "1980")]
    page, _ = await asked(search("x"), {"/": listed(*sets)})
    item = page.items[1]
    assert (item.year if item.HasField("year") else None, item.building_set.retirement_date) == (year, ended)


async def test_a_set_without_picture_and_years_is_bare() -> None:
    logo = f'src="{SITE}/wp-content/uploads/2014/08/logo-klickypedia-click.jpg"'
    page, _ = await asked(search("x"), {"/": listed(entry("1-a", "1 - A", shown=logo))})
    (item,) = page.items
    assert (list(item.images), item.building_set) == ([], BuildingSet(brand="Playmobil"))


async def test_a_picture_that_loads_late_and_a_set_that_is_listed_twice() -> None:
    late = 'src="data:image/gif;base64,AAAA" data-src="/b-300x200.jpg"'
    page, _ = await asked(search("x"), {"/": listed(entry("1-a", "1 - A", shown=late), entry("1-a", "1 - A"))})
    (item,) = page.items
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, f"{SITE}/b.jpg"),
        (Image.THUMBNAIL, f"{SITE}/b-300x200.jpg"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        NOTHING,
        NO_LIST,
        "<html><body><div>Rien trouvé</div></body></html>",
        '<html><body><div class="thumb-wrap"><a href="/parts/1-x/" title="1 - X"></a></div></body></html>',
    ],
)
async def test_nothing_found_is_recognised(body: Any) -> None:
    page, _ = await asked(search("zzz"), {"/": body})
    assert (list(page.items), page.next) == ([], "")


async def test_words_go_before_theme_and_tag_and_years_choose() -> None:
    sets = listed(entry("1-a", "1 - A", "1998"), entry("2-b", "2 - B", "2001"))
    page, up = await asked(search("x", theme="knights", tag="1-a", year_from=2000), {"/": sets})
    assert ([one.source_id for one in page.items], page.ignored) == (["2-b"], ("theme", "tag"))
    assert up.params == {"s": "x"}


async def test_a_set_of_no_known_year_stays_and_the_years_are_told_as_ignored() -> None:
    sets = listed(entry("1-a", "1 - A", "1998"), entry("2-b", "2 - B", "n/a"), entry("3-c", "3 - C"))
    page, _ = await asked(search(theme="knights", year_from=2000, year_to=2001), {"/themes/knights/": sets})
    assert ([one.source_id for one in page.items], page.ignored) == (["2-b", "3-c"], ("year_from", "year_to"))


async def test_years_are_walked_backwards() -> None:
    more = '<a href="/released/2001/page/2/">2</a>'
    answers = {
        "/released/2002/": NO_LIST,
        "/released/2001/": listed(entry("1-a", "1 - A"), pager=more),
        "/released/2001/page/2/": listed(entry("2-b", "2 - B")),
        "/released/2000/": listed(entry("3-c", "3 - C")),
    }
    found, cursor = [], ""
    for _ in range(5):
        page, _ = await asked(search(year_from=2000, year_to=2002, cursor=cursor), answers)
        found += [one.source_id for one in page.items]
        cursor = page.next
        if not cursor:
            break
    assert (found, cursor) == (["1-a", "2-b", "3-c"], "")


async def test_years_end_where_playmobil_begins_and_with_next_year() -> None:
    page, up = await asked(search(year_to=1960), {})
    assert (list(page.items), page.next, up.requests) == ([], "", [])
    _, up = await asked(search(year_from=2025, year_to=2999), {"/released/2027/": NO_LIST})
    assert up.paths == ["/released/2027/"]


@pytest.mark.parametrize("question", [search("x", cursor="b"), search(year_from=2000, cursor="b")])
async def test_a_token_of_somebody_else(question: Question) -> None:
    with pytest.raises(InvalidField, match="page_token"):
        await asked(question, {})


# --- Pages of sets ---------------------------------------------------------------------------------------------


async def test_what_is_missing_stays_unset() -> None:
    item = await one()
    assert (item.title, item.original_title, item.language) == ("Ship", "", "")
    assert (item.HasField("year"), item.HasField("source_updated_at"), list(item.images), list(item.tags)) == (
        False,
        False,
        [],
        [],
    )
    assert item.building_set == BuildingSet(brand="Playmobil")


NAMES = (
    '<p><img src="/flag-greatbritain.png"> Ship<br><img alt="Español"> Barco <a href="/editor/1"><i></i></a><br>'
    '<img src="/x/flag-germany.png"> n/a<br><img src="/flag-france.svg"> Bateau &amp;amp; mer</p>'
)


@pytest.mark.parametrize(
    ("language", "title", "spoken", "others"),
    [
        ("fr-CA", "Bateau & mer", "fr", ["en", "es"]),
        ("es", "Barco", "es", ["en", "fr"]),
        ("de", "Ship", "en", ["es", "fr"]),
        ("", "Ship", "en", ["es", "fr"]),
    ],
)
async def test_names_by_language(language: str, title: str, spoken: str, others: list[str]) -> None:
    item = await one(NAMES, language)
    assert (item.title, item.language) == (title, spoken)
    assert [name.language for name in item.alternative_titles] == others
    assert item.original_title == ("" if title == "Ship" else "Ship")


@pytest.mark.parametrize(
    "info",
    [
        (
            "<strong>Thema:</strong> <a href='/themes/piraten/'>Piraten</a><br><b>Figuren:</b> 4<br>"
            "<strong>Eingestellt:</strong> <a href='/discontinued/2003/'>2003</a><br>"
            "<strong>Erschienen:</strong> <a href='/released/2001/'>2001</a> 2001-03-01<br>"
        ),
        (
            "<strong>Was auch immer</strong> <a href='/themes/piraten/'>Piraten</a><br>"
            "<strong>Unbekannt:</strong> <a href='/released/2001/'>2001</a> (2001-03-01)<br>"
            "<strong>Anderes:</strong> <a href='/discontinued/2003/'>2003</a><br><strong>Figuras :</strong> 4 <br>"
        ),
    ],
)
async def test_values_in_other_words(info: str) -> None:
    item = await one(info)
    toys = item.building_set
    assert (toys.theme, toys.theme_id, toys.retirement_date) == ("Piraten", "piraten", "2003")
    assert (item.year, item.release_date, toys.figures) == (2001, "2001-03-01", 4)


@pytest.mark.parametrize("value", ["(n/a)", "n/a", "none <span class='sets-contador'>(wrong?)</span>", "None", ""])
async def test_words_for_nothing_are_nothing(value: str) -> None:
    labels = ("Theme", "Format", "Released", "Discontinued", "Exclusive", "Export Market", "Figures")
    item = await one("".join(f"<strong>{label}:</strong> {value}<br>" for label in labels))
    assert (item.building_set, item.HasField("year")) == (BuildingSet(brand="Playmobil"), False)


async def test_values_that_are_words() -> None:
    info = (
        "<strong>Format:</strong> Play Box<br><strong>Exclusive:</strong> Toys shop<br>"
        "<strong>Export Market:</strong> <a href='/export-markets/france/'>France</a>, "
        "<a href='/export-markets/spain/'>Spain</a> <a href='/editor/x'>edit</a><br>"
        "<strong>Figures:</strong> 12<div class='settags'><a>sea</a> <a>sea</a><a></a></div>"
    )
    item = await one(info)
    toys = item.building_set
    assert (toys.format, toys.exclusive, list(toys.markets), toys.figures) == (
        "Play Box",
        "Toys shop",
        ["France", "Spain"],
        12,
    )
    assert list(item.tags) == ["sea"]


async def test_pictures_each_once_and_no_logo() -> None:
    rest = (
        '<a href="/m.jpg"><img class="big set_image"></a><a rel="lightbox[set]" href="/m.jpg"></a>'
        '<a rel="lightbox[set]" href="/f.jpg"><img src="/f-1x1.jpg" title="Playmobil 1 - X - Box"></a>'
        '<a rel="lightbox" title="1 - X - Back" href="/b.jpg"></a><a rel="lightbox[set]" href="/g.jpg"></a>'
        f'<a rel="lightbox[set]" href="{SITE}/wp-content/uploads/2014/08/logo-klickypedia-click.jpg"></a>'
    )
    item = await one(rest=rest)
    assert [(shown.role, shown.url.rpartition("/")[2], shown.caption) for shown in item.images] == [
        (Image.PRIMARY, "m.jpg", ""),
        (Image.BOX_FRONT, "f.jpg", "Box"),
        (Image.BOX_BACK, "b.jpg", "Back"),
        (Image.GALLERY, "g.jpg", ""),
    ]
    assert item.images[1].thumbnail_url == f"{SITE}/f-1x1.jpg"


async def test_a_number_leads_to_its_set_and_a_stale_slug_to_nothing() -> None:
    page = set_page(head=f'<link rel="canonical" href="{SITE}/sets/4711-usa-ship/">')
    documents = {f"{FILES}/4711_buildinginstruction": NO_DOCUMENT}
    item, _ = await asked(detail("klickypedia/building_set/4711"), {"/sets/4711/": page, **documents})
    assert item.source_id == "4711-usa-ship"
    with pytest.raises(NotFound):
        await asked(detail("klickypedia/building_set/471"), {"/sets/471/": page, **documents})


# --- Parts, instructions, look-up, vocabularies ------------------------------------------------------------------


async def test_parts() -> None:
    rest = (
        '<div class="yarpp-thumbnails-horizontal"><a href="/parts/3020-a/" title="3020 - Flag"></a>'
        '<a href="/parts/3020-a/" title="3020 - Flag"></a><a href="/sets/1-x/" title="1 - X"></a>'
        '<a href="/parts/unnamed/"></a></div>'
    )
    question = related("klickypedia/building_set/4711-ship", Relation.PARTS)
    page, _ = await asked(question, {"/sets/4711-ship/": set_page(rest=rest)})
    assert [(part.kind, part.source_id, part.title) for part in page.items] == [(Item.PART, "3020-a", "Flag")]
    page, _ = await asked(question, {"/sets/4711-ship/": set_page()})
    assert list(page.items) == [], "a set's page may name none"


@pytest.mark.parametrize(
    ("slug", "number"),
    [("4711-ship", "4711"), ("3550-usa-ship", "3550"), ("5497-1-2-3-calendar", "5497"), ("4711", "4711")],
)
async def test_instructions_are_asked_of_playmobil(slug: str, number: str) -> None:
    question = related(f"klickypedia/building_set/{slug}", Relation.INSTRUCTIONS)
    path = f"{FILES}/{number}_buildinginstruction"
    page, up = await asked(question, {path: Answer(b"", headers={"content-length": "1234"})})
    (document,) = page.items
    assert (document.kind, document.source_id) == (Item.INSTRUCTION, f"{slug}/1")
    assert document.instruction.url == f"https://playmobil.a.bigcontent.io{path}"
    assert (document.instruction.format, document.instruction.size_bytes) == ("PDF", 1234)
    assert (up.requests[0].method, up.paths) == ("HEAD", [path])
    page, _ = await asked(question, {path: NO_DOCUMENT})
    assert list(page.items) == []


@pytest.mark.parametrize("slug", ["70733v1-gymnast", "0000-knight", "00000-ger-catalogue", "knight"])
async def test_no_document_is_asked_of_what_has_no_number(slug: str) -> None:
    page, up = await asked(related(f"klickypedia/building_set/{slug}", Relation.INSTRUCTIONS), {})
    assert (list(page.items), up.requests) == ([], [])


async def test_a_set_has_its_document_and_stands_without_it() -> None:
    question = detail("klickypedia/building_set/4711-ship")
    path = f"{FILES}/4711_buildinginstruction"
    item, up = await asked(question, {"/sets/4711-ship/": set_page(), path: b""})
    assert ([document.format for document in item.building_set.instructions], up.partial) == (["PDF"], False)
    item, up = await asked(question, {"/sets/4711-ship/": set_page(), path: Answer(b"", 503)})
    assert (list(item.building_set.instructions), up.partial) == ([], True)


async def test_a_number_belongs_to_all_that_carry_it() -> None:
    titles = ("3550-usa - A", "13550 - B", "3550 - C", "35501 - D", "3550v2 - E", "0000 - 3550")
    sets = [entry(f"{number}-x", title) for number, title in enumerate(titles)]
    page, up = await asked(lookup("set_number", "3550"), {"/": listed(*sets)})
    assert [one.title for one in page.items] == ["C", "A", "E"]
    assert up.params == {"s": "3550"}


async def test_themes() -> None:
    body = (
        '<a href="/themes/">All</a><a itemprop="url" href="/themes/knights/"><img></a>'
        '<span class="sets-contador">(529 sets)</span><a href="/themes/knights/">Knights</a>'
        '<a href="/themes/city-life/" title="City Life"></a><a href="/themes/knights/page/2/">2</a>'
    )
    page, _ = await asked(terms(Term.THEMES), {"/sets/": f"<html><body>{body}</body></html>"})
    assert [(term.id, term.name, term.count) for term in page.terms] == [
        ("knights", "Knights", 529),
        ("city-life", "City Life", 0),
    ]
    assert page.total == 2


SITEMAPS = {
    "/sitemap_index.xml": f"<s><loc>{SITE}/sets-sitemap.xml</loc><loc>{SITE}/playtags-sitemap.xml</loc></s>",
    "/playtags-sitemap.xml": f"<u><loc>{SITE}/playtags/12-rocking-horse/</loc><loc>{SITE}/playtags/</loc></u>",
}


async def test_tags_and_a_tag_by_its_name() -> None:
    page, _ = await asked(terms(Term.TAGS), SITEMAPS)
    assert [(term.id, term.name) for term in page.terms] == [("12-rocking-horse", "rocking horse")]
    answers = {**SITEMAPS, "/playtags/12-rocking-horse/": listed(entry("1-a", "1 - A"))}
    page, _ = await asked(search(tag="Rocking Horse"), answers)
    assert [one.source_id for one in page.items] == ["1-a"]
    page, _ = await asked(search(tag="no such tag"), answers)
    assert list(page.items) == []


async def test_years() -> None:
    page, up = await asked(terms(Term.YEARS), {})
    assert ([page.terms[0].id, page.terms[-1].id], page.total, up.requests) == (["2026", "1974"], 53, [])
    page, _ = await asked(terms(Term.YEARS, term_id="1998"), {})
    assert [term.name for term in page.terms] == ["1998"]


# --- Failures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (
            '<html><head><title>WordPress &rsaquo; Error</title></head><body id="error-page">!</body></html>',
            Unreachable,
        ),
        (Answer("<html><body>?</body></html>", 500), Unreachable),
        (Answer("", 429), RateLimited),
        ("<html><body><h1>Welcome</h1></body></html>", ShapeChanged),
    ],
)
@pytest.mark.parametrize("path", ["/", "/sets/4711-ship/", "/sets/"])
async def test_failures_have_their_class(answer: Any, error: type[Exception], path: str) -> None:
    questions = {
        "/": search("x"),
        "/sets/": terms(Term.THEMES),
        "/sets/4711-ship/": detail("klickypedia/building_set/4711-ship"),
    }
    with pytest.raises(error):
        await asked(questions[path], {path: answer})


async def test_a_set_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        await asked(detail("klickypedia/building_set/1-x"), {"/sets/1-x/": NO_LIST})


async def test_a_map_without_tags() -> None:
    with pytest.raises(ShapeChanged):
        await asked(terms(Term.TAGS), {"/sitemap_index.xml": f"<s><loc>{SITE}/sets-sitemap.xml</loc></s>"})


async def test_a_list_whose_sets_can_not_be_read_is_not_empty() -> None:
    body = '<div class="thumb-wrap"><a href="/sets/">1 - A</a></div>'
    with pytest.raises(ShapeChanged):
        await asked(search("x"), {"/": body})
