"""Bad input gets a clear error that names the field, and the server stays up."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf import json_format
from google.rpc.status_pb2 import Status

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.media_service_pb2 import MediaSearchRequest
from tests.e2e.serving import GrpcurlError, Served

BAD = [
    pytest.param({"query": ""}, "InvalidArgument", "query", id="empty query"),
    pytest.param({"query": "   "}, "InvalidArgument", "query", id="blank query"),
    pytest.param({"query": "x", "page_size": -1}, "InvalidArgument", "page_size", id="negative page size"),
    pytest.param({"query": "x", "page_token": "bm90IG91cnM"}, "InvalidArgument", "page_token", id="foreign token"),
    pytest.param({"query": "x", "page_token": "%%%"}, "InvalidArgument", "page_token", id="no token at all"),
    pytest.param({"query": "x", "providers": ["nobody"]}, "NotFound", "nobody", id="unknown provider"),
    pytest.param({"query": "x", "providers": ["mtg"]}, "NotFound", "mtg does not answer in media", id="other domain"),
    pytest.param({"query": "x", "kind": 999}, "InvalidArgument", "kind", id="unknown kind"),
    pytest.param({"query": "x", "kind": "BOOK"}, "InvalidArgument", "kind", id="kind of another domain"),
    pytest.param({"query": "x" * 1_000_000}, "InvalidArgument", "query", id="1 MB query"),
    pytest.param({"query": "x", "year_from": 2001, "year_to": 2000}, "InvalidArgument", "year_to", id="range"),
    pytest.param({"query": "x", "language": "no language!"}, "InvalidArgument", "language", id="language"),
    pytest.param({"query": "x", "refresh": True}, "Unauthenticated", "refresh", id="refresh by anybody"),
]


@pytest.mark.parametrize(("request_", "code", "named"), BAD)
async def test_grpc(samples: Served, request_: dict[str, Any], code: str, named: str) -> None:
    message = json_format.ParseDict(request_, MediaSearchRequest())
    async with grpc.aio.insecure_channel(samples.grpc) as channel:
        search = channel.unary_unary(
            "/tako.v1.MediaService/Search",
            request_serializer=MediaSearchRequest.SerializeToString,
            response_deserializer=SearchResponse.FromString,
        )
        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await search(message, timeout=10)
    error = failure.value
    assert error.code().name.replace("_", "").lower() == code.lower()
    assert named in (error.details() or "")
    trailers: dict[str, Any] = {key: value for key, value in error.trailing_metadata() or ()}  # noqa: C416 - it is no real mapping
    status = Status.FromString(trailers["grpc-status-details-bin"])
    kinds = [detail.type_url.rsplit(".", 1)[-1] for detail in status.details]
    assert kinds.count("ErrorInfo") == 1
    if code == "InvalidArgument":
        assert "BadRequest" in kinds
    assert "Traceback" not in (error.details() or "")


REST = [
    pytest.param("query=", 400, "query", id="empty query"),
    pytest.param("query=x&pageSize=-1", 400, "page_size", id="negative page size"),
    pytest.param("query=x&page_size=many", 400, "page_size", id="page size that is no number"),
    pytest.param("query=x&page_token=bm90IG91cnM", 400, "page_token", id="foreign token"),
    pytest.param("query=x&providers=nobody", 404, "nobody", id="unknown provider"),
    pytest.param("query=x&kind=spaceship", 400, "kind", id="unknown kind"),
    pytest.param("query=x&colour=red", 400, "colour", id="unknown parameter"),
]


@pytest.mark.parametrize(("query", "status", "named"), REST)
def test_rest(samples: Served, query: str, status: int, named: str) -> None:
    answer = samples.get(f"/v1/media/search?{query}")
    assert answer.status == status
    assert answer.headers["content-type"].startswith("application/json")
    assert named in answer.json["message"]
    assert answer.json["code"]


def test_a_url_that_is_too_long(samples: Served) -> None:
    answer = samples.get("/v1/media/search?query=" + "x" * 200_000)
    assert answer.status == 431
    assert answer.json["code"]


def test_an_unknown_path(samples: Served) -> None:
    answer = samples.get("/v1/nothing/here")
    assert answer.status == 404
    assert answer.json["message"]


@pytest.mark.parametrize(
    "bad", ["", "603", "tmdb", "tmdb/603", "tmdb/spaceship/603", "tmdb/movie/../603", "tmdb/movie/~zz"]
)
def test_an_id_that_is_none(samples: Served, bad: str) -> None:
    with pytest.raises(GrpcurlError, match="InvalidArgument") as failure:
        samples.grpcurl("tako.v1.MediaService/Detail", {"id": bad})
    assert "id" in str(failure.value)


def test_the_server_is_still_up(samples: Served) -> None:
    assert samples.get("/health").json["status"] == "SERVING"
    assert samples.process.poll() is None
