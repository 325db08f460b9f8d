"""iTunes."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_music_pb2 import Album
from tako.v1.item_parts_pb2 import Explicitness, Image, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import NotFound, Page
from tests.conformance.cases import Facts, detail, related, search, trending

facts = Facts("itunes", walk="sample tide", nothing="nothing")


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def cost(item: Item) -> tuple[str, str, int, int]:
    """Store, currency, and the amount in whole units and hundredths."""
    (price,) = item.prices
    assert price.type == Price.CURRENT
    return price.country, price.amount.currency_code, price.amount.units, price.amount.nanos // 10_000_000


def page_of(item: Item) -> str:
    (link,) = item.links
    return link.url


@facts("detail-album-1441458047-gb", detail("itunes/album/1441458047", region="GB"))
def a_night_at_the_opera(item: Item) -> None:
    assert (item.kind, item.title, item.year) == (Item.ALBUM, "A Night at the Opera (Deluxe Edition)", 1975)
    assert (item.release_date, list(item.genres), cost(item)) == ("1975-11-21", ["Rock"], ("GB", "GBP", 13, 99))
    assert item.explicit == Explicitness.NOT_EXPLICIT
    assert page_of(item) == "https://music.apple.com/gb/album/a-night-at-the-opera-deluxe-edition/1441458047"
    assert [(one.role, one.url.rpartition("/")[2], one.width) for one in item.images] == [
        (Image.PRIMARY, "600x600bb.jpg", 0),
        (Image.THUMBNAIL, "100x100bb.jpg", 100),
    ]
    album = item.album
    assert (album.type, album.track_count, album.disc_count, album.artist_text) == (Album.ALBUM, 21, 2, "Queen")
    assert [(one.name, one.id, one.role) for one in album.artists] == [
        ("Queen", "itunes/artist/3296287", CreditRole.PERFORMER)
    ]
    assert (
        album.copyright == "℗ 2014 Queen Productions Ltd, under exclusive licence to Universal International Music BV"
    )
    assert len(album.tracks) == 21
    first, last = album.tracks[0], album.tracks[-1]
    assert (first.title, first.id) == ("Death On Two Legs (Dedicated To...)", "itunes/track/1441458049")
    assert (first.disc_number, first.track_number, first.duration_ms, first.video) == (1, 1, 223094, False)
    assert first.preview_url.startswith("https://audio-ssl.itunes.apple.com/itunes-assets/AudioPreview122/")
    assert (last.title, last.disc_number, last.track_number, last.video) == ("Love Of My Life", 2, 9, True)
    # The number there is the artist's, not the album's.
    assert ids(item) == []


@facts("detail-album-1441458047-gb", related("itunes/album/1441458047", Relation.TRACKS, region="GB"))
def tracks_and_videos(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (21, "", None)
    rhapsody, video = page.items[10], page.items[18]
    assert (rhapsody.title, rhapsody.release_date, cost(rhapsody)) == (
        "Bohemian Rhapsody",
        "1975-10-31",
        ("GB", "GBP", 0, 99),
    )
    assert (video.title, video.track.video, video.year, cost(video)[2:]) == ("Bohemian Rhapsody", True, 2014, (1, 89))


@facts("related-album-1038991417-songs", related("itunes/album/1038991417", Relation.TRACKS, region="GB"))
def tracks_of_an_album(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (10, "", None)
    assert [one.track.track_number for one in page.items] == list(range(1, 11))
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.TRACK, "1038991437", "Angel of Death")
    assert (first.track.album.id, first.track.album.name) == ("itunes/album/1038991417", "Reign In Blood")
    explicit = [one.title for one in page.items if one.explicit == Explicitness.EXPLICIT]
    assert explicit == ["Jesus Saves", "Criminally Insane"]


@facts("related-album-1038991417-songs", detail("itunes/album/1038991417", region="GB"))
def reign_in_blood(item: Item) -> None:
    assert (item.title, item.release_date, cost(item)) == ("Reign In Blood", "1986-10-07", ("GB", "GBP", 8, 99))
    assert (item.explicit, item.album.disc_count, len(item.album.tracks)) == (Explicitness.EXPLICIT, 1, 10)
    assert item.images[0].url.startswith("https://is4.mzstatic.com/image/thumb/Music3/v4/ee/f9/ed/")


@facts("detail-album-1038991417", related("itunes/artist/1038991417", Relation.ALBUMS, region="GB"), fails=NotFound)
def the_number_of_an_album_is_no_artist(error: NotFound) -> None:
    # Its entry is the album of the facts above; only the albums of an artist are asked for in this way.
    assert str(error) == "the iTunes store of GB has no such item"


@facts("detail-artist-414425", detail("itunes/artist/414425", region="GB"))
def slayer(item: Item) -> None:
    assert (item.kind, item.title, list(item.genres)) == (Item.ARTIST, "Slayer", ["Metal"])
    assert (ids(item), list(item.images)) == ([("amg", "5453")], [])
    assert page_of(item) == "https://itunes.apple.com/gb/artist/slayer/id414425"


@facts("detail-track-1038991877", detail("itunes/track/1038991877", region="GB"))
def raining_blood(item: Item) -> None:
    assert (item.kind, item.title, item.release_date) == (Item.TRACK, "Raining Blood", "1986-10-07")
    track = item.track
    assert (track.disc_number, track.track_number, track.duration_ms, track.video) == (1, 10, 222377, False)
    assert (track.album.name, track.artists[0].id) == ("Reign In Blood", "itunes/artist/414425")
    assert (cost(item), item.explicit) == (("GB", "GBP", 0, 99), Explicitness.NOT_EXPLICIT)
    assert page_of(item) == "https://itunes.apple.com/gb/album/raining-blood/id1038991417?i=1038991877"
    assert track.preview_url.startswith("https://a622.phobos.apple.com/us/r30/Music3/")
    assert not item.attributes


@facts("related-artist-414425-albums", related("itunes/artist/414425", Relation.ALBUMS, region="GB"))
def albums_of_an_artist(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (22, "", None)
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.ALBUM, "1017773492", "Repentless")
    assert (first.album.track_count, cost(first), first.year) == (13, ("GB", "GBP", 7, 99), 2015)
    singles = [one for one in page.items if one.album.type == Album.SINGLE]
    assert len(singles) == 5
    assert (singles[0].title, cost(singles[0])) == ("Bloodline (feat. Revmatix) - Single", ("GB", "GBP", 0, 79))


@facts("search-artist-daft-punk", search("Daft Punk", kind=Item.ARTIST))
def artists_by_words(page: Page) -> None:
    assert (len(page.items), page.next, page.total, page.ignored) == (3, "", None, ())
    assert [(one.source_id, one.title, list(one.genres), ids(one)) for one in page.items] == [
        ("5468295", "Daft Punk", ["Dance"], [("amg", "168791")]),
        ("1566602984", "Daft Punk is Dead", ["House"], []),
        ("1633597459", "Daft Punk Experience", ["Electronic"], []),
    ]
    assert page_of(page.items[0]) == "https://music.apple.com/us/artist/daft-punk/5468295"


@facts("search-artist-slayer", search(artist="Slayer", kind=Item.ARTIST, region="GB"))
def artists_by_name(page: Page) -> None:
    assert (len(page.items), page.next) == (56, "")
    assert (page.items[0].source_id, list(page.items[0].genres)) == ("414425", ["Metal"])
    assert [one.title for one in page.items if not one.genres] == ["Boddy Slayer"]


@facts("search-empty", search("no results xyzzy 999999", kind=Item.TRACK))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.next, page.total) == ([], "", None)


@facts("trending-rss-topalbums-us-2020-trimmed", trending(Feed.CHART, region="US"))
def chart_of_albums(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (3, "", None)
    first, frozen, lover = page.items
    assert (first.source_id, first.title, first.release_date) == ("1499290546", "MAP OF THE SOUL : 7", "2020-02-21")
    assert (first.album.track_count, first.album.copyright) == (20, "℗ 2020 Bighit Entertainment")
    assert (cost(first), list(first.genres), first.context.position) == (("US", "USD", 13, 99), ["K-Pop"], 1)
    assert (first.album.artists[0].name, first.album.artists[0].id) == ("BTS", "itunes/artist/883131348")
    assert [one.url.rpartition("/")[2] for one in first.images] == ["600x600bb.png", "170x170bb.png"]
    assert (frozen.album.artists[0].name, frozen.album.artists[0].id) == ("Various Artists", "")
    assert (lover.title, lover.context.position, cost(lover)[2:]) == ("Lover", 3, (6, 99))
    # The chart does not tell compilations from albums.
    assert {one.album.type for one in page.items} == {Album.TYPE_UNSPECIFIED}


@facts("trending-rss-topalbums-us-trimmed", trending(Feed.CHART))
def chart_of_another_day(page: Page) -> None:
    (only,) = page.items
    assert (only.source_id, only.year) == ("1440673653", 1985)
    assert only.title == "Songs You Know By Heart: Jimmy Buffett's Greatest Hit(s)"
    assert (cost(only), only.album.track_count) == (("US", "USD", 9, 99), 13)
    assert (list(only.genres), only.album.artist_text) == (["Singer/Songwriter"], "Jimmy Buffett")
    assert page_of(only).endswith("/songs-you-know-by-heart-jimmy-buffetts-greatest-hit-s/1440673653")


facts.not_asked(
    "trending-marketing-rss-v1-coming-soon",
    "a feed of rss.itunes.apple.com, which is gone; tests/providers/test_itunes.py has entries of this shape",
)
