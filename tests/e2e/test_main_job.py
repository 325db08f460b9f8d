"""Search, take the first item's id, ask for its details: by gRPC and by REST."""

from __future__ import annotations

import json

import pytest

from tests.captures import SAMPLES
from tests.e2e.serving import GrpcurlError, Served, served

WALKS = [
    pytest.param(
        "BooksService", "books", {"query": "sample lighthouse", "providers": ["openlibrary"]}, id="openlibrary"
    ),
    pytest.param("MediaService", "media", {"query": "sample harbour", "providers": ["tmdb"]}, id="tmdb"),
    pytest.param("BoardGamesService", "boardgames", {"query": "sample orchard", "providers": ["bgg"]}, id="bgg"),
    pytest.param("TradingCardsService", "tcg", {"query": "sample griffin", "providers": ["mtg"]}, id="mtg"),
]


@pytest.mark.parametrize(("service", "domain", "query"), WALKS)
def test_search_leads_to_detail(samples: Served, service: str, domain: str, query: dict[str, object]) -> None:
    found = samples.grpcurl(f"tako.v1.{service}/Search", query)
    first = found["items"][0]
    assert found["outcomes"][0]["status"] == "OK"
    detail = samples.grpcurl(f"tako.v1.{service}/Detail", {"id": first["id"]})
    assert detail["item"]["id"] == first["id"]
    assert detail["item"]["title"]
    words = "+".join(str(query["query"]).split())
    by_rest = samples.get(f"/v1/{domain}/search?query={words}").json
    assert [item["id"] for item in by_rest["items"]] == [item["id"] for item in found["items"]]
    answer = samples.get(f"/v1/{domain}/items/{first['id']}")
    assert answer.status == 200
    assert answer.json["item"]["title"] == detail["item"]["title"]


def test_recorded_series(recorded: Served) -> None:
    found = recorded.grpcurl(
        "tako.v1.MediaService/Search", {"query": "Breaking Bad", "kind": "SERIES", "providers": ["tmdb"]}
    )
    assert found["items"][0]["id"] == "tmdb/series/1396"
    detail = recorded.grpcurl("tako.v1.MediaService/Detail", {"id": "tmdb/series/1396"})
    assert detail["item"]["title"] == "Breaking Bad"
    assert detail["item"]["series"]["seasonCount"] == 5


def test_recorded_board_game(recorded: Served) -> None:
    found = recorded.get("/v1/boardgames/search?query=Agricola").json
    assert found["items"][0]["id"] == "bgg/board_game/31260"
    assert found["outcomes"][0]["total"] == "49"
    assert recorded.get("/v1/boardgames/items/bgg/board_game/31260").json["item"]["title"] == "Agricola"


def test_recorded_book_and_card(recorded: Served) -> None:
    books = recorded.grpcurl("tako.v1.BooksService/Search", {"query": "this is how you lose the time war"})
    assert books["items"][0]["title"] == "This Is How You Lose the Time War"
    work = recorded.grpcurl("tako.v1.BooksService/Detail", {"id": "openlibrary/book/OL15832982W"})
    assert work["item"]["title"] == "Sabriel"
    card = recorded.get("/v1/tcg/items/mtg/trading_card/d9631cb2-d53b-4401-b53b-29d27bdefc44").json
    assert card["item"]["title"] == "Phelddagrif"
    browsed = recorded.get("/v1/tcg/search?set=mid").json
    assert browsed["items"][0]["tradingCard"]["set"]["code"] == "mid"


def test_pages_lead_to_the_end(recorded: Served) -> None:
    seen: list[str] = []
    request: dict[str, object] = {"query": "Agricola", "pageSize": 20}
    while True:
        page = recorded.grpcurl("tako.v1.BoardGamesService/Search", request)
        seen += [item["id"] for item in page["items"]]
        if "nextPageToken" not in page:
            break
        request["pageToken"] = page["nextPageToken"]
    assert len(seen) == len(set(seen)) == 49


def test_a_code_is_looked_up(recorded: Served) -> None:
    found = recorded.get("/v1/lookup/imdb/tt0088247").json
    assert [item["id"] for item in found["items"]] == ["tmdb/movie/218"]
    assert found["scheme"] == "imdb"


def test_several_domains_at_once(samples: Served) -> None:
    found = samples.get("/v1/search?query=sample+griffin&domains=tcg&domains=books").json
    assert found["items"][0]["domain"] == "tcg"
    assert {outcome["provider"] for outcome in found["outcomes"]} >= {"mtg", "openlibrary"}


def test_a_stream_tells_of_every_provider(samples: Served) -> None:
    lines = samples.get(
        "/v1/search:stream?query=sample+griffin&domains=tcg&domains=boardgames&providers=mtg&providers=bgg"
    ).body.splitlines()
    events = [json.loads(line) for line in lines]
    assert [asked["provider"] for asked in events[0]["started"]["asked"]] == ["mtg", "bgg"]
    assert {event["outcome"]["provider"] for event in events if "outcome" in event} == {"bgg", "mtg"}
    assert any(event["items"]["items"][0]["title"] for event in events if "items" in event)
    assert "summary" in events[-1]


def test_a_batch_tells_what_failed(samples: Served) -> None:
    good = samples.get("/v1/tcg/search?query=sample+griffin").json["items"][0]["id"]
    answer = samples.get(f"/v1/items:batchGet?ids={good}&ids=nowhere/movie/1").json
    assert answer["results"][0]["item"]["id"] == good
    assert "ignoredFields" not in answer["results"][0]["outcome"]
    assert answer["results"][1]["error"]["details"][0]["reason"] == "PROVIDER_UNKNOWN"


def test_a_key_that_is_missing_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory.mktemp("keyless"), TAKO_REPLAY=str(SAMPLES)) as tako:
        with pytest.raises(GrpcurlError, match="FailedPrecondition") as failure:
            tako.grpcurl("tako.v1.MediaService/Search", {"query": "x", "providers": ["tmdb"]})
        assert "TMDB_API_KEY" in str(failure.value)
        answer = tako.get("/v1/media/search?query=x&providers=tmdb")
        assert answer.status == 400
        subjects = [v["subject"] for d in answer.json["details"] for v in d.get("violations", ())]
        assert subjects == ["TMDB_API_KEY"]
        described = tako.get("/v1/providers/tmdb").json["provider"]
        assert described["settings"][0]["variable"] == "TMDB_API_KEY"
        assert "configured" not in described
