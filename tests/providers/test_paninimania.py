"""Paninimania."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
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
from tako_providers.sticker_albums.paninimania import Paninimania
from tako_providers.sticker_albums.paninimania.checklists import written_out
from tests.conformance.cases import Question, detail, search, trending
from tests.providers.fake_upstream import HTML, Answer, FakeUpstream, ask_of, html_page

SITE = "https://www.paninimania.com/"
HERE = "/"
OF_ALBUM = detail("paninimania/sticker_album/17")
LIST = {"pag": "cid508", "idf": "15", "idd": "all"}


def page(body: str, title: str = "Paninimania") -> Answer:
    return html_page(body, title)


def block(number: int, title: str = "Album", date: str = "2000", picture: str = "") -> str:
    address = f"?pag=cid508_alb&idf=15&idm={number}"
    return (
        f'<div class="d2"><div class=y0 style="gap: 10px 10px;"><a href="{address}">{picture}</a>'
        f"<div><b><a href='{address}'>{title}</a></b><br><b> {date} </b></div></div></div>"
    )


def album(body: str = "<b>Copyright : </b>Panini<br>", title: str = "<h1>\nAlbum\n</h1>") -> Answer:
    return page(title + body)


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Paninimania(), question, answers)


async def one(body: str) -> Item:
    item, _ = await asked(OF_ALBUM, {HERE: album(body)})
    assert isinstance(item, Item)
    return item


async def listed(body: str) -> list[Item]:
    found, _ = await asked(search("album"), {HERE: page(body)})
    return list(found.items)


def test_it_is_asked_through_a_browser() -> None:
    assert (Paninimania.manifest.access, Paninimania.manifest.slow) == (Access.BROWSER, True)


# --- Asking -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("pokemon"), {**LIST, "ids": "111_pokemon"}),
        (search("  \u00c9toiles & Galaxies 2 "), {**LIST, "ids": "111_etoiles_galaxies_2"}),
        (search("C\u0153ur d'\u00c6thel"), {**LIST, "ids": "111_coeur_d_aethel"}),
        (search("star wars", cursor="3"), {**LIST, "ids": "111_star_wars", "npa": "3"}),
        (trending(Feed.RECENT), LIST),
        (trending(Feed.RECENT, cursor="2"), {**LIST, "npa": "2"}),
        (OF_ALBUM, {"pag": "cid508_alb", "idf": "15", "idm": "17"}),
    ],
)
async def test_what_is_asked_reaches_the_upstream(question: Question, params: dict[str, str]) -> None:
    body = "<h1>Album</h1><b>Copyright : </b>Panini<br>" + block(17)
    _, up = await asked(question, {HERE: page(body)})
    assert (up.params, up.requests[0].url) == (params, SITE)


@pytest.mark.parametrize("text", ["ポケモン", "!?", "\u00b4"])
async def test_words_that_the_site_cannot_search_by_are_refused(text: str) -> None:
    with pytest.raises(InvalidField) as failure:
        await asked(search(text), {})
    assert failure.value.field == "query"


@pytest.mark.parametrize("number", ["abc", "1-2", "17/x", "\u0661"])
async def test_an_id_that_is_no_number_is_not_asked_for(number: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(make_id("paninimania", Item.STICKER_ALBUM, number)), {})


@pytest.mark.parametrize(
    ("told", "cursor", "following"),
    [("", "", ""), ("Page 1/1", "", ""), ("Page 1/3", "", "2"), ("Page 2 / 3", "2", "3"), ("Page 3/3", "3", "")],
)
async def test_pages_go_on_to_the_last(told: str, cursor: str, following: str) -> None:
    found, _ = await asked(search("album", cursor=cursor), {HERE: page(f"<p>{told}</p>{block(17)}")})
    assert (found.next, found.total) == (following, None)


@pytest.mark.parametrize("words", ["Aucun album ne correspond", "aucun album"])
async def test_nothing_found_is_recognised(words: str) -> None:
    found, _ = await asked(search("zzz"), {HERE: page(f"<p>{words}</p>")})
    assert found == Page([])


@pytest.mark.parametrize("body", ["<p>Recherche</p>", "", '<div class="y0"><a href="?pag=cid9&idm=1">x</a></div>'])
async def test_a_list_without_albums_is_not_taken_for_an_empty_one(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("zzz"), {HERE: page(body)})


# --- Lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "date", "year", "text"),
    [
        ("2000", "2000", 2000, ""),
        ("aout 2023", "2023-08", 2023, ""),
        ("D\u00e9cembre 2001", "2001-12", 2001, ""),
        ("f\u00e9vrier 1999", "1999-02", 1999, ""),
        ("", "", 0, ""),
        ("vers 1975", "", 0, "vers 1975"),
    ],
)
async def test_dates(told: str, date: str, year: int, text: str) -> None:
    (item,) = await listed(block(17, date=told))
    assert (item.release_date, item.year, item.release_text) == (date, year, text)
    assert item.HasField("year") == bool(year)
    item = await one(f"<b>Premi\u00e8re parution : </b>{told}<br><b>Copyright : </b>x")
    assert (item.release_date, item.year, item.release_text) == (date, year, text)


@pytest.mark.parametrize(
    ("picture", "images"),
    [
        ("", []),
        ('<img src="img/none.gif">', []),
        (
            '<img src="files/15/30/?n=17s.jpg">',
            [(Image.PRIMARY, f"{SITE}files/15/30/?n=17b.jpg"), (Image.THUMBNAIL, f"{SITE}files/15/30/?n=17s.jpg")],
        ),
        (
            '<img src="/files/15/4/17s.jpg">',
            [(Image.PRIMARY, f"{SITE}files/15/4/17b.jpg"), (Image.THUMBNAIL, f"{SITE}files/15/4/17s.jpg")],
        ),
        ('<img src="files/15/4/17.jpg">', [(Image.THUMBNAIL, f"{SITE}files/15/4/17.jpg")]),
    ],
)
async def test_pictures_of_lists(picture: str, images: list[Any]) -> None:
    (item,) = await listed(block(17, picture=picture))
    assert [(x.role, x.url) for x in item.images] == images


async def test_each_album_once_under_its_own_title() -> None:
    other = '<div class="y0"><a href="?pag=cid508">Tous</a></div>'
    items = await listed(block(1, "L'un &amp; l'autre") + other + block(2, "# Deux") + block(1, "Encore"))
    assert [(x.source_id, x.title) for x in items] == [("1", "L'un & l'autre"), ("2", "# Deux")]


# --- One album ----------------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one("<b>Copyright : </b>Panini<br>")
    assert (item.title, item.description, item.HasField("year"), list(item.images)) == ("Album", "", False, [])
    assert [x.scheme for x in item.external_ids] == ["paninimania"]
    stickers = item.sticker_album
    assert (stickers.publisher, stickers.HasField("checklist"), stickers.HasField("sticker_count")) == (
        "",
        False,
        False,
    )
    assert (list(stickers.special_stickers), list(stickers.categories), list(stickers.articles)) == ([], [], [])
    assert dict(item.attributes) == {}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1 à 5", ["1", "2", "3", "4", "5"]),
        ("1 à 3, 7, 10-12", ["1", "2", "3", "7", "10", "11", "12"]),
        ("8 ; 2 ; 8", ["8", "2"]),
        ("LE1 à LE3", ["LE1", "LE2", "LE3"]),
        ("D1 à 3", ["D1", "D2", "D3"]),
        ("SP09 à SP11", ["SP09", "SP10", "SP11"]),
        ("A à D", ["A", "B", "C", "D"]),
        ("I à V", ["I", "II", "III", "IV", "V"]),
        ("VIII à XI", ["VIII", "IX", "X", "XI"]),
        ("H à K", ["H", "I", "J", "K"]),
        ("A, LESA, 12bis, D-30", ["A", "LESA", "12bis", "D-30"]),
        ("1 à 3 (sur 495)", ["1", "2", "3"]),
        ("00, 1 à 2", ["00", "1", "2"]),
    ],
)
def test_lists_are_written_out(text: str, items: list[str]) -> None:
    assert written_out(text) == (items, True)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1 à 3 + cartes en édition limitée", ["1", "2", "3"]),
        ("5 à 1", []),
        ("1 à 99999999", []),
        ("A1 à B3", []),
        ("voir la liste", []),
        ("", []),
    ],
)
def test_what_is_no_list_is_not_made_one(text: str, items: list[str]) -> None:
    assert written_out(text) == (items, False)


@pytest.mark.parametrize(
    ("told", "publisher", "total", "special", "count"),
    [
        ("Panini : 1 à 226, LE1 à LE5", "Panini", 226, [("", 5)], 231),
        ("Bandaï : D1 à D134", "Bandaï", 134, [], 134),
        ("Topps : 1 à 216 + cartes rares", "Topps", 216, [], None),
        ("Dunkin : voir la liste", "Dunkin", None, [], None),
        ("Remarque : rien", "", None, [], None),
    ],
)
async def test_checklists(told: str, publisher: str, total: int | None, special: list[Any], count: int | None) -> None:
    stickers = (await one(f"<b>Copyright : </b>x<br><b>Album</b><br>\n{told}<br>\n<br>")).sticker_album
    assert (stickers.publisher, stickers.checklist.raw) == (publisher, told.partition(" : ")[2] if publisher else "")
    assert (stickers.checklist.total if stickers.checklist.HasField("total") else None) == total
    assert len(stickers.checklist.items) == (total or 0)
    assert [(x.name, x.total) for x in stickers.special_stickers] == special
    assert (stickers.sticker_count if stickers.HasField("sticker_count") else None) == count


async def test_special_stickers() -> None:
    body = (
        "<b>Checklist :</b><br> Panini : 1 à 10<br>"
        "<div class=g0><b>Images brillantes </b><em>(3)</em><b> : </b>1, 2, 3</div>"
        "<b>Image Phosphorescente : </b>10<br><b>Cartes Rares </b><em>*rar</em><b> : </b>R1 à R2<br>"
        "<b>Images Puzzle </b><b> : </b>comme un puzzle<br><b>Images divers </b><b> : </b>99<br><b>Images 3D </b><br>"
    )
    stickers = (await one(body)).sticker_album
    assert [(x.name, x.raw, x.total, x.HasField("total"), list(x.items)) for x in stickers.special_stickers] == [
        ("brillantes", "1, 2, 3", 3, True, ["1", "2", "3"]),
        ("Phosphorescente", "10", 1, True, ["10"]),
        ("Rares", "R1 à R2", 2, True, ["R1", "R2"]),
        ("Puzzle", "comme un puzzle", 0, False, []),
    ]
    assert not stickers.HasField("sticker_count"), "one of the lists was not understood"


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ("<b>Images brillantes </b><b> : </b>1 à 4<br>", 10),
        ("<b>Images Limitées </b><b> : </b>A, B<br>", 12),
        ("<b> : </b>A, B<br>", None),
    ],
)
async def test_stickers_count_once_over_all_lists(more: str, count: int | None) -> None:
    stickers = (await one(f"<b>Album</b><br>Panini : 1 à 10<br>{more}")).sticker_album
    assert (stickers.sticker_count if stickers.HasField("sticker_count") else None) == count


async def test_the_description_is_the_text_and_none_of_the_lists() -> None:
    body = (
        "<div class=d2><div class=g0><b>Images brillantes </b><b> : </b>1</div></div>"
        "<div class='x d2'><div class='g0 y'>Paru en <i>France</i>.<br><br>R&eacute;&eacute;dit&eacute;.</div></div>"
    )
    assert (await one(body)).description == "Paru en France.\n\nRéédité."


@pytest.mark.parametrize(
    ("told", "ids", "kept"),
    [
        ("4006381333931", [("ean", "4006381333931")], None),
        ("4 006381 333931", [("ean", "4006381333931")], None),
        ("036000291452", [("upc", "036000291452")], None),
        ("4006381333931 / 4006381333932", [("ean", "4006381333931")], "4006381333932"),
        ("inconnu", [], None),
    ],
)
async def test_barcodes(told: str, ids: list[Any], kept: str | None) -> None:
    item = await one(f"<b>Code-barres : </b>{told}<br>")
    assert [(x.scheme, x.value) for x in item.external_ids if x.scheme != "paninimania"] == ids
    assert item.attributes.get("barcode") == kept


async def test_pictures() -> None:
    body = (
        '<b>Copyright : </b>x<br><img src="img/logo.jpg"><img src="files/15/31/?n=17b.jpg" border=0>'
        '<a href="files/15/31/?n=17_i1b_d1wmyy.jpg" target="_blank" title="Dos de l`album">'
        '<img src="files/15/31/?n=17_i1s.jpg"></a><a target="_blank" href="files/15/31/17_i2b.jpg"><img></a>'
        '<a href="files/15/31/17_i2b.jpg" target="_blank">x</a><a href="https://a.example/b.jpg" target="_blank">x</a>'
        '<a href="files/15/31/list.pdf" target="_blank">Liste</a>'
    )
    item = await one(body)
    assert [(x.role, x.url, x.caption, x.thumbnail_url) for x in item.images] == [
        (Image.PRIMARY, f"{SITE}files/15/31/?n=17b.jpg", "", ""),
        (
            Image.GALLERY,
            f"{SITE}files/15/31/?n=17_i1b_d1wmyy.jpg",
            "Dos de l'album",
            f"{SITE}files/15/31/?n=17_i1s.jpg",
        ),
        (Image.GALLERY, f"{SITE}files/15/31/17_i2b.jpg", "", ""),
    ]


async def test_articles_and_categories() -> None:
    body = (
        "<H2><a href='?'>Menu</a> &gt; <a href='?pag=cid508'>Tous les albums</a> &gt; <a href='?c=1'>Sports</a></H2>"
        "<b>Articles divers :</b><br>- Pack : <em>Album</em> + 3 : 4,95 €<br>Remarque<br>- Album : 2.90 €"
        "<div>- no article</div>"
    )
    stickers = (await one(f"<b>Copyright : </b>x<br>{body}")).sticker_album
    assert list(stickers.articles) == ["Pack : Album + 3 : 4,95 €", "Album : 2.90 €"]
    assert (list(stickers.categories), stickers.HasField("checklist")) == (["Sports"], False)


async def test_an_old_page_in_its_own_charset() -> None:
    body = "<html><h1>Étoiles</h1><b>Première parution : </b>août 1987<br></html>".encode("cp1252")
    answer = Answer(body, headers={"content-type": "text/html; charset=iso-8859-1"})
    item, _ = await asked(OF_ALBUM, {HERE: answer})
    assert (item.title, item.release_date) == ("Étoiles", "1987-08")


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["<p>Cet album n'existe pas</p>", "<p>Cet album n\u2019existe pas</p>", "<h1>Page introuvable</h1>"]
)
async def test_an_unknown_album_is_known_by_its_page(body: str) -> None:
    with pytest.raises(NotFound):
        await asked(OF_ALBUM, {HERE: page(body)})


async def test_words_in_a_text_do_not_make_an_album_unknown() -> None:
    item = await one("<b>Copyright : </b>x<br><div class=d2><div class=g0>L'image 13 n'existe pas.</div></div>")
    assert item.description == "L'image 13 n'existe pas."


@pytest.mark.parametrize("question", [search("album"), OF_ALBUM, trending(Feed.RECENT)])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page("<h1>Bienvenue</h1>"), ShapeChanged),
        (page("<p>Maintenance</p>"), ShapeChanged),
        (Answer({"ok": True}), ShapeChanged),
        (Answer("", headers=HTML), ShapeChanged),
        (Answer("oops", 500), Unreachable),
        (Answer("slow down", 429), RateLimited),
        (Answer("no", 404), NotFound),
        (page("<p>Checking</p>", "Just a moment..."), Blocked),
    ],
)
async def test_other_answers_are_errors(question: Question, answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {HERE: answer})


@pytest.mark.parametrize(
    ("lists", "count"),
    [
        ("<b>Images Puzzle </b><b> : </b>A \u00e0 D<br>", 30),
        ("<b>Images Puzzle </b><br>", None),
        ("<br>A \u00e0 D<br>", None),
        ("<br>En 1998<br>", 26),
    ],
)
async def test_stickers_are_counted_only_when_all_lists_are_read(lists: str, count: int | None) -> None:
    item = await one(f"<b>Collection</b><br> Panini : 1 \u00e0 26<br>{lists}")
    stickers = item.sticker_album
    assert (stickers.sticker_count if stickers.HasField("sticker_count") else None) == count
