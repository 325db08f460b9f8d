"""Discogs."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Order, Relation
from tako.v1.details_music_pb2 import Album, Artist
from tako.v1.item_parts_pb2 import Availability, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.music.discogs import Discogs
from tako_providers.sdk import (
    InvalidField,
    NotConfigured,
    NotFound,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
    make_id,
)
from tako_providers.sdk.errors import Refused
from tests.conformance.cases import Question, detail, lookup, related, search
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

SEARCH = "/database/search"
TOKEN = {"DISCOGS_TOKEN": "secret"}
HIT = {"id": 7, "type": "release", "title": "Some Band - A Title"}
RELEASE = {"id": 7, "title": "A Title"}


def listed(*entries: Any, name: str = "results", pages: int = 1, items: int | None = None) -> dict[str, Any]:
    count = len(entries) if items is None else items
    return {"pagination": {"page": 1, "pages": pages, "per_page": 50, "items": count, "urls": {}}, name: list(entries)}


async def asked(
    question: Question, answers: dict[str, Any], secrets: dict[str, str] | None = None
) -> tuple[Any, FakeUpstream]:
    return await ask_of(Discogs(), question, answers, TOKEN if secrets is None else secrets)


async def sampled(question: Question) -> Any:
    return await ask_samples(Discogs(), question)


async def release(**fields: Any) -> Item:
    item, _ = await asked(detail("discogs/release/7"), {"/releases/7": {**RELEASE, **fields}})
    assert isinstance(item, Item)
    return item


async def hit(**fields: Any) -> Item:
    page, _ = await asked(search("x"), {SEARCH: listed({**HIT, **fields})})
    found = page.items[0]
    assert isinstance(found, Item)
    return found


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_a_release_to_all_that_belongs_to_it() -> None:
    found = (await sampled(search("sample moon"))).items[0]
    item = await sampled(detail(make_id("discogs", found.kind, found.source_id)))
    assert (item.title, item.release_date, item.album.artist_text) == (
        "Sample Moon",
        "1999-05",
        "Sample Band & A. Example",
    )
    assert item.description == "A record that does not exist.\n\nPressed for nobody by Example Pressing."
    assert [one.series.name for one in item.album.series] == ["Sample Nights"]
    album = await sampled(detail(item.album.album.id))
    versions = await sampled(related("discogs/album/800001", Relation.VERSIONS))
    assert [one.source_id for one in versions.items] == ["900001", "900002"]
    assert make_id("discogs", Item.RELEASE, versions.items[0].source_id) == album.album.main_release.id
    (offer,) = (await sampled(related("discogs/release/900001", Relation.PRICES))).items
    assert (offer.offer.count, offer.prices[0].amount.units, offer.offer.item_id) == (2, 12, "discogs/release/900001")


async def test_samples_lead_from_names_to_records() -> None:
    band = (await sampled(search("sample band", kind=Item.ARTIST))).items[0]
    artist = await sampled(detail(make_id("discogs", band.kind, band.source_id)))
    assert (artist.title, artist.artist.disambiguation, artist.artist.type) == ("Sample Band", "2", Artist.GROUP)
    assert artist.description == "A band of samples around Ann Example, on Sample Records.\n\nSee their page."
    albums = await sampled(related("discogs/artist/700001", Relation.ALBUMS))
    assert [one.kind for one in albums.items] == [Item.ALBUM, Item.RELEASE]
    found = (await sampled(search("sample records", kind=Item.LABEL))).items[0]
    label = await sampled(detail(make_id("discogs", found.kind, found.source_id)))
    assert (label.organization.parent.name, label.organization.children[0].name) == (
        "Example Holding",
        "Sample Classics",
    )
    assert label.organization.contact == "Sample Records\n1 Example Road"
    assert len((await sampled(related("discogs/label/600001", Relation.ALBUMS))).items) == 1


async def test_samples_have_look_ups_an_empty_search_and_an_error() -> None:
    assert [one.source_id for one in (await sampled(lookup("ean", "4600009000016"))).items] == ["900001"]
    assert [one.source_id for one in (await sampled(lookup("catalog_number", "SMP 001"))).items] == ["900001"]
    assert [one.source_id for one in (await sampled(lookup("discogs", "900001"))).items] == ["900001"]
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("discogs/release/999999"))


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("blue moon"), {"q": "blue moon", "type": "release"}),
        (search("blue", kind=Item.ALBUM), {"q": "blue", "type": "master"}),
        (search("blue", kind=Item.ARTIST, artist="note"), {"q": "blue note", "type": "artist"}),
        (search(kind=Item.LABEL, label="Blue Note"), {"q": "Blue Note", "type": "label"}),
        (
            search(artist="a", album="b", track="c", label="d", genre="e", style="f", country="g"),
            {
                "artist": "a",
                "release_title": "b",
                "track": "c",
                "label": "d",
                "genre": "e",
                "style": "f",
                "country": "g",
                "type": "release",
            },
        ),
        (
            search(format="Vinyl", catalog_number="X 1", credit="h", year=1987),
            {"format": "Vinyl", "catno": "X 1", "credit": "h", "year": "1987", "type": "release"},
        ),
        (lookup("ean", "4600009000016"), {"barcode": "4600009000016", "type": "release"}),
        (lookup("upc", "036000291452"), {"barcode": "036000291452", "type": "release"}),
        (lookup("catalog_number", "X 1"), {"catno": "X 1", "type": "release"}),
    ],
)
async def test_a_search_asks_for_exactly_this(question: Question, params: dict[str, str]) -> None:
    _, up = await asked(question, {SEARCH: listed(HIT)})
    assert up.params == {**params, "per_page": "50", "page": "1"}


async def test_a_search_that_names_nothing_that_discogs_knows_is_refused() -> None:
    with pytest.raises(Unsupported, match="artist"):
        await asked(search(kind=Item.ARTIST, year=1999), {SEARCH: listed()})


@pytest.mark.parametrize(
    ("wishes", "params", "ignored"),
    [
        ({}, {}, ()),
        ({"order_by": Order.RELEASE_DATE}, {"sort": "released"}, ()),
        ({"order_by": Order.NUMBER, "descending": True}, {"sort": "catno", "sort_order": "desc"}, ()),
        ({"order_by": Order.COUNTRY, "descending": False}, {"sort": "country", "sort_order": "asc"}, ()),
        ({"order_by": Order.RATING, "descending": True}, {}, ("order_by", "descending")),
        (
            {"format": "CD", "label": "L", "country": "UK", "year": 2004},
            {"format": "CD", "label": "L", "country": "UK", "released": "2004"},
            (),
        ),
    ],
)
async def test_versions_are_narrowed_and_sorted(
    wishes: dict[str, Any], params: dict[str, str], ignored: tuple[str, ...]
) -> None:
    page, up = await asked(
        related("discogs/album/5", Relation.VERSIONS, **wishes), {"/masters/5/versions": listed(name="versions")}
    )
    assert up.params == {**params, "per_page": "50", "page": "1"}
    assert page.ignored == ignored


async def test_releases_of_an_artist_are_sorted_and_those_of_a_label_are_not() -> None:
    wish: dict[str, Any] = {"order_by": Order.RELEASE_DATE, "descending": True}
    page, up = await asked(
        related("discogs/artist/5", Relation.ALBUMS, **wish), {"/artists/5/releases": listed(name="releases")}
    )
    assert (up.params["sort"], up.params["sort_order"], page.ignored) == ("year", "desc", ())
    page, up = await asked(
        related("discogs/label/5", Relation.ALBUMS, **wish), {"/labels/5/releases": listed(name="releases")}
    )
    assert ("sort" in up.params, page.ignored) == (False, ("order_by", "descending"))


@pytest.mark.parametrize(
    ("region", "currency"), [("", "USD"), ("us", "USD"), ("fr", "EUR"), ("GB", "GBP"), ("JP", "JPY"), ("AQ", "USD")]
)
async def test_prices_are_asked_for_in_the_currency_of_the_region(region: str, currency: str) -> None:
    body = {**RELEASE, "lowest_price": 3.5, "num_for_sale": 4}
    item, up = await asked(detail("discogs/release/7", region=region), {"/releases/7": body})
    assert up.params == {"curr_abbr": currency}
    assert (item.prices[0].amount.currency_code, item.prices[0].amount.units, item.prices[0].count) == (currency, 3, 4)
    _, up = await asked(
        related("discogs/release/7", Relation.PRICES, region=region), {"/marketplace/stats/7": {"num_for_sale": 0}}
    )
    assert up.params == {"curr_abbr": currency}


async def test_the_token_goes_in_a_header_and_nowhere_else() -> None:
    _, up = await asked(search("x"), {SEARCH: listed()})
    assert up.requests[0].headers["Authorization"] == "Discogs token=secret"
    assert "secret" not in up.requests[0].full_url
    assert up.requests[0].headers["Accept"] == "application/vnd.discogs.v2.plaintext+json"


def test_the_older_name_of_the_token_counts_too() -> None:
    assert Discogs.manifest.secrets[0].aliases == ("DISCOG_API_KEY",)


async def test_without_a_token_details_are_given_and_a_search_is_not_even_asked() -> None:
    item, up = await asked(detail("discogs/release/7"), {"/releases/7": RELEASE}, {})
    assert (item.title, "Authorization" in up.requests[0].headers) == ("A Title", False)
    with pytest.raises(NotConfigured) as caught:
        await asked(search("x"), {SEARCH: listed()}, {})
    assert caught.value.variables == ("DISCOGS_TOKEN",)


def test_the_notice_of_the_terms_is_shown() -> None:
    said = Discogs.manifest.attribution.text
    assert "uses Discogs' API but is not affiliated with, sponsored or endorsed by Discogs" in said
    assert Discogs.manifest.max_stale == 21_600


# --- Pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "name", "entry"),
    [
        (search("x"), SEARCH, "results", HIT),
        (related("discogs/album/5", Relation.VERSIONS), "/masters/5/versions", "versions", RELEASE),
        (related("discogs/artist/5", Relation.ALBUMS), "/artists/5/releases", "releases", RELEASE),
        (related("discogs/label/5", Relation.ALBUMS), "/labels/5/releases", "releases", RELEASE),
    ],
)
async def test_pages_go_on_to_the_last(question: Question, path: str, name: str, entry: Any) -> None:
    page, _ = await asked(question, {path: listed(entry, name=name, pages=2, items=51)})
    assert (page.next, page.total, page.items[0].title) == ("2", 51, "A Title")


async def test_the_last_page_has_no_next_and_behind_it_is_none() -> None:
    page, up = await asked(search("x", cursor="2"), {SEARCH: listed(HIT, pages=2, items=51)})
    assert (page.next, up.params["page"]) == ("", "2")
    with pytest.raises(InvalidField) as caught:
        await asked(
            search("x", cursor="9"), {SEARCH: Answer({"message": "The requested resource was not found."}, 404)}
        )
    assert caught.value.field == "page_token"


# --- Mapping ------------------------------------------------------------------------------------------------


async def test_what_discogs_does_not_say_stays_unset() -> None:
    nulls = dict.fromkeys(
        (
            *("images", "artists", "labels", "formats", "community", "tracklist", "identifiers", "videos", "series"),
            *("year", "released", "notes", "country", "uri", "lowest_price", "num_for_sale", "master_id", "genres"),
            *("extraartists", "companies", "estimated_weight", "date_changed", "styles", "thumb", "is_offensive"),
        )
    )
    zeros = {"year": 0, "master_id": 0, "lowest_price": 0, "community": {"rating": {"average": 0, "count": 0}}}
    for fields in ({}, nulls, zeros):
        item = await release(**fields)
        assert not (item.HasField("year") or item.HasField("rating") or item.HasField("engagement"))
        assert not item.HasField("source_updated_at")
        assert (item.description, item.release_date, list(item.images), list(item.prices)) == ("", "", [], [])
        assert (list(item.links), dict(item.attributes), list(item.countries)) == ([], {}, [])
        assert not item.album.HasField("album")
        assert (list(item.album.tracks), item.album.artist_text, item.album.type) == ([], "", 0)


@pytest.mark.parametrize(
    ("released", "year", "date", "text"),
    [
        ("1987-07-00", 1987, "1987-07", ""),
        ("1987", 1987, "1987", ""),
        ("2016-06-03", 2016, "2016-06-03", ""),
        ("0000-00-00", 0, "", "0000-00-00"),
        ("Unknown", 0, "", "Unknown"),
    ],
)
async def test_dates_say_only_what_is_known(released: str, year: int, date: str, text: str) -> None:
    item = await release(year=0, released=released)
    assert (item.year, item.release_date, item.HasField("year")) == (year, date, year > 0)
    assert item.release_text in (text, "")


@pytest.mark.parametrize(
    ("title", "artists", "name"),
    [
        ("A - B - C", "A", "B - C"),
        ("Band (2) - Title (3)", "Band", "Title (3)"),
        ("X* & Y (11), Z - T", "X & Y, Z", "T"),
        ("No dash", "", "No dash"),
    ],
)
async def test_a_hit_parts_artist_and_title_at_the_first_dash(title: str, artists: str, name: str) -> None:
    item = await hit(title=title)
    assert (item.album.artist_text, item.title) == (artists, name)


async def test_numbers_of_namesakes_are_kept_beside_the_name() -> None:
    page, _ = await asked(
        search("x", kind=Item.LABEL), {SEARCH: listed({"id": 3, "type": "label", "title": "Dawn (4)"})}
    )
    assert (page.items[0].title, page.items[0].attributes["disambiguation"]) == ("Dawn", "4")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("By [a=Ann (2)] & [l=Lab].", "By Ann & Lab."),
        ("The band [a=1349] itself", "The band 1349 itself"),
        ('His album "[m=5460]" (1959), see [r123].', "His album (1959), see."),
        ("[b]Bold[/b] [i]it[/i] [url=http://x.org]here[/url]", "Bold it here"),
        ("[Sticker:]\r\nNew [...]", "[Sticker:]\nNew [...]"),
        ("Thanks to [u=somebody] for it", "Thanks to for it"),
    ],
)
async def test_markup_becomes_plain_text(text: str, plain: str) -> None:
    assert (await release(notes=text)).description == plain
    assert (await release(notes="[b]x[/b]", notes_plaintext="Ready.")).description == "Ready."


async def test_artists_are_joined_as_printed() -> None:
    artists = [
        {"name": "Ann (3)", "anv": "", "join": ",", "id": 1},
        {"name": "Bob", "anv": "Robert", "join": "Feat.", "id": 2},
        {"name": "Cleo", "anv": "", "join": "", "id": 0},
    ]
    album = (await release(artists=artists)).album
    assert album.artist_text == "Ann, Robert Feat. Cleo"
    assert [(one.name, one.id, one.role) for one in album.artists] == [
        ("Ann", "discogs/artist/1", CreditRole.PERFORMER),
        ("Robert", "discogs/artist/2", CreditRole.PERFORMER),
        ("Cleo", "", CreditRole.PERFORMER),
    ]


@pytest.mark.parametrize(
    ("length", "ms"),
    [
        ("5:48", 348_000),
        ("1:02:03", 3_723_000),
        ("0:00", None),
        ("", None),
        ("?", None),
        ("1:2:3:4", None),
        ("5.48", None),
    ],
)
async def test_lengths(length: str, ms: int | None) -> None:
    track = (await release(tracklist=[{"type_": "track", "title": "T", "duration": length}])).album.tracks[0]
    assert (track.duration_ms if track.HasField("duration_ms") else None) == ms


async def test_barcodes_become_ids_and_other_codes_stay_codes() -> None:
    item = await release(
        identifiers=[
            {"type": "Barcode", "value": "0 36000 29145 2"},
            {"type": "Barcode", "value": "not a code"},
            {"type": "Matrix / Runout", "value": "4600009000016"},
        ]
    )
    assert [(one.scheme, one.value) for one in item.external_ids] == [("discogs", "7"), ("upc", "036000291452")]
    assert [(one.type, one.value) for one in item.album.identifiers] == [
        ("Barcode", "not a code"),
        ("Matrix / Runout", "4600009000016"),
    ]
    found = await hit(barcode=["96385074", "46 00009 00001 6", "4600009000015", "SMP-A"])
    assert [one.value for one in found.external_ids] == ["7", "4600009000016"], "8 digits may be a matrix number"


async def test_pictures_that_only_stand_in_are_none() -> None:
    assert not (await hit(cover_image="https://s.discogs.com/images/spacer.gif", thumb="")).images
    item = await release(
        images=[
            {"type": "secondary", "uri": ""},
            {"type": "secondary", "uri": "https://i.discogs.com/a.jpg", "uri150": "https://i.discogs.com/a150.jpg"},
        ]
    )
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://i.discogs.com/a.jpg"),
        (Image.THUMBNAIL, "https://i.discogs.com/a150.jpg"),
    ]


@pytest.mark.parametrize(
    ("words", "media", "kind"),
    [
        (["Vinyl", "LP", "Album"], [("Vinyl", ["LP", "Album"])], Album.ALBUM),
        (["CD", "DVD", "EP"], [("CD", []), ("DVD", []), ("", ["EP"])], Album.EP),
        (["File", "Compilation"], [("File", ["Compilation"])], Album.COMPILATION),
        ("Cassette", [("Cassette", [])], Album.TYPE_UNSPECIFIED),
        (["CD ", "", " ", None], [("CD", [])], Album.TYPE_UNSPECIFIED),
    ],
)
async def test_formats_of_a_hit(words: Any, media: Any, kind: Album.Type.ValueType) -> None:
    album = (await hit(format=words)).album
    assert [(one.name, list(one.descriptions)) for one in album.formats] == media
    assert album.type == kind


@pytest.mark.parametrize("label", ["One", ["One"], ["One", "One"]])
async def test_a_label_may_be_a_text_or_a_list(label: Any) -> None:
    album = (await hit(label=label, catno="none")).album
    assert [(one.name, one.catalog_number) for one in album.labels] == [("One", "")]


async def test_a_country_that_is_none_of_iso_stays_text() -> None:
    for country, codes, text in (("US", ["US"], ""), ("Japan", ["JP"], ""), ("UK & Europe", [], "UK & Europe")):
        for item in (await hit(country=country), await release(country=country)):
            assert (list(item.countries), item.album.country_text) == (codes, text)


# --- Prices -------------------------------------------------------------------------------------------------


async def offers(**stats: Any) -> list[Item]:
    page, _ = await asked(related("discogs/release/7", Relation.PRICES), {"/marketplace/stats/7": stats})
    return list(page.items)


async def test_the_price_is_that_of_the_cheapest_copy_in_the_currency_that_is_said() -> None:
    (offer,) = await offers(num_for_sale=3, lowest_price={"value": 4.25, "currency": "EUR"}, blocked_from_sale=False)
    assert (offer.kind, offer.source_id, offer.availability) == (Item.OFFER, "7", Availability.IN_STOCK)
    assert (offer.prices[0].amount.currency_code, offer.prices[0].amount.nanos) == ("EUR", 250_000_000)
    assert offer.links[0].role == Link.STORE


async def test_without_copies_there_is_no_offer_and_a_blocked_release_says_so() -> None:
    assert await offers(num_for_sale=0, lowest_price=None, blocked_from_sale=False) == []
    (blocked,) = await offers(num_for_sale=None, lowest_price=None, blocked_from_sale=True)
    assert (blocked.offer.blocked, list(blocked.prices)) == (True, [])


# --- Look-ups and errors ------------------------------------------------------------------------------------


async def test_a_catalogue_number_is_looked_up_exactly() -> None:
    body = listed(HIT | {"catno": "SMP 10"}, HIT | {"id": 8, "catno": "smp-1"}, HIT | {"id": 9, "catno": "A 2, SMP 1"})
    page, _ = await asked(lookup("catalog_number", "SMP 1"), {SEARCH: body})
    assert [one.source_id for one in page.items] == ["8", "9"]


async def test_an_unknown_number_is_an_empty_page() -> None:
    nothing = Answer({"message": "Release not found."}, 404)
    page, _ = await asked(lookup("discogs", "7"), {"/releases/7": nothing})
    assert list(page.items) == []
    page, up = await asked(lookup("discogs_master", "x"), {})
    assert (list(page.items), up.requests) == ([], [])


@pytest.mark.parametrize("source_id", ["abc", "../x", "1~2F2"])
async def test_an_id_that_is_no_number_is_not_asked(source_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(f"discogs/release/{source_id}"), {})


HEAVY = {"message": "Query time exceeded. Please try a simpler query."}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"message": "You are making requests too quickly."}, 429), RateLimited),
        (Answer({"message": "You must authenticate to access this resource."}, 401), NotConfigured),
        (Answer(HEAVY, 500), Refused),
        (Answer({"message": "Something else."}, 500), Unreachable),
        (Answer("", 503), Unreachable),
        (Answer("<html><body>Hello</body></html>", headers={"content-type": "text/html"}), ShapeChanged),
        ([], ShapeChanged),
        ({"results": []}, ShapeChanged),
        (listed("text"), ShapeChanged),
        (listed({**HIT, "type": "user"}), ShapeChanged),
        (listed({**HIT, "id": None}), ShapeChanged),
        (listed({**HIT, "title": ""}), ShapeChanged),
    ],
)
async def test_other_answers_are_errors(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("bird"), {SEARCH: answer})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (detail("discogs/release/7"), "/releases/7", {"id": 7}),
        (detail("discogs/artist/7"), "/artists/7", {"id": 7, "title": "x"}),
        (detail("discogs/label/7"), "/labels/7", []),
        (related("discogs/release/7", Relation.PRICES), "/marketplace/stats/7", {"message": "?"}),
        (
            related("discogs/artist/5", Relation.ALBUMS),
            "/artists/5/releases",
            listed({"id": 1, "title": "x", "type": "y"}, name="releases"),
        ),
    ],
)
async def test_a_changed_shape_is_told(question: Question, path: str, body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {path: body})


async def test_an_artist_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        await asked(
            related("discogs/artist/5", Relation.ALBUMS),
            {"/artists/5/releases": Answer({"message": "Artist not found."}, 404)},
        )
