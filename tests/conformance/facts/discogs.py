"""Discogs."""

from __future__ import annotations

from tako.v1.choices_pb2 import Order, Relation
from tako.v1.details_music_pb2 import Album, Track
from tako.v1.item_parts_pb2 import Image, Link, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole
from tako_providers.sdk import NotConfigured, NotFound, Page, ProviderError, Unreachable
from tako_providers.sdk.errors import Refused
from tests.conformance.cases import Facts, detail, related, search

facts = Facts("discogs", walk="sample moon", nothing="nothing")


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def people(named: list[Credit]) -> list[tuple[str, str, str]]:
    return [(one.name, one.id, one.job) for one in named]


def lowest(item: Item) -> list[tuple[str, int, int, int]]:
    return [(p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000, p.count) for p in item.prices]


@facts("detail-artist-23755", detail("discogs/artist/23755"))
def an_artist(item: Item) -> None:
    assert (item.kind, item.title, item.artist.real_name) == (Item.ARTIST, "Miles Davis", "Miles Dewey Davis III")
    assert item.description.startswith("Trumpeter, bandleader, composer, and one of the most important figures")
    assert "he met Charlie Parker." in item.description
    assert "modern jazz album (1959)" in item.description
    assert "[" not in item.description
    assert "\r" not in item.description
    assert len(item.alternative_titles) == 37
    assert [one.text for one in item.alternative_titles][33] == "マイルス・ディビス"
    assert (len(item.artist.groups), len(item.artist.other_identities), len(item.artist.members)) == (32, 5, 0)
    assert (item.artist.groups[1].id, item.artist.groups[1].name) == ("discogs/artist/260757", "The Miles Davis Sextet")
    assert item.artist.other_identities[0].name == "Cleo Henry"
    assert item.artist.type == 0, "nobody says that it is one person"
    assert list(item.images) == [], "addresses are empty without a token"
    assert len(item.links) == 27
    assert (item.links[0].role, item.links[0].url) == (Link.SOURCE, "https://www.discogs.com/artist/23755-Miles-Davis")
    assert {link.url: link.role for link in item.links}["https://en.wikipedia.org/wiki/Miles_Davis"] == Link.WIKI
    assert dict(item.attributes) == {"data_quality": "Needs Vote"}
    assert not item.HasField("year")


@facts("detail-label-1", detail("discogs/label/1"))
def a_label(item: Item) -> None:
    assert (item.kind, item.title) == (Item.LABEL, "Planet E")
    assert item.description == "Classic Techno label from Detroit, USA.\nLabel owner: Carl Craig."
    assert [(one.id, one.name) for one in item.organization.children] == [
        ("discogs/label/86537", "Antidote"),
        ("discogs/label/41841", "Community Projects"),
    ]
    assert (item.organization.HasField("parent"), item.organization.contact) == (False, "")
    assert [(one.role, one.width, one.height) for one in item.images] == [
        (Image.PRIMARY, 132, 24),
        (Image.THUMBNAIL, 0, 0),
    ]
    assert [link.role for link in item.links] == [Link.SOURCE, Link.OTHER, Link.STORE, Link.SOCIAL]
    assert item.links[0].url == "https://www.discogs.com/label/1-Planet-E"


@facts("detail-master-666", detail("discogs/album/666"))
def a_master(item: Item) -> None:
    assert (item.kind, item.title, item.year, item.release_date) == (Item.ALBUM, "Hellfire", 2005, "")
    album = item.album
    assert (album.artist_text, album.main_release.id) == ("1349", "discogs/release/580058")
    assert (len(album.tracks), album.HasField("track_count"), list(item.images)) == (8, False, [])
    first, last = album.tracks[0], album.tracks[-1]
    assert (first.title, first.position, first.duration_ms) == ("I Am Abomination", "11", 250_000)
    assert people(list(first.credits)) == [
        ("Destroyer", "discogs/artist/854414", "Lyrics By"),
        ("Tjalve", "discogs/artist/407476", "Music By"),
    ]
    assert [one.role for one in first.credits] == [CreditRole.AUTHOR, CreditRole.COMPOSER]
    assert people(list(last.credits))[:3] == [
        ("Jonna Fyr Minion", "discogs/artist/463066", "Keyboards [Additional Keys On Intro]"),
        ("Jonna Fyr Minion", "discogs/artist/463066", "Effects [Additional Fx On Intro]"),
        ("Frost", "discogs/artist/299360", "Lyrics By"),
    ]
    assert [(one.title, one.duration_seconds, one.site) for one in album.videos][:2] == [
        ("Hellfire", 830, "YouTube"),
        ("1349 - Hellvetia Fire [Concert Video]", 2088, "YouTube"),
    ]
    assert (list(item.genres), list(item.tags)) == (["Rock"], ["Black Metal"])
    assert (list(item.prices), dict(item.attributes)) == ([], {"data_quality": "Correct", "num_for_sale": "91"})
    assert ids(item) == [("discogs_master", "666")]
    assert not item.HasField("rating")


@facts("detail-release-1503102", detail("discogs/release/1503102"))
def a_single(item: Item) -> None:
    assert (item.kind, item.title) == (Item.RELEASE, "Never Gonna Give You Up")
    assert (item.year, item.release_date, item.description) == (1987, "1987", "")
    album = item.album
    assert (album.type, album.artist_text, album.album.id) == (Album.SINGLE, "Rick Astley", "discogs/album/96559")
    assert (list(item.countries), album.country_text) == ([], "Australia & New Zealand")
    assert [(one.name, one.id, one.catalog_number) for one in album.labels] == [
        ("RCA Victor", "discogs/label/11358", "TDS 407")
    ]
    assert [(one.name, one.quantity, list(one.descriptions)) for one in album.formats] == [
        ("Vinyl", 1, ['12"', "45 RPM", "Maxi-Single"])
    ]
    assert [(one.position, one.duration_ms) for one in album.tracks] == [
        ("A", 348_000),
        ("B1", 381_000),
        ("B2", 212_000),
    ]
    assert people(list(album.credits))[2:4] == [
        ("Mixmaster Pete Hammond", "discogs/artist/34067", "Mixed By"),
        ("Stock / Aitken / Waterman", "discogs/artist/20942", "Producer"),
    ]
    assert people(list(album.companies))[0] == ("Mushroom", "discogs/label/1167079", "Published By")
    assert len(album.companies) == 6
    runout = album.identifiers[0]
    assert (runout.type, runout.value, runout.description) == ("Matrix / Runout", "PT 41448 A", "Side A label")
    assert ids(item) == [("discogs", "1503102")]
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (4.33, 5, 18)
    assert (item.engagement.owners, item.engagement.wanters) == (313, 185)
    assert (lowest(item), item.prices[0].type) == ([("USD", 3, 9, 3)], Price.LOW)
    assert [(one.role, one.width, one.height) for one in item.images] == [
        (Image.PRIMARY, 596, 600),
        (Image.THUMBNAIL, 0, 0),
        (Image.GALLERY, 588, 600),
        (Image.GALLERY, 467, 464),
        (Image.GALLERY, 435, 445),
    ]
    assert item.source_updated_at.ToJsonString() == "2018-02-09T13:51:25Z"
    assert dict(item.attributes) == {"data_quality": "Needs Vote", "weight_g": "230"}


@facts("detail-release-8604223", detail("discogs/release/8604223"))
def a_double_album(item: Item) -> None:
    assert (item.title, item.release_date, item.year) == ("Ummagumma", "2016-06-03", 2016)
    assert item.description.startswith("Edition for global release outside North America.\nIssued with black")
    assert "[Sticker:]\nRemastered" in item.description, "brackets that are no markup stay"
    album = item.album
    assert (album.type, album.country_text, album.album.id) == (Album.ALBUM, "Worldwide", "discogs/album/20692")
    assert (album.formats[0].quantity, album.formats[0].text) == (2, "Gatefold, 180 Gram")
    assert ids(item) == [("discogs", "8604223"), ("ean", "0825646493166"), ("upc", "825646493166")]
    assert (len(album.identifiers), {one.type for one in album.identifiers}) == (28, {"Matrix / Runout"})
    heading, first = album.tracks[:2]
    assert (heading.heading, heading.title, heading.position) == (True, "Live Album", "")
    assert (first.title, first.position, first.HasField("duration_ms")) == ("Astronomy Domine", "A1", False)
    assert first.artists[0].name == "Pink Floyd"
    (whole,) = [one for one in album.tracks if one.title == "Sysyphus"]
    assert [(one.position, one.title) for one in whole.sub_tracks] == [
        ("C1.1", "Part 1"),
        ("C1.2", "Part 2"),
        ("C1.3", "Part 3"),
        ("C1.4", "Part 4"),
    ]
    assert (whole.heading, whole.position, len(album.tracks)) == (False, "", 11)
    assert not album.videos[0].HasField("duration_seconds"), "0 means that it is not known"
    assert (lowest(item), len(item.images)) == ([("USD", 27, 68, 148)], 11)
    assert (item.rating.value, item.rating.votes, item.engagement.owners) == (4.33, 780, 7067)


@facts("detail-release-9218307", detail("discogs/release/9218307"))
def a_box(item: Item) -> None:
    assert (item.title, item.release_date) == ("The Early Years 1965-1972", "2016-11-11")
    album = item.album
    assert (album.type, list(album.secondary_types)) == (Album.COMPILATION, [])
    assert [(one.name, one.catalog_number) for one in album.labels] == [
        ("Pink Floyd Records", "0190295950255"),
        ("Pink Floyd Records", "PFREYB1"),
        ("Columbia", "0190295950255"),
    ]
    assert (len(album.formats), album.formats[0].name, len(album.identifiers)) == (30, "Box Set", 102)
    assert len(album.tracks) == 431

    def rows(tracks: list[Track]) -> int:
        return sum(not one.heading for one in tracks)

    assert (album.tracks[0].heading, album.tracks[0].title) == (True, "1965-67 Cambridge St/ation")
    assert 0 < rows(list(album.tracks)) < 431
    assert any(one.sub_tracks for one in album.tracks)
    assert (album.tracks[1].title, album.tracks[1].credits[0].job) == ("Lucy Leave", "Guitar")
    assert [(one.name, one.job, one.note) for one in album.credits][:2] == [
        ("Roger Waters", "Bass", ""),
        ("Roger Waters", "Vocals", ""),
    ]
    (klose,) = [one for one in album.credits if one.name == "Rado Klose"]
    assert (klose.role, klose.note) == (CreditRole.PERFORMER, "CD1-1 - CD1-6")
    assert ids(item) == [("discogs", "9218307"), ("ean", "0190295950255"), ("upc", "190295950255")]
    assert (lowest(item), list(album.videos), len(item.images)) == ([("USD", 129, 39, 25)], [], 2)
    assert album.country_text == "Europe"


@facts("error-artist-404", detail("discogs/artist/999999999"), fails=NotFound)
def no_artist(error: ProviderError) -> None:
    assert "Discogs" in str(error)


@facts("error-release-404", detail("discogs/release/999999999"), fails=NotFound)
def no_release(error: ProviderError) -> None:
    assert "Discogs" in str(error)


@facts("error-search-401", search("nirvana"), fails=NotConfigured)
def a_search_without_a_token(error: NotConfigured) -> None:
    assert error.variables == ("DISCOGS_TOKEN",)


@facts("error-search-500", search("the"), fails=Unreachable)
def a_search_that_takes_too_long(error: ProviderError) -> None:
    assert isinstance(error, Refused)
    assert "simpler" in str(error)


@facts("related-artist-1-releases", related("discogs/artist/1", Relation.ALBUMS, order_by=Order.RELEASE_DATE))
def releases_of_an_artist(page: Page) -> None:
    assert (len(page.items), page.total, page.next, page.ignored) == (49, 110, "2", ())
    first, _, album = page.items[:3]
    assert (first.kind, first.source_id, first.title, first.year) == (Item.RELEASE, "20209", "Kaos", 1997)
    assert (first.album.artist_text, first.album.labels[0].name) == ("Stephan-G & The Persuader", "Svek")
    assert (first.album.formats[0].text, first.context.role) == ('10"', "Main")
    assert (first.engagement.owners, first.engagement.wanters) == (318, 1247)
    assert (album.kind, album.source_id, album.title) == (Item.ALBUM, "321212", "Stockholm By Night")
    assert album.album.main_release.id == "discogs/release/4664"
    assert album.links[0].url == "https://www.discogs.com/master/321212"
    last = page.items[-1]
    assert (last.context.role, last.attributes["track_info"]) == ("TrackAppearance", "Naked Woman")
    assert last.album.formats[0].text == "2xCD, Comp, Mixed"
    templar = next(one for one in page.items if one.source_id == "5516176")
    assert templar.album.labels[0].name == "Templar"


@facts("related-artist-1-releases", related("discogs/artist/1", Relation.ALBUMS, kind=Item.ALBUM))
def only_albums_of_an_artist(page: Page) -> None:
    assert {one.kind for one in page.items} == {Item.ALBUM}
    assert (page.next, page.total) == ("2", None)


@facts("related-label-1-releases", related("discogs/label/1", Relation.ALBUMS))
def releases_of_a_label(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (3, 338, "2")
    first = page.items[0]
    assert (first.kind, first.source_id, first.title, first.year) == (Item.RELEASE, "2801", "DJ-Kicks", 1998)
    assert (first.album.artist_text, first.album.labels[0].catalog_number) == ("Andrea Parker", "!K7071CD")
    assert (first.album.formats[0].text, first.images[0].role) == ("CD, Mixed", Image.THUMBNAIL)
    assert not first.HasField("context")


@facts("related-master-666-versions", related("discogs/album/666", Relation.VERSIONS))
def versions_of_a_master(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (1, 15, "2")
    (first,) = page.items
    assert (first.source_id, first.title, first.release_date) == ("1884844", "Hellfire", "2005")
    assert (list(first.countries), first.album.country_text, list(first.images)) == (["RU"], "", [])
    assert (first.album.labels[0].name, first.album.labels[0].catalog_number) == ("Irond", "CD 06-1164")
    assert (first.album.formats[0].name, list(first.album.formats[0].descriptions)) == ("CD", ["Album"])
    assert (first.album.type, first.engagement.owners, first.engagement.wanters) == (Album.ALBUM, 35, 23)


@facts("search-all-trash80", search("trash80"))
def an_old_search_over_all_types(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (13, 13, "")
    artist, first = page.items[:2]
    assert (artist.kind, artist.source_id, artist.title, list(artist.images)) == (Item.ARTIST, "95780", "Trash80", [])
    assert artist.links[0].url == "https://www.discogs.com/artist/Trash80"
    assert (first.kind, first.source_id, first.title, first.year) == (Item.RELEASE, "1743771", "Icarus", 2008)
    assert (first.album.artist_text, first.album.labels[0].name) == ("Trash80", "8bitpeoples")
    assert first.images[0].url == "https://api.discogs.com/image/R-90-1743771-1272253277.gif"
    undated = next(one for one in page.items if one.source_id == "2674683")
    assert (undated.HasField("year"), undated.album.labels[0].catalog_number) == (False, "5")
    unnumbered = next(one for one in page.items if one.source_id == "3329867")
    assert (unnumbered.album.labels[0].catalog_number, list(unnumbered.countries)) == ("", ["GB"])
    various = next(one for one in page.items if one.source_id == "132406")
    assert (various.album.artist_text, various.album.country_text, list(various.countries)) == ("Various", "", [])
    two_media = next(one for one in page.items if one.source_id == "915735")
    assert [one.name for one in two_media.album.formats] == ["CD", "File"]


@facts("search-release-moonblood", search("Moonblood"))
def a_search_for_releases(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (4, 4, "")
    first, split, unofficial = page.items[:3]
    assert (first.source_id, first.title, first.year) == ("2633081", "The Winter Falls Over The Land", 1995)
    assert (first.album.artist_text, list(first.countries)) == ("Moonblood", ["DE"])
    assert (split.title, split.album.artist_text) == ("Isenheim / Uruk-Hai", "Isenheim / Uruk-Hai")
    assert ids(split) == [("discogs", "1192657")], "matrix numbers are no barcodes"
    assert list(split.album.formats[0].descriptions) == ['7"', "33 ⅓ RPM", "Limited Edition"]
    assert (unofficial.album.type, list(unofficial.countries)) == (Album.COMPILATION, [])


@facts("search-release-nirvana-nevermind", search(artist="nirvana", album="nevermind"))
def a_search_by_fields(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (3, 198, "2")
    first, _, disc = page.items
    assert (first.source_id, first.title, first.year, list(first.countries)) == ("2028757", "Nevermind", 2005, ["AU"])
    assert (first.engagement.owners, first.engagement.wanters, list(first.images)) == (5, 1, [])
    assert [(one.name, one.catalog_number) for one in first.album.labels] == [
        ("Eagle Vision", "RV0296"),
        ("Rajon Vision", ""),
        ("Classic Albums", ""),
    ]
    assert ids(disc) == [("discogs", "3058947"), ("ean", "5034504843646")]
    assert (disc.HasField("year"), disc.album.country_text, disc.album.formats[0].name) == (False, "Europe", "UMD")
    assert (list(first.genres), list(first.tags)) == (["Non-Music", "Rock"], ["Interview", "Grunge"])


facts.not_asked("detail-release-249504-rating", "the detail of a release has its rating already")
facts.not_asked("error-not-found-404", "an address that Discogs does not have; nothing asks for it")
