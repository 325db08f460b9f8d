"""Deezer."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_music_pb2 import Album
from tako.v1.item_parts_pb2 import Explicitness, Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import NotFound, Page, TermPage
from tests.conformance.cases import Facts, detail, related, search, terms, trending

facts = Facts("deezer", walk="sample tide", nothing="nothing")

COVERS = "https://cdns-images.dzcdn.net/images/cover/2e018122cb56986277102d2041a592c8"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def page_of(item: Item) -> str:
    (link,) = item.links
    return link.url


@facts("detail-album-302127", detail("deezer/album/302127"))
def discovery(item: Item) -> None:
    assert (item.kind, item.title, item.year, item.release_date) == (Item.ALBUM, "Discovery", 2001, "2001-03-07")
    assert (ids(item), page_of(item)) == ([("upc", "724384960650")], "https://www.deezer.com/album/302127")
    assert (list(item.genres), item.engagement.followers, item.explicit) == (
        ["Dance"],
        191086,
        Explicitness.NOT_EXPLICIT,
    )
    assert [(one.role, one.width, one.url) for one in item.images] == [
        (Image.PRIMARY, 1000, f"{COVERS}/1000x1000-000000-80-0-0.jpg"),
        (Image.THUMBNAIL, 250, f"{COVERS}/250x250-000000-80-0-0.jpg"),
    ]
    album = item.album
    assert (album.type, album.track_count, album.duration_ms) == (Album.ALBUM, 14, 3_660_000)
    assert [label.name for label in album.labels] == ["Parlophone France"]
    assert [(one.name, one.id, one.role, one.job) for one in album.artists] == [
        ("Daft Punk", "deezer/artist/27", CreditRole.PERFORMER, "Main")
    ]
    assert len(album.tracks) == 14
    first = album.tracks[0]
    assert (first.title, first.id, first.duration_ms) == ("One More Time", "deezer/track/3135553", 320_000)
    assert (first.rank, first.explicit, list(first.isrcs)) == (851865, Explicitness.NOT_EXPLICIT, [])
    assert first.preview_url.startswith("https://cdns-preview-e.dzcdn.net/stream/c-e77d23e0")
    assert (album.tracks[-1].title, album.tracks[-1].duration_ms) == ("Too Long", 600_000)
    assert not (item.HasField("rating") or item.HasField("context") or item.language)


@facts("detail-artist-27", detail("deezer/artist/27"))
def daft_punk(item: Item) -> None:
    assert (item.kind, item.title, item.release_date) == (Item.ARTIST, "Daft Punk", "")
    assert (item.artist.album_count, item.engagement.followers) == (32, 3677952)
    assert page_of(item) == "https://www.deezer.com/artist/27"
    assert item.images[0].url.endswith("/artist/f2bc007e9133c946ac3c3907ddc5d2ea/1000x1000-000000-80-0-0.jpg")


@facts("detail-track-3135556", detail("deezer/track/3135556"))
def harder_better(item: Item) -> None:
    assert (item.kind, item.title) == (Item.TRACK, "Harder Better Faster Stronger")
    assert (item.year, item.release_date, ids(item)) == (2001, "2001-03-07", [("isrc", "GBDUW0000059")])
    assert item.explicit == Explicitness.NOT_EXPLICIT
    track = item.track
    assert (track.disc_number, track.track_number, track.duration_ms) == (1, 4, 224_000)
    assert (track.bpm, track.gain, track.rank, track.title_version) == (123, -12.4, 760033, "")
    assert (len(track.available_countries), list(track.available_countries)[:2]) == (209, ["AE", "AF"])
    assert (track.album.id, track.album.name, track.album.year) == ("deezer/album/302127", "Discovery", 2001)
    assert [(one.name, one.role) for one in track.artists] == [("Daft Punk", CreditRole.PERFORMER)]
    assert track.preview_url.endswith("c-deda7fa9316d9e9e880d2c6207e92260-5.mp3")
    assert item.images[0].url.endswith("/cover/2e018122cb56986277102d2041a592c8/1000x1000-000000-80-0-0.jpg")


@facts("detail-genre-list", terms(Term.GENRES))
def genres(page: TermPage) -> None:
    assert (len(page.terms), page.next, page.total) == (23, "", None)
    everything, pop = page.terms[:2]
    assert (everything.id, everything.name, everything.image_url) == ("0", "All", "")
    assert (pop.id, pop.name) == ("132", "Pop")
    assert pop.image_url.endswith("/misc/db7a604d9e7634a67d45cfc86b48370a/1000x1000-000000-80-0-0.jpg")
    assert [one.name for one in page.terms if "&" in one.name] == ["R&B", "Soul & Funk"]


@facts("error-missing-object-genre", terms(Term.GENRES, term_id="-1"), fails=NotFound)
def no_such_genre(error: NotFound) -> None:
    assert str(error) == "Deezer has no such genre"


@facts("error-no-data-200", detail("deezer/album/-1"), fails=NotFound)
def no_such_album(error: NotFound) -> None:
    assert str(error) == "Deezer has no such item"


@facts("related-album-302127-tracks", related("deezer/album/302127", Relation.TRACKS))
def tracks_of_an_album(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (14, 14, "")
    assert [one.track.track_number for one in page.items] == list(range(1, 15))
    second = page.items[1]
    assert (second.title, ids(second)) == ("Aerodynamic", [("isrc", "GBDUW0000057")])
    assert (second.track.disc_number, second.track.duration_ms, second.track.rank) == (1, 212_000, 715385)
    assert (list(second.images), second.track.HasField("album"), second.release_date) == ([], False, "")


@facts("related-artist-27-albums", related("deezer/artist/27", Relation.ALBUMS))
def albums_of_an_artist(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (25, 32, "25")
    first = page.items[0]
    assert (first.source_id, first.title, first.release_date) == ("8244118", "Human After All (Remixes)", "2005-03-20")
    assert (first.engagement.followers, first.album.type) == (29723, Album.ALBUM)
    assert (list(first.album.artists), first.album.HasField("track_count")) == ([], False)
    assert [one.source_id for one in page.items if one.explicit == Explicitness.EXPLICIT] == ["304193", "299205"]
    types = [one.album.type for one in page.items]
    assert (types.count(Album.ALBUM), types.count(Album.EP), types.count(Album.SINGLE)) == (11, 5, 9)


@facts("related-artist-27-related", related("deezer/artist/27", Relation.SIMILAR))
def similar_artists(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (25, 39, "25")
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.ARTIST, "6404", "Justice")
    assert (first.artist.album_count, first.engagement.followers) == (29, 575607)
    assert page.items[16].title == "Sébastien Tellier"


@facts("related-artist-27-top", related("deezer/artist/27", Relation.TOP_TRACKS))
def best_known_tracks(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (5, 100, "5")
    crush, lucky = page.items[:2]
    assert [(one.name, one.role) for one in crush.track.artists] == [
        ("Daft Punk", CreditRole.PERFORMER),
        ("Julian Casablancas", CreditRole.FEATURED),
    ]
    assert (crush.track.rank, crush.track.album.name) == (872641, "Random Access Memories")
    assert (lucky.title, lucky.track.title_version) == ("Get Lucky (Radio Edit)", "Radio Edit")
    assert [one.id for one in lucky.track.artists][1:] == ["deezer/artist/103", "deezer/artist/7207"]


@facts("search-album-daft-punk", search("Daft Punk"))
def albums_by_words(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (25, 295, "25")
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.ALBUM, "302127", "Discovery")
    assert (first.album.track_count, first.album.type, first.release_date) == (14, Album.ALBUM, "")
    assert (first.album.artists[0].name, first.album.artists[0].id) == ("Daft Punk", "deezer/artist/27")
    assert (list(first.genres), first.HasField("engagement"), first.HasField("year")) == ([], False, False)
    assert page.items[23].album.artists[0].name == "D3N5"


@facts("search-artist-daft-punk", search("Daft Punk", kind=Item.ARTIST))
def artists_by_words(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (5, 5, "")
    assert [(one.source_id, one.title, one.artist.album_count) for one in page.items][:3] == [
        ("27", "Daft Punk", 32),
        ("1477045", "Daft Punk - Stardust", 0),
        ("4721090", "Tribute to Daft Punk", 1),
    ]
    assert [len(one.images) for one in page.items] == [2, 0, 2, 0, 0]


@facts("search-artist-empty", search("something very complicated without results", kind=Item.ARTIST))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts("search-track-billy-jean-page2", search("Billy Jean", kind=Item.TRACK, cursor="1"))
def tracks_by_words(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (4, 298, "5")
    assert [one.source_id for one in page.items] == ["1516986202", "831313", "555641", "1006913892"]
    thriller = page.items[1]
    assert (thriller.title, thriller.track.artists[0].name) == ("Billie Jean", "Michael Jackson")
    assert (thriller.track.album.id, thriller.track.album.name) == ("deezer/album/96126", "Thriller")
    assert (thriller.track.duration_ms, thriller.track.rank) == (294_000, 772345)
    assert not (thriller.track.HasField("bpm") or thriller.track.HasField("gain"))
    assert page.items[3].explicit == Explicitness.EXPLICIT


@facts("trending-chart-albums", trending(Feed.CHART))
def chart_of_albums(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (10, None, "")
    assert [one.context.position for one in page.items] == list(range(1, 11))
    first = page.items[0]
    assert (first.source_id, first.title, first.album.artists[0].id) == ("86473532", "Lacrim", "deezer/artist/4087782")
    assert (page_of(first), first.explicit) == ("https://www.deezer.com/album/86473532", Explicitness.EXPLICIT)


@facts("trending-chart-artists", trending(Feed.CHART, kind=Item.ARTIST))
def chart_of_artists(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (10, None, "")
    tenth = page.items[9]
    assert (tenth.source_id, tenth.title, tenth.context.position) == ("9822974", "Xxxtentacion", 10)
    assert not (tenth.HasField("engagement") or tenth.artist.HasField("album_count"))


@facts("trending-chart-tracks", trending(Feed.CHART, kind=Item.TRACK))
def chart_of_tracks(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (10, None, "")
    third = page.items[2]
    assert (third.title, third.context.position, third.track.rank) == ("7 rings", 3, 1_000_000)
    assert (third.track.artists[0].name, third.track.duration_ms) == ("Ariana Grande", 178_000)


@facts("trending-editorial-106-releases", trending(Feed.RECENT, genres=["106"]))
def new_albums_of_a_genre(page: Page) -> None:
    # Deezer left one of the twenty out, and goes on behind it.
    assert (len(page.items), page.total, page.next) == (19, 199, "20")
    first = page.items[0]
    assert (first.title, first.release_date, first.album.artists[0].name) == ("Girls", "2022-01-31", "Burg (FR)")
    assert (page_of(first), first.explicit) == (
        "https://www.deezer.com/album/290696112",
        Explicitness.TYPE_UNSPECIFIED,
    )
    assert (first.album.type, first.HasField("context")) == (Album.TYPE_UNSPECIFIED, False)


facts.not_asked(
    "error-unknown-path-404",
    "a path that Deezer does not have; nothing asks for it, and status 404 is NotFound for every provider",
)
