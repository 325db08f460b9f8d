"""MusicBrainz, with the Cover Art Archive."""

from __future__ import annotations

from tako.v1.choices_pb2 import Relation
from tako.v1.details_music_pb2 import Album, Artist
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Gender
from tako_providers.sdk import NotFound, Page, ProviderError, RateLimited, Unreachable
from tests.conformance.cases import Facts, detail, related, search

facts = Facts("musicbrainz", walk="sample tide", nothing="nothing")

DYLAN = "musicbrainz/artist/72c536dc-7137-4477-a521-567eeb840fa8"
TUCSON = "musicbrainz/release/12195c41-6136-4dfd-acf1-9923dadc73e2"
REISE = "musicbrainz/release/bdc01183-d1c9-378f-a209-a6145fa596c9"
CALEXICO = "artist:(calexico) AND recording:(alone again or) AND NOT secondarytype:(live)"


def ids(item: Item, scheme: str) -> list[str]:
    return [one.value for one in item.external_ids if one.scheme == scheme]


@facts("detail-artist-72c536dc", detail(DYLAN))
def an_artist(item: Item) -> None:
    assert (item.kind, item.title, item.language, item.original_title) == (Item.ARTIST, "Bob Dylan", "", "")
    artist = item.artist
    assert (artist.type, artist.gender, artist.area, artist.begin_area) == (
        Artist.PERSON,
        Gender.MALE,
        "United States",
        "Duluth",
    )
    assert (artist.begin_date, artist.end_date, artist.ended, artist.disambiguation) == ("1941-05-24", "", False, "")
    assert [(one.name, one.id) for one in artist.groups] == [
        ("Traveling Wilburys", "musicbrainz/artist/4387b544-e4d0-4f18-b74e-d4a5ba1582ab"),
        ("Golden Chords", "musicbrainz/artist/48fb4dcb-bd67-4a9d-8afa-1fa173522f7a"),
    ]
    assert (len(artist.other_identities), list(artist.members)) == (3, [])
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (4.2, 5, 37)
    assert (list(item.genres)[:3], len(item.genres)) == (["folk rock", "folk", "rock"], 15)
    assert list(item.tags) == ["greenwich village scene", "singer/songwriter"], "genres are not repeated"
    assert list(item.countries) == ["US"]
    names = {one.text: one for one in item.alternative_titles}
    assert len(names) == 12
    assert "DYLYN Bob" not in names, "a search hint"
    assert (names["Боб Дилан"].language, names["Dylan, Bob"].type) == ("ru", AlternativeTitle.SORT)
    assert (ids(item, "isni"), ids(item, "ipi")) == (["0000000121479733"], ["00008955074", "00008955172"])
    assert (ids(item, "wikidata"), ids(item, "imdb"), ids(item, "viaf")) == (["Q392"], ["nm0001168"], ["111894442"])
    assert (ids(item, "itunes"), ids(item, "deezer"), ids(item, "allmusic")) == (["462006"], ["808"], ["mn0000066915"])
    assert ids(item, "discogs") == [], "numbers of artists are no numbers of releases"
    roles = {link.url: link.role for link in item.links}
    assert roles["https://bobdylan.com/"] == Link.OFFICIAL
    assert roles["https://open.spotify.com/artist/74ASZWbe4lXaubB36ztrGX"] == Link.STREAMING
    assert item.links[0].url == "https://musicbrainz.org/artist/72c536dc-7137-4477-a521-567eeb840fa8"
    assert "https://www.bbc.co.uk/music/artists/72c536dc-7137-4477-a521-567eeb840fa8" not in roles, "it ended"
    assert (item.release_date, item.HasField("year"), list(item.images)) == ("", False, [])


@facts("detail-artist-72c536dc", detail(DYLAN, language="ru"))
def an_artist_in_russian(item: Item) -> None:
    assert (item.title, item.original_title, item.language) == ("Боб Дилан", "Bob Dylan", "ru")


@facts("detail-artist-72c536dc", detail(DYLAN, language="de"))
def an_artist_without_a_name_in_the_language(item: Item) -> None:
    assert (item.title, item.original_title, item.language) == ("Bob Dylan", "", "")


@facts(
    "detail-cover-art-83c45b6c", related("musicbrainz/release/83c45b6c-69ee-4eb0-903b-bd944ed59d48", Relation.IMAGES)
)
def pictures(page: Page) -> None:
    (one,) = page.items
    assert (one.kind, one.source_id) == (Item.IMAGE, "83c45b6c-69ee-4eb0-903b-bd944ed59d48/14504943757")
    (image,) = one.images
    base = "https://coverartarchive.org/release/83c45b6c-69ee-4eb0-903b-bd944ed59d48/14504943757"
    assert (image.role, image.url, image.thumbnail_url) == (Image.PRIMARY, f"{base}.jpg", f"{base}-500.jpg")
    assert (dict(one.attributes), image.caption) == ({"types": "Front"}, "")


@facts("detail-recording-9408b8ce", detail("musicbrainz/track/9408b8ce-9b95-4fb0-ac70-595d054a15c6"))
def a_recording(item: Item) -> None:
    assert (item.kind, item.title, item.release_date, item.year) == (Item.TRACK, "Alone Again Or", "2003-06-30", 2003)
    track = item.track
    assert (track.duration_ms, track.video, track.artists[0].name) == (204_480, False, "Calexico")
    assert (track.album.id, track.album.name, track.album.year) == (
        "musicbrainz/release/46888c28-6d39-4146-a82c-700f74fa0792",
        "Alone Again Or",
        2003,
    )
    assert (item.rating.value, item.rating.votes) == (5, 1)
    assert (len(item.genres), list(item.tags)) == (8, ["alternative", "indie"])
    assert (ids(item, "isrc"), track.title, track.id) == ([], "", "")


@facts("detail-release-12195c41", detail(TUCSON))
def a_release(item: Item) -> None:
    assert (item.kind, item.title) == (Item.RELEASE, "Tucson: A Country Rock Opera")
    assert (item.release_date, list(item.countries), list(item.languages)) == ("2012-06-11", ["US"], ["en"])
    assert (ids(item, "upc"), ids(item, "ean"), ids(item, "asin")) == (["809236126221"], [], ["B007PYVADU"])
    album = item.album
    assert (album.type, album.artist_text, album.release_status) == (Album.ALBUM, "Giant Giant Sand", "Official")
    assert (album.packaging, album.country_text) == ("Cardboard/Paper Sleeve", "")
    assert [(one.name, one.catalog_number, one.id) for one in album.labels] == [("Fire Records", "FireCD262", "")]
    assert (album.album.id, album.album.name) == (
        "musicbrainz/album/96daddd3-165b-4fdd-a422-e930ee6b3bc8",
        "Tucson",
    )
    assert (album.track_count, album.disc_count, len(album.tracks)) == (19, 1, 19)
    first = album.tracks[0]
    assert (first.title, first.position, first.disc_number, first.track_number) == ("Wind Blown Waltz", "1", 1, 1)
    assert (first.duration_ms, first.id) == (201_066, "musicbrainz/track/848f9f37-1a47-446b-b7f0-e09547738446")
    assert [(one.country, one.date, one.region) for one in album.releases] == [("US", "2012-06-11", "")]
    assert [image.role for image in item.images] == [Image.PRIMARY, Image.THUMBNAIL]
    assert (item.links[1].role, item.links[1].title) == (Link.STORE, "amazon asin")
    assert (list(item.genres), dict(item.attributes)) == ([], {"script": "Latn"})


@facts("detail-release-12195c41", related(TUCSON, Relation.TRACKS))
def tracks_of_a_release(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (19, "", None)
    first = page.items[0]
    assert (first.kind, first.source_id) == (Item.TRACK, "848f9f37-1a47-446b-b7f0-e09547738446")
    assert (first.title, first.release_date, list(first.genres)) == (
        "Wind Blown Waltz",
        "2012-06-11",
        ["country rock", "rock"],
    )
    assert (first.track.duration_ms, first.track.position, len(first.track.artists)) == (201_066, "1", 1)
    assert (first.track.title, first.track.id) == ("", "")


@facts("detail-release-71d6f1d1", detail("musicbrainz/release/71d6f1d1-1190-4924-b2de-dfc1c2c8eea7"))
def a_release_of_which_little_is_said(item: Item) -> None:
    assert (item.title, item.release_date, item.year, list(item.countries)) == ("Deuce Avenue", "1990", 1990, ["FR"])
    assert (ids(item, "ean"), ids(item, "upc"), ids(item, "asin")) == (["3229261055827"], [], [])
    album = item.album
    assert (album.release_status, album.packaging, album.artist_text) == ("", "", "Alan Vega")
    assert (album.labels[0].name, album.labels[0].catalog_number) == ("Musidisc", "105582")
    assert (album.album.id, album.track_count) == ("musicbrainz/album/0e3d4e08-7709-3c14-905e-1cb00c704066", 12)
    assert (album.tracks[-1].title, album.tracks[-1].duration_ms) == ("Future Sex", 300_000)
    assert (list(item.languages), dict(item.attributes), len(item.images)) == ([], {}, 2)


@facts("detail-release-bdc01183", detail(REISE))
def a_release_on_two_discs(item: Item) -> None:
    assert (item.title, item.release_date, list(item.languages)) == ("Reise, Reise", "2004-09-27", ["de"])
    assert (ids(item, "ean"), ids(item, "upc")) == (["0602498681497"], ["602498681497"])
    album = item.album
    assert (album.disambiguation, album.packaging) == ("limited edition", "Digipak")
    assert (list(item.countries), album.country_text) == ([], "Europe"), "XE is no country"
    assert [(one.country, one.region) for one in album.releases] == [("", "Europe")]
    assert [(one.name, one.track_count) for one in album.formats] == [("CD", 11), ("CD", 11)]
    assert (album.track_count, album.disc_count) == (22, 2)
    before, first = album.tracks[:2]
    assert (before.title, before.position, before.HasField("track_number"), before.duration_ms) == (
        "[ohne Titel]",
        "0",
        False,
        36_000,
    )
    assert (first.title, first.disc_number, first.duration_ms) == ("Reise, Reise", 1, 251_160)
    assert album.tracks[-1].disc_number == 2
    assert [image.role for image in item.images] == [Image.PRIMARY, Image.THUMBNAIL, Image.BACK_COVER]
    assert list(item.genres) == ["industrial metal"]


@facts("detail-release-group-fc325dd3", detail("musicbrainz/album/fc325dd3-73ed-36aa-9c77-6b65a958e3cf"))
def a_release_group(item: Item) -> None:
    assert (item.kind, item.title, item.release_date, item.year) == (Item.ALBUM, "Desire", "1976-01-05", 1976)
    album = item.album
    assert (album.type, list(album.secondary_types), album.artist_text) == (Album.ALBUM, [], "Bob Dylan")
    assert (album.release_count, len(album.versions)) == (18, 18)
    assert (album.versions[0].id, album.versions[0].year) == (
        "musicbrainz/release/1138abc1-77f4-4ba9-900d-5cf52baaf4bf",
        1976,
    )
    assert not album.versions[-1].HasField("year"), "its date is empty"
    assert (item.rating.value, item.rating.votes) == (4.25, 12)
    assert (list(item.genres)[:2], len(item.genres)) == (["folk rock", "blues rock"], 9)
    assert (ids(item, "discogs_master"), ids(item, "wikidata"), ids(item, "allmusic")) == (
        ["3911"],
        ["Q1200744"],
        ["mw0000189729"],
    )
    assert [link.role for link in item.links] == [
        Link.SOURCE,
        Link.OTHER,
        Link.OTHER,
        Link.OTHER,
        Link.OTHER,
        Link.REVIEW,
        Link.WIKI,
    ]
    assert item.images[0].url.endswith("/release-group/fc325dd3-73ed-36aa-9c77-6b65a958e3cf/front-500")
    assert list(album.tracks) == [], "nothing answers for its first release here"


@facts("error-bad-inc-400", detail("musicbrainz/artist/5b11f4ce-a62d-471e-81fc-a69a8278c7da"), fails=Unreachable)
def a_refused_request(error: ProviderError) -> None:
    assert "400" in str(error)


@facts("error-rate-limit-503", detail("musicbrainz/artist/5b11f4ce-a62d-471e-81fc-a69a8278c7da"), fails=RateLimited)
def too_many_requests(error: ProviderError) -> None:
    assert "MusicBrainz" in str(error)


@facts("error-not-found-404", detail("musicbrainz/artist/01234567-0123-0123-0123-012345678901"), fails=NotFound)
def no_artist(error: ProviderError) -> None:
    assert "MusicBrainz" in str(error)


@facts(
    "related-artist-45a663b5-release-groups",
    related("musicbrainz/artist/45a663b5-b1cb-4a91-bff6-2bef7bbfdd76", Relation.ALBUMS),
)
def albums_of_an_artist(page: Page) -> None:
    assert (len(page.items), page.total, page.next, page.ignored) == (10, 145, "10", ())
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.ALBUM, "00351ca9-c8e0-4ac3-9f59-b2c485da9be0", "Glory")
    assert (first.release_date, first.rating.value, first.rating.votes) == ("2016-08-26", 4.65, 3)
    assert (first.album.artist_text, first.HasField("context")) == ("", False)
    unrated = page.items[6]
    assert (unrated.HasField("rating"), list(unrated.album.secondary_types)) == (False, ["Compilation"])


@facts("search-artist-bob-dylan", search("artist:(bob dylan)", kind=Item.ARTIST))
def search_for_artists(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (10, 4856, "10")
    first, second = page.items[:2]
    assert (first.title, first.context.score, first.artist.gender) == ("Bob Dylan", 100, Gender.MALE)
    assert not first.artist.HasField("ended")
    assert list(first.tags)[:3] == ["folk rock", "rock", "folk"]
    assert not {"american", "siple twist of fate"} & set(first.tags), "tags without votes for them"
    assert (second.title, second.artist.type, second.artist.ended) == ("Bob Marley & The Wailers", Artist.GROUP, True)
    assert (second.artist.begin_date, second.artist.end_date) == ("1970-12", "1981-05-11")


@facts("search-artist-bob-dylan", search("artist:(bob dylan)", kind=Item.ARTIST, language="ja"))
def search_for_artists_in_japanese(page: Page) -> None:
    wailers = page.items[1]
    assert (wailers.title, wailers.original_title) == (
        "ボブ・マーリー\uff06ザ・ウェイラーズ",
        "Bob Marley & The Wailers",
    )


@facts("search-recording-alone-again-or", search(CALEXICO, kind=Item.TRACK))
def search_for_recordings(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (9, 9, "")
    first = page.items[0]
    assert (first.source_id, first.title, first.track.duration_ms) == (
        "89d8f933-7c31-47c6-8f80-4927e93e7896",
        "Alone Again Or",
        195_173,
    )
    assert (first.release_date, first.track.album.name) == ("2003-09-29", "FM4 Soundselection: 9")
    assert (first.track.HasField("video"), first.track.artists[0].name) == (False, "Calexico")


@facts("search-release-group-bob-dylan", search("artist:(bob dylan)"))
def search_for_albums(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (10, 6904, "10")
    first, second = page.items[:2]
    assert (first.source_id, first.title) == ("bdcb9a90-eaff-347e-bd1c-8a32b750bfe1", "The Minnesota Tapes")
    assert (first.year, first.release_date, first.album.type) == (1980, "1980", Album.OTHER)
    assert (first.album.artist_text, first.album.release_count, list(first.tags)) == ("Bob Dylan", 6, ["folk", "rock"])
    assert (second.HasField("year"), list(second.album.secondary_types)) == (False, ["Live"])
    assert page.items[-1].release_date == "2002-05"
