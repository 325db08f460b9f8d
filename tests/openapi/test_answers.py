"""What the server answers over REST is what the document says: fields, types, values, headers, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.describe_routes import methods, routes
from scripts.openapi.operations import bindings
from scripts.openapi.questions import Question, question, questions
from tests.e2e.serving import Answer, Served
from tests.openapi.conftest import TOKEN, ask
from tests.openapi.schemas import Checker, pointer, strict

_METHODS = methods()
_OF_AN_EVENT = ("properties", "data", "contentSchema")
_ERRORS = [
    ("/v1/books/search?query=x&page_size=-1", "BooksService_Search", 400, "INVALID_FIELD"),
    ("/v1/books/search", "BooksService_Search", 400, "INVALID_FIELD"),
    ("/v1/books/search?query=x&colour=red", "BooksService_Search", 400, "INVALID_FIELD"),
    ("/v1/books/search?query=x&kind=nothing", "BooksService_Search", 400, "INVALID_FIELD"),
    ("/v1/books/search?query=x&providers=nobody", "BooksService_Search", 404, "PROVIDER_UNKNOWN"),
    ("/v1/books/items/openlibrary/book/OL90000404W", "BooksService_Detail", 404, "ITEM_NOT_FOUND"),
    ("/v1/books/terms?provider=openlibrary&terms=genres", "BooksService_Terms", 501, "OPERATION_UNSUPPORTED"),
    ("/v1/books/search?query=unheard&providers=openlibrary", "BooksService_Search", 503, "REPLAY_MISS"),
    ("/v1/providers/nobody", "ProviderService_GetProvider", 404, "PROVIDER_UNKNOWN"),
    ("/v1/search:stream", "CatalogService_SearchStream", 400, "INVALID_FIELD"),
]


def asked() -> Iterator[Question]:
    """A question for each operation, and each old route that has an answer."""
    yield from questions()
    for route in routes():
        if route.is_run and not route.is_web:
            method = _METHODS[route.call]
            yield question(method, bindings(method)[0], route.filled())


@pytest.fixture(scope="module")
def checker(document: dict[str, Any]) -> Checker:
    return Checker(strict(document))


@pytest.fixture(scope="module")
def places(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Path and verb of each operation."""
    return {op["operationId"]: (path, verb) for path, item in document["paths"].items() for verb, op in item.items()}


def parts(answer: Answer) -> list[Any]:
    """The answer, or the events of a stream."""
    if answer.headers["content-type"].startswith("text/event-stream"):
        return [json.loads(line.removeprefix("data: ")) for line in answer.body.decode().splitlines() if line]
    return [json.loads(line) for line in answer.body.decode().splitlines()]


def headers_of(document: dict[str, Any], response: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the document says of the headers of a response."""
    return {name: document["components"]["headers"][name] for name in response["headers"]}


def test_answers_fit_their_schemas(
    tako: Served, document: dict[str, Any], checker: Checker, places: dict[str, tuple[str, str]]
) -> None:
    count, wrong = 0, []
    for one in asked():
        answer = ask(tako, one.verb, one.url, one.body, TOKEN)
        assert answer.status == 200, (one.told, answer.body)
        path, verb = places[one.operation_id]
        response = document["paths"][path][verb]["responses"]["200"]
        media_type = answer.headers["content-type"].partition(";")[0]
        assert media_type in response["content"], one.told
        steps = ("paths", path, verb, "responses", "200", "content", media_type, "schema")
        schema = pointer(*steps, *(_OF_AN_EVENT if media_type == "text/event-stream" else ()))
        for part in parts(answer):
            wrong += [f"{one.told}: {what}" for what in checker.wrong(part, schema)]
            count += 1
        for name, said in headers_of(document, response).items():
            given = answer.headers.get(name)
            if given is not None and (what := checker.wrong(given, pointer("components", "headers", name, "schema"))):
                wrong.append(f"{one.told}: {name}: {given!r} against {said['schema']}: {what}")
    assert wrong == []
    assert count > 300


def test_answers_name_their_call(tako: Served) -> None:
    answer = ask(tako, "GET", "/v1/books/search?query=sample+lighthouse", "", TOKEN)
    assert answer.headers["x-request-id"]
    assert answer.headers["tako-cache"] in {"hit", "miss", "stale"}


@pytest.mark.parametrize(("url", "operation_id", "http", "reason"), _ERRORS)
def test_errors_fit_their_schema(
    tako: Served,
    document: dict[str, Any],
    checker: Checker,
    places: dict[str, tuple[str, str]],
    url: str,
    operation_id: str,
    http: int,
    reason: str,
) -> None:
    answer = ask(tako, "GET", url, "", TOKEN)
    assert answer.status == http
    path, verb = places[operation_id]
    name = document["paths"][path][verb]["responses"][str(http)]["$ref"].rpartition("/")[2]
    response = document["components"]["responses"][name]
    assert checker.wrong(answer.json, pointer("components", "schemas", "google.rpc.Status")) == []
    assert answer.json["details"][0]["reason"] == reason
    assert f"`{reason}`" in response["description"]
    if "retry-after" in answer.headers:
        assert re.fullmatch(r"[1-9][0-9]*", answer.headers["retry-after"])
        assert "retry-after" in response["headers"]


def test_operators_need_the_token(tako: Served, checker: Checker) -> None:
    answer = ask(tako, "GET", "/v1/admin/cache", "", "another token")
    assert (answer.status, answer.json["details"][0]["reason"]) == (401, "ADMIN_TOKEN_REQUIRED")
    assert checker.wrong(answer.json, pointer("components", "schemas", "google.rpc.Status")) == []
