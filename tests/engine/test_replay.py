"""ReplayExchange: which capture answers which request."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.replaying import Replay
from tests.engine.support import write_capture

# --- the place: method, host, path ---


@pytest.mark.parametrize(
    ("recorded", "asked", "name"),
    [
        ("/sets/10-1/", "/sets/10-1", "it"),
        ("/sets/10-1", "/sets/10-1/", "it"),
        ("/sets/10-1", "/sets/10-2", "miss"),
        ("/cards/Elsa%20-%20Queen", "/cards/Elsa - Queen", "it"),
        ("/cards/%C3%A9", "/cards/é", "it"),
        ("/suggest/saw.json", "/suggest/Saw.json", "it"),
        ("/sets", "/sets/10-1", "miss"),
        ("/rss/limit=100/json", "/rss/limit=10/json", "it"),
        ("/rss/genre=1/json", "/rss/genre=2/json", "miss"),
    ],
)
async def test_the_path(replay: Replay, recorded: str, asked: str, name: str) -> None:
    replay.capture("it", recorded)
    assert await replay.ask(asked) == name


async def test_an_exact_path_is_nearer_than_one_in_another_case(replay: Replay) -> None:
    replay.capture("a-lower", "/volumes/kpbz")
    replay.capture("b-exact", "/volumes/kPbz")
    assert await replay.ask("/volumes/kPbz") == "b-exact"


async def test_method_and_host_agree(replay: Replay) -> None:
    replay.capture("it", "/x", method="POST")
    write_capture(replay.folder, "other", "https://other.test/y")
    assert await replay.ask("/x") == "miss"
    assert await replay.ask("/y") == "miss"
    assert await replay.ask("/x", "POST") == "it"


# --- what is asked ---


@pytest.mark.parametrize(
    ("recorded", "asked", "name"),
    [
        ("q=Daft+Punk", "q=daft%20%20punk", "it"),
        ("q=daft+punk", "q=daft+pun", "miss"),
        ("q=daft+punk", "", "miss"),
        ("", "q=daft+punk", "miss"),
        ("q=x", "term=x", "miss"),
        ("q=", "q=x", "miss"),
        ("query=x&year=1962", "query=x", "it"),
        ("query=x", "query=x&year=1962", "it"),
        ("query=x&year=1962", "query=x&year=1963", "miss"),
        ("id=31260,283", "id=283,31260", "it"),
        ("id=31260,283", "id=31260", "miss"),
        ("types=a&types=b", "types=b,a", "it"),
        ("types=a&types=b", "types=a&types=c", "miss"),
        ("exact=1", "exact=true", "it"),
        ("exact=true", "exact=false", "miss"),
        ("toyid=5", "", "miss"),
        ("theme_id=5", "", "it"),
        ("theme_id=5", "theme_id=6", "miss"),
        ("artist=45a663b5-b1cb-4a91-bff6-2bef7bbfdd76", "", "miss"),
        ("q=x&ok=%A1", "q=x&ok=%C2%A1", "it"),
        ("filters[type][0]=1&q=x", "q=x&filters%5Btype%5D%5B0%5D=1", "it"),
    ],
)
async def test_what_is_asked(replay: Replay, recorded: str, asked: str, name: str) -> None:
    replay.capture("it", f"/search?{recorded}")
    assert await replay.ask(f"/search?{asked}") == name


async def test_the_nearest_filter_wins(replay: Replay) -> None:
    replay.capture("a-plain", "/search?query=007")
    replay.capture("b-year", "/search?query=007&year=1962")
    assert await replay.ask("/search?query=007&year=1962") == "b-year"
    assert await replay.ask("/search?query=007&year=1963") == "a-plain"
    assert await replay.ask("/search?query=007") == "a-plain"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("q=x", "one"),
        ("q=x&page=1", "one"),
        ("q=x&page=2", "two"),
        ("q=x&page=3", "miss"),
        ("q=x&page=1&limit=50", "one"),
        ("q=x&offset=0", "one"),
        ("q=x&offset=20", "miss"),
        ("q=x&page=0", "one"),
        ("q=y&page=2", "miss"),
    ],
)
async def test_pages(replay: Replay, asked: str, name: str) -> None:
    replay.capture("one", "/search?q=x")
    replay.capture("two", "/search?q=x&page=2&limit=20")
    assert await replay.ask(f"/search?{asked}") == name


async def test_pages_that_count_from_zero(replay: Replay) -> None:
    replay.capture("first", "/episodes?page=0")
    assert await replay.ask("/episodes?page=0") == "first"
    assert await replay.ask("/episodes") == "first"
    assert await replay.ask("/episodes?page=1") == "miss"


@pytest.mark.parametrize("name", ["start", "index", "from_index", "skip"])
async def test_an_offset_of_one_is_no_first_page(replay: Replay, name: str) -> None:
    replay.capture("first", "/x")
    assert await replay.ask(f"/x?{name}=0") == "first"
    assert await replay.ask(f"/x?{name}=1") == "miss"


# --- how it is delivered ---


@pytest.mark.parametrize(
    "asked",
    [
        "q=x&api_key=1&format=xml",
        "q=x&key=1&limit=10&per_page=5",
        "q=x&fields=a,b&append_to_response=credits",
        "q=x&language=de-DE&include_adult=true&includeVideos=1",
    ],
)
async def test_delivery_may_differ(replay: Replay, asked: str) -> None:
    replay.capture("it", "/search?q=x&api_key=REDACTED&format=json&limit=20&language=en-US")
    assert await replay.ask(f"/search?{asked}") == "it"


async def test_what_only_one_upstream_calls_delivery(tmp_path: Path) -> None:
    knowing = Replay(tmp_path, delivery_params={"stats", "imageSize"})
    knowing.capture("it", "/thing?id=1&stats=1&image_size=2")
    assert await knowing.ask("/thing?id=1&stats=0&image_size=3") == "it"
    assert await Replay(tmp_path).ask("/thing?id=1&stats=0&image_size=3") == "miss"


async def test_the_nearest_language_wins(replay: Replay) -> None:
    replay.capture("a-german", "/movie?language=de")
    replay.capture("b-plain", "/movie")
    assert await replay.ask("/movie?language=de-AT") == "a-german"
    assert await replay.ask("/movie?language=fr-FR") == "b-plain"
    assert await replay.ask("/movie") == "b-plain"


async def test_a_language_in_a_header(replay: Replay) -> None:
    replay.capture("a-fr", "/genre", request_headers={"Accept-Language": "fr-FR"})
    replay.capture("b-de", "/genre", request_headers={"Accept-Language": "de-DE"})
    assert await replay.ask("/genre", headers={"accept-language": "de"}) == "b-de"


async def test_the_nearest_include_wins(replay: Replay) -> None:
    replay.capture("a-plain", "/movie/1")
    replay.capture("b-ids", "/movie/1?append_to_response=external_ids")
    assert await replay.ask("/movie/1?append_to_response=credits,external_ids") == "b-ids"
    assert await replay.ask("/movie/1") == "a-plain"


# --- bodies ---


async def test_a_form_with_json_in_it(replay: Replay) -> None:
    recorded = 'apiKey=REDACTED&userHash=&params={"setNumber":"10-1","extendedData":1,"theme":"Space & Co"}'
    replay.capture("it", "/getSets", method="POST", body=recorded)

    async def ask(params: str) -> str:
        return await replay.ask("/getSets", "POST", form=(("apiKey", "k"), ("params", params)))

    assert await ask('{"setNumber": "10-1", "theme": "space & co"}') == "it"
    assert await ask('{"setNumber": "10-2"}') == "miss"
    assert await ask('{"setNumber": "10-1", "pageNumber": 2}') == "miss"
    assert await ask('{"setNumber": "10-1", "pageNumber": 1, "pageSize": 20}') == "it"


@pytest.mark.parametrize("recorded", [{"search": "Berserk", "page": 1, "perpage": 5}, '{"search":"Berserk","page":1}'])
async def test_a_json_body(replay: Replay, recorded: Any) -> None:
    replay.capture("it", "/series/search", method="POST", body=recorded)
    assert await replay.ask("/series/search", "POST", json={"search": "berserk", "perpage": 25}) == "it"
    assert await replay.ask("/series/search", "POST", json={"search": "berserk", "genre": ["Action"]}) == "it"
    assert await replay.ask("/series/search", "POST", json={"search": "monster"}) == "miss"
    assert await replay.ask("/series/search", "POST", json={"search": "berserk", "page": 2}) == "miss"


async def test_graphql_is_asked_by_its_variables(replay: Replay) -> None:
    recorded = {"operationName": "Search", "query": "query Search($q: String!) { a }", "variables": {"q": "x"}}
    replay.capture("it", "/graphql", method="POST", body=recorded)

    def other(q: str, **more: Any) -> dict[str, Any]:
        return {"operationName": "Search", "query": "query { b c }", "variables": {"q": q, "perPage": 9, **more}}

    assert await replay.ask("/graphql", "POST", json=other("X", page=1, sort={"key": "A"})) == "it"
    assert await replay.ask("/graphql", "POST", json=other("y")) == "miss"
    assert await replay.ask("/graphql", "POST", json=other("x", page=2)) == "miss"
    assert await replay.ask("/graphql", "POST", json={**other("x"), "operationName": "Other"}) == "miss"
    inline = {"operationName": "Search", "query": '{ find(q: "x", page: 1) { a } }'}
    assert await replay.ask("/graphql", "POST", json=inline) == "it"
    inline["query"] = '{ find(q: "y") { a } }'
    assert await replay.ask("/graphql", "POST", json=inline) == "miss"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ('search "God of War"; fields id; limit 20;', "it"),
        ('fields id; limit 20; search "god  of war"; where version_parent = null;', "it"),
        ('search "god of war"; where version_parent = null & platforms = (6,48); fields id;', "it"),
        ('search "god of war"; fields id; limit 50; offset 0;', "it"),
        ('search "god of war"; fields id; limit 50; offset 50;', "miss"),
        ('search "god of thunder"; fields id;', "miss"),
        ('search "god of war"; where id = 7;', "miss"),
        ("search god of war; fields id;", "miss"),
        ("fields id; where id = 7;", "miss"),
        ("fields id;", "miss"),
    ],
)
async def test_igdb_is_asked_by_search_where_and_offset(replay: Replay, asked: str, name: str) -> None:
    recorded = 'fields name,cover.image_id; search "god of war"; where version_parent = null; limit 50;'
    replay.capture("it", "/games", method="POST", body=recorded)
    assert await replay.ask("/games", "POST", text=asked) == name


async def test_a_body_and_a_query_ask_the_same(replay: Replay) -> None:
    replay.capture("it", "/token?client_id=REDACTED&grant_type=client_credentials", method="POST")
    form = (("client_id", "me"), ("grant_type", "client_credentials"))
    assert await replay.ask("/token", "POST", form=form) == "it"


async def test_a_redacted_value_agrees_with_any(replay: Replay) -> None:
    replay.capture("it", "/login", method="POST", body="username=REDACTED&password=REDACTED")
    assert await replay.ask("/login", "POST", form=(("username", "me"), ("password", "word"))) == "it"
