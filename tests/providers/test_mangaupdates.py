"""MangaUpdates."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation, Scanlation
from tako.v1.details_anime_manga_pb2 import Format
from tako.v1.item_parts_pb2 import AlternativeTitle, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.values_pb2 import Gender
from tako_providers.anime_manga.mangaupdates import MangaUpdates
from tako_providers.sdk import InvalidField, NotFound, RateLimited, ShapeChanged, Unreachable
from tako_providers.sdk.errors import Refused
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

SERIES = {"series_id": 51239621230, "title": "Test Bird"}
ABSENT = Answer({"status": "exception", "reason": "Series not found", "context": {}}, 404)
SEARCH = "/series/search"


def found(*records: Any, total: int | None = None, **more: Any) -> dict[str, Any]:
    results = [{"record": record, "hit_title": record.get("title", "")} for record in records]
    return {"total_hits": len(records) if total is None else total, "results": results, **more}


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(MangaUpdates(), question, {f"/v1{path}": answer for path, answer in answers.items()})


async def sampled(question: Question) -> Any:
    return await ask_samples(MangaUpdates(), question)


async def detailed(**fields: Any) -> Item:
    item, _ = await asked(detail("mangaupdates/manga/51239621230"), {"/series/51239621230": {**SERIES, **fields}})
    assert isinstance(item, Item)
    return item


async def body_of(question: Question) -> dict[str, Any]:
    """What a search for series is asked with."""
    _, up = await asked(question, {SEARCH: found(SERIES)})
    body = up.requests[-1].json
    assert isinstance(body, dict)
    return body


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample voyage"))
    assert [item.title for item in page.items] == ["Sample Voyage", "Sample Voyage (Novel)", "Gyeonbon Yeohaeng"]
    voyage = await sampled(detail("mangaupdates/manga/90000000001"))
    assert (voyage.original_title, voyage.engagement.popularity_rank) == ("見本の航海", 12)
    assert (voyage.engagement.previous_rank, voyage.engagement.followers, voyage.engagement.wanters) == (14, 340, 55)
    assert voyage.attributes["rank_year"] == "30"
    assert [one.name for one in voyage.manga.categories] == ["Sea", "Ship/s"]
    assert [one.name for one in voyage.manga.magazines] == ["Monthly Sample"]
    assert voyage.manga.anime_start == "Starts at Vol 1, Chap 1"
    works = await sampled(related(voyage.manga.credits[0].id, Relation.WORKS))
    assert ([item.source_id for item in works.items], works.total) == (["90000000001", "90000000002"], 2)
    house = await sampled(related(voyage.manga.publishers[0].id, Relation.WORKS))
    assert len(house.items) == 2
    kin = await sampled(related("mangaupdates/manga/90000000001", Relation.RELATED_WORKS))
    assert [(item.title, item.context.label) for item in kin.items] == [("Sample Voyage (Novel)", "Adapted From")]
    alike = await sampled(related("mangaupdates/manga/90000000001", Relation.RECOMMENDATIONS))
    assert [(item.source_id, item.context.weight, item.context.label) for item in alike.items] == [
        ("90000000003", 4, ""),
        ("90000000002", 11, "category"),
    ]
    assert (await sampled(lookup("mangaupdates", "90000000001"))).items[0].title == "Sample Voyage"


async def test_samples_have_people_publishers_and_releases() -> None:
    person = (await sampled(search("mihon", kind=Item.PERSON))).items[0]
    whole = await sampled(detail(f"mangaupdates/person/{person.source_id}"))
    assert (whole.original_title, whole.person.birth_date, whole.person.gender) == (
        "見本太郎",
        "1980-02-03",
        Gender.MALE,
    )
    assert (whole.person.birth_place, whole.person.blood_type) == ("Sample City", "A")
    assert [link.role for link in whole.links] == [Link.SOURCE, Link.OFFICIAL, Link.SOCIAL]
    house = (await sampled(search("sample house", kind=Item.ORGANIZATION))).items[0]
    assert (await sampled(detail(f"mangaupdates/organization/{house.source_id}"))).description == "Prints samples."
    release = (await sampled(search("sample voyage", kind=Item.CHAPTER))).items[0]
    assert (release.kind, release.source_id, release.release_date) == (Item.CHAPTER, "900001", "2025-01-02")
    assert (release.chapter.volume, release.chapter.chapter, list(release.chapter.groups)) == (
        "2",
        "12",
        ["Tester's Scans"],
    )
    assert release.chapter.manga.id == "mangaupdates/manga/90000000001"


async def test_samples_have_feeds_vocabularies_an_empty_search_and_an_error() -> None:
    assert [item.context.position for item in (await sampled(trending(Feed.TRENDING))).items] == [1, 2]
    assert len((await sampled(trending(Feed.TRENDING, period=Period.YEAR))).items) == 3
    assert len((await sampled(trending(Feed.TOP_RATED))).items) == 2
    assert [item.source_id for item in (await sampled(trending(Feed.RECENT))).items] == ["900001", "900000"]
    assert [(term.id, term.count) for term in (await sampled(terms(Term.GENRES))).terms] == [
        ("Adventure", 2),
        ("Comedy", 1),
    ]
    assert [term.id for term in (await sampled(terms(Term.CATEGORIES))).terms] == ["Sea", "Ship/s"]
    empty = await sampled(search("nothing"))
    assert (empty.items, empty.next, empty.total) == ([], "", 0)
    with pytest.raises(NotFound):
        await sampled(detail("mangaupdates/manga/90000000404"))


# --- What is asked ------------------------------------------------------------------------------------------

WITHOUT_ADULTS = ["Adult", "Hentai", "Smut"]


@pytest.mark.parametrize(
    ("values", "body"),
    [
        ({}, {}),
        ({"formats": [Format.MANHWA, Format.NOVEL]}, {"type": ["Novel", "Manhwa"]}),
        ({"formats": [Format.LIGHT_NOVEL, Format.NOVEL]}, {"type": ["Novel"]}),
        ({"exclude_formats": [Format.DOUJIN]}, {"filter_types": ["Doujinshi"]}),
        ({"formats": [Format.ONE_SHOT]}, {"filter": "oneshots"}),
        ({"formats": [Format.ONE_SHOT, Format.MANGA]}, {"type": ["Manga"]}),
        ({"exclude_formats": [Format.ONE_SHOT]}, {"filter": "no_oneshots"}),
        ({"status": WorkStatus.COMPLETED}, {"filter": "completed"}),
        ({"scanlation": Scanlation.SOME_RELEASES}, {"filter": "some_releases"}),
        (
            {"status": WorkStatus.COMPLETED, "scanlation": Scanlation.ALL_SCANLATED},
            {"filters": ["completed", "scanlated"]},
        ),
        ({"genres": ["Action", "Comedy"]}, {"genre": ["Action", "Comedy"]}),
        ({"year_from": 2018, "year_to": 2018}, {"year": "2018"}),
        ({"licensed": False}, {"licensed": "no"}),
        ({"licensed": True}, {"licensed": "yes"}),
        ({"letter": "b"}, {"letter": "b"}),
        ({"order_by": Order.POPULARITY}, {"orderby": "list_reading"}),
        ({"order_by": Order.TITLE, "descending": False}, {"orderby": "title"}),
    ],
)
async def test_filters_and_orders_reach_upstream(values: dict[str, Any], body: dict[str, Any]) -> None:
    common = {"search": "bird", "page": 1, "perpage": 25, "exclude_genre": WITHOUT_ADULTS}
    assert await body_of(search("bird", **values)) == {**common, **body}


@pytest.mark.parametrize(
    ("values", "genre", "without"),
    [
        ({"exclude_genres": ["Drama", "Smut"]}, None, ["Drama", "Smut", "Adult", "Hentai"]),
        ({"adult": AdultFilter.INCLUDE}, None, None),
        ({"adult": AdultFilter.ONLY, "genres": ["Action"]}, ["Action", "Adult"], None),
    ],
)
async def test_adult_works_go_by_genre(values: dict[str, Any], genre: Any, without: Any) -> None:
    body = await body_of(search("bird", **values))
    assert (body.get("genre"), body.get("exclude_genre")) == (genre, without)


@pytest.mark.parametrize(
    ("values", "ignored"),
    [
        ({"year_from": 2018}, ("year_from",)),
        ({"year_from": 2018, "year_to": 2020}, ("year_from", "year_to")),
        ({"status": WorkStatus.HIATUS}, ("status",)),
        ({"order_by": Order.TITLE, "descending": True}, ("descending",)),
        ({"order_by": Order.RATING, "descending": False}, ("descending",)),
        ({"order_by": Order.RATING, "descending": True}, ()),
    ],
)
async def test_what_upstream_lacks_is_reported(values: dict[str, Any], ignored: tuple[str, ...]) -> None:
    page, up = await asked(search("bird", **values), {SEARCH: found(SERIES)})
    assert page.ignored == ignored
    assert not {"year", "filter"} & set(up.requests[0].json)


async def test_formats_of_anime_are_not_asked_for() -> None:
    page, up = await asked(search("bird", formats=[Format.TV]), {})
    assert (page.items, page.total, up.requests) == ([], 0, [])


@pytest.mark.parametrize(
    ("kind", "path", "record", "more"),
    [
        (Item.PERSON, "/authors/search", {"id": 7, "name": "BIRD Test"}, {}),
        (Item.ORGANIZATION, "/publishers/search", {"publisher_id": 7, "name": "Bird"}, {}),
        (Item.CHAPTER, "/releases/search", {"id": 7, "title": "Bird"}, {"include_metadata": True}),
    ],
)
async def test_other_kinds_are_searched_by_text(kind: Any, path: str, record: Any, more: dict[str, Any]) -> None:
    page, up = await asked(search("bird", kind=kind, cursor="2"), {path: found(record, total=51, page=2, per_page=25)})
    assert [(item.kind, item.source_id) for item in page.items] == [(kind, "7")]
    assert (page.next, page.total) == ("3", 51)
    assert up.requests[0].json == {"search": "bird", "page": 2, "perpage": 25, **more}


@pytest.mark.parametrize(
    ("question", "order"),
    [
        (trending(Feed.TRENDING), "week_pos"),
        (trending(Feed.TRENDING, period=Period.MONTH), "month1_pos"),
        (trending(Feed.TRENDING, period=Period.QUARTER), "month3_pos"),
        (trending(Feed.TRENDING, period=Period.HALF_YEAR), "month6_pos"),
        (trending(Feed.TRENDING, period=Period.YEAR), "year_pos"),
        (trending(Feed.TOP_RATED), "rating"),
    ],
)
async def test_feeds_are_searches_without_a_text(question: Question, order: str) -> None:
    assert await body_of(question) == {
        "page": 1,
        "perpage": 25,
        "orderby": order,
        "exclude_genre": WITHOUT_ADULTS,
    }


async def test_feeds_can_be_narrowed() -> None:
    body = await body_of(trending(Feed.TRENDING, formats=[Format.MANHUA], status=WorkStatus.COMPLETED))
    assert (body["type"], body["filter"]) == (["Manhua"], "completed")
    page, _ = await asked(trending(Feed.TOP_RATED, status=WorkStatus.ONGOING), {SEARCH: found(SERIES)})
    assert page.ignored == ("status",)


async def test_releases_come_with_their_series() -> None:
    _, up = await asked(trending(Feed.RECENT), {"/releases/days": found()})
    assert up.params == {"page": "1", "include_metadata": "true"}


async def test_categories_are_searched() -> None:
    answers = {"/categories/search": found({"category": "Sea"}, total=26, per_page=25)}
    page, up = await asked(terms(Term.CATEGORIES, text="se"), answers)
    assert (up.requests[0].json, page.next) == ({"search": "se", "page": 1, "perpage": 25}, "2")


# --- Pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cursor", "body", "following"),
    [
        ("", found(SERIES, total=26, page=1, per_page=25), "2"),
        ("", found(SERIES, total=6, page=1, per_page=5), "2"),
        ("", found(SERIES, total=26), "2"),
        ("2", found(SERIES, total=26, page=2, per_page=25), ""),
        ("", found(SERIES, total=25, per_page=25), ""),
        ("9", found(total=999, per_page=25), ""),
    ],
)
async def test_pages_go_on_to_the_last(cursor: str, body: dict[str, Any], following: str) -> None:
    page, _ = await asked(search("bird", cursor=cursor), {SEARCH: body})
    assert (page.next, page.total) == (following, body["total_hits"])


async def test_a_foreign_page_token_is_refused() -> None:
    with pytest.raises(InvalidField, match="page_token"):
        await asked(search("bird", cursor="x"), {})


async def test_a_ranking_tells_the_place() -> None:
    page, _ = await asked(trending(Feed.TRENDING, cursor="2"), {SEARCH: found(SERIES, total=90, per_page=25)})
    assert [item.context.position for item in page.items] == [26]


# --- What upstream lies about -------------------------------------------------------------------------------


async def test_what_is_missing_stays_unset() -> None:
    item = await detailed()
    for field in ("year", "end_year", "rating", "engagement", "adult", "context", "source_updated_at"):
        assert not item.HasField(field)
    assert {descriptor.name for descriptor, _ in item.manga.ListFields()} == set()
    assert (item.status, item.status_text, item.manga.format, dict(item.attributes)) == (0, "", 0, {})


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [("1989", 1989, 0), ("2003-2008", 2003, 2008), ("", 0, 0), (None, 0, 0), ("N/A", 0, 0), ("0000", 0, 0)],
)
async def test_years_are_text(year: str | None, first: int, last: int) -> None:
    item = await detailed(year=year)
    assert (item.year, item.end_year, item.HasField("year")) == (first, last, first > 0)


@pytest.mark.parametrize(
    ("status", "completed", "state", "volumes", "chapters"),
    [
        ("43 Volumes (Ongoing)", False, WorkStatus.ONGOING, 43, 0),
        ("80 Chapters (Complete)\n5 Volumes (Complete)", True, WorkStatus.COMPLETED, 5, 80),
        ("12+ Tankōbon Volumes (Hiatus)", False, WorkStatus.HIATUS, 12, 0),
        ("3 Volumes (On Hiatus)", None, WorkStatus.HIATUS, 3, 0),
        ("1 Volume (Cancelled)", False, WorkStatus.CANCELLED, 1, 0),
        ("2 Volumes (Discontinued)", False, WorkStatus.DISCONTINUED, 2, 0),
        ("Season 1: 40 Chapters", True, WorkStatus.COMPLETED, 0, 40),
        ("N/A", False, WorkStatus.TYPE_UNSPECIFIED, 0, 0),
    ],
)
async def test_status_is_read(status: str, completed: bool | None, state: Any, volumes: int, chapters: int) -> None:
    item = await detailed(status=status, completed=completed)
    assert (item.status, item.manga.volume_count, item.manga.chapter_count) == (state, volumes, chapters)
    assert item.manga.HasField("fully_scanlated") == (completed is not None)


@pytest.mark.parametrize(
    ("form", "titles", "native"),
    [
        ("Manga", ["Bird", "鳥獣", "とり", "새"], "とり"),
        ("Manga", ["Bird", "鳥", "새"], "鳥"),
        ("Manhwa", ["とり", "鳥", "새"], "새"),
        ("Manhua", ["とり", "鸟", "새"], "鸟"),
        ("Novel", ["とり", "鳥"], "とり"),
        ("Novel", ["とり", "새"], ""),
        ("Novel", ["鳥"], ""),
        ("OEL", ["とり"], ""),
    ],
)
async def test_the_native_title_is_that_of_the_country(form: str, titles: list[str], native: str) -> None:
    item = await detailed(type=form, associated=[{"title": title} for title in titles])
    assert item.original_title == native
    assert [one.text for one in item.alternative_titles] == [title for title in titles if title != native]


async def test_entities_and_markup_become_plain() -> None:
    item = await detailed(
        title="Bird &amp; Fish&#039;s",
        description='**Bold** [word](https://example.org "x").  \nNext<BR><BR>Last <a href="https://example.org">one</a>',
        associated=[{"title": "Bird &amp; Fish&#039;s"}, {"title": "B &quot;F&quot;"}],
    )
    assert item.title == "Bird & Fish's"
    assert "**" not in item.description and "<" not in item.description
    assert item.description.endswith("Next\n\nLast one")
    assert [one.text for one in item.alternative_titles] == ['B "F"']


async def test_addresses_of_pictures_may_be_null() -> None:
    image = {"url": {"original": None, "thumb": None}, "height": None, "width": None}
    assert list((await detailed(image=image)).images) == []


@pytest.mark.parametrize(("value", "votes"), [(0, None), (None, None), (7.5, 0)])
async def test_ratings_of_nobody(value: float | None, votes: int | None) -> None:
    assert not (await detailed(bayesian_rating=value, rating_votes=votes)).HasField("rating")


async def test_both_shapes_of_recommendations() -> None:
    image = {"url": {"original": "https://cdn.mangaupdates.com/image/i1.png"}}
    entry = {
        **SERIES,
        "recommendations": [
            {"series_id": 5, "series_name": "Flat &amp; new", "series_image": image, "weight": 3},
            {"series_id": {"series_id": 6, "title": "Nested", "image": image}, "weight": 2},
        ],
        "category_recommendations": [{"series_id": 5, "series_name": "Twice", "weight": 9}],
    }
    question = related("mangaupdates/manga/51239621230", Relation.RECOMMENDATIONS)
    page, _ = await asked(question, {"/series/51239621230": entry})
    assert [(item.source_id, item.title, item.context.weight) for item in page.items] == [
        ("5", "Flat & new", 3),
        ("6", "Nested", 2),
    ]
    item = await detailed(recommendations=entry["recommendations"])
    assert [(one.id, one.name) for one in item.manga.recommendations] == [
        ("mangaupdates/manga/5", "Flat & new"),
        ("mangaupdates/manga/6", "Nested"),
    ]
    assert item.manga.recommendations[0].image_url == "https://cdn.mangaupdates.com/image/i1.png"


async def test_adult_genres_mark_a_work() -> None:
    answers = {SEARCH: found(SERIES, {**SERIES, "series_id": 2, "genres": [{"genre": "Smut"}]})}
    page, _ = await asked(search("bird", adult=AdultFilter.INCLUDE), answers)
    assert [item.adult for item in page.items] == [False, True]
    page, _ = await asked(search("bird"), answers)
    assert [item.source_id for item in page.items] == ["51239621230"]


async def test_the_title_that_matched_is_told() -> None:
    body = {"total_hits": 1, "results": [{"record": SERIES, "hit_title": "Vogel &amp; Test"}]}
    page, _ = await asked(search("vogel"), {SEARCH: body})
    matched = page.items[0].alternative_titles[0]
    assert (matched.text, matched.type) == ("Vogel & Test", AlternativeTitle.MATCHED)


@pytest.mark.parametrize(
    ("birthday", "expected"),
    [
        ({"year": 1966, "month": 7, "day": 11}, "1966-07-11"),
        ({"year": 1966, "month": 0, "day": 0}, "1966"),
        ({"year": None, "month": 7, "day": 11, "as_string": "July 11"}, "July 11"),
        (None, ""),
    ],
)
async def test_birthdays(birthday: Any, expected: str) -> None:
    entry = {"id": 7, "name": "BIRD Test", "birthday": birthday, "bloodtype": "N/A", "gender": None}
    item, _ = await asked(detail("mangaupdates/person/7"), {"/authors/7": entry})
    assert (item.person.birth_date, item.person.blood_type, item.person.gender) == (expected, "", 0)


# --- Numbers and errors -------------------------------------------------------------------------------------


async def test_a_number_that_is_unknown_has_no_items() -> None:
    page, _ = await asked(lookup("mangaupdates", "7"), {"/series/7": ABSENT})
    assert page.items == []
    page, up = await asked(lookup("mangaupdates", "7", kinds=(Item.ANIME,)), {})
    assert (page.items, up.requests) == ([], [])


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (ABSENT, NotFound),
        (Answer({"status": "exception", "reason": "Bad genre"}, 400), Refused),
        (Answer({"status": "exception", "reason": "Slow down"}, 429, {"retry-after": "9"}), RateLimited),
        (Answer({"status": "exception", "reason": "Oops"}, 500), Unreachable),
        (Answer({"status": "exception", "reason": "Series not found"}), NotFound),
        (Answer({"status": "exception", "reason": "Too many requests"}), RateLimited),
        (Answer({"status": "exception", "reason": "Oops"}), Unreachable),
    ],
)
async def test_errors_have_their_class(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail("mangaupdates/manga/51239621230"), {"/series/51239621230": answer})
    with pytest.raises(error):
        await asked(search("bird"), {SEARCH: answer})


async def test_an_id_that_is_no_number_is_not_asked_for() -> None:
    with pytest.raises(NotFound):
        await asked(detail("mangaupdates/manga/berserk"), {})


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"results": None},
        {"results": [1]},
        {"results": [{"title": "Bird"}]},
        {"results": [{"record": {"title": "Bird"}}]},
        {"results": [{"record": {"series_id": 1}}]},
    ],
)
async def test_a_changed_shape_is_told(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("bird"), {SEARCH: body})


async def test_a_result_without_a_name_does_not_hide_the_others() -> None:
    answer = found({**SERIES, "title": None}, SERIES)
    page, _ = await asked(search("bird"), {SEARCH: {**answer, "results": [None, *answer["results"]]}})
    assert len(page.items) == 1
    page, _ = await asked(trending(Feed.TOP_RATED), {SEARCH: answer})
    assert [item.HasField("context") for item in page.items] == [False], "a place that is not sure"
    works = {"series_list": [{"series_id": 5, "title": ""}, SERIES], "total_series": 2}
    page, _ = await asked(related("mangaupdates/person/1", Relation.WORKS), {"/authors/1/series": works})
    assert (len(page.items), page.total) == (1, 2)


async def test_odd_values_of_optional_fields_are_none() -> None:
    item = await detailed(
        associated=[{"title": 5}, None], genres=[{"genre": " "}], image={"url": {"original": "none", "thumb": None}}
    )
    assert (list(item.genres), list(item.images), item.original_title) == ([], [], "")


async def test_a_total_is_an_estimate_where_works_are_left_out() -> None:
    adult = {**SERIES, "series_id": 8, "genres": [{"genre": "Hentai"}]}
    for entries, estimate in (([SERIES], False), ([SERIES, adult], True)):
        page, _ = await asked(search("bird"), {SEARCH: found(*entries, total=2)})
        assert (len(page.items), page.total, page.total_is_estimate) == (1, 2, estimate)
