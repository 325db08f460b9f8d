"""Comic Vine."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_people_pb2 import Collection
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako.v1.values_pb2 import Gender
from tako_providers.comics.comicvine import ComicVine, dates
from tako_providers.sdk import (
    InvalidField,
    Kind,
    NotConfigured,
    NotFound,
    RateLimited,
    Refused,
    ShapeChanged,
    Unreachable,
    make_id,
)
from tests.conformance.cases import Question, detail, lookup, related, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

SERIES = "comicvine/comic_series/1"
ISSUE = "comicvine/comic_issue/1"
ARC = "comicvine/collection/1"
SAMPLE = "comicvine/comic_series/9001"
ONE = {"id": 1, "name": "Test"}

KINDS = (
    (Item.COMIC_SERIES, "volume", "volumes", "4050"),
    (Item.COMIC_ISSUE, "issue", "issues", "4000"),
    (Item.CHARACTER, "character", "characters", "4005"),
    (Item.PERSON, "person", "people", "4040"),
    (Item.ORGANIZATION, "publisher", "publishers", "4010"),
    (Item.COLLECTION, "story_arc", "story_arcs", "4045"),
)


def found(*entries: Any, total: int | None = None, limit: int | None = 100) -> dict[str, Any]:
    total = len(entries) if total is None else total
    return {"error": "OK", "limit": limit, "number_of_total_results": total, "status_code": 1, "results": [*entries]}


def one(**entry: Any) -> dict[str, Any]:
    return {"error": "OK", "status_code": 1, "results": {**ONE, **entry}}


def failure(code: int, status: int = 200) -> Answer:
    return Answer({"error": "Said so", "status_code": code, "results": []}, status)


async def asked(
    question: Question, answers: dict[str, Any], secrets: dict[str, str] | None = None
) -> tuple[Any, FakeUpstream]:
    """The answer to a question; the paths of ``answers`` are those behind /api."""
    return await ask_of(ComicVine(), question, {f"/api{path}": body for path, body in answers.items()}, secrets)


async def hit(kind: Kind = Item.COMIC_SERIES, **entry: Any) -> Item:
    page, _ = await asked(search("x", kind=kind), {"/search/": found({**ONE, **entry})})
    item = page.items[0]
    assert isinstance(item, Item)
    return item


async def sampled(question: Question) -> Any:
    return await ask_samples(ComicVine(), question)


def ids(page: Any) -> list[str]:
    return [item.source_id for item in page.items]


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail_and_on() -> None:
    page = await sampled(search("sample squid"))
    assert (ids(page), page.total, page.next) == (["9001", "9002"], 2, "")
    first, second = page.items
    assert make_id("comicvine", first.kind, first.source_id) == SAMPLE
    assert (second.release_text, second.HasField("year"), len(second.images)) == ("20??", False, 0)
    item = await sampled(detail(SAMPLE))
    assert item.title == first.title == "The Sample Squid"
    assert item.description == "A squid tries everything once.\n\nThen Inky tries again."
    assert [(issue.number, issue.title) for issue in item.comic_series.issues] == [("1", "The Squid Awakes"), ("½", "")]
    issues = await sampled(related(SAMPLE, Relation.ISSUES))
    assert [issue.title for issue in issues.items] == ["The Squid Awakes", "The Sample Squid #½"]
    characters = await sampled(related(SAMPLE, Relation.CHARACTERS))
    assert [(c.title, c.context.count) for c in characters.items] == [("Inky Sample", 2), ("Captain Example", 1)]


async def test_samples_have_an_issue_a_character_a_person_a_publisher_and_an_arc() -> None:
    issue = await sampled(detail("comicvine/comic_issue/9201"))
    assert [(c.name, c.role) for c in issue.comic_issue.credits] == [
        ("Ada Sample", CreditRole.WRITER),
        ("Ada Sample", CreditRole.ARTIST),
        ("Ada Sample", CreditRole.COVER_ARTIST),
        ("Ben Example", CreditRole.LETTERER),
    ]
    assert (issue.release_date, issue.attributes["objects"]) == ("2011-03-09", "A Bottle of Ink")
    inky = await sampled(detail("comicvine/character/9301"))
    assert (inky.character.real_name, inky.character.origin, list(inky.character.powers)) == (
        "Ingrid Sample",
        "Animal",
        ["Ink"],
    )
    assert inky.character.creators[0].role == CreditRole.CREATOR
    ada = await sampled(detail("comicvine/person/9401"))
    assert (ada.person.birth_date, ada.person.work_count, ada.attributes["hometown"]) == ("1951-05-03", 2, "Sampleton")
    assert [work.work.name for work in ada.person.works] == ["The Sample Squid", "Sample Squid Annual"]
    press = await sampled(detail("comicvine/organization/9100"))
    assert press.organization.address == "1 Example Street, Sampleton"
    arc = await sampled(detail("comicvine/collection/9501"))
    assert (arc.collection.type, arc.collection.member_count, len(arc.collection.members)) == (
        Collection.STORY_ARC,
        2,
        1,
    )


async def test_samples_have_all_kinds_relations_a_feed_and_errors() -> None:
    for kind, text in (
        (Item.COMIC_ISSUE, "sample squid"),
        (Item.CHARACTER, "sample squid"),
        (Item.PERSON, "sample"),
        (Item.ORGANIZATION, "sample press"),
        (Item.COLLECTION, "ink rising"),
    ):
        first = (await sampled(search(text, kind=kind))).items[0]
        assert (await sampled(detail(make_id("comicvine", kind, first.source_id)))).title == first.title
    assert ids(await sampled(search("sample squid", exact=True))) == ["9001", "9002"]
    assert ids(await sampled(search(kind=Item.COMIC_ISSUE, released_from="2011", released_to="2011"))) == [
        "9202",
        "9201",
    ]
    works = await sampled(related("comicvine/person/9401", Relation.WORKS, enrich=True))
    assert [(work.title, work.year) for work in works.items] == [("The Sample Squid", 2011), ("Sample Squid Annual", 0)]
    assert ids(await sampled(related("comicvine/character/9301", Relation.WORKS))) == ["9001"]
    assert ids(await sampled(related("comicvine/organization/9100", Relation.WORKS))) == ["9001"]
    assert ids(await sampled(related("comicvine/person/9401", Relation.CHARACTERS))) == ["9301"]
    assert ids(await sampled(related("comicvine/comic_issue/9201", Relation.CHARACTERS))) == ["9301"]
    members = await sampled(related("comicvine/collection/9501", Relation.MEMBERS))
    assert [one.title for one in members.items] == ["The Squid Awakes", "The Sample Squid #½"]
    assert ids(await sampled(trending(Feed.RECENT))) == ["9203", "9202"]
    assert [one.kind for one in (await sampled(lookup("comicvine", "9001"))).items] == [Item.COMIC_SERIES]
    assert ids(await sampled(lookup("comicvine", "4005-9301"))) == ["9301"]
    assert (await sampled(search("nothing"))).items == []
    with pytest.raises(NotFound):
        await sampled(detail("comicvine/comic_series/9999"))
    with pytest.raises(RateLimited):
        await sampled(search("sample limit"))


# --- What reaches Comic Vine --------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name", "plural", "prefix"), KINDS)
async def test_each_kind_is_asked_by_its_own_words(kind: Kind, name: str, plural: str, prefix: str) -> None:
    _, up = await asked(search("squid", kind=kind), {"/search/": found(ONE)})
    assert {"query": "squid", "resources": name, "page": "1", "limit": "100", "format": "json"}.items() <= (
        up.params.items()
    )
    assert {"id", "name", "image", "site_detail_url"} <= set(up.params["field_list"].split(","))
    _, up = await asked(search("squid", kind=kind, exact=True), {f"/{plural}/": found(ONE)})
    assert (up.params["filter"], "query" in up.params, "sort" in up.params) == ("name:squid", False, False)
    item, up = await asked(detail(make_id("comicvine", kind, 1)), {f"/{name}/{prefix}-1/": one()})
    assert (item.kind, item.source_id, item.title) == (kind, "1", "Test")
    assert "description" in up.params["field_list"]


async def test_the_key_goes_in_the_query() -> None:
    _, up = await asked(search("x"), {"/search/": found(ONE)}, {"COMICVINE_API_KEY": "secret"})
    assert up.params["api_key"] == "secret"


async def test_series_are_searched_by_default() -> None:
    _, up = await asked(search("x"), {"/search/": found(ONE)})
    assert up.params["resources"] == "volume"


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("2011", "2012", "2011-01-01|2012-12-31"),
        ("2012-02", "2012-02", "2012-02-01|2012-02-29"),
        ("2012-02-03", "", "2012-02-03|2199-12-31"),
        ("", "2012-02-03", "1800-01-01|2012-02-03"),
    ],
)
async def test_dates_of_issues(first: str, last: str, wanted: str) -> None:
    question = search(kind=Item.COMIC_ISSUE, released_from=first, released_to=last)
    _, up = await asked(question, {"/issues/": found(ONE)})
    assert (up.params["filter"], up.params["sort"]) == (f"cover_date:{wanted}", "cover_date:desc")
    question = search("squid", kind=Item.COMIC_ISSUE, exact=True, released_from=first, released_to=last)
    _, up = await asked(question, {"/issues/": found(ONE)})
    assert up.params["filter"] == f"name:squid,cover_date:{wanted}"


async def test_dates_with_words_are_looked_at_on_the_page() -> None:
    answer = found(
        {**ONE, "id": 1, "cover_date": "2011-05-01"},
        {**ONE, "id": 2, "cover_date": "2012-01-01", "store_date": "2011-11-30"},
        {**ONE, "id": 3, "cover_date": "2012-05-01"},
        {**ONE, "id": 4},
        {**ONE, "id": 5, "cover_date": "2011-00-00"},
    )
    question = search("x", kind=Item.COMIC_ISSUE, released_from="2011-05", released_to="2011")
    page, up = await asked(question, {"/search/": answer})
    assert (ids(page), page.total, "filter" in up.params) == (["1", "2", "5"], None, False)


async def test_nothing_to_search_for_is_refused() -> None:
    for question in (search(released_from="2011"), search(released_from="2011", kind=Item.PERSON), search(exact=True)):
        with pytest.raises(InvalidField) as error:
            await asked(question, {})
        assert error.value.field == "query"


async def test_commas_cannot_be_in_a_filter_so_the_rest_is_looked_at_here() -> None:
    answer = {"/volumes/": found({"id": 1, "name": "Squid, Inc."}, {"id": 2, "name": "Squid & Co"}, total=900)}
    page, up = await asked(search("squid, inc", exact=True), answer)
    assert (up.params["filter"], ids(page), page.total, page.next) == ("name:squid", ["1"], None, "2")
    with pytest.raises(InvalidField):
        await asked(search(",|", exact=True), answer)


async def test_the_feed_is_of_the_covers_around_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: "2024-05-15")
    answer = found(
        {**ONE, "id": 1, "cover_date": "2024-07-01", "store_date": "2024-05-15"},
        {**ONE, "id": 2, "cover_date": "2024-07-01", "store_date": "2024-05-22"},
        {**ONE, "id": 3, "cover_date": "2024-06-01"},
        total=101,
    )
    page, up = await asked(trending(Feed.RECENT), {"/issues/": answer})
    assert (up.params["filter"], up.params["sort"]) == ("cover_date:2024-02-15|2024-08-13", "cover_date:desc")
    assert (ids(page), page.total, page.total_is_estimate, page.next) == (["1", "3"], 101, True, "2")
    page, up = await asked(trending(Feed.RECENT, released_from="2024-05-20"), {"/issues/": answer})
    assert (up.params["filter"], ids(page), page.total_is_estimate) == (
        "cover_date:2024-05-20|2199-12-31",
        ["1", "2", "3"],
        False,
    )


async def test_the_issues_of_a_series_are_in_the_order_of_their_covers() -> None:
    _, up = await asked(related(SERIES, Relation.ISSUES, cursor="2"), {"/issues/": found({**ONE, "id": 2})})
    assert (up.params["filter"], up.params["sort"], up.params["offset"]) == ("volume:1", "cover_date:asc", "100")


@pytest.mark.parametrize("source_id", ["abc", "4050-1", "1~3Fx", "~D9~A1"])
async def test_an_id_that_can_be_none_is_not_asked(source_id: str) -> None:
    for question in (
        detail(f"comicvine/comic_series/{source_id}"),
        related(f"comicvine/comic_series/{source_id}", Relation.ISSUES),
    ):
        with pytest.raises(NotFound):
            await asked(question, {})


# --- Pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "name"),
    [
        (search, "/search/", "page"),
        (lambda *_, cursor: search("x", exact=True, cursor=cursor), "/volumes/", "offset"),
        (lambda *_, cursor: related(SERIES, Relation.ISSUES, cursor=cursor), "/issues/", "offset"),
        (lambda *_, cursor: trending(Feed.RECENT, cursor=cursor), "/issues/", "offset"),
    ],
)
async def test_pages_lead_to_the_end(question: Any, path: str, name: str) -> None:
    cursor, places = "", []
    for _ in range(9):
        page, up = await asked(question("x", cursor=cursor), {path: found(ONE, total=201)})
        places.append(up.params.get(name))
        if not (cursor := page.next):
            break
    assert places == (["1", "2", "3"] if name == "page" else [None, "100", "200"])


async def test_a_search_that_gives_ten_a_page_has_more_pages() -> None:
    page, _ = await asked(search("x", cursor="2"), {"/search/": found(ONE, total=21, limit=10)})
    assert page.next == "3"
    page, _ = await asked(search("x", cursor="3"), {"/search/": found(ONE, total=21, limit=10)})
    assert page.next == ""


async def test_an_empty_page_ends_the_list_whatever_the_total() -> None:
    page, _ = await asked(search("x", cursor="9"), {"/search/": found(total=5000)})
    assert (page.items, page.next) == ([], "")
    page, _ = await asked(search("x"), {"/search/": {**found(limit=None), "offset": None}})
    assert (page.items, page.total, page.next) == ([], 0, "")


async def test_a_cursor_of_another_provider_is_refused() -> None:
    with pytest.raises(InvalidField):
        await asked(search("x", cursor="abc"), {"/search/": found(ONE)})


# --- What a detail lists ------------------------------------------------------------------------------------


async def test_works_are_names_all_at_once() -> None:
    works = [{"id": number, "name": f"Work {number}"} for number in range(1, 151)]
    answers = {"/person/4040-1/": one(volume_credits=works)}
    page, up = await asked(related("comicvine/person/1", Relation.WORKS), answers)
    assert (len(page.items), page.total, page.next, len(up.requests)) == (150, 150, "", 1)
    assert up.params["field_list"] == "id,name,volume_credits"


async def test_works_are_filled_page_by_page_where_it_is_wanted() -> None:
    works = [{"id": number, "name": f"Work {number}"} for number in range(1, 151)]
    answers = {
        "/person/4040-1/": one(volume_credits=works),
        "/volumes/": found({"id": 102, "name": "Second", "start_year": "2001"}, {"id": 101, "start_year": "2000"}),
    }
    page, up = await asked(related("comicvine/person/1", Relation.WORKS, enrich=True, cursor="2"), answers)
    assert up.params["filter"] == "id:" + "|".join(map(str, range(101, 151)))
    assert (len(page.items), page.total, page.next) == (50, 150, "")
    assert [(item.title, item.year) for item in page.items[:3]] == [
        ("Work 101", 2000),
        ("Second", 2001),
        ("Work 103", 0),
    ]
    page, _ = await asked(related("comicvine/person/1", Relation.WORKS, enrich=True), answers)
    assert (len(page.items), page.next) == (100, "2")


async def test_issues_without_a_name_are_asked_for() -> None:
    issues = [{"id": 1, "name": "Named"}, {"id": 2, "name": ""}, {"id": 3, "name": None}]
    full = {"id": 2, "name": None, "issue_number": "7", "volume": {"id": 5, "name": "Squid"}}
    answers = {"/story_arc/4045-1/": one(issues=issues), "/issues/": found(full)}
    page, _ = await asked(related(ARC, Relation.MEMBERS), answers)
    assert [item.title for item in page.items] == ["Named", "Squid #7"]
    page, up = await asked(related(ARC, Relation.MEMBERS), {"/story_arc/4045-1/": one(issues=issues)})
    assert ([item.title for item in page.items], up.partial) == (["Named"], True)


async def test_a_list_that_is_not_there_is_no_empty_one() -> None:
    with pytest.raises(ShapeChanged):
        await asked(related(ARC, Relation.MEMBERS), {"/story_arc/4045-1/": one()})
    page, _ = await asked(related(ARC, Relation.MEMBERS), {"/story_arc/4045-1/": one(issues=None)})
    assert page.items == []


async def test_a_detail_embeds_fifty_at_most() -> None:
    many = [{"id": number, "name": str(number), "issue_number": str(number)} for number in range(1, 81)]
    item, _ = await asked(detail(SERIES), {"/volume/4050-1/": one(characters=many, people=many, issues=many)})
    comics = item.comic_series
    assert (len(comics.characters), len(comics.credits), len(comics.issues)) == (50, 50, 50)
    arc, _ = await asked(detail(ARC), {"/story_arc/4045-1/": one(issues=many)})
    assert (len(arc.collection.members), arc.collection.member_count) == (50, 80)


# --- Look-ups -----------------------------------------------------------------------------------------------


async def test_a_bare_number_is_one_of_each_kind() -> None:
    gone = failure(101, 404)
    answers: dict[str, Any] = {f"/{name}/{prefix}-1/": gone for _, name, _, prefix in KINDS}
    answers |= {"/issue/4000-1/": one(), "/person/4040-1/": one(), "/publisher/4010-1/": failure(101)}
    page, up = await asked(lookup("comicvine", "1"), answers)
    assert [item.kind for item in page.items] == [Item.COMIC_ISSUE, Item.PERSON]
    assert len(up.requests) == 6
    page, up = await asked(lookup("comicvine", "1", kinds=(Item.PERSON,)), answers)
    assert ([item.kind for item in page.items], len(up.requests)) == ([Item.PERSON], 1)


async def test_a_number_of_the_site_is_one_thing() -> None:
    page, up = await asked(lookup("comicvine", "4005-1"), {"/character/4005-1/": one()})
    assert ([item.kind for item in page.items], len(up.requests)) == ([Item.CHARACTER], 1)
    for code in ("4060-1", "squid", "4005-", "-1"):
        page, up = await asked(lookup("comicvine", code), {})
        assert (page.items, up.requests) == ([], [])
    page, up = await asked(lookup("comicvine", "4005-1", kinds=(Item.PERSON,)), {})
    assert (page.items, up.requests) == ([], [])


# --- What is missing stays unset, and lies are none ---------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind, *_ in KINDS])
async def test_a_bare_hit_has_only_what_it_has(kind: Kind) -> None:
    item = await hit(kind)
    assert item.title == "Test"
    assert not item.HasField("year")
    for values in (item.release_date, item.description, item.language, item.images, item.links, item.attributes):
        assert not values
    assert not item.alternative_titles
    for path in ("comic_series.issue_count", "character.appearance_count", "person.work_count"):
        details, name = path.split(".")
        assert not getattr(item, details).HasField(name)


@pytest.mark.parametrize("kind", [kind for kind, *_ in KINDS])
async def test_odd_values_are_no_answer(kind: Kind) -> None:
    odd: dict[str, Any] = dict.fromkeys(
        ("aliases", "deck", "image", "publisher", "volume", "birth", "death", "gender", "origin", "cover_date"), 7
    )
    item = await hit(
        kind, **odd, start_year=None, count_of_issues="many", first_issue=[], count_of_issue_appearances=-1
    )
    assert item.title == "Test"
    assert not (item.images or item.description or item.alternative_titles or item.HasField("year"))
    assert item.person.gender == item.character.gender == Gender.TYPE_UNSPECIFIED


@pytest.mark.parametrize(
    ("start", "year", "text"),
    [("1938", 1938, ""), ("19??", None, "19??"), ("", None, ""), (None, None, ""), (1938, 1938, ""), ("0", None, "0")],
)
async def test_years_of_series(start: Any, year: int | None, text: str) -> None:
    item = await hit(start_year=start)
    assert ((item.year if item.HasField("year") else None), item.release_text) == (year, text)
    assert item.release_date == (str(year) if year else "")


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ({"name": None, "issue_number": "½", "volume": {"name": "Squid"}}, "Squid #½"),
        ({"name": "", "issue_number": "-1", "volume": None}, "#-1"),
        ({"name": "A &amp; <i>B</i>", "issue_number": "1"}, "A & B"),
    ],
)
async def test_titles_of_issues(entry: dict[str, Any], title: str) -> None:
    item = await hit(Item.COMIC_ISSUE, **entry)
    assert (item.title, item.comic_issue.number) == (title, entry["issue_number"])


@pytest.mark.parametrize(
    ("cover", "store", "date", "year"),
    [
        ("2013-01-01", "2012-11-21", "2012-11-21", 2013),
        ("2013-01-00", None, "2013-01", 2013),
        (None, "2012-11-21", "2012-11-21", 2012),
        ("0000-00-00", "", "", None),
    ],
)
async def test_dates_of_an_issue(cover: Any, store: Any, date: str, year: int | None) -> None:
    item = await hit(Item.COMIC_ISSUE, cover_date=cover, store_date=store)
    assert (item.release_date, item.year if item.HasField("year") else None) == (date, year)


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("1986-08-29 00:00:00", "1986-08-29"),
        ({"date": "2013-05-01 00:00:00.000000", "timezone": "UTC"}, "2013-05-01"),
        ("0000-00-00 00:00:00", ""),
        ("Mar 1950", "Mar 1950"),
        ({"timezone": "UTC"}, ""),
        (None, ""),
    ],
)
async def test_days_of_a_life(given: Any, date: str) -> None:
    item = await hit(Item.PERSON, birth=given, death=given)
    assert (item.person.birth_date, item.person.death_date) == (date, date)


@pytest.mark.parametrize(
    ("given", "gender"),
    [(1, Gender.MALE), (2, Gender.FEMALE), (3, Gender.OTHER), (0, Gender.TYPE_UNSPECIFIED)],
)
async def test_genders(given: int, gender: Gender.Type.ValueType) -> None:
    assert (await hit(Item.PERSON, gender=given)).person.gender == gender
    assert (await hit(Item.CHARACTER, gender=given)).character.gender == gender


async def test_a_stand_in_is_no_picture() -> None:
    blank = "https://comicvine.gamespot.com/a/uploads/original/11122/111222211/6373148-blank.png"
    assert not (await hit(image={"original_url": blank, "small_url": blank})).images
    item = await hit(image={"super_url": "http://comicvine.gamespot.com/a.jpg", "thumb_url": None})
    assert [(one.role, one.url) for one in item.images] == [(Image.PRIMARY, "https://comicvine.gamespot.com/a.jpg")]


async def test_an_address_of_a_person_is_kept_to_itself() -> None:
    item, _ = await asked(
        detail("comicvine/person/1"), {"/person/4040-1/": one(email="ada@example.org", website="http://example.org/")}
    )
    assert "ada@example.org" not in str(item)
    assert [one.url for one in item.links] == ["http://example.org/"]


async def test_a_role_that_is_not_known_keeps_its_word() -> None:
    people = [{"id": 1, "name": "Ada", "role": "penciler, breakdowns"}, {"id": 2, "name": "Ben", "role": None}]
    item, _ = await asked(detail(ISSUE), {"/issue/4000-1/": one(person_credits=people)})
    assert [(one.name, one.role, one.job) for one in item.comic_issue.credits] == [
        ("Ada", CreditRole.PENCILLER, "penciler"),
        ("Ada", CreditRole.OTHER, "breakdowns"),
        ("Ben", CreditRole.TYPE_UNSPECIFIED, ""),
    ]


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failure(100), NotConfigured),
        (failure(100, 401), NotConfigured),
        (failure(101), NotFound),
        (failure(101, 404), NotFound),
        (failure(102), Refused),
        (failure(104), Refused),
        (failure(105), Refused),
        (failure(107), RateLimited),
        (failure(107, 420), RateLimited),
        (Answer("<html>Slow down</html>", 420, {"content-type": "text/html"}), RateLimited),
        (failure(107, 429), RateLimited),
        (failure(999), ShapeChanged),
        (Answer("<html>Bad Gateway</html>", 502), Unreachable),
        (Answer("<html>Down</html>"), ShapeChanged),
        (Answer([]), ShapeChanged),
        (Answer({"status_code": 1}), ShapeChanged),
    ],
)
@pytest.mark.parametrize("question", [search("x"), detail(SERIES), related(SERIES, Relation.CHARACTERS)])
async def test_errors_have_their_class(question: Question, answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        await asked(question, {"/search/": answer, "/volume/4050-1/": answer})
    assert type(raised.value) is error


@pytest.mark.parametrize(
    "body",
    [
        {**found(), "results": {}},
        found("text"),
        found({"id": 1}, {"name": "No id"}),
        found({**ONE, "resource_type": "issue"}),
    ],
)
async def test_a_search_of_another_shape(body: Any) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("x"), {"/search/": body})


async def test_entries_without_id_or_name_are_left_out() -> None:
    page, _ = await asked(search("x"), {"/search/": found({"id": 2}, {"name": "No id"}, ONE)})
    assert ids(page) == ["1"]


async def test_other_kinds_of_a_mixed_answer_are_left_out() -> None:
    entries = [{**ONE, "resource_type": "issue"}, {**ONE, "resource_type": "volume"}]
    page, _ = await asked(search("x"), {"/search/": found(*entries, total=2)})
    assert ([item.kind for item in page.items], page.total) == ([Item.COMIC_SERIES], None)


async def test_a_picture_without_an_address_is_none() -> None:
    picture = {"original_url": "/a/uploads/1.jpg", "small_url": "/a/uploads/2.jpg"}
    page, _ = await asked(search("x"), {"/search/": found({**ONE, "image": picture})})
    assert not page.items[0].images


async def test_an_entry_that_is_nothing_does_not_hide_the_others() -> None:
    page, _ = await asked(search("x"), {"/search/": {**found(ONE), "results": [None, ONE]}})
    assert len(page.items) == 1
