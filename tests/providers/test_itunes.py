"""iTunes."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_music_pb2 import Album, Artist, Track
from tako.v1.item_parts_pb2 import Context, Explicitness, Image
from tako.v1.item_pb2 import Item
from tako_providers.music.itunes import ITunes
from tako_providers.sdk import InvalidField, NotFound, RateLimited, Refused, ShapeChanged, Unreachable, make_id
from tests.conformance.cases import Question, detail, lookup, related, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

ALBUM = {"wrapperType": "collection", "collectionType": "Album", "collectionId": 1, "collectionName": "Test Waves"}
ARTIST = {"wrapperType": "artist", "artistType": "Artist", "artistId": 2, "artistName": "The Testers"}
TRACK = {"wrapperType": "track", "kind": "song", "trackId": 3, "trackName": "Test Tone"}
FILM = {"wrapperType": "track", "kind": "feature-movie", "trackId": 4, "trackName": "Test Film"}
COVER = "https://is1-ssl.mzstatic.com/image/thumb/Music/v4/cover.jpg"


def found(*entries: Any) -> dict[str, Any]:
    return {"resultCount": len(entries), "results": list(entries)}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(ITunes(), question, answers)


async def searched(*entries: Any) -> list[Item]:
    page, _ = await asked(search("x"), {"/search": found(*entries)})
    return list(page.items)


async def first(entry: dict[str, Any], **more: Any) -> Item:
    (item,) = await searched({**entry, **more})
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def sampled(question: Question) -> Any:
    return await ask_samples(ITunes(), question)


def id_of(item: Item) -> str:
    return make_id("itunes", item.kind, item.source_id)


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    album, track, artist = (await sampled(search("sample tide"))).items
    assert [one.kind for one in (album, track, artist)] == [Item.ALBUM, Item.TRACK, Item.ARTIST]
    whole = await sampled(detail(id_of(album)))
    assert [one.title for one in whole.album.tracks] == [
        "Ebb of Examples",
        "Flood of Examples",
        "Flood of Examples (Video)",
    ]
    assert (await sampled(detail(id_of(track)))).title == "Ebb of Examples"
    assert (await sampled(detail(whole.album.artists[0].id))).title == artist.title
    tracks = (await sampled(related(id_of(album), Relation.TRACKS))).items
    assert [(len(one.prices), one.track.video) for one in tracks] == [(1, False), (0, False), (1, True)]
    albums = (await sampled(related(id_of(artist), Relation.ALBUMS))).items
    assert [(one.album.type, len(one.prices)) for one in albums] == [(Album.ALBUM, 1), (Album.SINGLE, 0)]
    (by_barcode,) = (await sampled(lookup("upc", "123456789012"))).items
    assert (id_of(by_barcode), len(by_barcode.album.tracks)) == (id_of(album), 3)
    assert [id_of(one) for one in (await sampled(lookup("amg", "920001"))).items] == [id_of(artist)]


async def test_samples_have_kinds_charts_and_errors() -> None:
    for kind, words in ((Item.ALBUM, "sample tide"), (Item.ARTIST, "sample harbour"), (Item.TRACK, "examples")):
        assert {one.kind for one in (await sampled(search(words, kind=kind))).items} == {kind}
    assert (await sampled(search("nothing"))).items == []
    assert next(one.title for one in (await sampled(trending(Feed.CHART, kind=Item.TRACK))).items) == "Ebb of Examples"
    assert len((await sampled(trending(Feed.CHART))).items) == 2
    assert len((await sampled(trending(Feed.CHART, genres=["21"]))).items) == 1
    for kind in (Item.ALBUM, Item.TRACK):
        assert [one.kind for one in (await sampled(trending(Feed.POPULAR, kind=kind))).items] == [kind]
    with pytest.raises(NotFound):
        await sampled(detail("itunes/track/404404"))
    with pytest.raises(InvalidField):
        await sampled(search("sample tide", region="ZZ"))


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "params"),
    [
        (search("waves"), {"term": "waves", "entity": "musicArtist,album,musicTrack"}),
        (search("waves", kind=Item.ALBUM), {"term": "waves", "entity": "album"}),
        (search("waves", kind=Item.ARTIST), {"term": "waves", "entity": "musicArtist"}),
        (search("waves", kind=Item.TRACK), {"term": "waves", "entity": "song"}),
        (search("waves", region="JP", language="ja-JP"), {"term": "waves", "country": "JP", "lang": "ja_jp"}),
        (search("waves", language="en"), {"term": "waves", "lang": "en_us"}),
        (search(artist="The Testers"), {"term": "The Testers", "attribute": "artistTerm"}),
        (search(album="One"), {"term": "One", "attribute": "albumTerm", "entity": "album"}),
        (search(track="Tone"), {"term": "Tone", "attribute": "songTerm", "entity": "song"}),
        # One attribute is all that a search has: more fields are words like others.
        (search(artist="The Testers", track="Tone"), {"term": "The Testers Tone", "entity": "song"}),
        (search("waves", artist="The Testers"), {"term": "waves The Testers"}),
        (search("waves", track="Tone", kind=Item.ARTIST), {"term": "waves", "entity": "musicArtist"}),
    ],
)
async def test_words_filters_and_stores_reach_apple(question: Question, params: dict[str, str]) -> None:
    page, up = await asked(question, {"/search": found()})
    base = {"entity": "musicArtist,album,musicTrack", "media": "music", "limit": "100"}
    assert up.params == {**base, **params}
    assert (page.items, page.next, page.total, page.ignored) == ([], "", None, ())


async def test_other_languages_are_ignored_and_said_to_be() -> None:
    page, up = await asked(search("waves", language="fr"), {"/search": found(ALBUM)})
    assert (page.ignored, "lang" in up.params) == (("language",), False)


async def test_a_search_for_nothing_that_apple_knows_is_not_asked() -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search(track="Tone", kind=Item.ARTIST), {})
    assert caught.value.field == "query"


@pytest.mark.parametrize(
    ("question", "entries", "params"),
    [
        (detail("itunes/album/1", region="FR"), [ALBUM], {"entity": "song", "country": "FR", "limit": "200"}),
        (detail("itunes/artist/2", region="FR"), [ARTIST], {"country": "FR"}),
        (detail("itunes/track/3"), [TRACK], {}),
        (related("itunes/album/1", Relation.TRACKS), [ALBUM], {"entity": "song", "limit": "200"}),
        (related("itunes/artist/2", Relation.ALBUMS), [ARTIST], {"entity": "album", "limit": "200"}),
    ],
)
async def test_look_ups_by_number(question: Question, entries: list[Any], params: dict[str, str]) -> None:
    _, up = await asked(question, {"/lookup": found(*entries)})
    assert {name: value for name, value in up.params.items() if name != "id"} == params


@pytest.mark.parametrize(
    ("question", "url"),
    [
        (trending(Feed.CHART), "https://itunes.apple.com/us/rss/topalbums/limit=100/json"),
        (
            trending(Feed.CHART, kind=Item.TRACK, region="FR", genres=["21"]),
            "https://itunes.apple.com/fr/rss/topsongs/limit=100/genre=21/json",
        ),
        (
            trending(Feed.POPULAR, region="DE"),
            "https://rss.applemarketingtools.com/api/v2/de/music/most-played/100/albums.json",
        ),
        (
            trending(Feed.POPULAR, kind=Item.TRACK),
            "https://rss.applemarketingtools.com/api/v2/us/music/most-played/100/songs.json",
        ),
    ],
)
async def test_charts_of_a_store(question: Question, url: str) -> None:
    path = url[8:].partition("/")[2]
    page, up = await asked(question, {f"/{path}": {"feed": {"results": []}}})
    assert (up.requests[0].full_url, page.items) == (url, [])


@pytest.mark.parametrize("feed", [Feed.CHART, Feed.POPULAR])
async def test_a_country_without_a_store_has_no_chart(feed: Any) -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(trending(feed, region="KP"), {})
    assert caught.value.field == "region"


@pytest.mark.parametrize("genres", [["1", "2"], ["rock"]])
async def test_a_chart_takes_one_genre(genres: list[str]) -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(trending(Feed.CHART, genres=genres), {})
    assert caught.value.field == "genres"


# --- Pages --------------------------------------------------------------------------------------------------


async def test_a_full_page_has_another_behind_it() -> None:
    page, _ = await asked(search("waves"), {"/search": found(*[ALBUM] * 100)})
    assert (page.next, page.total) == ("100", None)
    last, up = await asked(search("waves", cursor=page.next), {"/search": found(ALBUM)})
    assert (up.params["offset"], last.next, last.total) == ("100", "", None)


async def test_a_strange_page_token() -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search("waves", cursor="x"), {})
    assert caught.value.field == "page_token"


# --- What is mapped -----------------------------------------------------------------------------------------


async def test_what_is_missing_stays_unset() -> None:
    assert await searched({**ALBUM, "collectionType": "?"}, ARTIST, TRACK) == [
        Item(kind=Item.ALBUM, source_id="1", title="Test Waves", album=Album()),
        Item(kind=Item.ARTIST, source_id="2", title="The Testers", artist=Artist()),
        Item(kind=Item.TRACK, source_id="3", title="Test Tone", track=Track(video=False)),
    ]


async def test_what_is_no_music_is_left_out() -> None:
    assert [one.source_id for one in await searched(ALBUM, FILM, {"wrapperType": "software"}, TRACK)] == ["1", "3"]


@pytest.mark.parametrize("price", [-1.0, -1, 0, None])
async def test_what_is_not_sold_alone_has_no_price(price: float | None) -> None:
    album = await first(ALBUM, collectionPrice=price, currency="EUR", country="FRA")
    track = await first(TRACK, trackPrice=price, collectionPrice=9.99, currency="EUR", country="FRA")
    assert (list(album.prices), list(track.prices)) == ([], [])


@pytest.mark.parametrize(("country", "alpha2"), [("FRA", "FR"), ("DEU", "DE"), ("JPN", "JP"), ("???", ""), (None, "")])
async def test_a_price_belongs_to_a_store(country: str | None, alpha2: str) -> None:
    (price,) = (await first(TRACK, trackPrice=1.29, currency="EUR", country=country)).prices
    assert (price.country, price.amount.currency_code, price.amount.units, price.amount.nanos) == (
        alpha2,
        "EUR",
        1,
        290_000_000,
    )


@pytest.mark.parametrize(
    ("title", "word", "type_"),
    [
        ("Test Waves", "Album", Album.ALBUM),
        ("Test Waves - Single", "Album", Album.SINGLE),
        ("Test Waves - EP", "Album", Album.EP),
        ("Test Waves", "Compilation", Album.COMPILATION),
        ("Test Waves", "", Album.TYPE_UNSPECIFIED),
    ],
)
async def test_types_of_albums(title: str, word: str, type_: Any) -> None:
    album = await first(ALBUM, collectionName=title, collectionType=word)
    assert (album.title, album.album.type) == (title, type_)


@pytest.mark.parametrize(
    ("word", "explicit"),
    [
        ("explicit", Explicitness.EXPLICIT),
        ("cleaned", Explicitness.CLEANED),
        ("notExplicit", Explicitness.NOT_EXPLICIT),
        ("odd", Explicitness.TYPE_UNSPECIFIED),
    ],
)
async def test_explicit(word: str, explicit: Any) -> None:
    assert (await first(ALBUM, collectionExplicitness=word)).explicit == explicit
    assert (await first(TRACK, trackExplicitness=word, collectionExplicitness="explicit")).explicit == explicit


@pytest.mark.parametrize(
    ("given", "images"),
    [
        (
            f"{COVER}/100x100bb.jpg",
            [(Image.PRIMARY, f"{COVER}/600x600bb.jpg"), (Image.THUMBNAIL, f"{COVER}/100x100bb.jpg")],
        ),
        ("http://is4.mzstatic.com/a/b.jpg", [(Image.PRIMARY, "https://is4.mzstatic.com/a/b.jpg")]),
        ("", []),
    ],
)
async def test_artwork(given: str, images: list[Any]) -> None:
    assert [(one.role, one.url) for one in (await first(ALBUM, artworkUrl100=given)).images] == images


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://music.apple.com/us/album/x/1?uo=4", "https://music.apple.com/us/album/x/1"),
        ("https://music.apple.com/us/album/x/1?i=3&uo=4", "https://music.apple.com/us/album/x/1?i=3"),
        ("http://itunes.apple.com/us/album/x/id1?mt=1", "https://itunes.apple.com/us/album/x/id1"),
    ],
)
async def test_links_do_not_track(given: str, address: str) -> None:
    assert [one.url for one in (await first(TRACK, trackViewUrl=given)).links] == [address]


async def test_a_track_of_a_compilation() -> None:
    track = await first(TRACK, artistName="A Guest", artistId=7, collectionName="Hits", collectionArtistName="Various")
    assert (track.track.artists[0].id, track.track.album.name, track.track.album.id) == ("itunes/artist/7", "Hits", "")
    assert dict(track.attributes) == {"album_artist": "Various"}


async def test_an_album_has_the_tracks_that_are_sold() -> None:
    tracks = [{**TRACK, "discCount": 2, "trackNumber": 1}, FILM, {**TRACK, "trackId": 5, "kind": "music-video"}]
    item, _ = await asked(detail("itunes/album/1"), {"/lookup": found({**ALBUM, "trackCount": 9}, *tracks)})
    assert (item.album.track_count, item.album.disc_count) == (9, 2)
    assert [(one.id, one.video) for one in item.album.tracks] == [("itunes/track/3", False), ("itunes/track/5", True)]


async def test_a_barcode_of_two_albums_parts_their_tracks() -> None:
    entries = [ALBUM, {**TRACK, "collectionId": 1}, {**ALBUM, "collectionId": 9}, {**TRACK, "collectionId": 9}]
    page, up = await asked(lookup("ean", "4006381333931", region="DE"), {"/lookup": found(*entries)})
    assert [(one.source_id, len(one.album.tracks)) for one in page.items] == [("1", 1), ("9", 1)]
    assert up.params == {"upc": "4006381333931", "entity": "song", "country": "DE", "limit": "200"}


@pytest.mark.parametrize(
    ("entry", "item_id"), [(ALBUM, "itunes/album/1"), (ARTIST, "itunes/artist/2"), (TRACK, "itunes/track/3")]
)
async def test_an_own_number_tells_its_kind(entry: dict[str, Any], item_id: str) -> None:
    page, up = await asked(lookup("itunes", "7", region="FR"), {"/lookup": found(entry)})
    assert ([id_of(one) for one in page.items], up.params) == ([item_id], {"id": "7", "country": "FR"})
    page, up = await asked(lookup("itunes", "x"), {})
    assert (list(page.items), up.requests) == ([], [])


async def test_a_number_of_a_book_an_app_or_a_show_is_no_music() -> None:
    others = (
        {"kind": "ebook", "trackId": 7},
        {"wrapperType": "software", "kind": "software", "trackId": 7},
        {**ALBUM, "collectionType": "TV Season"},
        {**ARTIST, "artistType": "TV Show"},
    )
    for entry in others:
        page, _ = await asked(lookup("itunes", "7"), {"/lookup": found(entry)})
        assert list(page.items) == []


async def test_codes_that_apple_does_not_know() -> None:
    page, _ = await asked(lookup("upc", "123456789012"), {"/lookup": found()})
    assert list(page.items) == []
    page, up = await asked(lookup("amg", "mw0000000001"), {})
    assert (list(page.items), up.requests) == ([], [])


# --- Charts -------------------------------------------------------------------------------------------------

ENTRY = {"im:name": {"label": "Test Tone"}, "id": {"label": "https://x", "attributes": {"im:id": "3"}}}
CHART = "/us/rss/topsongs/limit=100/json"
PLAYED = "/api/v2/us/music/most-played/100/albums.json"


@pytest.mark.parametrize(
    ("feed", "count"), [({}, 0), ({"entry": ENTRY}, 1), ({"entry": []}, 0), ({"entry": [ENTRY, ENTRY]}, 2)]
)
async def test_a_chart_may_have_no_entry_or_one_alone(feed: dict[str, Any], count: int) -> None:
    page, _ = await asked(trending(Feed.CHART, kind=Item.TRACK), {CHART: {"feed": feed}})
    assert [one.context.position for one in page.items] == list(range(1, count + 1))


async def test_a_bare_entry_of_a_chart() -> None:
    page, _ = await asked(trending(Feed.CHART, kind=Item.TRACK), {CHART: {"feed": {"entry": ENTRY}}})
    assert page.items == [
        Item(kind=Item.TRACK, source_id="3", title="Test Tone", context=Context(position=1), track=Track())
    ]


async def test_an_entry_of_songs_has_page_preview_and_album() -> None:
    entry = {
        **ENTRY,
        "link": [
            {"attributes": {"rel": "alternate", "type": "text/html", "href": "https://music.apple.com/a?i=3&uo=2"}},
            {"attributes": {"rel": "enclosure", "type": "audio/x-m4a", "href": "https://audio-ssl.itunes.apple.com/p"}},
        ],
        "im:collection": {
            "im:name": {"label": "Test Waves"},
            "link": {"attributes": {"href": "https://music.apple.com/us/album/test-waves/1?uo=2"}},
        },
        "im:artist": {"label": "The Testers", "attributes": {"href": "https://itunes.apple.com/us/artist/x/id2?uo=2"}},
        "im:price": {"attributes": {"amount": "1.29000", "currency": "EUR"}},
        "rights": {"label": "℗ Testers"},
    }
    answers = {"/fr/rss/topsongs/limit=100/json": {"feed": {"entry": [entry]}}}
    page, _ = await asked(trending(Feed.CHART, kind=Item.TRACK, region="FR"), answers)
    (item,) = page.items
    assert [one.url for one in item.links] == ["https://music.apple.com/a?i=3"]
    assert item.track.preview_url == "https://audio-ssl.itunes.apple.com/p"
    assert (item.track.album.id, item.track.artists[0].id) == ("itunes/album/1", "itunes/artist/2")
    assert (item.prices[0].country, item.prices[0].amount.currency_code) == ("FR", "EUR")
    assert dict(item.attributes) == {"copyright": "℗ Testers"}


@pytest.mark.parametrize(
    ("mark", "explicit"),
    [("Explicit", Explicitness.EXPLICIT), ("Explict", Explicitness.EXPLICIT), ("", Explicitness.TYPE_UNSPECIFIED)],
)
async def test_a_chart_of_apple_music(mark: str, explicit: Any) -> None:
    entry = {
        "artistName": "The Testers",
        "id": "1",
        "releaseDate": "2020-08-14",
        "name": "Test Waves",
        "kind": "albums",
        "copyright": "℗ Testers",
        "artistId": "2",
        "contentAdvisoryRating": mark,
        "artworkUrl100": f"{COVER}/200x200bb.png",
        "genres": [{"genreId": "14", "name": "Pop"}, {"genreId": "34", "name": "Music"}],
        "url": "https://music.apple.com/us/album/test-waves/1?app=music",
    }
    page, _ = await asked(trending(Feed.POPULAR), {PLAYED: {"feed": {"results": [entry]}}})
    (item,) = page.items
    assert (item.kind, item.source_id, item.release_date, item.explicit) == (Item.ALBUM, "1", "2020-08-14", explicit)
    assert (list(item.genres), item.album.copyright, item.context.position) == (["Pop"], "℗ Testers", 1)
    assert [one.url for one in item.links] == ["https://music.apple.com/us/album/test-waves/1"]
    assert [one.url for one in item.images] == [f"{COVER}/600x600bb.png", f"{COVER}/200x200bb.png"]


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item_id", "entries"),
    [
        ("itunes/album/1", []),
        ("itunes/album/2", [ARTIST]),
        ("itunes/artist/1", [ALBUM]),
        ("itunes/track/4", [FILM]),
        ("itunes/album/x", [ALBUM]),
    ],
)
async def test_no_such_item(item_id: str, entries: list[Any]) -> None:
    with pytest.raises(NotFound):
        await asked(detail(item_id), {"/lookup": found(*entries)})


@pytest.mark.parametrize("status", [200, 400])
async def test_a_country_without_a_store(status: int) -> None:
    body = {"errorMessage": "Invalid value(s) for key(s): [country]", "queryParameters": {}}
    with pytest.raises(InvalidField) as caught:
        await asked(search("waves", region="ZZ"), {"/search": Answer(body, status)})
    assert caught.value.field == "region"


async def test_another_refusal_says_why() -> None:
    body = {"errorMessage": "Invalid value(s) for key(s): [resultEntity]"}
    with pytest.raises(Refused, match="resultEntity"):
        await asked(search("waves"), {"/search": Answer(body, 400)})


@pytest.mark.parametrize(("status", "error"), [(403, RateLimited), (429, RateLimited), (503, Unreachable)])
async def test_too_many_questions_and_outages(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("waves"), {"/search": Answer("", status)})


async def test_json_is_read_whatever_it_is_called() -> None:
    body = b"\n\n\n" + orjson.dumps(found(ALBUM))
    answer = Answer(body, headers={"content-type": "text/javascript; charset=utf-8"})
    page, _ = await asked(search("waves"), {"/search": answer})
    assert len(page.items) == 1


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"results": {}},
        found(None),
        found({"trackId": 3}),
        found({**ALBUM, "collectionId": None}),
        found({**ALBUM, "collectionName": ""}),
        found({**TRACK, "trackName": None}),
    ],
)
async def test_a_changed_shape(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("waves"), {"/search": body})


@pytest.mark.parametrize("body", [[], {}, {"feed": []}, {"feed": {"entry": "x"}}, {"feed": {"entry": [{}]}}])
async def test_a_changed_chart(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(trending(Feed.CHART, kind=Item.TRACK), {CHART: body})


@pytest.mark.parametrize("body", [{"feed": {}}, {"feed": {"results": [{"id": "1"}]}}, {"feed": {"results": [None]}}])
async def test_a_changed_chart_of_apple_music(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(trending(Feed.POPULAR), {PLAYED: body})
