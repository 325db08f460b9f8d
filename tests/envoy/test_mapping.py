"""What arrives at the gRPC server, and what comes back, when all goes well."""

from __future__ import annotations

import gzip

import pytest

from tako.v1.answers_pb2 import BatchDetailResponse, DetailResponse, SearchResponse
from tako.v1.catalog_service_pb2 import BatchDetailRequest, LookupRequest
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaDetailRequest, MediaSearchRequest
from tests.envoy.conftest import Front
from tests.envoy.http_bindings import http_bindings

pytestmark = pytest.mark.asyncio(loop_scope="session")

MATRIX = Item(
    id="tmdb/movie/603", provider="tmdb", kind=Item.MOVIE, title='The "Matrix" é <b>', year=0, original_title="Matrix"
)


async def test_every_path_of_the_contract_reaches_its_rpc(front: Front) -> None:
    bindings = http_bindings()
    assert len(bindings) > 60
    assert len({rpc.split("/")[1] for rpc, _, _ in bindings}) == 15
    arrived = []
    for _, verb, path in bindings:
        reply = await front.ask(verb, path, json={} if verb == "POST" else None)
        assert reply.status == 200, (verb, path, reply)
        arrived.append(front.backend.calls[-1].method)
    assert arrived == [rpc for rpc, _, _ in bindings]


async def test_a_search_maps_every_sort_of_parameter(front: Front) -> None:
    front.backend.answer("MediaService/Search", SearchResponse(items=[MATRIX], next_page_token="t0"))
    reply = await front.get(
        "/v1/media/search?query=the+matrix%26co%2B&providers=tmdb&providers=tvdb&kind=movie"
        "&page_size=3&pageToken=x%3D&year=1999&max_age=60s&group=true&order_by=popularity"
        "&min_rating=7.5&genres=a&genres=b%2Cc"
    )
    request = front.backend.last(MediaSearchRequest)
    assert request.query == "the matrix&co+"
    assert list(request.providers) == ["tmdb", "tvdb"]
    assert request.kind == Item.MOVIE
    assert (request.page_size, request.page_token, request.year, request.min_rating) == (3, "x=", 1999, 7.5)
    assert request.max_age.seconds == 60
    assert request.group
    assert request.order_by
    assert not request.HasField("descending")
    assert list(request.genres) == ["a", "b,c"]
    assert reply.status == 200
    assert reply.json == {
        "items": [
            {
                "id": "tmdb/movie/603",
                "provider": "tmdb",
                "kind": "MOVIE",
                "title": 'The "Matrix" é <b>',
                "year": 0,  # set, though zero
                "originalTitle": "Matrix",  # lowerCamelCase; and nothing that is not set
            }
        ],
        "nextPageToken": "t0",
    }


@pytest.mark.parametrize("kind", ["movie", "MOVIE", "Movie", "14"])
async def test_enum_text_may_be_in_any_case(front: Front, kind: str) -> None:
    assert (await front.get(f"/v1/media/search?kind={kind}")).status == 200
    assert front.backend.last(MediaSearchRequest).kind == Item.MOVIE


@pytest.mark.parametrize(
    ("written", "arrives"),
    [
        ("tmdb/movie/603", "tmdb/movie/603"),
        ("tmdb/episode/1396/1/1", "tmdb/episode/1396/1/1"),
        ("openlibrary/book/~2Fworks~2FOL1W", "openlibrary/book/~2Fworks~2FOL1W"),
        ("a/b/x~7Ey", "a/b/x~7Ey"),
        ("a/b/x%7E2Fy", "a/b/x~2Fy"),
        ("a%2Fb%2fc", "a/b/c"),
        ("a/b/1+1", "a/b/1+1"),
        ("a/b/1%2B1%20x", "a/b/1+1 x"),
        ("a/b/x~25y", "a/b/x~25y"),
        ("a/b/100%25", "a/b/100%"),
        ("a/b/caf%C3%A9", "a/b/café"),
        ("a/b/../c", "a/b/../c"),
        ("a//b", "a//b"),
        ("a/b/v1.2-3_4", "a/b/v1.2-3_4"),
    ],
)
async def test_an_id_arrives_byte_for_byte(front: Front, written: str, arrives: str) -> None:
    front.backend.answer("MediaService/Detail", DetailResponse(item=MATRIX))
    reply = await front.get(f"/v1/media/items/{written}?language=fr")
    assert reply.status == 200
    assert reply.json["item"]["title"] == MATRIX.title
    request = front.backend.last(MediaDetailRequest)
    assert (request.id, request.language) == (arrives, "fr")


async def test_a_batch_is_asked_with_get_or_post(front: Front) -> None:
    front.backend.answer("CatalogService/BatchDetail", BatchDetailResponse())
    reply = await front.get("/v1/items:batchGet?ids=tmdb/movie/603&ids=lego%2Fset%2F1&language=fr")
    assert (reply.status, reply.json) == (200, {})
    by_get = front.backend.last(BatchDetailRequest)
    body = {"ids": ["tmdb/movie/603", "lego/set/1"], "language": "fr"}
    assert (await front.ask("POST", "/v1/items:batchGet", json=body)).status == 200
    assert front.backend.last(BatchDetailRequest) == by_get
    assert list(by_get.ids) == body["ids"]


async def test_a_code_is_looked_up_by_path_or_parameter(front: Front) -> None:
    await front.get("/v1/lookup/isbn13/978-2-07-036822-8")
    by_path = front.backend.last(LookupRequest)
    await front.get("/v1/lookup?scheme=isbn13&code=978-2-07-036822-8")
    assert front.backend.last(LookupRequest) == by_path
    assert (by_path.scheme, by_path.code) == ("isbn13", "978-2-07-036822-8")


async def test_a_request_id_is_kept_or_made_and_always_returned(front: Front) -> None:
    for request_id in ("my-own_1", "5b6f4e0a-7c2d-4a1f-9b1e-3f1a5b6c7d8e"):
        reply = await front.get("/v1/media/search?query=x", x_request_id=request_id)
        assert reply.headers["x-request-id"] == request_id
        assert front.backend.calls[-1].metadata["x-request-id"] == request_id
    made = (await front.get("/v1/media/search?query=x")).headers["x-request-id"]
    assert made == front.backend.calls[-1].metadata["x-request-id"]
    assert len(made) == 36
    assert (await front.get("/v1/nothing", x_request_id="abc")).headers["x-request-id"] == "abc"


async def test_a_trace_reaches_the_server(front: Front) -> None:
    trace = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "a=b"}
    await front.ask("GET", "/v1/media/search?query=x", headers=trace)
    assert trace.items() <= front.backend.calls[-1].metadata.items()


async def test_the_server_is_told_who_connected(front: Front) -> None:
    for sent, arrives in ((None, "127.0.0.1"), ("203.0.113.7", "203.0.113.7,127.0.0.1")):
        await front.ask("GET", "/v1/media/search?query=x", headers={"x-forwarded-for": sent} if sent else {})
        assert front.backend.calls[-1].metadata["x-forwarded-for"] == arrives


async def test_only_the_transcoder_says_that_a_call_was_transcoded(front: Front) -> None:
    forged = {
        "x-envoy-original-path": "/forged",
        "x-envoy-original-method": "PUT",
        "x-envoy-upstream-rq-timeout-ms": "1",
        "x-envoy-retry-on": "5xx",
        "x-envoy-max-retries": "9",
    }
    await front.ask("GET", "/v1/media/search?query=x", headers=forged)
    metadata = front.backend.calls[-1].metadata
    assert metadata["x-envoy-original-path"] == "/v1/media/search?query=x"
    assert "x-envoy-original-method" not in metadata  # that of a GET is of no use
    assert not {"x-envoy-upstream-rq-timeout-ms", "x-envoy-retry-on", "x-envoy-max-retries"} & metadata.keys()
    web = (await front.ask("GET", "/health", headers=forged)).json["headers"]
    assert "x-envoy-original-path" not in {name.lower() for name in web}


async def test_an_answer_has_no_headers_of_gateways_or_of_grpc(front: Front) -> None:
    headers = (await front.get("/v1/media/search?query=x")).headers
    assert headers["server"] == "tako"
    assert not [name for name in headers if name.startswith(("x-envoy", "grpc-"))], headers


@pytest.mark.parametrize("items", [1, 4000])
async def test_small_and_large_answers_arrive_whole(front: Front, items: int) -> None:
    answer = SearchResponse(items=[Item(title=f"{n}", description="x" * 2000) for n in range(items)])
    front.backend.answer("MediaService/Search", answer)
    reply = await front.get("/v1/media/search?query=x")
    assert reply.status == 200
    assert [item["title"] for item in reply.json["items"]] == [f"{n}" for n in range(items)]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_an_answer_is_compressed_when_the_caller_can_read_it(front: Front, encoding: str) -> None:
    front.backend.answer("MediaService/Search", SearchResponse(items=[MATRIX] * 50))
    url = f"http://{front.address}/v1/media/search?query=x"
    async with front.session.get(url, headers={"accept-encoding": encoding}, auto_decompress=False) as answer:
        raw = await answer.read()
        assert answer.headers["content-encoding"] == encoding
    assert len(raw) < 1000
    if encoding == "gzip":
        assert gzip.decompress(raw).startswith(b'{"items":[')


async def test_the_web_app_is_asked_for_its_pages_only(front: Front) -> None:
    for path in (
        "/",
        "/health",
        "/version",
        "/docs",
        "/docs/errors",
        "/openapi.json",
        "/metrics",
        "/?x=1",
        "/explorer/a1b2/main.js",
        "/health?v=1",
    ):
        reply = await front.get(path)
        assert (reply.status, reply.json["web"], reply.json["method"]) == (200, path, "GET"), path
    for path in ("/favicon.ico", "/healthz", "/docsx", "/etc/passwd", "/v1", "/v2/media/search"):
        assert (await front.get(path)).error()[:3] == (404, 5, "PATH_UNKNOWN"), path
    assert front.backend.calls == []


async def test_no_origin_is_allowed_until_a_policy_is_set(front: Front) -> None:
    reply = await front.get("/v1/media/search?query=x", origin="https://example.org")
    assert not [name for name in reply.headers if name.startswith("access-control")]


async def test_only_known_headers_are_taken_from_behind_the_content_type(front: Front) -> None:
    """They are the server's own, and yet: what a provider wrote must never become a header or a status."""
    front.backend.headers = '|age=7|:status=401|set-cookie=a=b|location=//elsewhere|etag=W/"abc"|x-tako=1'
    reply = await front.get("/v1/media/search?query=x")
    assert (reply.status, reply.headers["age"], reply.headers["etag"]) == (200, "7", 'W/"abc"')
    assert reply.headers["content-type"] == "application/json"
    assert not {"set-cookie", "location", "x-tako"} & reply.headers.keys()
