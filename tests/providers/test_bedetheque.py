"""Bedetheque."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Relation
from tako.v1.item_parts_pb2 import Image, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.comics.bedetheque import Bedetheque
from tako_providers.sdk import Access, Blocked, InvalidField, NotFound, Refused, ShapeChanged
from tests.conformance.cases import Question, detail, lookup, related, search
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

SITE = "https://www.bedetheque.com"
SERIES = "bedetheque/comic_series/59"
ALBUM = "bedetheque/comic_issue/7"
AUTHOR = "bedetheque/person/80"
SERIES_AT, ALBUM_AT, AUTHOR_AT = "/serie/index/s/59", "/BD--7.html", "/auteur/index/a/80"
HEAD = '<div class="bandeau-info serie"><h1><a href="serie-59-BD-X.html">X</a></h1>{}</div>'
BANNED = "<html><body><h1>Vous avez été banni</h1><p>Trop de pages.</p></body></html>"
NO_PAGE = "<html><body><h1>Page introuvable</h1></body></html>"


def page(body: str, **meta: str) -> str:
    told = "".join(f'<meta property="og:{name}" content="{text}">' for name, text in meta.items())
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{told}</head><body>{body}</body></html>'


def series_page(*blocks: str, head: str = "", **meta: str) -> str:
    return page(HEAD.format(head) + "".join(blocks), **meta)


def album_page(*lines: str, heading: str = "<h2>1. T</h2>", more: str = "", **meta: str) -> str:
    rows = "".join(f"<li>{line}</li>" for line in lines)
    return page(
        f'<h1><a href="/serie-59-BD-X.html">X</a></h1>{heading}<ul class="infos-albums">{rows}</ul>{more}', **meta
    )


def author_page(*blocks: str, **meta: str) -> str:
    return page('<h1 class="auteur-nom">Doe, Jane</h1>' + "".join(blocks), **meta)


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Bedetheque(), question, {"/ajax/resume/album/7": "riendutout", **answers})


async def series(*blocks: str, **told: str) -> Item:
    item, _ = await asked(detail(SERIES), {SERIES_AT: series_page(*blocks, **told)})
    assert isinstance(item, Item)
    return item


async def album(*lines: str, **told: str) -> Item:
    item, _ = await asked(detail(ALBUM), {ALBUM_AT: album_page(*lines, **told)})
    assert isinstance(item, Item)
    return item


async def author(*blocks: str) -> Item:
    item, _ = await asked(detail(AUTHOR), {AUTHOR_AT: author_page(*blocks)})
    assert isinstance(item, Item)
    return item


async def sampled(question: Question) -> Any:
    return await ask_samples(Bedetheque(), question)


def ids(found: Any) -> list[str]:
    return [one.source_id for one in found.items]


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_all_that_relates() -> None:
    found = await sampled(search("robinet"))
    assert [(one.kind, one.source_id) for one in found.items] == [(Item.COMIC_SERIES, "70001"), (Item.PERSON, "60001")]
    item = await sampled(detail("bedetheque/comic_series/70001"))
    assert (item.title, item.status, item.attributes["origin"]) == ("Robinet (Le)", WorkStatus.COMPLETED, "Europe")
    assert [(one.number, one.date) for one in item.comic_series.issues] == [("1", "2011-09-14"), ("2", "2013-02")]
    assert ids(await sampled(related("bedetheque/comic_series/70001", Relation.ISSUES, enrich=True))) == [
        "71001",
        "71002",
    ]
    assert ids(await sampled(related("bedetheque/comic_series/70001", Relation.RELATED_WORKS))) == ["70002"]
    assert ids(await sampled(related("bedetheque/comic_series/70001", Relation.RECOMMENDATIONS))) == ["70003"]
    assert ids(await sampled(related("bedetheque/person/60001", Relation.WORKS))) == ["70001"]
    issue = await sampled(detail("bedetheque/comic_issue/71001"))
    assert [(one.scheme, one.value) for one in issue.external_ids][1:] == [("isbn13", "9782999990012")]
    assert issue.comic_issue.first_edition


async def test_samples_are_found_by_number_and_by_isbn() -> None:
    assert ids(await sampled(lookup("bedetheque", "70001"))) == ["70001"]
    (found,) = (await sampled(lookup("isbn13", "9782999990012"))).items
    assert (found.source_id, found.title, found.comic_issue.series.series.name) == (
        "71001",
        "La goutte",
        "Robinet (Le)",
    )
    assert ids(await sampled(lookup("isbn13", "9782999999992"))) == []
    assert ids(await sampled(search("robinet", kind=Item.COMIC_ISSUE))) == ["71001", "71002"]


# --- The search box -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "path"),
    [(None, "/ajax/tout"), (Item.COMIC_SERIES, "/ajax/series"), (Item.PERSON, "/ajax/auteurs")],
)
async def test_each_kind_has_its_box(kind: Any, path: str) -> None:
    _, up = await asked(search("l'été", kind=kind), {path: "[]"})
    assert (up.paths, up.params) == ([path], {"term": "l'été"})
    headers = up.requests[0].headers
    assert (headers["X-Requested-With"], headers["Referer"]) == ("XMLHttpRequest", SITE)
    assert headers["Accept-Language"].startswith("fr")


def test_pages_go_through_the_browser_and_the_box_does_not() -> None:
    manifest = Bedetheque.manifest
    assert (manifest.access, manifest.direct) == (Access.BROWSER, (f"{SITE}/ajax/",))


async def test_letters_tell_kinds_and_unknown_ones_are_left_out() -> None:
    entries = [
        {"id": "S59", "label": "A &amp; B"},
        {"id": "R3", "label": "A magazine"},
        {"id": "A59", "label": "Doe"},
        {"id": "S60", "label": " "},
    ]
    found, _ = await asked(search("x"), {"/ajax/tout": entries})
    assert [(one.kind, one.source_id, one.title) for one in found.items] == [
        (Item.COMIC_SERIES, "59", "A & B"),
        (Item.PERSON, "59", "Doe"),
    ]


async def test_a_number_may_be_one() -> None:
    found, _ = await asked(search("x", kind=Item.COMIC_SERIES), {"/ajax/series": [{"id": 59, "value": "X"}]})
    assert [(one.source_id, one.title, list(one.languages)) for one in found.items] == [("59", "X", [])]


@pytest.mark.parametrize(("flag", "languages"), [("USA", ["en"]), ("Japan", ["ja"]), ("autre", []), ("Belgique", [])])
async def test_a_flag_is_a_language(flag: str, languages: list[str]) -> None:
    entry = {"id": "S1", "label": "X", "desc": f"skin/flags/{flag}.png"}
    found, _ = await asked(search("x"), {"/ajax/tout": [entry]})
    assert (list(found.items[0].languages), found.items[0].attributes["flag"]) == (languages, flag)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("riennn", ShapeChanged),
        ('{"id":"S1"}', ShapeChanged),
        ("null", ShapeChanged),
        ('["S1"]', ShapeChanged),
        ('[{"label":"X"}]', ShapeChanged),
        (BANNED, Blocked),
        ("La recherche de a renvoie plus de 500 données", Refused),
    ],
)
async def test_anything_else_than_entries_is_an_error(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("x"), {"/ajax/tout": body})


async def test_words_are_needed() -> None:
    with pytest.raises(InvalidField):
        await asked(search(""), {})


async def test_enrich_asks_for_ten_pages_at_most_and_keeps_what_fails() -> None:
    entries = [{"id": f"S{number}", "label": "X"} for number in range(1, 13)]
    shown = series_page(image=f"{SITE}/media/Couvertures/Couv_1.jpg")
    found, up = await asked(search("x", enrich=True), {"/ajax/tout": entries, "/serie/index/s/1": shown})
    assert len(up.requests) == 11
    assert [len(one.images) for one in found.items] == [1] + [0] * 11
    assert up.partial


# --- Albums by way of their series --------------------------------------------------------------------------

GALLERY = """<h1><a href="/serie-{0}-BD-X.html">{1}</a></h1><ul class="gallery-couv-large">{2}</ul>"""


def shown(number: int, told: str, caption: str) -> str:
    return (
        f'<li><a href="/BD-X-{number}.html" title="{told}"><img src="/cache/thb_couv/Couv_{number}.jpg"></a>'
        f'<div class="sous-titre">{caption}</div></li>'
    )


async def test_albums_hold_all_words_and_come_from_three_series() -> None:
    entries = [{"id": str(number), "label": label} for number, label in enumerate(["Été (L')", "B", "C", "D"], 1)]
    first = GALLERY.format(
        1, "Été (L')", shown(11, "Album de Été (L') -1- Là", "<b>Tome 1</b> - Là") + shown(12, "", "")
    )
    second = GALLERY.format(2, "B", shown(21, "Album de B -1- Ete", "<b>Tome 1</b> - Ete") + shown(22, "", "Autre"))
    found, up = await asked(
        search("ete", kind=Item.COMIC_ISSUE),
        {"/ajax/series": entries, "/albums-1-BD-Ete-L.html": page(first), "/albums-2-BD-B.html": page(second)},
    )
    assert ids(found) == ["11", "12", "21"]
    assert [one.title for one in found.items] == ["Là", "Été (L')", "Ete"]
    assert up.paths == ["/ajax/series", "/albums-1-BD-Ete-L.html", "/albums-2-BD-B.html", "/albums-3-BD-C.html"]
    assert up.partial


async def test_the_first_series_must_answer() -> None:
    with pytest.raises(Blocked):
        await asked(
            search("x", kind=Item.COMIC_ISSUE),
            {"/ajax/series": [{"id": "1", "label": "X"}], "/albums-1-BD-X.html": BANNED},
        )


@pytest.mark.parametrize(
    ("told", "caption", "number", "letter", "title"),
    [
        ("Album de X -1a2005- Le T", "<b>Tome 1a</b> - Le T", "1a2005", "a", "Le T"),
        ("Voir la fiche Album de X -15- ", '<b>Tome 15</b> - "NC" ne répond plus', "15", "", '"NC" ne répond plus'),
        ("Album de X --1- Avant", "<b>Tome -1</b> - Avant", "-1", "", "Avant"),
        ("Album de X -HS- Hors", '<b>HS</b> - <span class="numa-serie"><b>a</b> - </span>Hors', "HS", "", "Hors"),
        ("X", "<b>Tome 2</b>", "2", "", "X"),
        ("X", "", "", "", "X"),
    ],
)
async def test_numbers_of_a_gallery(told: str, caption: str, number: str, letter: str, title: str) -> None:
    entry = shown(7, told, caption)
    found, _ = await asked(
        search("x", kind=Item.COMIC_ISSUE),
        {"/ajax/series": [{"id": "59", "label": "X"}], "/albums-59-BD-X.html": page(GALLERY.format(59, "X", entry))},
    )
    (item,) = found.items
    assert (item.comic_issue.number, item.comic_issue.edition_letter, item.title) == (number, letter, title)


# --- A series -----------------------------------------------------------------------------------------------


async def test_what_a_bare_series_does_not_say_stays_unset() -> None:
    item = await series()
    assert (item.title, item.description, item.status_text, list(item.genres)) == ("X", "", "", [])
    assert not any(item.HasField(name) for name in ("year", "end_year", "rating"))
    assert not item.comic_series.HasField("issue_count")
    assert (len(item.images), dict(item.attributes)) == (0, {})
    assert item.links[0].url == f"{SITE}/serie-59-BD-.html"  # the words in it are for people


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Série suspendue", WorkStatus.HIATUS),
        ("Série abandonnée", WorkStatus.CANCELLED),
        ("One shot", WorkStatus.COMPLETED),
        ("Série étrange", WorkStatus.TYPE_UNSPECIFIED),
    ],
)
async def test_statuses(told: str, status: int) -> None:
    item = await series(head=f'<h3><span><i class="icon-info-sign"></i> {told}</span></h3>')
    assert (item.status, item.status_text) == (status, told)


async def test_a_single_year_and_a_rating_of_the_series_itself() -> None:
    item = await series(
        '<p class="static">Note: <strong> 4,1</strong>/5 (120 votes)</p>',
        head='<h3><span><i class="icon-calendar"></i> 1994</span></h3>',
    )
    assert (item.year, item.HasField("end_year"), item.release_date) == (1994, False, "1994")
    assert (item.rating.value, item.rating.votes, item.rating.scale) == (4.1, 120, 5)


async def test_no_votes_are_no_rating() -> None:
    assert not (await series('<p class="static">Note: <strong>0.0</strong>/5 (0 votes)</p>')).HasField("rating")


async def test_a_description_of_the_head_loses_its_opening() -> None:
    body = series_page().replace(
        "<head>", '<head><meta name="description" content="Tout sur la série X : Y : un récit.">'
    )
    item, _ = await asked(detail(SERIES), {SERIES_AT: body})
    assert item.description == "Y : un récit."


async def test_the_logo_is_no_picture() -> None:
    assert len((await series(image=f"{SITE}/media/Logo_BDGest_rel.png")).images) == 0


async def test_a_series_of_one_album_has_no_list_at_its_side() -> None:
    block = (
        '<ul class="liste-albums"><li id="7"><h3><a class="titre" href="/BD-X-7.html"><span itemprop="name">'
        '<span class="numa"></span>X</span></a></h3><ul class="infos"></ul></li></ul>'
    )
    found, _ = await asked(related(SERIES, Relation.ISSUES), {SERIES_AT: series_page(block)})
    assert [(one.source_id, one.title, one.comic_issue.number) for one in found.items] == [("7", "X", "")]


async def test_editions_at_the_side_of_a_series() -> None:
    side = (
        '<ul class="liste-albums-side"><li><label>1<span class="numa">a1965</span>. </label>'
        '<a href="/BD-X-7.html" title="T">T</a><span class="dl-side">--/1965</span></li></ul>'
    )
    found, _ = await asked(related(SERIES, Relation.ISSUES), {SERIES_AT: series_page(side)})
    (item,) = found.items
    assert (item.comic_issue.number, item.comic_issue.edition_letter) == ("1a1965", "a")
    assert (item.release_date, item.comic_issue.legal_deposit) == ("1965", "--/1965")


async def test_a_series_without_albums_is_empty_and_one_that_counts_them_is_not() -> None:
    found, _ = await asked(related(SERIES, Relation.ISSUES), {SERIES_AT: series_page()})
    assert list(found.items) == []
    counted = series_page('<span><i class="icon-book"></i> 3 albums</span>')
    with pytest.raises(ShapeChanged):
        await asked(related(SERIES, Relation.ISSUES), {SERIES_AT: counted})
    leads = series_page('<a href="albums-59-BD-X.html">Albums <span>1</span></a>')
    gallery = page(GALLERY.format(59, "X", shown(7, "Album de X -1- T", "<b>Tome 1</b> - T")))
    found, up = await asked(related(SERIES, Relation.ISSUES), {SERIES_AT: leads, "/albums-59-BD-X.html": gallery})
    assert (ids(found), up.paths) == (["7"], [SERIES_AT, "/albums-59-BD-X.html"])


async def test_related_series_are_named_once() -> None:
    block = (
        '<div class="tab_content serie-liee"><a href="/serie-60-BD-Y.html">'
        '<img src="/cache/thb_couv/Couv_9.jpg" alt="Y"></a><ul><li><a href="/serie-60-BD-Y.html" title="Y">• Y</a></li>'
        '<li><a href="/serie-61-BD-Z.html">•• Z</a></li>'
        "</ul></div>"
    )
    found, _ = await asked(related(SERIES, Relation.RELATED_WORKS), {SERIES_AT: series_page(block)})
    assert [(one.source_id, one.title, len(one.images)) for one in found.items] == [("60", "Y", 1), ("61", "Z", 0)]


# --- An album -----------------------------------------------------------------------------------------------


async def test_labels_are_read_without_accents_and_blank_ones_go_on() -> None:
    item = await album(
        '<label>Scenario : </label><a href="/auteur-1-BD-A.html">A, B</a>',
        '<label>&nbsp;</label><a href="/auteur-2-BD-C.html">C</a>',
        '<label>Couleurs : </label><a href="/auteur-1-BD-Indetermine.html">&lt;Indéterminé&gt;</a>',
        "<label>Encrage : </label>&lt;N&amp;B&gt;",
        "<label>Lettrage : </label>Sans Page",
        "<label>Dépot légal : </label>--/2001",
        "<label>Poids : </label>1 250 g",
    )
    issue = item.comic_issue
    assert [(one.name, one.id, one.role) for one in issue.credits] == [
        ("A, B", "bedetheque/person/1", CreditRole.WRITER),
        ("C", "bedetheque/person/2", CreditRole.WRITER),
        ("Sans Page", "", CreditRole.LETTERER),
    ]
    assert (item.release_date, issue.legal_deposit, issue.store_date, issue.weight_g) == ("2001", "--/2001", "", 1250)


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("2-205-00696-7", ["2205006967", "9782205006964"]),
        ("978-2-205-00696-4", ["9782205006964"]),
        ("2-205-00696-0", []),
    ],
)
async def test_isbns_count_when_their_check_digit_is_right(printed: str, values: list[str]) -> None:
    item = await album(f"<label>EAN/ISBN : </label><span>{printed}</span>")
    assert [one.value for one in item.external_ids if one.scheme.startswith("isbn")] == values
    assert item.attributes.get("isbn", "") == ("" if values else printed)


async def test_only_the_edition_that_was_asked_for_is_read() -> None:
    other = (
        '<ul class="liste-albums"><li><a name="8"></a><a href="/media/Couvertures/Couv_8.jpg"></a><ul class="infos">'
        "<li><label>Identifiant : </label>8</li><li><label>Editeur : </label>Autre</li></ul></li>"
        '<li><a name="7"></a><a href="/media/Couvertures/Libre.jpg"></a><a href="/media/Planches/P_7.jpg"></a>'
        '<ul class="infos"><li><label>Identifiant : </label>7</li><li><label>Editeur : </label>Mien</li></ul></li></ul>'
    )
    item = await album("<label>Identifiant : </label>8", "<label>Editeur : </label>Autre", more=other)
    assert item.comic_issue.publisher.name == "Mien"
    assert [(one.role, one.url.rsplit("/", 1)[1]) for one in item.images] == [
        (Image.PRIMARY, "Libre.jpg"),
        (Image.SCAN, "P_7.jpg"),
    ]


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ('<h2>3<span class="numa">b1999</span>. Le T</h2>', "3b1999", "Le T"),
        ('<h2>INT<span class="numa">01</span>. Tout</h2>', "INT01", "Tout"),
        ('<h2><span class="numa"></span>Seul</h2>', "", "Seul"),
        ("", "", "X"),
    ],
)
async def test_headings(heading: str, number: str, title: str) -> None:
    item = await album("<label>Format : </label>Grand", heading=heading)
    assert (item.comic_issue.number, item.title) == (number, title)
    assert item.comic_issue.HasField("omnibus") == number.startswith("INT")


async def test_a_summary_that_is_missing_is_asked_for_and_may_fail() -> None:
    item, up = await asked(
        detail(ALBUM), {ALBUM_AT: album_page(), "/ajax/resume/album/7": "Un <b>récit</b>.<br>Long &amp; beau."}
    )
    assert (item.description, up.paths) == ("Un récit.\nLong & beau.", [ALBUM_AT, "/ajax/resume/album/7"])
    item, up = await asked(detail(ALBUM), {ALBUM_AT: album_page(), "/ajax/resume/album/7": Answer("", 503)})
    assert (item.description, up.partial) == ("", True)
    item, up = await asked(detail(ALBUM), {ALBUM_AT: album_page(more='<p class="resume">Là.</p>')})
    assert (item.description, up.paths) == ("Là.", [ALBUM_AT])


# --- An author ----------------------------------------------------------------------------------------------


async def test_what_an_author_page_says() -> None:
    item = await author(
        '<ul class="auteur-info"><li><label>Pseudo :</label>JD</li><li><label>Naissance :</label>vers 1900</li>'
        '<li><label>Décès :</label>le --/12/1970</li><li><label>Site internet :</label><a href="http://jane.example">x</a>'
        '</li></ul><span class="pays-auteur">(Belgique)</span>'
    )
    person = item.person
    assert [one.text for one in item.alternative_titles] == ["JD"]
    assert (person.birth_date, person.death_date, person.country) == ("1900", "1970-12", "Belgique")
    assert [one.url for one in item.links] == ["http://jane.example"]
    assert (len(item.images), len(person.works), item.language) == (0, 0, "fr")


async def test_books_about_an_author_are_not_their_works() -> None:
    row = (
        '<tr><td><a href="/serie-{0}-BD-S.html">S{0}</a></td><td>1990</td><td></td><td><i title="Dessin"></i></td></tr>'
    )
    tables = "".join(
        f'<table class="biblio-auteur"><tr><th>{heading}</th></tr>{row.format(number)}</table>'
        for number, heading in enumerate(["Séries principales", "Autres collaborations", "Documents, Biographies"], 1)
    )
    found, _ = await asked(related(AUTHOR, Relation.WORKS), {AUTHOR_AT: author_page(tables)})
    assert [(one.source_id, one.context.label, one.year) for one in found.items] == [
        ("1", "Séries principales", 1990),
        ("2", "Autres collaborations", 1990),
    ]
    assert not found.items[0].HasField("end_year")


# --- Look-ups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "paths"),
    [("59", [SERIES_AT, "/BD--59.html", "/auteur/index/a/59"]), ("S59", [SERIES_AT]), ("A59", ["/auteur/index/a/59"])],
)
async def test_a_number_is_looked_up_by_kind(code: str, paths: list[str]) -> None:
    answers = dict.fromkeys(paths, Answer(NO_PAGE, 404)) | {SERIES_AT: series_page()}
    found, up = await asked(lookup("bedetheque", code), answers)
    assert up.paths == paths
    assert ids(found) == (["59"] if SERIES_AT in paths else [])


async def test_what_is_no_number_has_nothing() -> None:
    found, up = await asked(lookup("bedetheque", "x/../59"), {})
    assert (list(found.items), up.paths) == ([], [])


FORM = page('<h1>R</h1><input name="csrf_token_bel" value="abc">')


async def test_an_isbn_is_asked_with_what_the_form_holds() -> None:
    hit = (
        '<ul class="search-list"><li><a href="/BD-X-7.html" rel="/cache/thb_couv/Couv_7.jpg">'
        '<span class="serie">X</span><span class="num"> -3- </span><span class="numa">a</span>'
        '<span class="titre"></span></a></li></ul>'
    )
    found, up = await asked(lookup("isbn13", "9782205006964"), {"/search/albums": (FORM, page(hit))})
    assert up.params == {"RechISBN": "9782205006964", "csrf_token_bel": "abc"}
    (item,) = found.items
    assert (item.source_id, item.title, item.comic_issue.number) == ("7", "X", "3a")
    assert item.images[0].role == Image.THUMBNAIL


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('<p class="erreur">La recherche renvoie plus de 500 données</p>', Refused),
        ("<h1>Autre</h1>", ShapeChanged),
        ("<h1>Vous avez été banni</h1>", Blocked),
    ],
)
async def test_a_search_for_albums_that_lists_nothing(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(lookup("isbn13", "9782205006964"), {"/search/albums": (FORM, page(body))})


# --- What is not there, or is something else ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("item_id", "path", "body", "error"),
    [
        (SERIES, SERIES_AT, NO_PAGE, NotFound),
        (SERIES, SERIES_AT, page('<form action="/search/tout"></form>'), NotFound),
        (SERIES, SERIES_AT, page("<h1>Accueil</h1>", url=f"{SITE}/"), NotFound),
        (SERIES, SERIES_AT, series_page(url=f"{SITE}/serie-60-BD-Y.html").replace("serie-59", "serie-60"), NotFound),
        (SERIES, SERIES_AT, series_page(url=f"{SITE}/serie-60-BD-Y.html"), ShapeChanged),
        (SERIES, SERIES_AT, page("<h1>Autre</h1>"), ShapeChanged),
        (SERIES, SERIES_AT, page("<p>404</p>"), ShapeChanged),
        (SERIES, SERIES_AT, BANNED, Blocked),
        (ALBUM, ALBUM_AT, album_page(url=f"{SITE}/BD-X-8.html"), NotFound),
        (ALBUM, ALBUM_AT, series_page(), ShapeChanged),
        (ALBUM, ALBUM_AT, BANNED, Blocked),
        (AUTHOR, AUTHOR_AT, NO_PAGE, NotFound),
        (AUTHOR, AUTHOR_AT, series_page(), ShapeChanged),
        ("bedetheque/comic_series/x", SERIES_AT, "", NotFound),
    ],
)
async def test_other_pages(item_id: str, path: str, body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail(item_id), {path: body})


@pytest.mark.parametrize("relation", [Relation.ISSUES, Relation.RECOMMENDATIONS, Relation.RELATED_WORKS])
async def test_relations_of_another_page(relation: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(related(SERIES, relation), {SERIES_AT: page("<h1>Autre</h1>")})


async def test_404_in_a_page_is_no_error() -> None:
    item = await series('<ul class="liste-albums-side"><li><a href="/BD-X-91404.html">Le 404</a></li></ul>')
    assert [one.title for one in item.comic_series.issues] == ["Le 404"]
