"""Deezer."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.details_music_pb2 import Album, Artist, Track
from tako.v1.item_parts_pb2 import Explicitness, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.music.deezer import Deezer
from tako_providers.sdk import (
    InvalidField,
    NotFound,
    ProviderError,
    RateLimited,
    Refused,
    ShapeChanged,
    Unreachable,
    make_id,
)
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

ALBUM = {"id": 1, "title": "Test Waves", "type": "album"}
ARTIST = {"id": 2, "name": "The Testers", "type": "artist"}
TRACK = {"id": 3, "title": "Test Tone", "type": "track"}
HASH = "https://cdn-images.dzcdn.net/images/cover/abc"
EMPTY: dict[str, Any] = {"data": [], "total": 0}


def listed(*entries: Any, **more: Any) -> dict[str, Any]:
    return {"data": list(entries), "total": len(entries), **more}


def refused(code: int, kind: str = "Exception") -> dict[str, Any]:
    return {"error": {"type": kind, "message": "words", "code": code}}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Deezer(), question, answers)


async def album_of(**entry: Any) -> Item:
    item, _ = await asked(detail("deezer/album/1"), {"/album/1": {**ALBUM, **entry}})
    assert isinstance(item, Item)
    return item


async def track_of(**entry: Any) -> Item:
    item, _ = await asked(detail("deezer/track/3"), {"/track/3": {**TRACK, **entry}})
    assert isinstance(item, Item)
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def sampled(question: Question) -> Any:
    return await ask_samples(Deezer(), question)


def id_of(item: Item) -> str:
    return make_id("deezer", item.kind, item.source_id)


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    found = (await sampled(search("sample tide"))).items[0]
    album = await sampled(detail(id_of(found)))
    assert (album.title, album.release_date, list(album.genres)) == ("Sample Tide", "2019-03-08", ["Rock"])
    assert (await sampled(detail(id_of(found), language="fr"))).genres == ["Rock français (exemple)"]
    tracks = (await sampled(related(id_of(found), Relation.TRACKS))).items
    assert [id_of(one) for one in tracks] == [one.id for one in album.album.tracks]
    assert (await sampled(detail(id_of(tracks[0])))).track.bpm == 98.5
    artist_id = album.album.artists[0].id
    assert (await sampled(detail(artist_id))).title == "The Sample Harbour"
    for relation, count in ((Relation.TOP_TRACKS, 1), (Relation.ALBUMS, 2), (Relation.SIMILAR, 1)):
        assert len((await sampled(related(artist_id, relation))).items) == count
    assert id_of((await sampled(lookup("upc", "123456789012"))).items[0]) == id_of(found)
    assert (await sampled(lookup("isrc", "ZZSAM1900001"))).items[0].title == "Ebb of Examples"


async def test_samples_have_kinds_feeds_genres_and_errors() -> None:
    assert (await sampled(search("sample harbour", kind=Item.ARTIST))).items[0].title == "The Sample Harbour"
    assert len((await sampled(search("examples", kind=Item.TRACK))).items) == 2
    assert (await sampled(search("nothing"))).items == []
    genres = (await sampled(terms(Term.GENRES))).terms
    assert [one.id for one in genres] == ["0", "152", "98"]
    assert len((await sampled(trending(Feed.CHART, genres=[genres[1].id]))).items) == 1
    for kind in (Item.ALBUM, Item.TRACK, Item.ARTIST):
        assert [one.context.position for one in (await sampled(trending(Feed.CHART, kind=kind))).items] == [1, 2]
    assert len((await sampled(trending(Feed.RECENT))).items) == 1
    assert (await sampled(terms(Term.GENRES, term_id="152"))).terms[0].name == "Rock"
    for question in (terms(Term.GENRES, term_id="404404"), detail("deezer/album/404404")):
        with pytest.raises(NotFound):
            await sampled(question)


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "params"),
    [
        (search("waves"), "/search/album", {"q": "waves"}),
        (search("waves", kind=Item.ARTIST), "/search/artist", {"q": "waves"}),
        (search("waves", kind=Item.TRACK), "/search", {"q": "waves"}),
        (search("waves", exact=True), "/search/album", {"q": "waves", "strict": "on"}),
        (
            search("waves", artist="The Testers", album="One", label="Lab"),
            "/search/album",
            {"q": 'waves artist:"The Testers" album:"One" label:"Lab"'},
        ),
        (search(artist='The "Testers"', kind=Item.ARTIST), "/search/artist", {"q": 'artist:"The  Testers"'}),
        (
            search(track="Tone", min_duration_ms=90_500, max_duration_ms=120_999, min_bpm=100, kind=Item.TRACK),
            "/search",
            {"q": 'track:"Tone" dur_min:"91" dur_max:"120" bpm_min:"100"'},
        ),
        (search("tone", max_bpm=0, kind=Item.TRACK), "/search", {"q": 'tone bpm_max:"0"'}),
        # What a search of this kind does not know is left out; the manifest tells the caller.
        (search("waves", track="Tone"), "/search/album", {"q": "waves"}),
    ],
)
async def test_words_and_fields_reach_deezer(question: Question, path: str, params: dict[str, str]) -> None:
    page, up = await asked(question, {path: EMPTY})
    assert (up.paths, up.params) == ([path], {**params, "limit": "50"})
    assert (page.items, page.total, page.next) == ([], 0, "")


@pytest.mark.parametrize(
    ("kind", "order", "descending", "word"),
    [
        (Item.ALBUM, Order.TITLE, None, "ALBUM_ASC"),
        (Item.ALBUM, Order.ARTIST, True, "ARTIST_DESC"),
        (Item.ARTIST, Order.TITLE, True, "ARTIST_DESC"),
        (Item.TRACK, Order.TITLE, False, "TRACK_ASC"),
        (Item.TRACK, Order.POPULARITY, None, "RATING_DESC"),
        (Item.TRACK, Order.POPULARITY, False, "RATING_ASC"),
        (Item.TRACK, Order.DURATION, None, "DURATION_ASC"),
        (Item.TRACK, Order.RELEVANCE, None, "RANKING"),
    ],
)
async def test_orders(kind: Any, order: Any, descending: bool | None, word: str) -> None:
    path = {Item.ALBUM: "/search/album", Item.ARTIST: "/search/artist", Item.TRACK: "/search"}[kind]
    page, up = await asked(search("x", kind=kind, order_by=order, descending=descending), {path: EMPTY})
    assert (up.params["order"], page.ignored) == (word, ())
    spec = Deezer.manifest.kind_spec(kind)
    assert spec is not None and order in spec.orders


async def test_relevance_has_no_direction() -> None:
    page, _ = await asked(search("x", order_by=Order.RELEVANCE, descending=False), {"/search/album": EMPTY})
    assert page.ignored == ("descending",)


async def test_a_search_for_nothing_that_deezer_knows_is_not_asked() -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search(track="Tone"), {})
    assert caught.value.field == "query"


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (trending(Feed.CHART), "/chart/0/albums"),
        (trending(Feed.CHART, kind=Item.TRACK, genres=["152"]), "/chart/152/tracks"),
        (trending(Feed.RECENT, genres=["106"]), "/editorial/106/releases"),
        (trending(Feed.RECENT), "/editorial/0/releases"),
        (related("deezer/artist/2", Relation.SIMILAR), "/artist/2/related"),
        (related("deezer/artist/2", Relation.TOP_TRACKS), "/artist/2/top"),
    ],
)
async def test_feeds_and_relations_ask_their_lists(question: Question, path: str) -> None:
    _, up = await asked(question, {path: EMPTY})
    assert (up.paths, up.params) == ([path], {"limit": "50"})


@pytest.mark.parametrize("genres", [["1", "2"], ["rock"]])
async def test_a_feed_takes_one_genre(genres: list[str]) -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(trending(Feed.CHART, genres=genres), {})
    assert caught.value.field == "genres"


@pytest.mark.parametrize("code", [500, 800])
async def test_an_unknown_genre_is_the_fault_of_the_field(code: int) -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(trending(Feed.RECENT, genres=["9"]), {"/editorial/9/releases": refused(code)})
    assert caught.value.field == "genres"


async def test_the_language_goes_where_genres_are_named() -> None:
    _, up = await asked(detail("deezer/album/1", language="fr-CA"), {"/album/1": ALBUM})
    assert up.requests[0].headers["Accept-Language"] == "fr-CA"
    _, up = await asked(terms(Term.GENRES, language="ja"), {"/genre": {"data": []}})
    assert up.requests[0].headers["Accept-Language"] == "ja"


@pytest.mark.parametrize("item_id", ["deezer/album/upc~3A1", "deezer/track/3/x", "deezer/artist/27~3Fx"])
async def test_an_id_that_is_no_number_is_asked_of_nobody(item_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(item_id), {})


# --- Pages --------------------------------------------------------------------------------------------------


async def test_pages_go_on_to_the_last() -> None:
    """The next page begins where Deezer says, also where it left an entry of this one out."""
    link = "https://api.deezer.com/search/album?q=waves&limit=50&index=50"
    first, _ = await asked(search("waves"), {"/search/album": listed(ALBUM, total=51, next=link)})
    assert (len(first.items), first.next, first.total) == (1, "50", 51)
    answers = {"/search/album": listed(ALBUM, total=51)}
    last, up = await asked(search("waves", cursor=first.next), answers)
    assert (up.params["index"], last.next) == ("50", "")


@pytest.mark.parametrize(
    ("entries", "link"),
    [((), "https://api.deezer.com/search/album?index=100"), ((ALBUM,), "https://api.deezer.com/search/album?index=50")],
)
async def test_a_link_that_leads_nowhere_ends_the_list(entries: tuple[Any, ...], link: str) -> None:
    page, _ = await asked(search("waves", cursor="50"), {"/search/album": listed(*entries, next=link)})
    assert page.next == ""


async def test_a_strange_page_token() -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search("waves", cursor="x"), {})
    assert caught.value.field == "page_token"


async def test_a_chart_has_no_total() -> None:
    page, _ = await asked(trending(Feed.CHART), {"/chart/0/albums": listed(ALBUM)})
    assert page.total is None


# --- What is mapped -----------------------------------------------------------------------------------------


async def test_what_is_missing_stays_unset() -> None:
    link = [Link(role=Link.SOURCE, url="https://www.deezer.com/album/1")]
    assert await album_of() == Item(kind=Item.ALBUM, source_id="1", title="Test Waves", links=link, album=Album())
    link = [Link(role=Link.SOURCE, url="https://www.deezer.com/track/3")]
    assert await track_of() == Item(kind=Item.TRACK, source_id="3", title="Test Tone", links=link, track=Track())
    link = [Link(role=Link.SOURCE, url="https://www.deezer.com/artist/2")]
    artist, _ = await asked(detail("deezer/artist/2"), {"/artist/2": ARTIST})
    assert artist == Item(kind=Item.ARTIST, source_id="2", title="The Testers", links=link, artist=Artist())


async def test_what_deezer_does_not_know_is_not_told() -> None:
    album = await album_of(
        release_date="0000-00-00", upc="", duration=0, nb_tracks=0, rating=0, genre_id=-1, genres={"data": []}, label=""
    )
    assert album == await album_of()
    track = await track_of(bpm=0, gain=0, isrc="", preview="", release_date="0000-00-00", track_position=0, album={})
    assert track == await track_of()


@pytest.mark.parametrize("url", [None, "", "https://cdn-images.dzcdn.net/images/cover//1000x1000-000000-80-0-0.jpg"])
async def test_no_picture_is_no_image(url: str | None) -> None:
    album = await album_of(cover_xl=url, cover_medium=url, artist={**ARTIST, "picture_medium": url})
    assert (list(album.images), album.album.artists[0].image_url) == ([], "")


async def test_pictures_are_secure_and_measured() -> None:
    album = await album_of(cover_xl=f"http{HASH[5:]}/1000x1000.jpg", cover_medium=f"{HASH}/250x250.jpg")
    assert [(one.url, one.width, one.height) for one in album.images] == [
        (f"{HASH}/1000x1000.jpg", 1000, 1000),
        (f"{HASH}/250x250.jpg", 250, 250),
    ]


@pytest.mark.parametrize(
    ("word", "type_"),
    [
        ("album", Album.ALBUM),
        ("ep", Album.EP),
        ("single", Album.SINGLE),
        ("compile", Album.COMPILATION),
        ("x", Album.OTHER),
    ],
)
async def test_types_of_albums(word: str, type_: Any) -> None:
    assert (await album_of(record_type=word)).album.type == type_


@pytest.mark.parametrize(
    ("entry", "explicit"),
    [
        ({}, Explicitness.TYPE_UNSPECIFIED),
        ({"explicit_lyrics": True}, Explicitness.EXPLICIT),
        ({"explicit_lyrics": False, "explicit_content_lyrics": 0}, Explicitness.NOT_EXPLICIT),
        ({"explicit_lyrics": False, "explicit_content_lyrics": 3}, Explicitness.CLEANED),
    ],
)
async def test_explicit(entry: dict[str, Any], explicit: Any) -> None:
    assert (await track_of(**entry)).explicit == explicit


@pytest.mark.parametrize(
    ("upc", "ids"),
    [
        ("123456789012", [("upc", "123456789012")]),
        ("36000291452", [("upc", "036000291452")]),
        ("4006381333931", [("ean", "4006381333931")]),
        ("123456789013", []),
        ("INTERNAL-1", []),
        ("000000000000", []),
        ("17", []),
    ],
)
async def test_barcodes(upc: str, ids: list[tuple[str, str]]) -> None:
    assert [(one.scheme, one.value) for one in (await album_of(upc=upc)).external_ids] == ids


async def test_contributors_come_with_their_roles() -> None:
    people = [
        {**ARTIST, "role": "Main"},
        {"id": 4, "name": "A Guest", "role": "Featured"},
        {"id": 5, "name": "A Hand", "role": "Remixer"},
        {"id": 6, "role": "Main"},
        None,
    ]
    item = await track_of(artist=ARTIST, contributors=people)
    assert [(one.name, one.id, one.role, one.job) for one in item.track.artists] == [
        ("The Testers", "deezer/artist/2", CreditRole.PERFORMER, "Main"),
        ("A Guest", "deezer/artist/4", CreditRole.FEATURED, "Featured"),
        ("A Hand", "deezer/artist/5", CreditRole.OTHER, "Remixer"),
    ]


@pytest.mark.parametrize(
    ("given", "version"),
    [("", ""), ("(Radio Edit)", "Radio Edit"), ("(feat. A) (Live)", "(feat. A) (Live)"), ("Live", "Live")],
)
async def test_versions(given: str, version: str) -> None:
    assert (await track_of(title_version=given)).track.title_version == version


async def test_tracks_inside_an_album() -> None:
    album = await album_of(
        tracks={"data": [{**TRACK, "isrc": "zz-sam-19-00001", "disk_number": 2, "track_position": 7}]}
    )
    (track,) = album.album.tracks
    assert (track.title, track.id, track.disc_number, track.track_number) == ("Test Tone", "deezer/track/3", 2, 7)
    assert list(track.isrcs) == ["ZZSAM1900001"]


async def test_an_odd_track_does_not_cost_its_album() -> None:
    tracks = [None, {"id": 4, "title": ""}, {**TRACK, "id": None}, {**TRACK, "id": 3_200_000_001}]
    album = await album_of(tracks={"data": tracks})
    assert [(one.title, one.id) for one in album.album.tracks] == [
        ("Test Tone", ""),
        ("Test Tone", "deezer/track/3200000001"),
    ]


# --- Look-ups -----------------------------------------------------------------------------------------------


async def test_a_barcode_is_asked_without_its_zeros_too() -> None:
    answers = {"/album/upc:0036000291452": refused(800), "/album/upc:36000291452": ALBUM}
    page, up = await asked(lookup("ean", "0036000291452"), answers)
    assert (page.items[0].source_id, len(up.requests)) == ("1", 2)


async def test_codes_that_deezer_does_not_know() -> None:
    page, up = await asked(lookup("upc", "123456789012"), {"/album/upc:123456789012": refused(800)})
    assert (list(page.items), up.paths) == ([], ["/album/upc:123456789012"])
    page, _ = await asked(lookup("isrc", "ZZSAM1900001"), {"/track/isrc:ZZSAM1900001": refused(800)})
    assert list(page.items) == []


async def test_an_own_number_is_one_of_each_kind() -> None:
    answers = {"/album/3": {**ALBUM, "id": 3}, "/artist/3": refused(800), "/track/3": TRACK}
    page, _ = await asked(lookup("deezer", "3"), answers)
    assert [id_of(one) for one in page.items] == ["deezer/album/3", "deezer/track/3"]
    page, up = await asked(lookup("deezer", "3", kinds=(Item.TRACK,)), answers)
    assert ([id_of(one) for one in page.items], up.paths) == (["deezer/track/3"], ["/track/3"])
    page, up = await asked(lookup("deezer", "chart"), {})
    assert (list(page.items), up.paths) == ([], [])


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (4, RateLimited),
        (100, Refused),
        (200, Refused),
        (300, Refused),
        (500, Refused),
        (501, Refused),
        (600, Refused),
        (700, Unreachable),
        (800, NotFound),
        (901, Refused),
        (12345, ShapeChanged),
    ],
)
async def test_an_error_inside_a_good_status(code: int, error: type[ProviderError]) -> None:
    with pytest.raises(error) as caught:
        await asked(detail("deezer/album/1"), {"/album/1": refused(code)})
    assert type(caught.value) is error
    assert caught.value.retry_after == (5.0 if error is RateLimited else None)


async def test_a_search_that_deezer_does_not_understand() -> None:
    with pytest.raises(InvalidField) as caught:
        await asked(search("waves"), {"/search/album": refused(600)})
    assert caught.value.field == "query"


async def test_a_search_without_data_is_empty() -> None:
    page, _ = await asked(search("waves"), {"/search/album": refused(800)})
    assert (list(page.items), page.next, page.total) == ([], "", None)


async def test_related_of_an_unknown_item() -> None:
    with pytest.raises(NotFound):
        await asked(related("deezer/artist/9", Relation.ALBUMS), {"/artist/9/albums": refused(800)})


async def test_an_unknown_path_is_a_real_404() -> None:
    with pytest.raises(NotFound):
        await asked(detail("deezer/album/1"), {"/album/1": Answer({"error": "Not Found"}, 404)})


@pytest.mark.parametrize(
    "body",
    [[], {}, {"data": {}}, {"data": [{"id": 1}]}, {"data": [{"title": "x"}]}, {"data": [None]}, {"error": "Odd"}],
)
async def test_a_changed_shape(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("waves"), {"/search/album": body})
