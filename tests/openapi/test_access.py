"""Who may call what, and by which method, as the document says it."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.openapi.questions import Question, questions
from tests.e2e.serving import Served
from tests.openapi.conftest import TOKEN, ask

_OPERATORS = [question for question in questions() if question.url.startswith("/v1/admin/")]
_OPEN = [question for question in questions() if question.verb == "GET" and question not in _OPERATORS]


def operation(document: dict[str, Any], operation_id: str) -> dict[str, Any]:
    """One operation."""
    (found,) = (op for item in document["paths"].values() for op in item.values() if op["operationId"] == operation_id)
    return dict(found)


@pytest.mark.parametrize("question", _OPERATORS, ids=lambda question: question.operation_id)
def test_operators_need_the_token(tako: Served, document: dict[str, Any], question: Question) -> None:
    assert operation(document, question.operation_id)["security"] == [{"adminToken": []}]
    for token in ("", "another token"):
        answer = ask(tako, question.verb, question.url, question.body, token)
        assert answer.status == 401
        assert answer.json["details"][0]["reason"] == "ADMIN_TOKEN_REQUIRED"


def test_all_others_need_nothing_here(tako: Served, document: dict[str, Any]) -> None:
    assert {} in document["security"]
    for question in _OPEN[::6]:
        assert "security" not in operation(document, question.operation_id)
        assert tako.get(question.url).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_another_method_is_told_which_there_are(tako: Served, method: str) -> None:
    for question in _OPEN[::6]:
        if not question.operation_id.startswith("CatalogService_BatchDetail"):
            answer = ask(tako, method, question.url, "", TOKEN)
            assert (answer.status, answer.headers["allow"]) == (405, "GET")
    for path, allowed in (("/health", {"GET", "HEAD"}), ("/version", {"GET", "HEAD"})):
        answer = ask(tako, method, path, "", TOKEN)
        assert answer.status == 405
        assert set(answer.headers["allow"].split(",")) == allowed


@pytest.mark.parametrize("question", [q for q in _OPERATORS if q.verb == "POST"], ids=lambda q: q.operation_id)
def test_what_changes_something_takes_only_post(tako: Served, question: Question) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = ask(tako, method, question.url, "", TOKEN)
        assert (answer.status, answer.headers["allow"]) == (405, "POST")
