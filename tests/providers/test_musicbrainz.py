"""MusicBrainz, with the Cover Art Archive."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Order, Relation
from tako.v1.details_music_pb2 import Album, Artist
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.music.musicbrainz import MusicBrainz
from tako_providers.sdk import (
    InvalidField,
    NotFound,
    Page,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
    make_id,
)
from tako_providers.sdk.errors import Refused
from tests.conformance.cases import Question, detail, lookup, related, search
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

ONE = "00000000-0000-4000-8000-000000000001"
TWO = "00000000-0000-4000-8000-000000000002"
GROUP = {"id": ONE, "title": "A Title"}
ALBUM = f"musicbrainz/album/{ONE}"
RELEASE = f"musicbrainz/release/{ONE}"
ARTIST = f"musicbrainz/artist/{ONE}"
TRACK = f"musicbrainz/track/{ONE}"
SEARCHES = {
    Item.ALBUM: "/ws/2/release-group",
    Item.RELEASE: "/ws/2/release",
    Item.ARTIST: "/ws/2/artist",
    Item.TRACK: "/ws/2/recording",
}
NOTHING = Answer({"error": "Not Found"}, 404)


def found(*entries: Any, name: str = "release-groups", count: int | None = None) -> dict[str, Any]:
    return {"count": len(entries) if count is None else count, "offset": 0, name: list(entries)}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(MusicBrainz(), question, answers)


async def sampled(question: Question) -> Any:
    return await ask_samples(MusicBrainz(), question)


async def release(**fields: Any) -> Item:
    item, _ = await asked(detail(RELEASE), {f"/ws/2/release/{ONE}": {**GROUP, **fields}})
    assert isinstance(item, Item)
    return item


async def artist(language: str = "", **fields: Any) -> Item:
    body = {"id": ONE, "name": "Somebody", **fields}
    item, _ = await asked(detail(ARTIST, language=language), {f"/ws/2/artist/{ONE}": body})
    assert isinstance(item, Item)
    return item


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_an_album_to_all_that_belongs_to_it() -> None:
    hit = (await sampled(search("sample tide"))).items[0]
    album_id = make_id("musicbrainz", hit.kind, hit.source_id)
    album = await sampled(detail(album_id))
    assert (album.title, album.album.artist_text) == ("Sample Tide", "The Sample Ebb feat. Ann Example")
    assert [one.title for one in album.album.tracks] == ["First Wave", "Second Wave", "First Wave (film)"]
    assert [one.title for one in (await sampled(related(album_id, Relation.TRACKS))).items][:1] == ["First Wave"]
    versions = (await sampled(related(album_id, Relation.VERSIONS))).items
    item = await sampled(detail(make_id("musicbrainz", Item.RELEASE, versions[0].source_id)))
    assert item.album.album.id == album_id
    assert [one.catalog_number for one in item.album.labels] == ["SE 01"]
    pictures = (await sampled(related(album_id, Relation.IMAGES))).items
    assert [one.images[0].role for one in pictures] == [Image.PRIMARY, Image.BACK_COVER]
    none = await sampled(related(make_id("musicbrainz", Item.RELEASE, versions[1].source_id), Relation.IMAGES))
    assert list(none.items) == []


async def test_samples_lead_from_an_artist_and_a_track() -> None:
    hit = (await sampled(search("sample ebb", kind=Item.ARTIST))).items[0]
    found_artist = await sampled(detail(make_id("musicbrainz", hit.kind, hit.source_id), language="ja"))
    assert (found_artist.title, found_artist.artist.members[0].name) == ("サンプル", "Ann Example")
    assert len((await sampled(related(make_id("musicbrainz", hit.kind, hit.source_id), Relation.ALBUMS))).items) == 2
    track = (await sampled(search("first wave", kind=Item.TRACK))).items[0]
    assert (await sampled(detail(make_id("musicbrainz", track.kind, track.source_id)))).track.duration_ms == 181_000
    assert (await sampled(search("sample tide", kind=Item.RELEASE))).items[0].album.labels[0].catalog_number == "SE 01"


async def test_samples_have_look_ups_an_empty_search_and_an_error() -> None:
    assert len((await sampled(lookup("ean", "4600009100013"))).items) == 1
    (track,) = (await sampled(lookup("isrc", "FRXXX0100001"))).items
    (again,) = (await sampled(lookup("mbid", track.source_id))).items
    assert track.title == again.title == "First Wave"
    assert list((await sampled(lookup("mbid", "5a3b1e00-0008-4000-8000-000000000404"))).items) == []
    assert list((await sampled(search("nothing"))).items) == []
    with pytest.raises(NotFound):
        await sampled(detail("musicbrainz/album/5a3b1e00-0001-4000-8000-000000000404"))


# --- What is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "query"),
    [
        (search("blue moon"), "blue moon"),
        (search("AC/DC: Live! (1992)"), r"AC\/DC\: Live\! \(1992\)"),
        (search('say "hi" && go'), r"say \"hi\" \&& go"),
        (search("Love OR Hate"), "Love or Hate"),
        (search("Re:Zero"), r"Re\:Zero"),
        (search("Title: artist"), r"Title\: artist"),
        (search("tag:jazz AND status:official"), "tag:jazz AND status:official"),
        (search("Desire", artist="Bob Dylan"), '"Desire" AND artist:"Bob Dylan"'),
        (search("tag:a OR tag:b", artist="C"), '(tag:a OR tag:b) AND artist:"C"'),
        (search(artist='The "X" \\'), r'artist:"The \"X\" \\"'),
        (
            search(album="Desire", genre="folk", year=1976),
            'releasegroup:"Desire" AND tag:"folk" AND firstreleasedate:[1976 TO 1976-12-31]',
        ),
        (
            search(kind=Item.RELEASE, album="A", label="L", country="GB", format="CD", catalog_number="X 1", year=1999),
            'release:"A" AND label:"L" AND country:"GB" AND format:"CD" AND catno:"X 1" AND date:[1999 TO 1999-12-31]',
        ),
        (search(kind=Item.TRACK, track="T", album="A"), 'release:"A" AND recording:"T"'),
        (search("t", kind=Item.TRACK, min_duration_ms=1000), '"t" AND dur:[1000 TO *]'),
        (search("t", kind=Item.TRACK, min_duration_ms=0, max_duration_ms=9), '"t" AND dur:[0 TO 9]'),
        (search(kind=Item.ARTIST, artist="Ann", country="FR"), 'artist:"Ann" AND country:"FR"'),
    ],
)
async def test_words_and_filters_become_a_query(question: Question, query: str) -> None:
    kind = question.build(MusicBrainz()).kind or Item.ALBUM
    path = SEARCHES[kind]
    body = found(name=path.rpartition("/")[2] + "s")
    _, up = await asked(question, {path: body})
    assert up.params == {"query": query, "limit": "50", "offset": "0", "fmt": "json"}
    assert up.paths == [path]


async def test_a_search_that_names_nothing_that_the_index_has_is_refused() -> None:
    with pytest.raises(Unsupported):
        await asked(search(kind=Item.ARTIST, year=1999), {})


@pytest.mark.parametrize(
    ("item_id", "path", "inc"),
    [
        (RELEASE, "release", "recordings artist-credits isrcs labels release-groups aliases tags genres url-rels"),
        (ARTIST, "artist", "aliases tags genres ratings artist-rels url-rels"),
        (TRACK, "recording", "artists releases isrcs aliases tags genres ratings url-rels"),
        (ALBUM, "release-group", "artists releases aliases tags genres ratings url-rels"),
    ],
)
async def test_a_detail_asks_for_what_it_shows(item_id: str, path: str, inc: str) -> None:
    body = {"id": ONE, "name": "N", "title": "N", "media": []}
    _, up = await asked(detail(item_id), {f"/ws/2/{path}/{ONE}": body})
    assert up.params == {"inc": inc, "fmt": "json"}
    assert "%2B" not in up.requests[0].full_url


@pytest.mark.parametrize("album_type", ["", "Live"])
async def test_albums_of_an_artist_by_type(album_type: str) -> None:
    body = {"release-group-count": 1, "release-groups": [GROUP]}
    page, up = await asked(
        related(ARTIST, Relation.ALBUMS, album_type=album_type, order_by=Order.TITLE), {"/ws/2/release-group": body}
    )
    assert up.params.get("type", "") == album_type.lower()
    assert (up.params["artist"], page.total, page.ignored) == (ONE, 1, ("order_by",))


async def test_a_type_that_musicbrainz_does_not_know_is_the_callers_fault() -> None:
    refused = Answer({"error": "xyz is not a recognized release-group type."}, 400)
    with pytest.raises(InvalidField) as caught:
        await asked(related(ARTIST, Relation.ALBUMS, album_type="xyz"), {"/ws/2/release-group": refused})
    assert caught.value.field == "album_type"


# --- Pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (search("x"), "/ws/2/release-group", found(GROUP, GROUP, count=3)),
        (
            related(ALBUM, Relation.VERSIONS),
            "/ws/2/release",
            {"release-count": 3, "release-offset": 0, "releases": [GROUP, GROUP]},
        ),
        (
            related(ARTIST, Relation.ALBUMS),
            "/ws/2/release-group",
            {"release-group-count": 3, "release-group-offset": 0, "release-groups": [GROUP, GROUP]},
        ),
    ],
)
async def test_pages_go_on_from_where_the_last_one_ended(question: Question, path: str, body: Any) -> None:
    page, _ = await asked(question, {path: body})
    assert (page.next, page.total, len(page.items)) == ("2", 3, 2)


async def test_the_last_page_has_no_next() -> None:
    page, up = await asked(search("x", cursor="2"), {"/ws/2/release-group": found(GROUP, count=3)})
    assert (page.next, up.params["offset"]) == ("", "2")
    page, _ = await asked(search("x", cursor="9"), {"/ws/2/release-group": found(count=3)})
    assert (page.next, list(page.items)) == ("", [])
    with pytest.raises(InvalidField):
        await asked(search("x", cursor="later"), {})


# --- Languages ----------------------------------------------------------------------------------------------

ALIASES = [
    {"name": "Nobodi", "locale": "fr", "type": "Search hint"},
    {"name": "Quelqu'un d'autre", "locale": "fr", "primary": False},
    {"name": "Quelqu'un", "locale": "fr", "primary": True},
    {"name": "Quelqu'un au Québec", "locale": "fr_CA", "primary": None},
    {"name": "Alguém", "locale": "pt"},
    {"name": "Nickname", "locale": None},
]


@pytest.mark.parametrize(
    ("language", "title", "tag"),
    [
        ("", "Somebody", ""),
        ("fr", "Quelqu'un", "fr"),
        ("fr-BE", "Quelqu'un", "fr"),
        ("pt-BR", "Alguém", "pt"),
        ("de", "Somebody", ""),
    ],
)
async def test_a_name_in_the_language_asked_for(language: str, title: str, tag: str) -> None:
    item = await artist(language, aliases=ALIASES)
    assert (item.title, item.language) == (title, tag)
    assert item.original_title == ("Somebody" if tag else "")
    others = [one.text for one in item.alternative_titles]
    assert "Nobodi" not in others, "a search hint"
    assert title not in others


# --- Mapping ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item_id", "path"), [(ALBUM, "release-group"), (RELEASE, "release"), (ARTIST, "artist"), (TRACK, "recording")]
)
async def test_what_musicbrainz_does_not_say_stays_unset(item_id: str, path: str) -> None:
    names = (
        *("rating", "tags", "genres", "aliases", "relations", "artist-credit", "releases", "media", "label-info"),
        *("date", "first-release-date", "country", "barcode", "asin", "status", "packaging", "text-representation"),
        *(
            "release-group",
            "release-events",
            "length",
            "video",
            "isrcs",
            "isnis",
            "ipis",
            "life-span",
            "area",
            "gender",
        ),
        *("type", "primary-type", "secondary-types", "disambiguation", "begin-area"),
    )
    for fields in ({}, dict.fromkeys(names), {"rating": {"value": None, "votes-count": 0}, "barcode": "", "length": 0}):
        body = {"id": ONE, "title": "N", "name": "N", **fields}
        item, _ = await asked(detail(item_id), {f"/ws/2/{path}/{ONE}": body})
        assert not (item.HasField("rating") or item.HasField("year") or item.HasField("context"))
        assert (item.release_date, list(item.genres), list(item.tags), list(item.countries)) == ("", [], [], [])
        assert [(one.scheme, one.value) for one in item.external_ids] == [("mbid", ONE)]
        assert [one.role for one in item.links] == [Link.SOURCE]
        assert not (item.track.HasField("duration_ms") or item.track.HasField("video") or item.track.HasField("album"))
        assert not (item.album.HasField("track_count") or item.album.HasField("disc_count"))
        assert not (item.album.HasField("release_count") or item.artist.HasField("ended"))


async def test_tags_are_words_with_votes() -> None:
    counts = {"rock": 2, "jazz": 5, "": 3, " ": 3, "pop": 0, "loud": -1}
    tags = [*({"name": name, "count": count} for name, count in counts.items()), {"count": 4}, {"name": 7, "count": 4}]
    assert list((await release(tags=tags)).tags) == ["jazz", "rock"]


async def test_a_merged_entity_has_the_id_that_it_has_now() -> None:
    item, _ = await asked(detail(RELEASE), {f"/ws/2/release/{ONE}": {"id": TWO, "title": "N"}})
    assert item.source_id == TWO


@pytest.mark.parametrize(
    ("country", "codes", "text"), [("GB", ["GB"], ""), ("XW", [], "Worldwide"), ("XE", [], "Europe"), ("XU", [], "")]
)
async def test_areas_that_are_no_country(country: str, codes: list[str], text: str) -> None:
    item = await release(country=country)
    assert (list(item.countries), item.album.country_text) == (codes, text)


async def test_placeholders_of_labels_are_none() -> None:
    infos = [
        {"catalog-number": "[none]", "label": {"name": "Real Label"}},
        {"catalog-number": "X 1", "label": {"name": "[no label]"}},
        {"catalog-number": None, "label": None},
    ]
    album = (await release(**{"label-info": infos})).album
    assert [(one.name, one.catalog_number) for one in album.labels] == [("Real Label", ""), ("", "X 1")]


@pytest.mark.parametrize(
    ("known", "roles"),
    [
        ({"front": True, "back": True}, [Image.PRIMARY, Image.THUMBNAIL, Image.BACK_COVER]),
        ({"front": False, "back": True}, [Image.BACK_COVER]),
        ({"front": False, "back": False, "count": 0}, []),
    ],
)
async def test_covers_of_a_release_are_those_that_it_says_it_has(known: Any, roles: list[Image.Role.ValueType]) -> None:
    assert [one.role for one in (await release(**{"cover-art-archive": known})).images] == roles


async def test_tracks_count_over_all_media_and_keep_what_stands_before_and_behind() -> None:
    track = {"title": "T", "position": 1, "number": "A1", "length": None, "recording": {"id": TWO, "length": 5000}}
    media = [
        {"position": 1, "format": "Vinyl", "track-count": 1, "tracks": [track], "pregap": {**track, "number": "0"}},
        {"position": 2, "format": "CD", "track-count": 2, "tracks": [track], "data-tracks": [{**track, "number": "2"}]},
    ]
    album = (await release(media=media)).album
    assert [(one.position, one.disc_number) for one in album.tracks] == [("0", 1), ("A1", 1), ("A1", 2), ("2", 2)]
    assert (album.track_count, album.disc_count, album.tracks[0].duration_ms) == (3, 2, 5000)
    unknown = (await release(media=[media[0], {"format": "CD"}])).album
    assert not unknown.HasField("track_count")


async def test_relations_of_an_artist() -> None:
    def member(direction: str, name: str) -> dict[str, Any]:
        return {"type": "member of band", "direction": direction, "artist": {"id": TWO, "name": name}}

    def page(word: str, address: str, *, ended: bool = False) -> dict[str, Any]:
        return {"type": word, "ended": ended, "url": {"resource": address}}

    item = await artist(
        type="Group",
        relations=[
            member("backward", "Ann"),
            member("forward", "Supergroup"),
            page("official homepage", "https://example.org/"),
            page("wikidata", "https://www.wikidata.org/wiki/Q5"),
            page("official homepage", "https://gone.example.org/", ended=True),
        ],
    )
    assert item.artist.type == Artist.GROUP
    assert ([one.name for one in item.artist.members], [one.name for one in item.artist.groups]) == (
        ["Ann"],
        ["Supergroup"],
    )
    assert [one.role for one in item.links] == [Link.SOURCE, Link.OFFICIAL, Link.WIKI]
    assert [(one.scheme, one.value) for one in item.external_ids][1:] == [("wikidata", "Q5")]


@pytest.mark.parametrize(("score", "known"), [(100, 100), ("87", 87), (None, None)])
async def test_the_score_is_a_number_or_a_text(score: Any, known: float | None) -> None:
    page, _ = await asked(search("x"), {"/ws/2/release-group": found({**GROUP, "score": score})})
    assert (page.items[0].context.score if page.items[0].HasField("context") else None) == known


async def test_answers_of_old_name_the_list_in_the_singular() -> None:
    body = found({"id": ONE, "name": "Ann"}, name="artist")
    page, _ = await asked(search("x", kind=Item.ARTIST), {"/ws/2/artist": body})
    assert page.items[0].title == "Ann"


@pytest.mark.parametrize(
    ("words", "kind", "more"),
    [
        ({"primary-type": "EP"}, Album.EP, []),
        ({"primary-type": "Broadcast", "secondary-types": ["Live"]}, Album.BROADCAST, ["Live"]),
        ({"primary-type": None}, Album.TYPE_UNSPECIFIED, []),
    ],
)
async def test_types_of_albums(words: Any, kind: Album.Type.ValueType, more: list[str]) -> None:
    page, _ = await asked(search("x"), {"/ws/2/release-group": found({**GROUP, **words})})
    assert (page.items[0].album.type, list(page.items[0].album.secondary_types)) == (kind, more)


# --- Tracks of an album -------------------------------------------------------------------------------------

RELEASES = [
    {"id": ONE, "title": "Bootleg", "status": "Bootleg", "date": "1960"},
    {"id": "00000000-0000-4000-8000-000000000003", "title": "Undated", "status": "Official", "date": ""},
    {"id": "00000000-0000-4000-8000-000000000004", "title": "Year", "status": "Official", "date": "1976"},
    {"id": TWO, "title": "Day", "status": "Official", "date": "1976-01-05"},
]
MEDIA = [
    {"position": 1, "tracks": [{"title": "T", "number": "1", "position": 1, "recording": {"id": ONE, "title": "R"}}]}
]


async def test_an_album_has_the_tracks_of_its_first_official_release() -> None:
    answers = {
        f"/ws/2/release-group/{ONE}": {**GROUP, "releases": RELEASES},
        f"/ws/2/release/{TWO}": {"id": TWO, "title": "Day", "media": MEDIA},
    }
    item, up = await asked(detail(ALBUM), answers)
    assert ([one.title for one in item.album.tracks], up.partial) == (["T"], False)
    page, _ = await asked(related(ALBUM, Relation.TRACKS), answers)
    assert [(one.source_id, one.title, one.track.position) for one in page.items] == [(ONE, "T", "1")]


async def test_an_album_without_its_tracks_is_partial_and_one_without_releases_has_none() -> None:
    answers: dict[str, Any] = {f"/ws/2/release-group/{ONE}": {**GROUP, "releases": RELEASES}}
    item, up = await asked(detail(ALBUM), {**answers, f"/ws/2/release/{TWO}": Answer("", 503)})
    assert (item.title, list(item.album.tracks), up.partial) == ("A Title", [], True)
    page, _ = await asked(related(ALBUM, Relation.TRACKS), {f"/ws/2/release-group/{ONE}": {**GROUP, "releases": []}})
    assert list(page.items) == []


# --- Pictures -----------------------------------------------------------------------------------------------


async def pictures(body: Any) -> Page:
    page, up = await asked(related(RELEASE, Relation.IMAGES), {f"/release/{ONE}": body})
    assert up.requests[0].url == f"https://coverartarchive.org/release/{ONE}"
    assert isinstance(page, Page)
    return page


def test_lists_of_pictures_may_be_at_every_place_of_the_internet_archive() -> None:
    for host in ("coverartarchive.org", "archive.org", "ia601902.us.archive.org", "dn720004.ca.archive.org"):
        assert MusicBrainz.manifest.asks(host)
    assert not MusicBrainz.manifest.asks("evil-archive.org")


async def test_pictures_have_safe_addresses_and_one_front() -> None:
    def picture(number: Any, *types: str, **more: Any) -> dict[str, Any]:
        small = {"250": "http://coverartarchive.org/s.jpg"}
        return {
            "id": number,
            "image": "http://coverartarchive.org/a.jpg",
            "types": [*types],
            "thumbnails": small,
            **more,
        }

    body = {
        "release": f"https://musicbrainz.org/release/{TWO}",
        "images": [
            picture(7, "Front", front=True),
            picture("8", "Front", front=True, comment="again"),
            picture(9, "Booklet", approved=False),
            picture(10),
        ],
    }
    items = (await pictures(body)).items
    assert [one.source_id for one in items] == [f"{TWO}/{number}" for number in (7, 8, 9, 10)]
    assert [one.images[0].role for one in items] == [Image.PRIMARY, Image.GALLERY, Image.SCAN, Image.GALLERY]
    assert {one.images[0].url for one in items} == {"https://coverartarchive.org/a.jpg"}
    assert (items[1].images[0].caption, dict(items[3].attributes)) == ("again", {})
    assert items[2].attributes["approved"] == "false"


async def test_no_pictures_are_told_by_a_page_and_are_an_empty_list() -> None:
    missing = Answer("<!doctype html><title>404 Not Found</title>", 404, {"content-type": "text/html"})
    assert list((await pictures(missing)).items) == []
    with pytest.raises(Unreachable):
        await pictures(Answer("", 503))
    with pytest.raises(ShapeChanged):
        await pictures({"images": None})


# --- Look-ups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "code", "queries"),
    [
        ("ean", "4600009100013", ["barcode:4600009100013"]),
        ("ean", "0809236126221", ["barcode:0809236126221", "barcode:809236126221"]),
        ("upc", "809236126221", ["barcode:809236126221", "barcode:0809236126221"]),
    ],
)
async def test_barcodes_are_looked_up_with_and_without_the_leading_zero(
    scheme: str, code: str, queries: list[str]
) -> None:
    page, up = await asked(lookup(scheme, code), {"/ws/2/release": found(name="releases")})
    assert [dict(one.params)["query"] for one in up.requests] == queries
    assert list(page.items) == []
    page, up = await asked(lookup(scheme, code), {"/ws/2/release": found(GROUP, name="releases")})
    assert (len(page.items), len(up.requests)) == (1, 1)


async def test_an_mbid_is_asked_of_one_kind_after_the_other() -> None:
    answers = {f"/ws/2/release-group/{ONE}": NOTHING, f"/ws/2/release/{ONE}": NOTHING}
    body = {"id": ONE, "name": "Ann"}
    page, up = await asked(lookup("mbid", ONE), {**answers, f"/ws/2/artist/{ONE}": body})
    assert [(one.kind, one.title) for one in page.items] == [(Item.ARTIST, "Ann")]
    assert len(up.requests) == 3
    _, up = await asked(lookup("mbid", ONE, kinds=(Item.ARTIST,)), {f"/ws/2/artist/{ONE}": body})
    assert up.paths == [f"/ws/2/artist/{ONE}"]


async def test_an_unknown_isrc_is_an_empty_page() -> None:
    page, up = await asked(lookup("isrc", "FRXXX0100001"), {"/ws/2/isrc/FRXXX0100001": NOTHING})
    assert (list(page.items), up.params["fmt"]) == ([], "json")


# --- Errors -------------------------------------------------------------------------------------------------

BUSY = {"error": "Your requests are exceeding the allowable rate limit (22.3)."}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(BUSY, 503), RateLimited),
        (Answer({"error": "Busy."}, 503), Unreachable),
        (Answer({"error": "Unable to parse search."}, 400), InvalidField),
        (Answer({"error": "?"}, 406), Refused),
        (Answer("<html><body>Hello</body></html>", headers={"content-type": "text/html"}), ShapeChanged),
        ([], ShapeChanged),
        ({"count": 0}, ShapeChanged),
        ({"release-groups": []}, ShapeChanged),
        (found("text"), ShapeChanged),
        (found({"id": ONE}), ShapeChanged),
        (found({"title": "N"}), ShapeChanged),
    ],
)
async def test_other_answers_are_errors(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("bird"), {"/ws/2/release-group": answer})


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (detail(ARTIST), f"/ws/2/artist/{ONE}", {"id": ONE, "title": "x"}),
        (detail(TRACK), f"/ws/2/recording/{ONE}", []),
        (related(RELEASE, Relation.TRACKS), f"/ws/2/release/{ONE}", GROUP),
        (related(ALBUM, Relation.TRACKS), f"/ws/2/release-group/{ONE}", GROUP),
        (related(ALBUM, Relation.VERSIONS), "/ws/2/release", {"releases": []}),
        (lookup("isrc", "FRXXX0100001"), "/ws/2/isrc/FRXXX0100001", {"isrc": "x"}),
    ],
)
async def test_a_changed_shape_is_told(question: Question, path: str, body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(question, {path: body})


@pytest.mark.parametrize("source_id", ["1", "not-an-mbid", f"{ONE}/more", ONE.replace("0", "G")])
async def test_an_id_that_is_no_mbid_is_not_asked(source_id: str) -> None:
    with pytest.raises(NotFound):
        await asked(detail(f"musicbrainz/album/{source_id}"), {})


async def test_an_entity_that_is_not_there_is_not_found() -> None:
    for question, path in ((detail(ALBUM), "release-group"), (related(RELEASE, Relation.TRACKS), "release")):
        with pytest.raises(NotFound):
            await asked(question, {f"/ws/2/{path}/{ONE}": NOTHING})
