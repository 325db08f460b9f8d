"""What callers get at /openapi.json and /docs, through the gateway."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.serving import Served, served
from tests.openapi.conftest import ask

_PARTS = re.compile(r'(?:href|src)="(/docs/[^"]+)"')


def test_the_document_is_the_committed_one(tako: Served, document: dict[str, Any]) -> None:
    answer = tako.get("/openapi.json")
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == "application/json"
    assert answer.json == document


def test_who_has_it_is_told_so(tako: Served) -> None:
    first = tako.get("/openapi.json")
    assert first.headers["cache-control"] == "no-cache"
    again = tako.get("/openapi.json", {"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert tako.get("/openapi.json", {"if-none-match": 'W/"another"'}).status == 200


def test_it_is_compressed_and_keeps_its_tag(tako: Served, document: dict[str, Any]) -> None:
    plain = tako.get("/openapi.json")
    small = tako.get("/openapi.json", {"accept-encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(small.body)) == document
    assert len(small.body) < len(plain.body) / 5
    assert small.headers["etag"] == plain.headers["etag"]
    assert tako.get("/openapi.json", {"if-none-match": small.headers["etag"]}).status == 304


def test_head_tells_without_a_body(tako: Served) -> None:
    answer = ask(tako, "HEAD", "/openapi.json", "", "")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["etag"] == tako.get("/openapi.json").headers["etag"]


def test_other_methods_are_refused(tako: Served) -> None:
    answer = ask(tako, "POST", "/openapi.json", "{}", "")
    assert answer.status == 405
    assert answer.json["details"][0]["reason"] == "METHOD_NOT_ALLOWED"
    assert answer.headers["cache-control"] == "no-store"


def test_a_slash_too_many_is_forgiven(tako: Served) -> None:
    assert tako.get("/docs/").body == tako.get("/docs").body


def test_the_page_may_ask_this_server_and_no_other(tako: Served) -> None:
    page = tako.get("/docs")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    text = page.body.decode()
    assert "http://" not in text and "https://" not in text
    assert "<script>" not in text and "onload=" not in text


def test_parts_of_the_page_may_be_kept_for_ever(tako: Served) -> None:
    parts = _PARTS.findall(tako.get("/docs").body.decode())
    assert len(parts) == 4
    for path in parts:
        part = tako.get(path)
        assert part.status == 200
        assert part.headers["content-type"].startswith(("text/css", "text/javascript"))
        assert "immutable" in part.headers["cache-control"]
        assert part.headers["x-content-type-options"] == "nosniff"
        older = tako.get(path.replace(path.split("/")[2], "older"))
        assert (older.status, older.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize("path", ["/docs/x/nothing.js", "/docs/x/serving.py", "/docs/x/..%2Fserving.py", "/docs/x"])
def test_nothing_else_is_given(tako: Served, path: str) -> None:
    answer = tako.get(path)
    assert answer.status == 404
    assert answer.json["details"][0]["reason"] == "PATH_UNKNOWN"
    assert answer.headers["cache-control"] == "no-store"


def test_both_are_open_where_calls_need_a_key(tmp_path: Path, document: dict[str, Any]) -> None:
    with served(tmp_path, TAKO_API_KEYS="a-key-of-this-server") as tako:
        assert tako.get("/v1/providers").status == 401
        assert tako.get("/openapi.json").json == document
        assert tako.get("/docs").status == 200
