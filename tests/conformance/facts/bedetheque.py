"""Bedetheque."""

from __future__ import annotations

from tako.v1.choices_pb2 import Relation
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import NotFound, Page
from tests.conformance.cases import Facts, detail, lookup, related, search

facts = Facts("bedetheque", walk="robinet", nothing="rien de tel")

SITE = "https://www.bedetheque.com"
SERIES = "bedetheque/comic_series/90001"
ALBUM = "bedetheque/comic_issue/91001"
AUTHOR = "bedetheque/person/80001"
THE_SERIES = "synthetic-detail-serie-90001"
THE_GALLERY = "synthetic-related-serie-90001-albums"


def source(item: Item) -> str:
    return next(one.url for one in item.links if one.role == Link.SOURCE)


def shown(item: Item) -> list[tuple[Image.Role.ValueType, str]]:
    return [(one.role, one.url.removeprefix(SITE)) for one in item.images]


# --- The search box -----------------------------------------------------------------------------------------


@facts("synthetic-search-ajax-tout", search("exemple"))
def series_and_authors_by_the_letter_of_their_ids(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [
        (SERIES, "Exemple (L')"),
        ("bedetheque/comic_series/90002", "Exemplaire"),
        (AUTHOR, "Exemple, Jean"),
    ]
    assert (page.next, page.total) == ("", None)
    first, second, third = page.items
    assert [(one.text, one.type) for one in first.alternative_titles] == [("L'Exemple", AlternativeTitle.SYNONYM)]
    assert (list(first.languages), first.attributes["flag"]) == (["fr"], "France")
    assert (list(second.languages), second.attributes["flag"]) == ([], "Belgique")
    assert source(first) == f"{SITE}/serie/index/s/90001"
    assert source(third) == f"{SITE}/auteur/index/a/80001"
    assert [(one.scheme, one.value) for one in first.external_ids] == [("bedetheque", "90001")]
    assert (len(first.images), dict(third.attributes), first.HasField("year")) == (0, {}, False)


@facts("synthetic-search-ajax-series", search("exemple", kind=Item.COMIC_SERIES))
def series_alone_have_plain_numbers(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [
        (SERIES, "Exemple (L')"),
        ("bedetheque/comic_series/90002", "Exemplaire"),
    ]
    assert page.items[0].attributes["flag"] == "France"


@facts("synthetic-search-ajax-auteurs", search("exemple", kind=Item.PERSON))
def authors_are_told_surname_first(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [
        (AUTHOR, "Exemple, Jean"),
        ("bedetheque/person/80404", "Exemplène"),
    ]


@facts("synthetic-search-ajax-empty", search("zzzzqqqq", kind=Item.COMIC_SERIES))
def nothing_found_is_a_word(page: Page) -> None:
    assert (list(page.items), page.next) == ([], "")


@facts("synthetic-search-ajax-empty", search("zzzzqqqq", kind=Item.COMIC_ISSUE))
def no_series_has_no_albums(page: Page) -> None:
    assert list(page.items) == []


@facts("synthetic-search-ajax-series", search("exemple", kind=Item.COMIC_ISSUE), also=[THE_GALLERY])
def albums_come_from_the_galleries_of_the_series(page: Page) -> None:
    assert [(one.source_id, one.title, one.comic_issue.number) for one in page.items] == [
        ("91001", "Le catalogue", "1"),
        ("91003", "Le catalogue", "1a2005"),
        ("91404", "Intégrale", "INT"),
    ]


@facts("synthetic-search-ajax-series", search("exemple", kind=Item.COMIC_SERIES, enrich=True), also=[THE_SERIES])
def enriched_hits_have_covers_where_the_page_answers(page: Page) -> None:
    assert [shown(one)[:1] for one in page.items] == [[(Image.PRIMARY, "/media/Couvertures/Couv_91001.jpg")], []]


# --- A series -----------------------------------------------------------------------------------------------


@facts(THE_SERIES, detail(SERIES))
def a_series_with_404_in_its_page(item: Item) -> None:
    assert (item.id, item.title, item.language) == (SERIES, "Exemple (L')", "fr")
    assert item.description == "Une équipe de bricoleurs construit un catalogue universel & le perd."
    assert (item.year, item.end_year, item.release_date) == (1999, 2004, "1999")
    assert (item.status, item.status_text) == (WorkStatus.ONGOING, "Série en cours")
    assert (list(item.genres), list(item.languages), list(item.countries)) == (["Humour"], ["fr"], ["FR"])
    assert source(item) == f"{SITE}/serie-90001-BD-Exemple-L.html"
    assert not item.HasField("rating")  # the only one on the page is that of an album
    assert shown(item) == [
        (Image.PRIMARY, "/media/Couvertures/Couv_91001.jpg"),
        (Image.THUMBNAIL, "/cache/thb_couv/Couv_91001.jpg"),
        (Image.SCAN, "/media/Planches/PlancheS_90001.jpg"),
    ]
    assert item.images[2].thumbnail_url == f"{SITE}/cache/thb_series/PlancheS_90001.jpg"
    series = item.comic_series
    assert series.issue_count == 2
    assert [(one.id, one.number, one.title, one.date) for one in series.issues] == [
        (ALBUM, "1", "Le catalogue", "1999-01-20"),
        ("bedetheque/comic_issue/91002", "2", "La fuite", "2004-03"),
        ("bedetheque/comic_issue/91404", "INT", "Intégrale", "2006-11"),
    ]
    assert [(one.id, one.name) for one in series.recommendations] == [("bedetheque/comic_series/90010", "Autre")]
    assert len(series.related) == 0
    assert not series.HasField("publisher")


@facts(THE_SERIES, related(SERIES, Relation.ISSUES))
def its_albums(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["91001", "91002", "91404"]
    first, second, third = page.items
    assert [(one.name, one.role) for one in first.comic_issue.credits] == [
        ("Exemple, Jean", CreditRole.WRITER),
        ("Modèle, Anne", CreditRole.ARTIST),
    ]
    assert (first.rating.value, first.rating.scale, first.rating.votes) == (4.2, 5, 12)
    assert first.attributes["isbn"] == "2-00000-001-X"  # its check digit is wrong
    assert (second.title, second.year, second.comic_issue.legal_deposit) == ("La fuite", 2004, "03/2004")
    assert second.comic_issue.series.series.name == "Exemple (L')"
    assert (len(second.images), second.comic_issue.HasField("omnibus")) == (0, False)
    assert (third.comic_issue.number, third.comic_issue.omnibus) == ("INT", True)


@facts(THE_GALLERY, related(SERIES, Relation.ISSUES, enrich=True), also=[THE_SERIES])
def its_albums_with_covers_and_further_editions(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["91001", "91003", "91404", "91002"]
    first, second, third, fourth = page.items
    assert first.comic_issue.page_count == 46  # what the page of the series tells is kept
    assert (second.title, second.comic_issue.number, second.comic_issue.edition_letter) == (
        "Le catalogue",
        "1a2005",
        "a",
    )
    assert shown(second) == [(Image.THUMBNAIL, "/cache/thb_couv/Couv_91003.jpg")]
    assert source(second) == f"{SITE}/BD-Exemple-L-Tome-1-Le-catalogue-91003.html"
    assert shown(third) == [(Image.THUMBNAIL, "/cache/thb_couv/Couv_91404.jpg")]
    assert third.release_date == "2006-11"
    assert shown(fourth) == []


@facts(THE_SERIES, related(SERIES, Relation.RECOMMENDATIONS))
def what_is_recommended_beside_it(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("bedetheque/comic_series/90010", "Autre")
    assert shown(item) == [(Image.THUMBNAIL, "/cache/thb_couv/Couv_91900.jpg")]


@facts(THE_SERIES, related(SERIES, Relation.RELATED_WORKS))
def no_related_series(page: Page) -> None:
    assert list(page.items) == []


@facts(THE_SERIES, lookup("bedetheque", "90001", kinds=(Item.COMIC_SERIES,)))
def the_series_by_its_number(page: Page) -> None:
    assert [one.id for one in page.items] == [SERIES]


# --- An album -----------------------------------------------------------------------------------------------


@facts("synthetic-detail-album-91001", detail(ALBUM))
def an_album(item: Item) -> None:
    assert (item.id, item.title, item.description) == (ALBUM, "Le catalogue", "Jean et Anne rangent le monde.")
    assert (item.year, item.release_date) == (1999, "1999-01-20")
    assert (item.rating.value, item.rating.scale, item.rating.votes, item.rating.source) == (4.2, 5, 12, Rating.USERS)
    assert source(item) == f"{SITE}/BD-Exemple-L-Tome-1-Le-catalogue-91001.html"
    assert shown(item) == [
        (Image.PRIMARY, "/media/Couvertures/Couv_91001.jpg"),
        (Image.BACK_COVER, "/media/Versos/Verso_91001.jpg"),
        (Image.SCAN, "/media/Planches/PlancheA_91001.jpg"),
    ]
    issue = item.comic_issue
    assert (issue.series.series.id, issue.series.series.name, issue.series.volume) == (SERIES, "Exemple (L')", "1")
    assert (issue.number, issue.edition_letter) == ("1", "")
    assert [(one.name, one.id, one.role, one.job) for one in issue.credits] == [
        ("Exemple, Jean", AUTHOR, CreditRole.WRITER, "Scénario"),
        ("Second, Paul", "bedetheque/person/80003", CreditRole.WRITER, "Scénario"),
        ("Modèle, Anne", "bedetheque/person/80002", CreditRole.ARTIST, "Dessin"),
    ]  # the colours are by <Indéterminé>
    assert (issue.publisher.name, issue.publisher.id) == ("Éditions Modèle", "")
    assert (issue.collection, issue.format, issue.page_count) == ("Grand modèle", "Format normal", 46)
    assert (issue.legal_deposit, issue.printed, issue.store_date) == ("01/1999", "12/1998", "1999-01-20")
    assert (issue.first_edition, issue.HasField("omnibus"), issue.HasField("weight_g")) == (True, False, False)
    # The check digit of the printed ISBN is wrong: it is no id.
    assert [(one.scheme, one.value) for one in item.external_ids] == [("bedetheque", "91001")]
    assert dict(item.attributes) == {
        "estimate": "de 10 à 15 euros",
        "edition": "Edition originale",
        "isbn": "978-2-00000-001-4",
    }
    assert len(item.prices) == 0


# --- An author ----------------------------------------------------------------------------------------------


@facts("synthetic-related-auteur-80001-works", detail(AUTHOR))
def an_author(item: Item) -> None:
    assert (item.id, item.title) == (AUTHOR, "Exemple, Jean")
    assert [(one.text, one.type) for one in item.alternative_titles] == [("Jean Exemple", AlternativeTitle.ALIAS)]
    assert item.description == "Auteur fictif de cette page d'essai."
    person = item.person
    assert (person.given_name, person.family_name) == ("Jean", "Exemple")
    assert (person.birth_date, person.death_date) == ("1931-11-05", "")
    assert shown(item) == [(Image.PRIMARY, "/media/Photos/Photo_80001.jpg")]
    assert [(one.work.id, one.work.name, one.role, one.job) for one in person.works] == [
        (SERIES, "Exemple (L')", CreditRole.WRITER, "Scénario"),
        ("bedetheque/comic_series/90010", "Autre", CreditRole.ARTIST, "Dessin"),
        ("bedetheque/comic_series/90010", "Autre", CreditRole.COLORIST, "Couleurs"),
    ]
    assert (item.release_date, item.HasField("year")) == ("", False)


@facts("synthetic-related-auteur-80001-works", related(AUTHOR, Relation.WORKS))
def the_series_of_an_author(page: Page) -> None:
    first, second = page.items
    assert (first.id, first.title, first.year, first.end_year) == (SERIES, "Exemple (L')", 1999, 2004)
    assert (first.context.label, first.context.role) == ("Séries principales", "Scénario")
    assert list(first.languages) == ["fr"]
    assert (second.source_id, second.year, second.HasField("end_year")) == ("90010", 2001, False)
    assert second.context.role == "Dessin, Couleurs"


# --- What is not there --------------------------------------------------------------------------------------


@facts("synthetic-error-not-found", detail("bedetheque/comic_series/99999999"), fails=NotFound)
def no_such_series(error: NotFound) -> None:
    assert "Bedetheque" in str(error)


@facts("synthetic-error-not-found", related("bedetheque/comic_series/99999999", Relation.ISSUES), fails=NotFound)
def no_albums_of_no_series(error: NotFound) -> None:
    assert "Bedetheque" in str(error)


@facts("synthetic-error-not-found", lookup("bedetheque", "99999999", kinds=(Item.COMIC_SERIES,)))
def nothing_has_this_number(page: Page) -> None:
    assert list(page.items) == []
