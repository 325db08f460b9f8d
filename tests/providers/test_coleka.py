"""Coleka."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.coleka import Coleka
from tako_providers.sdk import (
    Access,
    Blocked,
    InvalidField,
    NotFound,
    Page,
    RateLimited,
    ShapeChanged,
    Unreachable,
    make_id,
)
from tests.conformance.cases import Question, detail, lookup, search, terms, trending
from tests.providers.fake_upstream import HTML, Answer, FakeUpstream, ask_of, html_page

SITE = "https://www.coleka.com"
THUMBS = "https://thumbs.coleka.com"
SEARCH = "/fr/search"
PATH = "figurines/test/robot_i17"
THING = f"/fr/{PATH}"
OF_THING = detail(f"coleka/collectible/{PATH}")


def page(body: str, title: str = "Recherche", head: str = "") -> Answer:
    return html_page(body, title, head)


def card(path: str, title: str = "Robot", more: str = "", language: str = "fr") -> str:
    return (
        f'<li class="pending"><a class="lib_has_2_lines" href="/{language}/{path}">'
        f'<img class="lazy" src="/img/placeholder.png"><h3 class="big product-title">{title}</h3>{more}</a></li>'
    )


NOTHING = page("<p>Aucun résultat</p>")
VERIFICATION = page('<h1>Simple vérification</h1><button id="go">Visiter COLEKA</button>', "Simple vérification")
MISSING = page("<p>Page introuvable</p>", "404 - Page introuvable")


def thing(body: str = "", product: Any = None, title: str = "<h1>Robot</h1>", **rows: str) -> Answer:
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in {"Marque": "Test", **rows}.items())
    data = (
        f'<script type="application/ld+json">{json.dumps({"@type": "Product", **product})}</script>' if product else ""
    )
    return page(f"{title}<dl>{listed}</dl>{body}", "Robot | Coleka", data)


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Coleka(), question, answers)


async def one(body: str = "", product: Any = None, **rows: str) -> Item:
    item, _ = await asked(OF_THING, {THING: thing(body, product, **rows)})
    assert isinstance(item, Item)
    return item


async def listed(body: str) -> list[Item]:
    found, _ = await asked(search("robot"), {SEARCH: page(body)})
    return list(found.items)


def test_it_is_asked_through_a_browser() -> None:
    assert (Coleka.manifest.access, Coleka.manifest.slow) == (Access.BROWSER, True)


# --- Asking -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "params"),
    [
        (search("robot bleu"), SEARCH, {"q": "robot bleu", "nbpp": "24"}),
        (search("robot", category="lego"), SEARCH, {"q": "robot", "cat": "lego", "nbpp": "24"}),
        (search(category="lego"), SEARCH, {"cat": "lego", "nbpp": "24"}),
        (search("robot", cursor="2"), SEARCH, {"q": "robot", "nbpp": "24", "p": "2"}),
        (search("robot", language="en-GB"), "/en/search", {"q": "robot", "nbpp": "24"}),
        (search("robot", language="ja"), SEARCH, {"q": "robot", "nbpp": "24"}),
    ],
)
async def test_what_is_asked_reaches_the_upstream(question: Question, path: str, params: dict[str, str]) -> None:
    found, up = await asked(question, {path: page(card("a/b_i1", language=path[1:3]))})
    assert (up.paths, up.params) == ([path], params)
    assert (found.items[0].language, found.items[0].links[0].url) == (path[1:3], f"{SITE}{path[:3]}/a/b_i1")


async def test_the_language_is_that_of_the_site_and_not_of_the_id() -> None:
    item, up = await asked(
        detail(f"coleka/collectible/{PATH}", language="en"), {f"/en/{PATH}": thing(), "/en": page("")}
    )
    assert (up.paths, item.language, item.source_id) == ([f"/en/{PATH}"], "en", PATH)


@pytest.mark.parametrize(
    "path", ["robot_i17", "market/sale_i17", "figurines/robot", "figurines/robot_i17/more", "a/b_i"]
)
async def test_an_id_that_is_no_path_of_an_item_is_not_asked_for(path: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(f"coleka/collectible/{path}"), {})


async def test_a_path_is_asked_for_as_it_is_written() -> None:
    written = "jeux/l%27\u00e9t\u00e9/robot-n%c2%b01_i17"
    found, _ = await asked(search("robot"), {SEARCH: page(card(written))})
    assert found.items[0].source_id == written
    item, up = await asked(
        detail(make_id("coleka", Item.COLLECTIBLE, written)), {"/fr/jeux/l'\u00e9t\u00e9/robot-n\u00b01_i17": thing()}
    )
    assert (item.source_id, len(up.requests)) == (written, 1)


# --- Pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cursor", "linked", "following"),
    [
        ("", (), ""),
        ("", (2, 3, 9), "2"),
        ("", (0, 1, 2), "1"),
        ("1", (1, 2, 3), "2"),
        ("2", (1, 2, 3), "3"),
        ("3", (1, 2, 3), ""),
    ],
)
async def test_the_next_page_is_the_one_that_is_linked(cursor: str, linked: tuple[int, ...], following: str) -> None:
    pager = "".join(f'<a href="/fr/search?q=robot&amp;p={n}">{n}</a>' for n in linked)
    found, _ = await asked(search("robot", cursor=cursor), {SEARCH: page(card("a/b_i1") + pager)})
    assert (found.next, found.total) == (following, None)


async def test_a_cursor_that_counts_nothing_is_refused() -> None:
    with pytest.raises(InvalidField):
        await asked(search("robot", cursor="next"), {SEARCH: NOTHING})


@pytest.mark.parametrize(
    "words", ["Aucun résultat", "Aucun objet trouvé", "Pas de résultat", "No results", "0 items found"]
)
async def test_nothing_found_is_recognised(words: str) -> None:
    found, _ = await asked(search("zzz"), {SEARCH: page(f"<p>{words}</p><a href='/fr/market/x_i1'>x</a>")})
    assert found == Page([])


@pytest.mark.parametrize(
    "answer",
    [
        page("<p>Recherche</p>"),
        page("<script>x='Aucun résultat'</script>"),
        MISSING,
        page("<a href='/fr/lego'>LEGO</a>"),
    ],
)
async def test_a_list_without_items_is_not_taken_for_an_empty_one(answer: Answer) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("zzz"), {SEARCH: answer})


# --- Cards --------------------------------------------------------------------------------------------------


async def test_only_items_are_given_and_each_once() -> None:
    links = (
        "/fr/lego",
        "/fr/lego/space_r12",
        "/fr/user/me_i3",
        "/fr/market/sale_i4",
        "#",
        "/fr/one_i5",
        "/verify/a_i6",
    )
    others = "".join(f'<li><a href="{href}">No item</a></li>' for href in links)
    elsewhere = '<a href="https://www.example.org/fr/a/b_i9">Other</a>'
    items = await listed(card("lego/space/base_i1", "Base") + others + elsewhere + card("lego/space/base_i1", "Base"))
    assert [(x.source_id, x.title) for x in items] == [("lego/space/base_i1", "Base")]


async def test_an_item_whose_picture_and_name_are_two_links() -> None:
    body = (
        f'<li class="col-xs-6"><a href="{SITE}/fr/kinder/a/loup_i8">'
        '<img src="//thumbs.coleka.com/media/item/l_250x250.jpg"></a><a href="/fr/kinder/a/loup_i8?from=list#top">'
        '<span class="lib"><span class="t">Le loup&nbsp;gris</span></span></a>'
        '<span class="an">(1998)</span></li>'
    )
    (item,) = await listed(f"<ul>{body}</ul>")
    assert (item.source_id, item.title, item.year) == ("kinder/a/loup_i8", "Le loup gris", 1998)
    assert [(x.role, x.url) for x in item.images] == [
        (Image.PRIMARY, f"{THUMBS}/media/item/l.jpg"),
        (Image.THUMBNAIL, f"{THUMBS}/media/item/l_250x250.jpg"),
    ]


async def test_neighbours_in_one_list_entry_keep_their_own() -> None:
    body = "".join(
        f'<a href="/fr/a/b{n}_i{n}"><img src="{THUMBS}/media/item/{n}.webp" alt="Item {n}">'
        f'<span class="ref">Ref. {n}</span></a>'
        for n in (1, 2)
    )
    items = await listed(f"<ul><li>{body}</li></ul>")
    assert [(x.title, x.collectible.reference, x.images[0].url) for x in items] == [
        (f"Item {n}", str(n), f"{THUMBS}/media/item/{n}.webp") for n in (1, 2)
    ]
    assert [len(x.images) for x in items] == [1, 1], "there is no small one"


async def test_the_rest_of_a_card_is_no_part_of_the_title() -> None:
    link = '<a href="/fr/a/b_i1">Robot <b>bleu</b><span class="ref">Ref. 1</span><span class="an">(2024)</span></a>'
    (item,) = await listed(f"<li>{link}</li>")
    assert (item.title, item.collectible.reference, item.year) == ("Robot bleu", "1", 2024)


@pytest.mark.parametrize(
    "source", ["/img/placeholder.png", f"{THUMBS}/css/assets/default/no-image_250x250.webp", "data:image/gif;base64,x"]
)
async def test_a_drawing_in_place_of_a_picture_is_none(source: str) -> None:
    (item,) = await listed(
        f'<li><a href="/fr/a/b_i1"><img src="{source}"><h3 class="product-title">Robot</h3></a></li>'
    )
    assert (list(item.images), item.HasField("year"), item.collectible.reference) == ([], False, "")


@pytest.mark.parametrize(
    ("path", "told", "reference", "number"),
    [
        ("lego/space/base_i1", "Ref. 75192", "75192", "75192"),
        ("lego/space/base_i1", " Réf : 6080-1 ", "6080-1", "6080"),
        ("lego/space/base_i1", "Ref. sw0001", "sw0001", None),
        ("cartes/naruto/inari_i1", "Ref. CL-01", "CL-01", None),
        ("funko/pop/pilote_i1", "Référence 501", "501", None),
    ],
)
async def test_references(path: str, told: str, reference: str, number: str | None) -> None:
    (item,) = await listed(card(path, more=f'<span class="ref">{told}</span>'))
    assert item.collectible.reference == reference
    assert [x.value for x in item.external_ids if x.scheme == "set_number"] == ([number] if number else [])


# --- One item -----------------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one()
    assert (item.title, item.description, item.HasField("year"), item.release_date) == ("Robot", "", False, "")
    assert (list(item.images), [x.scheme for x in item.external_ids]) == ([], ["coleka"])
    toy = item.collectible
    assert (toy.brand, toy.series, toy.reference, toy.HasField("pieces")) == ("Test", "", "", False)
    assert (list(toy.licences), list(toy.categories), dict(item.attributes)) == ([], [], {"collection": "test"})


async def test_product_data_comes_before_rows() -> None:
    product = {
        "description": "Un robot\u00a0&amp; plus.",
        "brand": "Maker",
        "productID": "R-1",
        "gtin": "4006381333931",
        "image": {"url": f"{SITE}/media/item/r.webp"},
    }
    item = await one("", product, Référence="other", EAN="4006381333931")
    assert (item.description, item.collectible.brand, item.collectible.reference) == (
        "Un robot & plus.",
        "Maker",
        "R-1",
    )
    assert [(x.scheme, x.value) for x in item.external_ids] == [("coleka", "17"), ("ean", "4006381333931")]
    assert [x.url for x in item.images] == [f"{SITE}/media/item/r.webp"]


@pytest.mark.parametrize("form", ["<tr><th>{0}</th><td>{1}</td></tr>", "<tr><td>{0}</td><td>{1}</td></tr>", "li"])
async def test_rows_however_they_are_set(form: str) -> None:
    rows = {
        "Series :": "Robots",
        "Year": "2024",
        "Pieces": "1 421 pcs",
        "Matière (corps)": "Metal",
        "Manufacturer": "Works",
    }
    if form == "li":
        body = "<ul>" + "".join(f"<li><span>{k}</span><span>{v}</span></li>" for k, v in rows.items()) + "</ul>"
    else:
        body = "<table>" + "".join(form.format(k, v) for k, v in rows.items()) + "</table>"
    item = await one(body)
    toy = item.collectible
    assert (toy.series, toy.pieces, toy.manufacturer, item.year) == ("Robots", 1421, "Works", 2024)
    assert dict(item.attributes) == {"collection": "test", "matiere_corps": "Metal"}


@pytest.mark.parametrize(
    ("told", "date", "year"),
    [
        ("2024", "2024", 2024),
        ("12/03/2024", "2024-03-12", 2024),
        ("03/2024", "2024-03", 2024),
        ("vers 1987 ?", "1987", 1987),
    ],
)
async def test_dates(told: str, date: str, year: int) -> None:
    item = await one(Date=told)
    assert (item.release_date, item.year) == (date, year)


async def test_licences_and_categories() -> None:
    body = '<ol class="breadcrumb"><li><a>Accueil</a></li><li><a>LEGO</a></li><li><a>LEGO Star Wars</a></li></ol>'
    item = await one(body, Licences="<a><span>\u2022</span>Star Wars</a> <a>Disney</a>")
    assert (list(item.collectible.licences), list(item.collectible.categories)) == (
        ["Star Wars", "Disney"],
        ["LEGO", "LEGO Star Wars"],
    )
    assert list((await one(Licence="• Marvel")).collectible.licences) == ["Marvel"]


async def test_pictures_of_other_items_are_left_out_and_the_best_of_one_is_taken() -> None:
    body = (
        f'<img data-src="{THUMBS}/media/item/r-1_470x246.webp" src="/img/placeholder.png">'
        f'<img src="{SITE}/media/item/r-1.webp"><img src="{THUMBS}/media/item/r-2_250x250.jpg">'
        f'<a href="/fr/a/b_i2"><img src="{THUMBS}/media/item/other_250x250.webp"></a>'
    )
    item = await one(body)
    assert [(x.role, x.url, x.thumbnail_url) for x in item.images] == [
        (Image.PRIMARY, f"{SITE}/media/item/r-1.webp", f"{THUMBS}/media/item/r-1_470x246.webp"),
        (Image.GALLERY, f"{THUMBS}/media/item/r-2.jpg", f"{THUMBS}/media/item/r-2_250x250.jpg"),
    ]


@pytest.mark.parametrize(
    ("code", "ids", "kept"),
    [
        ("4006381333931", [("ean", "4006381333931")], None),
        ("036000291452", [("upc", "036000291452")], None),
        ("4006381333932", [], "4006381333932"),
    ],
)
async def test_barcodes(code: str, ids: list[Any], kept: str | None) -> None:
    item = await one(EAN=code)
    assert [(x.scheme, x.value) for x in item.external_ids if x.scheme != "coleka"] == ids
    assert item.attributes.get("barcode") == kept


# --- Feed, vocabulary, look-up ------------------------------------------------------------------------------


async def test_only_what_was_added_last_is_recent() -> None:
    body = (
        f"<h2>Les plus vus</h2><ul>{card('a/seen_i1', 'The Last One')}</ul><h2>Derniers ajouts</h2>"
        f"<ul>{card('a/new_i2', 'New')}{card('a/newer_i3', 'Newer')}</ul><h2>Forum</h2><ul>{card('a/told_i4')}</ul>"
    )
    found, up = await asked(trending(Feed.RECENT), {"/fr": page(body, "Coleka")})
    assert ([x.title for x in found.items], found.next, up.paths) == (["New", "Newer"], "", ["/fr"])
    found, _ = await asked(
        trending(Feed.RECENT, language="en"), {"/en": page(f"<h3>Latest items</h3>{card('a/b_i1')}")}
    )
    assert (len(found.items), found.items[0].language) == (1, "en")


@pytest.mark.parametrize(
    "body", [card("a/b_i1"), "<h2>Derniers ajouts</h2>", f"<h2>Forum</h2>{card('a/b_i1', 'Latest')}"]
)
async def test_a_home_page_without_that_block_is_another_page(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(trending(Feed.RECENT), {"/fr": page(body, "Coleka")})


async def test_categories() -> None:
    found, up = await asked(terms(Term.CATEGORIES), {})
    assert (len(found.terms), up.paths) == (8, [])
    found, _ = await asked(terms(Term.CATEGORIES, term_id="jeux-societe", language="en"), {})
    assert [(x.id, x.name) for x in found.terms] == [("jeux-societe", "Board games")]


@pytest.mark.parametrize(("told", "count"), [("4006381333931", 1), ("4006381333932", 0), ("036000291452", 0), ("", 0)])
async def test_a_barcode_counts_only_where_the_page_has_it(told: str, count: int) -> None:
    found, up = await asked(
        lookup("ean", "4006381333931"), {SEARCH: page(card(PATH)), THING: thing(EAN=told) if told else thing()}
    )
    assert (len(found.items), up.paths, up.requests[0].params[0]) == (count, [SEARCH, THING], ("q", "4006381333931"))


async def test_a_barcode_of_12_digits_is_one_of_13() -> None:
    found, _ = await asked(lookup("ean", "0036000291452"), {SEARCH: page(card(PATH)), THING: thing(EAN="036000291452")})
    assert len(found.items) == 1


async def test_few_pages_are_read_for_a_barcode() -> None:
    pages = {f"/fr/a/b_i{n}": thing() for n in range(1, 4)}
    hits = "".join(card(f"a/b_i{n}") for n in range(1, 9))
    found, up = await asked(lookup("ean", "4006381333931"), {SEARCH: page(hits), **pages})
    assert (found, len(up.requests)) == (Page([]), 4)
    found, up = await asked(lookup("ean", "4006381333931"), {SEARCH: NOTHING})
    assert (found, len(up.requests)) == (Page([]), 1)


# --- Errors -------------------------------------------------------------------------------------------------

EVERYTHING = [(search("robot"), SEARCH), (OF_THING, THING), (trending(Feed.RECENT), "/fr")]


@pytest.mark.parametrize(("question", "path"), EVERYTHING)
@pytest.mark.parametrize(
    "answer",
    [
        VERIFICATION,
        page("<p>Un instant</p>", "Vérification - COLEKA"),
        page("<p>Un attimo</p>", "Verifica - COLEKA"),
        page('<button id="verifyBtn">OK</button>', "COLEKA"),
        page("<script>fetch('/verify/ajax.php')</script>", "COLEKA"),
    ],
)
async def test_the_page_that_asks_for_a_person_is_a_wall(question: Question, path: str, answer: Answer) -> None:
    with pytest.raises(Blocked):
        await asked(question, {path: answer})


@pytest.mark.parametrize(
    "answer", [MISSING, Answer(MISSING.body, 404, HTML), page("<p>Page non trouvée</p>", "Coleka")]
)
async def test_what_is_not_there_is_known_by_its_page_and_by_its_status(answer: Answer) -> None:
    with pytest.raises(NotFound):
        await asked(OF_THING, {THING: answer})


@pytest.mark.parametrize(("question", "path"), EVERYTHING)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page("<h1>Bienvenue</h1>", "Coleka"), ShapeChanged),
        (page("", "Coleka"), ShapeChanged),
        (Answer({"success": True}), ShapeChanged),
        (Answer("", headers=HTML), ShapeChanged),
        (Answer("oops", 502), Unreachable),
        (Answer("slow down", 429), RateLimited),
        (page("<p>Checking</p>", "Just a moment..."), Blocked),
    ],
)
async def test_other_answers_are_errors(question: Question, path: str, answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {path: answer})


async def test_numbers_that_have_run_together_are_no_count() -> None:
    item = await one(Pièces="570 2010000016")
    assert not item.collectible.HasField("pieces")
