"""TheTVDB through its public methods, on bodies written for the project."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.details_media_pb2 import Episode
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, SeasonOrder
from tako_providers import sdk
from tako_providers.media.tvdb import Tvdb
from tako_providers.media.tvdb.parts import language_of, wanted
from tako_providers.sdk.errors import Refused
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_samples

LOGIN = {"status": "success", "data": {"token": "t0ken"}}
SHOW = {"id": 1, "name": "One"}
FILM = {"id": 2, "name": "Two"}
HIT = {"tvdb_id": "1", "type": "series", "name": "One"}


def success(data: Any, *, total: int | None = None, following: str | None = None) -> dict[str, Any]:
    links = {"next": following, **({"total_items": total} if total is not None else {})}
    return {"status": "success", "data": data, "links": links}


def failure(message: str, status: int = 404) -> Answer:
    return Answer({"status": "failure", "message": message, "data": None}, status)


GONE = failure("NotFoundException: not found")


async def asked(question: Question, answers: dict[str, Any], **secrets: str) -> tuple[Any, FakeUpstream]:
    provider = Tvdb()
    bodies = {"/v4/login": LOGIN, **{f"/v4{path}": answer for path, answer in answers.items()}}
    up = FakeUpstream(provider, bodies, {"TVDB_API_KEY": "key", **secrets})
    return await getattr(provider, question.operation)(question.build(provider), up), up


async def sampled(question: Question) -> Any:
    return await ask_samples(Tvdb(), question)


# --- the key


async def test_the_key_goes_to_the_login_and_the_token_in_a_header() -> None:
    _, up = await asked(detail("tvdb/series/1"), {"/series/1/extended": success(SHOW)})
    login, request = up.requests
    assert (login.method, login.json, "authorization" in login.headers) == ("POST", {"apikey": "key"}, False)
    assert request.headers["authorization"] == "Bearer t0ken"
    assert "key" not in request.full_url


async def test_the_pin_of_a_subscriber_goes_along() -> None:
    _, up = await asked(detail("tvdb/series/1"), {"/series/1/extended": success(SHOW)}, TVDB_PIN="1234")
    assert up.requests[0].json == {"apikey": "key", "pin": "1234"}


async def test_a_token_that_ended_is_replaced_once() -> None:
    ended = failure("Unauthorized", 401)
    item, up = await asked(detail("tvdb/series/1"), {"/series/1/extended": (ended, success(SHOW))})
    assert item.title == "One"
    assert up.paths == ["/v4/login", "/v4/series/1/extended"] * 2


@pytest.mark.parametrize("status", [400, 401])
async def test_a_refused_key(status: int) -> None:
    with pytest.raises(sdk.NotConfigured) as error:
        await asked(detail("tvdb/series/1"), {"/login": failure("InvalidAPIKey: apikey invalid", status)})
    assert "TVDB_API_KEY" in error.value.variables


async def test_a_login_without_a_token_is_another_shape() -> None:
    with pytest.raises(sdk.ShapeChanged):
        await asked(detail("tvdb/series/1"), {"/login": success({})})


# --- the samples lead from one to the next


async def test_a_search_leads_to_details() -> None:
    page = await sampled(search("sample ferry"))
    assert [(one.kind, one.title) for one in page.items] == [
        (Item.SERIES, "Sample Ferry"),
        (Item.MOVIE, "Sample Ferry: The Film"),
        (Item.PERSON, "Cal Sample"),
    ]
    assert (page.total, page.total_is_estimate, page.next) == (4, True, "")
    for found in page.items:
        item = await sampled(detail(sdk.make_id("tvdb", found.kind, found.source_id)))
        assert (item.kind, item.title) == (found.kind, found.title)


async def test_a_series_with_all_of_its_record() -> None:
    item = await sampled(detail("tvdb/series/9100001"))
    assert (item.year, item.end_year, item.end_date, item.status) == (2012, 2013, "2013-10-14", WorkStatus.COMPLETED)
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://thetvdb.com/series/sample-ferry"),
        (Link.OFFICIAL, "https://ferry.example.org"),
    ]
    assert [one.role for one in item.images] == [Image.PRIMARY, Image.BACKDROP]
    show = item.series
    assert [one.name for one in show.networks] == ["Sample TV"]
    assert [(one.name, one.role) for one in show.creators] == [("Bea Example", CreditRole.CREATOR)]
    assert [(one.name, one.job) for one in show.crew] == [("Bea Example", "Creator"), ("Bea Example", "Writer")]
    assert (show.collection.id, show.collection.name) == ("tvdb/collection/9100077", "Sample Crossings")
    assert (show.videos[0].key, show.videos[0].duration_seconds) == ("sampleferry", 61)
    assert [(one.text, one.type) for one in item.alternative_titles] == [
        ("The Ferry", AlternativeTitle.ALIAS),
        ("Le Bac exemple", AlternativeTitle.TRANSLATED),
    ]


async def test_a_film_with_all_of_its_record() -> None:
    item = await sampled(detail("tvdb/movie/9100002"))
    film = item.movie
    assert (item.release_date, item.description, film.tagline) == (
        "2015-05-20",
        "The ferry, once more.",
        "All aboard.",
    )
    assert (film.box_office.budget.units, film.box_office.revenue.units) == (1_500_000, 2_100_000)
    assert not film.box_office.HasField("domestic")
    assert [one.name for one in film.studios] == ["Sample Pictures"]
    assert (list(item.countries), list(item.languages)) == (["GB"], ["en"])


async def test_a_series_leads_to_seasons_and_episodes() -> None:
    first, specials = (await sampled(related("tvdb/series/9100001", Relation.SEASONS))).items
    assert (first.title, specials.title) == ("Season 1", "Specials")
    page = await sampled(related(f"tvdb/season/{first.source_id}", Relation.EPISODES))
    assert [one.title for one in page.items] == ["First Crossing", "Last Crossing"]
    assert page.items[1].episode.type == Episode.FINALE
    item = await sampled(detail(f"tvdb/episode/{page.items[0].source_id}"))
    assert (item.episode.production_code, [one.character for one in item.episode.guests]) == (
        "SF-101",
        ["A passenger"],
    )


async def test_people_and_their_works() -> None:
    (captain,) = (await sampled(related("tvdb/series/9100001", Relation.CAST))).items
    assert (captain.source_id, captain.context.character) == ("9100003", "The captain")
    page = await sampled(related("tvdb/person/9100003", Relation.WORKS))
    assert [(one.title, one.context.role) for one in page.items] == [
        ("Sample Ferry: The Film", "Producer"),
        ("Sample Ferry", "Actor"),
    ]
    page = await sampled(related("tvdb/person/9100003", Relation.WORKS, role="actor", kind=Item.SERIES))
    assert [one.title for one in page.items] == ["Sample Ferry"]
    crew = await sampled(related("tvdb/series/9100001", Relation.CREW, role="writer"))
    assert [(one.title, one.context.role) for one in crew.items] == [("Bea Example", "Writer")]


async def test_a_list_and_its_members() -> None:
    item = await sampled(detail("tvdb/collection/9100077"))
    assert [one.id for one in item.collection.members] == ["tvdb/series/9100001", "tvdb/movie/9100002"]
    page = await sampled(related("tvdb/collection/9100077", Relation.MEMBERS, language="fr"))
    assert [one.title for one in page.items] == ["Le Bac exemple", "Sample Ferry: The Film"]


@pytest.mark.parametrize(
    ("item_id", "numbers"),
    [("tvdb/series/9100001", ["9100201", "9100202"]), ("tvdb/season/9100011", ["9100203"])],
)
async def test_pictures_lead_to_their_details(item_id: str, numbers: list[str]) -> None:
    page = await sampled(related(item_id, Relation.IMAGES))
    assert [one.source_id for one in page.items] == numbers
    item = await sampled(detail("tvdb/image/9100201"))
    assert (item.images[0].role, item.images[0].language) == (Image.POSTER, "en")


@pytest.mark.parametrize(
    ("vocabulary", "expected"),
    [
        (Term.GENRES, [("12", "Drama"), ("15", "Comedy")]),
        (Term.STATUSES, [("1", "Continuing"), ("2", "Ended"), ("1", "Announced")]),
        (Term.LANGUAGES, [("fr", "French"), ("pt-BR", "Portuguese - Brazil")]),
        (Term.COUNTRIES, [("GB", "Great Britain")]),
        (Term.CONTENT_RATINGS, [("1", "PG")]),
    ],
)
async def test_vocabularies(vocabulary: sdk.TermType, expected: list[tuple[str, str]]) -> None:
    assert [(one.id, one.name) for one in (await sampled(terms(vocabulary))).terms] == expected


async def test_statuses_are_of_a_kind() -> None:
    (only,) = (await sampled(terms(Term.STATUSES, kind=Item.MOVIE))).terms
    assert (only.name, list(only.kinds)) == ("Announced", [Item.MOVIE])


@pytest.mark.parametrize("kind", [Item.SERIES, Item.MOVIE])
async def test_the_feed_of_samples(kind: sdk.Kind) -> None:
    (item,) = (await sampled(trending(Feed.POPULAR, kind=kind, region="GB", language="en"))).items
    assert (item.kind, item.HasField("engagement"), item.HasField("rating")) == (kind, True, False)


async def test_lookups_of_samples() -> None:
    assert [one.title for one in (await sampled(lookup("imdb", "tt9100041"))).items] == ["Sample Ferry"]
    assert list((await sampled(lookup("imdb", "tt9100099"))).items) == []
    assert [one.title for one in (await sampled(lookup("tvdb", "9100001"))).items] == ["Sample Ferry"]


# --- what upstream is asked


async def sent(question: Question, path: str) -> dict[str, str]:
    _, up = await asked(question, {path: success([])})
    return up.params


@pytest.mark.parametrize(
    ("given", "params"),
    [
        ({}, {}),
        ({"kind": Item.SERIES, "year": 1999}, {"type": "series", "year": "1999"}),
        ({"kind": Item.MOVIE, "director": "A B"}, {"type": "movie", "director": "A B"}),
        ({"network": "N", "company": "C", "countries": ["us"]}, {"network": "N", "company": "C", "country": "usa"}),
        ({"kind": Item.PERSON, "year": 1999}, {"type": "person"}),
        ({"language": "fr", "original_language": "ja"}, {}),
        ({"cursor": "50"}, {"offset": "50"}),
    ],
)
async def test_a_search_asks(given: dict[str, Any], params: dict[str, str]) -> None:
    assert await sent(search("one", **given), "/search") == {"query": "one", "limit": "50", **params}


@pytest.mark.parametrize(
    ("given", "params"),
    [
        ({}, {"sort": "score", "sortType": "desc"}),
        ({"order_by": Order.TITLE}, {"sort": "name", "sortType": "asc"}),
        ({"order_by": Order.RELEASE_DATE, "descending": False}, {"sort": "firstAired", "sortType": "asc"}),
        ({"genres": ["12"], "year": 2001}, {"genre": "12", "year": "2001", "sort": "score", "sortType": "desc"}),
        ({"cursor": "3"}, {"page": "2", "sort": "score", "sortType": "desc"}),
    ],
)
async def test_a_list_by_origin_asks(given: dict[str, Any], params: dict[str, str]) -> None:
    origin: dict[str, Any] = {"countries": ["FR"], "original_language": "fr", "kind": Item.SERIES}
    assert await sent(search("", **origin, **given), "/series/filter") == {"country": "fra", "lang": "fra", **params}


async def test_films_have_no_direction() -> None:
    question = search("", kind=Item.MOVIE, countries=["FR"], original_language="fr", descending=True, genres=["1", "2"])
    page, up = await asked(question, {"/movies/filter": success([])})
    assert up.params == {"country": "fra", "lang": "fra", "genre": "1", "sort": "score"}
    assert page.ignored == ("descending", "genres")


@pytest.mark.parametrize("given", [{"year": 1999}, {"countries": ["FR", "BE"], "original_language": "fr"}])
async def test_a_list_needs_one_origin(given: dict[str, Any]) -> None:
    with pytest.raises(sdk.Unsupported):
        await asked(search("", **given), {})


async def test_the_feed_needs_a_language() -> None:
    assert (await sent(trending(Feed.POPULAR, region="BR", language="pt-BR", genres=["12"]), "/series/filter")) == {
        "country": "bra",
        "lang": "pt",
        "genre": "12",
        "sort": "score",
        "sortType": "desc",
    }
    with pytest.raises(sdk.InvalidField) as error:
        await asked(trending(Feed.POPULAR, region="BR"), {})
    assert error.value.field == "language"


@pytest.mark.parametrize(
    ("order", "word"),
    [(SeasonOrder.TYPE_UNSPECIFIED, "default"), (SeasonOrder.DVD, "dvd"), (SeasonOrder.ABSOLUTE, "absolute")],
)
async def test_episodes_are_asked_in_an_order(order: SeasonOrder.Type.ValueType, word: str) -> None:
    path = f"/series/1/episodes/{word}"
    question = related("tvdb/series/1", Relation.EPISODES, season="0", season_type=order)
    _, up = await asked(question, {path: success({"series": SHOW, "episodes": []})})
    assert (up.paths[-1], up.params) == (f"/v4{path}", {"page": "0", "season": "0"})


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ("fr", ("fra",)),
        ("de-AT", ("deu",)),
        ("pt", ("por", "pt")),
        ("pt_BR", ("pt", "por")),
        ("zh-Hant", ("zhtw", "zho")),
        ("zh", ("zho",)),
        ("", ()),
    ],
)
def test_languages_in_upstreams_codes(tag: str, codes: tuple[str, ...]) -> None:
    assert wanted(tag).codes == codes


@pytest.mark.parametrize(("code", "tag"), [("fra", "fr"), ("pt", "pt-BR"), ("zhtw", "zh-TW"), (None, ""), ("", "")])
def test_upstreams_codes_as_languages(code: str | None, tag: str) -> None:
    assert language_of(code) == tag


# --- pages


async def test_a_search_goes_on_to_its_last_page() -> None:
    first, last = success([HIT] * 2, total=3), success([HIT], total=3)
    page, _ = await asked(search("one"), {"/search": first})
    assert (page.next, page.total) == ("2", 3)
    page, up = await asked(search("one", cursor=page.next), {"/search": last})
    assert (page.next, up.params["offset"]) == ("", "2")


async def test_a_search_ends_before_upstream_refuses() -> None:
    page, _ = await asked(search("one", cursor="4999"), {"/search": success([HIT], total=9000)})
    assert page.next == ""


async def test_a_full_filtered_list_has_another_behind_it() -> None:
    question = trending(Feed.POPULAR, region="US", language="en")
    full = {"status": "success", "data": [SHOW] * 500}
    assert (await asked(question, {"/series/filter": full}))[0].next == "2"
    assert (await asked(question, {"/series/filter": {**full, "data": [SHOW]}}))[0].next == ""


async def test_episodes_go_on_to_their_last_page() -> None:
    path, question = "/series/1/episodes/default", related("tvdb/series/1", Relation.EPISODES)
    body = {"series": SHOW, "episodes": [{"id": 5, "name": "A"}]}
    page, _ = await asked(question, {path: success(body, total=501, following="page=1")})
    assert (page.next, page.total) == ("2", 501)
    page, up = await asked(related("tvdb/series/1", Relation.EPISODES, cursor="2"), {path: success(body, total=501)})
    assert (page.next, up.params["page"]) == ("", "1")


async def test_members_come_a_few_at_a_time() -> None:
    entities = [{"order": n, "movieId": n} for n in range(1, 13)]
    answers: dict[str, Any] = {"/lists/7/extended": success({"id": 7, "name": "L", "entities": entities})}
    answers |= {f"/movies/{n}/extended": success({"id": n, "name": f"F{n}"}) for n in range(1, 13) if n != 2}
    answers["/movies/2/extended"] = GONE
    page, _ = await asked(related("tvdb/collection/7", Relation.MEMBERS), answers)
    assert (len(page.items), page.next, page.total) == (9, "10", 12)
    page, _ = await asked(related("tvdb/collection/7", Relation.MEMBERS, cursor="10"), answers)
    assert ([one.title for one in page.items], page.next) == (["F11", "F12"], "")


# --- languages


async def test_texts_in_the_language_wanted() -> None:
    (item, *_) = (await sampled(search("sample ferry", language="fr"))).items
    assert (item.title, item.original_title, item.language) == ("Le Bac exemple", "Sample Ferry", "fr")
    assert item.description == "Un bac exemple traverse un lac exemple."
    item = await sampled(detail("tvdb/series/9100001", language="fr"))
    assert (item.title, item.original_title, item.language) == ("Le Bac exemple", "Sample Ferry", "fr")
    item = await sampled(detail("tvdb/episode/9100101", language="fr"))
    assert (item.title, item.original_title, item.description) == (
        "Première traversée",
        "First Crossing",
        "Le bac part.",
    )
    item = await sampled(detail("tvdb/season/9100011", language="fr"))
    assert (item.title, item.original_title, item.language) == ("Saison des bacs", "", "fr")


async def test_episodes_in_the_language_wanted_where_it_is_there() -> None:
    first, second = (await sampled(related("tvdb/series/9100001", Relation.EPISODES, language="fr"))).items
    assert (first.title, first.original_title, first.language) == ("Première traversée", "First Crossing", "fr")
    assert (second.title, second.language) == ("Last Crossing", "en")


async def test_a_list_is_translated_by_a_list_of_one() -> None:
    record = {"id": 7, "name": "L", "nameTranslations": ["deu"], "overviewTranslations": None, "entities": None}
    translation = success([{"name": "Liste", "overview": "Text", "language": "deu"}])
    answers = {"/lists/7/extended": success(record), "/lists/7/translations/deu": translation}
    item, _ = await asked(detail("tvdb/collection/7", language="de"), answers)
    assert (item.title, item.original_title, item.description, item.language) == ("Liste", "L", "Text", "de")
    _, up = await asked(detail("tvdb/collection/7", language="fr"), answers)
    assert up.paths[1:] == ["/v4/lists/7/extended"]


# --- what comes is filtered


async def test_what_hits_tell_themselves_is_filtered() -> None:
    old = {**HIT, "year": "1990", "country": "fra", "primary_language": "fra", "genres": ["Drama"]}
    new = {
        **HIT,
        "tvdb_id": "2",
        "year": "2020",
        "country": "bel",
        "primary_language": "nld",
        "genres": ["Drama", "War"],
    }
    answers = {"/search": success([old, new, {**HIT, "tvdb_id": "3"}]), "/genres": success([{"id": 9, "name": "War"}])}

    async def found(**given: Any) -> list[str]:
        return [one.source_id for one in (await asked(search("one", **given), answers))[0].items]

    assert await found(year_from=2000) == ["2"]
    assert await found(year_to=2000) == ["1"]
    assert await found(countries=["FR", "BE"]) == ["1", "2"]
    assert await found(original_language="nl-BE") == ["2"]
    assert await found(genres=["9"]) == ["2"]
    assert await found(genres=["drama"]) == ["1", "2"]


# --- lies, holes and other shapes


async def test_holes_stay_unset() -> None:
    page, _ = await asked(search("one"), {"/search": success([{**HIT, "year": "", "image_url": "", "status": None}])})
    (item,) = page.items
    assert [item.HasField(name) for name in ("year", "rating", "engagement")] == [False] * 3
    assert (list(item.images), item.release_date, item.status, item.language) == ([], "", 0, "")


async def test_nulls_are_no_lists() -> None:
    names = (
        "characters",
        "artworks",
        "seasons",
        "lists",
        "remoteIds",
        "contentRatings",
        "trailers",
        "genres",
        "aliases",
    )
    item, _ = await asked(detail("tvdb/series/1"), {"/series/1/extended": success({**SHOW, **dict.fromkeys(names)})})
    assert (item.title, item.series.HasField("season_count"), list(item.genres)) == ("One", False, [])


async def test_placeholders_are_no_pictures() -> None:
    missing = {**SHOW, "image": "https://artworks.thetvdb.com/banners/images/missing/series.jpg", "score": 0}
    page, _ = await asked(trending(Feed.POPULAR, region="US", language="en"), {"/series/filter": success([missing])})
    assert (list(page.items[0].images), page.items[0].HasField("engagement")) == ([], False)


async def test_the_last_day_of_what_goes_on_is_no_end() -> None:
    going = {**SHOW, "lastAired": "2024-01-01", "nextAired": "2030-02-03", "status": {"name": "Continuing"}}
    item, _ = await asked(detail("tvdb/series/1"), {"/series/1/extended": success(going)})
    assert (item.end_date, item.status) == ("", WorkStatus.ONGOING)
    assert (item.series.last_episode.air_date, item.series.next_episode.air_date) == ("2024-01-01", "2030-02-03")


async def test_a_stray_season_beside_the_title_is_left_out() -> None:
    entries = [{"season": {"id": 8, "number": 1}}, {"company": {"id": 3, "name": "C"}}, {"series": SHOW}]
    page, _ = await asked(lookup("eidr", "10.5240/A"), {"/search/remoteid/10.5240/A": success(entries)})
    assert [one.title for one in page.items] == ["One"]


async def test_a_plain_number_is_checked_in_the_records() -> None:
    remote = [{"id": "105", "sourceName": "TheMovieDB.com"}]
    answers = {
        "/search/remoteid/105": success([{"series": SHOW}, {"movie": FILM}]),
        "/series/1/extended": success({**SHOW, "remoteIds": [{"id": "105", "sourceName": "TV Maze"}]}),
        "/movies/2/extended": success({**FILM, "remoteIds": remote}),
    }
    page, _ = await asked(lookup("tmdb", "105"), answers)
    assert [one.title for one in page.items] == ["Two"]


@pytest.mark.parametrize(
    ("question", "path", "body"),
    [
        (search("one"), "/search", {"results": []}),
        (search("one"), "/search", {"status": "success"}),
        (search("one"), "/search", success({})),
        (search("one"), "/search", success([{"title": 1}])),
        (detail("tvdb/series/1"), "/series/1/extended", success([])),
        (detail("tvdb/movie/1"), "/movies/1/extended", success({"id": 1})),
        (detail("tvdb/image/1"), "/artwork/1", success({"id": 1})),
        (trending(Feed.POPULAR, region="US", language="en"), "/series/filter", success([{"slug": "a"}])),
    ],
)
async def test_another_shape_is_no_empty_answer(question: Question, path: str, body: Any) -> None:
    with pytest.raises(sdk.ShapeChanged):
        await asked(question, {path: body})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failure("InvalidValueType: query is required", 400), sdk.InvalidField),
        (failure("Max results overflow", 400), sdk.InvalidField),
        (failure("Something else", 400), Refused),
        (failure("NotFoundException: not found", 200), sdk.NotFound),
        (failure("", 429), sdk.RateLimited),
        (failure("", 503), sdk.Unreachable),
    ],
)
async def test_errors_have_their_class(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(search("one"), {"/search": answer})


@pytest.mark.parametrize("item_id", ["tvdb/series/1", "tvdb/series/series-1"])
async def test_no_such_item(item_id: str) -> None:
    with pytest.raises(sdk.NotFound):
        await asked(detail(item_id), {"/series/1/extended": GONE})


# --- what only enriches


async def test_a_translation_that_says_nothing_costs_no_episode() -> None:
    body = success({"series": {"originalLanguage": "eng"}, "episodes": [{"id": 4, "name": "Pilot", "number": 1}]})
    for nothing in (success(None), {"status": "failure", "message": "oops", "data": None}):
        answers = {"/series/1/episodes/default": body, "/series/1/episodes/default/fra": nothing}
        page, up = await asked(related("tvdb/series/1", Relation.EPISODES, language="fr"), answers)
        assert ([item.title for item in page.items], up.partial) == (["Pilot"], True)


async def test_a_translation_that_fails_costs_no_list() -> None:
    record = {"id": 7, "name": "List", "nameTranslations": ["deu"]}
    answers = {
        "/lists/7/extended": success(record),
        "/lists/7/translations/deu": {"status": "failure", "message": "oops", "data": None},
    }
    item, up = await asked(detail("tvdb/collection/7", language="de"), answers)
    assert (item.title, up.partial) == ("List", True)


async def test_a_look_up_leaves_out_what_is_gone() -> None:
    remote = [{"id": "105", "sourceName": "TheMovieDB.com"}]
    answers = {
        "/search/remoteid/105": success([{"series": SHOW}, {"movie": FILM}]),
        f"/series/{SHOW['id']}/extended": GONE,
        f"/movies/{FILM['id']}/extended": success({**FILM, "remoteIds": remote}),
    }
    page, _ = await asked(lookup("tmdb", "105"), answers)
    assert [item.kind for item in page.items] == [Item.MOVIE]


async def test_people_are_not_listed_as_films() -> None:
    question = search(kind=Item.PERSON, countries=["FR"], original_language="fr")
    with pytest.raises(sdk.Unsupported):
        await asked(question, {"/movies/filter": success([FILM])})
