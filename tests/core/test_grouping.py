"""Which items are certainly the same thing, and which only look so."""

from __future__ import annotations

import itertools

import pytest

from tako.v1.answers_pb2 import ItemGroup
from tako.v1.details_books_pb2 import Book
from tako.v1.item_parts_pb2 import ExternalId
from tako.v1.item_pb2 import Item
from tako_providers.sdk.enums import Kind
from tako_providers.sdk.identifiers import normal_id
from tako_server.core.grouping import Grouping


def item(item_id: str, *ids: str, language: str = "", brand: str = "", level: int = 0, **fields: object) -> Item:
    """An item by its id, with external ids such as ``imdb:tt0133093``."""
    provider, kind, source_id = item_id.split("/", 2)
    made = Item(
        id=item_id,
        provider=provider,
        kind=Item.Kind.Value(kind.upper()),
        source_id=source_id,
        title="The same title",
        language=language,
        external_ids=[ExternalId(scheme=i.partition(":")[0], value=i.partition(":")[2]) for i in ids],
        **fields,  # type: ignore[arg-type] # fields of Item
    )
    if brand:
        made.building_set.brand = brand
    if level:
        made.book.level = level  # type: ignore[assignment] # the number of an enum
    return made


def groups(*items: Item, language: str = "") -> list[ItemGroup]:
    grouping = Grouping(language)
    grouping.add(one.SerializeToString() for one in items)
    return grouping.groups()


def together(*items: Item) -> list[list[str]]:
    """The ids of each group, in alphabetical order, whatever order the items come in."""
    found = {tuple(tuple(sorted(g.item_ids)) for g in groups(*some)) for some in itertools.permutations(items)}
    assert len({tuple(sorted(one)) for one in found}) == 1
    return [list(group) for group in sorted(found.pop())]


def test_a_shared_id_makes_a_group() -> None:
    (group,) = groups(item("tmdb/movie/603", "imdb:tt0133093"), item("tvdb/movie/169", "imdb:tt0133093", "tmdb:603"))
    assert list(group.item_ids) == ["tmdb/movie/603", "tvdb/movie/169"]
    assert group.best_item_id == "tmdb/movie/603"
    assert [(one.scheme, one.value) for one in group.shared_ids] == [("imdb", "tt0133093"), ("tmdb", "603")]


def test_the_number_at_its_own_provider_counts_as_an_id() -> None:
    assert together(item("tmdb/movie/603"), item("tvdb/movie/169", "tmdb:603")) == [
        ["tmdb/movie/603", "tvdb/movie/169"]
    ]


def test_titles_alone_make_no_group() -> None:
    assert together(item("tmdb/movie/603"), item("tvdb/movie/169"), item("imdb/movie/tt0133093")) == []


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("jikan/anime/1", "shelf/manga/2", "mal:25"),  # counted apart
        ("tmdb/movie/1", "shelf/series/2", "tvdb:25"),
        ("tmdb/movie/1", "shelf/series/2", "imdb:tt0133093"),  # one of them is wrong about what it is
        ("tmdb/season/1", "shelf/season/2", "imdb:tt0133093"),  # that of the series
        ("mtg/ruling/1", "shelf/ruling/2", "wikidata:Q1"),
        ("mtg/trading_card/1", "shelf/trading_card/2", "card_number:1/204"),
        ("mtg/trading_card/1", "shelf/trading_card/2", "scryfall_oracle:38515f89-348b-4cf3-b7bd-1f6fe4ce2fba"),
        ("mtg/trading_card/1", "shelf/trading_card/2", "tcgplayer:248137"),
        ("igdb/video_game/1", "rawg/video_game/2", "slug:doom"),
        ("igdb/video_game/1", "rawg/video_game/2", "steam:292030"),
        ("discogs/release/1", "musicbrainz/release/x", "catalog_number:CDP 7 46001 2"),
        ("tmdb/person/1", "shelf/person/2", "twitter:somebody"),
        ("openlibrary/book/OL1M", "googlebooks/book/x", "lccn:96001295"),
        ("openlibrary/book/OL1M", "googlebooks/book/x", "oclc:45883427"),
        ("openlibrary/book/OL1M", "googlebooks/book/x", "wikidata:Q8337"),
        ("amazon/product/us/B0057OC5O8", "shelf/product/2", "asin:B0057OC5O8"),
    ],
)
def test_an_id_outside_its_scope_proves_nothing(one: str, other: str, shared: str) -> None:
    assert together(item(one, shared), item(other, shared)) == []


def test_what_is_no_id_of_its_scheme_proves_nothing() -> None:
    wrong = "isbn13:9782070427797"  # the check digit
    assert together(item("openlibrary/book/OL1M", wrong), item("googlebooks/book/x", wrong)) == []


# --- Printed codes ---------------------------------------------------------------------------------------


def test_an_isbn_is_one_in_all_its_forms() -> None:
    found = groups(
        item("openlibrary/book/OL1M", "isbn10:207042779X"),
        item("googlebooks/book/x", "isbn13:9782070427796"),
        item("amazon/product/fr/207042779X", "ean:9782070427796"),
        item("bedetheque/comic_issue/5", "isbn13:9782070427796"),
    )
    assert [len(group.item_ids) for group in found] == [4]
    assert [(one.scheme, one.value) for one in found[0].shared_ids] == [("isbn13", "9782070427796")]


def test_an_isbn_of_the_new_range_is_one_too_and_printed_music_has_none() -> None:
    found = groups(
        item("googlebooks/book/x", "isbn13:9791032102480"),
        item("amazon/product/fr/1", "ean:9791032102480"),
        item("bedetheque/comic_issue/5", "isbn13:9791032102480"),
        item("amazon/product/fr/2", "ean:9790260000438"),
        item("other/product/2", "ean:9790260000438"),
    )
    assert [(len(group.item_ids), group.shared_ids[0].scheme) for group in found] == [(3, "isbn13"), (2, "ean")]


def test_a_barcode_is_one_in_all_its_forms() -> None:
    (group,) = groups(
        item("deezer/album/1", "upc:036000291452"),
        item("discogs/release/2", "ean:0036000291452"),
        item("musicbrainz/release/x", "upc:036000291452", "ean:0036000291452"),
    )
    assert len(group.item_ids) == 3
    assert [(one.scheme, one.value) for one in group.shared_ids] == [("ean", "0036000291452")]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("product", "ean:2000000000015"),  # a shop's own
        ("product", "upc:200000000004"),
        ("product", "ean:20123451"),
        ("product", "ean:9771234567003"),  # a magazine, whichever issue
        ("comic_issue", "upc:036000291452"),  # a series of comics, whichever issue
        ("movie", "ean:4006381333931"),  # nothing that is sold
    ],
)
def test_a_barcode_of_several_things_proves_nothing(kind: str, code: str) -> None:
    assert normal_id(*code.split(":"))
    assert together(item(f"a/{kind}/1", code), item(f"b/{kind}/2", code)) == []


def test_a_work_is_none_of_its_editions() -> None:
    isbns = ("isbn13:9782070427796", "isbn13:9780140328721")
    work = item("openlibrary/book/OL1W", *isbns, level=Book.WORK)
    first, second = item("googlebooks/book/a", isbns[0]), item("googlebooks/book/b", isbns[1])
    assert together(work, first, second) == []
    assert together(work, item("shelf/book/9", "olid:OL1W")) == []


# --- Set numbers -----------------------------------------------------------------------------------------


def test_a_set_number_is_one_makers() -> None:
    found = together(
        item("lego/building_set/71148", "set_number:71148", brand="LEGO®"),
        item("rebrickable/building_set/71148-1", "set_number:71148", brand="LEGO"),
        item("playmobil/building_set/71148", "set_number:71148", brand="PLAYMOBIL"),
        item("klickypedia/building_set/71148-x", "set_number:71148", brand="Playmobil"),
        item("shelf/building_set/9", "set_number:71148"),
    )
    assert found == [
        ["klickypedia/building_set/71148-x", "playmobil/building_set/71148"],
        ["lego/building_set/71148", "rebrickable/building_set/71148-1"],
    ]


def test_a_variant_is_another_thing() -> None:
    one = item("rebrickable/building_set/30386-1", "set_number:30386", brand="LEGO")
    other = item("brickset/building_set/30386-2", "set_number:30386-2", brand="LEGO")
    assert together(one, other) == []


# --- What speaks against it ------------------------------------------------------------------------------


def test_two_items_of_one_provider_are_two_things() -> None:
    barcode = "ean:4006381333931"
    pressings = item("discogs/release/1", barcode), item("discogs/release/2", barcode)
    assert together(*pressings) == []
    assert together(*pressings, item("musicbrainz/release/x", barcode)) == []


def test_an_ambiguous_id_leaves_the_others_their_worth() -> None:
    barcode = "ean:4006381333931"
    assert together(
        item("discogs/release/1", barcode),
        item("discogs/release/2", barcode),
        item("musicbrainz/release/x", barcode, "discogs:2"),
    ) == [["discogs/release/2", "musicbrainz/release/x"]]


def test_one_that_has_the_ids_of_two_makes_them_not_one() -> None:
    hard, soft = "isbn13:9782070427796", "isbn13:9780140328721"
    both = item("openlibrary/book/OL1M", hard, soft)
    assert together(both, item("googlebooks/book/x", hard), item("amazon/product/fr/1", soft)) == []
    assert together(both, item("googlebooks/book/x", hard)) == [["googlebooks/book/x", "openlibrary/book/OL1M"]]


def test_ids_that_contradict_prove_nothing() -> None:
    one = item("tmdb/movie/603", "wikidata:Q83495", "imdb:tt0133093")
    other = item("tvdb/movie/169", "wikidata:Q83495", "imdb:tt0234215")
    assert together(one, other) == []


def test_the_same_item_twice_is_no_group() -> None:
    film = item("tmdb/movie/603", "imdb:tt0133093")
    assert groups(film, film) == []
    (group,) = groups(film, film, item("tvdb/movie/169", "imdb:tt0133093"))
    assert len(group.item_ids) == 2


def test_a_chain_is_one_group() -> None:
    assert together(
        item("tmdb/movie/603", "imdb:tt0133093"),
        item("imdb/movie/tt0133093"),
        item("shelf/movie/9", "tmdb:603"),
    ) == [["imdb/movie/tt0133093", "shelf/movie/9", "tmdb/movie/603"]]


# --- The best --------------------------------------------------------------------------------------------


def best(*items: Item, language: str = "") -> str:
    (group,) = groups(*items, language=language)
    assert group.item_ids[0] == group.best_item_id
    return group.best_item_id


def test_the_best_tells_most() -> None:
    short = item("tmdb/movie/603", "imdb:tt0133093")
    long = item("tvdb/movie/169", "imdb:tt0133093", year=1999, description="A hacker learns.")
    assert best(short, long) == best(long, short) == "tvdb/movie/169"


def test_the_best_speaks_the_language_that_is_wanted() -> None:
    french = item("tmdb/movie/603", "imdb:tt0133093", language="fr-FR")
    english = item("tvdb/movie/169", "imdb:tt0133093", language="en", year=1999, description="A hacker learns.")
    assert best(french, english, language="fr") == "tmdb/movie/603"
    assert best(french, english, language="en-GB") == "tvdb/movie/169"
    assert best(french, english) == "tvdb/movie/169"


def test_the_best_is_the_thing_rather_than_an_article_of_a_shop() -> None:
    isbn = "isbn13:9782070427796"
    article = item("amazon/product/fr/207042779X", isbn, year=2002, description="In stock.", language="fr")
    assert best(article, item("googlebooks/book/x", isbn), language="fr") == "googlebooks/book/x"


def test_of_equals_the_first_is_the_best() -> None:
    one, other = item("tmdb/movie/603", "imdb:tt0133093"), item("tvdb/movie/169", "imdb:tt0133093")
    assert (best(one, other), best(other, one)) == ("tmdb/movie/603", "tvdb/movie/169")


def test_groups_come_in_the_order_of_the_answer() -> None:
    found = groups(
        item("tmdb/movie/1", "imdb:tt0000001"),
        item("tmdb/movie/2", "imdb:tt0000002"),
        item("tvdb/movie/2", "imdb:tt0000002", year=1999),
        item("tvdb/movie/1", "imdb:tt0000001"),
    )
    assert [group.best_item_id for group in found] == ["tmdb/movie/1", "tvdb/movie/2"]


def test_every_kind_can_be_grouped_or_is_left_out() -> None:
    """No kind, with whatever ids, breaks the grouping."""
    ids = ("imdb:tt1", "isbn10:x", "upc:1", "ean:", "set_number:1", "tmdb:abc", "mal:1")
    kinds: list[Kind] = [kind for _, kind in Item.Kind.items()]
    for kind in kinds:
        name = Item.Kind.Name(kind).lower()
        assert len(groups(item(f"a/{name}/1", *ids), item(f"b/{name}/2", *ids))) <= 1
