"""BatchDetail: up to fifty details, where one that fails does not fail the others."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import grpc
from google.rpc.error_details_pb2 import ErrorInfo

from tako.v1.answers_pb2 import BatchDetailResponse, BatchDetailResult, ProviderOutcome
from tako.v1.catalog_service_pb2 import BatchDetailRequest
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Domain
from tests.rpc.harness import Asked, Client, server
from tests.rpc.shelves import never, shelf, thing


async def batch(call: Client, *ids: str, timeout: float = 10) -> Asked:
    return await call("CatalogService/BatchDetail", BatchDetailRequest(ids=ids), BatchDetailResponse, timeout)


def reason(result: BatchDetailResult) -> str:
    """Why there is no item, "" when there is one."""
    info = ErrorInfo()
    return info.reason if any(detail.Unpack(info) for detail in result.error.details) else ""


async def test_fifty_ids_of_several_domains_keep_their_order(tmp_path: Path) -> None:
    films = [thing(Item.MOVIE, str(n)) for n in range(40)]
    books = [thing(Item.BOOK, str(n)) for n in range(10)]
    ids = [f"films/movie/{n}" for n in range(40)] + [f"books/book/{n}" for n in reversed(range(10))]
    async with server(tmp_path, shelf("films", films), shelf("books", books, domain=Domain.BOOKS)) as call:
        asked = await batch(call, *ids)
        too_many = await batch(call, *ids, "films/movie/1")
        none = await batch(call)
    assert [result.item.id for result in asked.answer.results] == ids == [r.id for r in asked.answer.results]
    assert all(result.outcome.status == ProviderOutcome.OK for result in asked.answer.results)
    assert all(result.freshness.HasField("fetched_at") for result in asked.answer.results)
    assert {(one.code, one.reason) for one in (too_many, none)} == {(grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")}
    assert "ids" in str(too_many.status)


async def test_what_fails_is_told_in_its_place(tmp_path: Path) -> None:
    async with server(tmp_path, shelf("films", [thing(Item.MOVIE, "1")])) as call:
        asked = await batch(call, "films/movie/2", "films/movie/1", "nobody/movie/1", "films/ruling/1")
    results = asked.answer.results
    assert [reason(result) for result in results] == [
        "ITEM_NOT_FOUND",
        "",
        "PROVIDER_UNKNOWN",
        "OPERATION_UNSUPPORTED",
    ]
    assert [result.error.code for result in results] == [
        grpc.StatusCode.NOT_FOUND.value[0],
        0,
        grpc.StatusCode.NOT_FOUND.value[0],
        grpc.StatusCode.UNIMPLEMENTED.value[0],
    ]
    assert [result.HasField("item") for result in results] == [False, True, False, False]


async def test_one_that_hangs_leaves_the_others_their_answer_within_the_deadline(tmp_path: Path) -> None:
    films = shelf("films", [thing(Item.MOVIE, str(n)) for n in range(15)])
    hanging: Any = shelf("hanging", [thing(Item.MOVIE, "1")], before=never, timeout=60)
    began = time.monotonic()
    async with server(tmp_path, films, hanging) as call:
        asked = await batch(call, "hanging/movie/1", *(f"films/movie/{n}" for n in range(15)), timeout=1.5)
        took = time.monotonic() - began
    results = asked.answer.results
    assert reason(results[0]) == "DEADLINE"
    assert [result.item.source_id for result in results[1:]] == [str(n) for n in range(15)]
    assert took < 3
