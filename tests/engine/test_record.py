"""RecordExchange: what it writes, what it leaves out, and that replay reads it."""

import base64
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import orjson
import pytest
from structlog.testing import capture_logs

from tako_providers.sdk.errors import Unreachable
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.record import RecordExchange
from tako_server.engine.replay import ReplayExchange
from tests.engine.support import ScriptedExchange, answer, manifest

URL = "https://api.acme.test/search"
KEY = "k3y/of+the=operator&<x>"
TOKEN = "t0ken-given-at-login"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def recording(inner: Any, folder: Path, *secrets: str) -> RecordExchange:
    """A RecordExchange with a clock that stands."""
    return RecordExchange(inner, folder, secrets or (KEY,), now=lambda: NOW)


def files(folder: Path) -> list[Path]:
    """All files below a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


REQUESTS = [
    Request("GET", URL, (("query", "Breaking Bad"), ("page", "2"), ("api_key", KEY))),
    Request("GET", URL, headers={"Authorization": f"Bearer {KEY}", "Accept": "a/b", "X-Api-Key": KEY}),
    Request("POST", URL, form=(("apiKey", KEY), ("userHash", TOKEN), ("params", '{"setNumber":"10-1"}'))),
    Request("POST", URL, form=(("note", KEY), ("q", "é"))),
    Request("POST", URL, json={"apikey": TOKEN, "pin": "1234", "nested": {"said": KEY}, "q": ["a", KEY]}),
    Request("POST", URL, text='search "x"; fields *;', headers={"Client-ID": KEY, "Cookie": f"s={TOKEN}"}),
    Request("POST", URL, text=f'{{"operationName": "A", "variables": {{"sort": {{"key": "B"}}, "token": "{TOKEN}"}}}}'),
    Request("GET", f"https://me:{TOKEN}@api.acme.test/search", (("access_token", TOKEN),)),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
async def test_what_is_recorded_is_replayed_and_holds_no_secret(tmp_path: Path, request_: Request) -> None:
    body = orjson.dumps(
        {"said": KEY, "quoted": quote_plus(KEY), "b64": base64.b64encode(KEY.encode()).decode(), "access_token": TOKEN}
    )
    inner = ScriptedExchange(
        Response(
            200,
            {
                "content-type": "application/json",
                "set-cookie": f"session={TOKEN}",
                "x-unknown": TOKEN,
                "retry-after": "3",
                "content-encoding": "gzip",
                "link": f"<{URL}?x={quote_plus(KEY)}>",
            },
            body,
            f"{URL}?key={TOKEN}&page=2",
        )
    )
    given = await recording(inner, tmp_path).send(manifest(), request_, 5)
    assert given.body == body

    written = files(tmp_path / "acme")
    assert len(written) == 2
    for path in written:
        text = path.read_text()
        for form in (KEY, quote_plus(KEY), base64.b64encode(KEY.encode()).decode().rstrip("="), TOKEN, '"1234"'):
            assert form not in text
            assert form not in path.name
        assert "REDACTED" in text

    again = await ReplayExchange([tmp_path]).send(manifest(), request_, 5)
    assert again.status == 200
    assert orjson.loads(again.body)["access_token"] == "REDACTED"
    assert again.headers["retry-after"] == "3"
    assert again.headers["set-cookie"] == again.headers["x-unknown"] == "REDACTED"
    assert "content-encoding" not in again.headers
    assert again.url == f"{URL}?key=REDACTED&page=2"


async def test_what_went_with_the_request_is_taken_out_of_what_upstream_quotes(tmp_path: Path) -> None:
    request = Request("GET", URL, headers={"Authorization": f"Bearer {TOKEN}", "Cookie": "sid=c00kie-of-somebody; a=b"})
    body = f'{{"error": "no user for Bearer {TOKEN}, sid=c00kie-of-somebody", "a": "bearer of good news"}}'
    await recording(ScriptedExchange(answer(body)), tmp_path).send(manifest(), request, 5)
    (written,) = (path.read_text() for path in files(tmp_path) if ".body." in path.name)
    assert written == '{"error": "no user for Bearer REDACTED, sid=REDACTED", "a": "bearer of good news"}'


async def test_a_login_is_recorded_without_its_token(tmp_path: Path) -> None:
    inner = ScriptedExchange(answer('{"status":"success","hash":"0123456789abcdef","data":{"login":"aaaa.bbbb-cccc"}}'))
    await recording(inner, tmp_path).send(manifest(), Request("POST", "https://api.acme.test/v3/login"), 5)
    body = next((tmp_path / "acme").glob("*.body.json")).read_text()
    assert orjson.loads(body) == {"status": "success", "hash": "REDACTED", "data": {"login": "REDACTED"}}


async def test_ordinary_words_are_left_alone(tmp_path: Path) -> None:
    body = '{"key": "/works/OL1W", "name": "Login to the Keys", "tokens": 3}'
    request = Request("POST", URL, json={"sort": {"key": "RELEVANCE"}, "q": "token"})
    await recording(ScriptedExchange(answer(body)), tmp_path).send(manifest(), request, 5)
    record, _ = sorted((tmp_path / "acme").glob("*.json"), key=lambda path: ".body." in path.name)
    assert orjson.loads(record.read_bytes())["request"]["body"] == {"sort": {"key": "RELEVANCE"}, "q": "token"}
    assert next((tmp_path / "acme").glob("*.body.json")).read_text() == body


async def test_the_record_reads_like_the_others(tmp_path: Path) -> None:
    await recording(ScriptedExchange(answer("<x/>", content_type="text/xml")), tmp_path).send(
        manifest(), Request("GET", URL, (("query", "Bob Dylan"), ("key", KEY))), 5
    )
    (record,) = (tmp_path / "acme").glob("*.json")
    assert re.fullmatch(r"search-bob-dylan-[0-9a-f]{8}", record.stem)
    assert orjson.loads(record.read_bytes()) == {
        "provider": "acme",
        "operation": "recorded",
        "kind": "",
        "request": {"method": "GET", "url": f"{URL}?query=Bob+Dylan&key=REDACTED", "headers": {}, "body": None},
        "response": {
            "status": 200,
            "url": "https://api.acme.test/x",
            "headers": {"content-type": "text/xml"},
            "body_file": f"{record.stem}.body.xml",
        },
        "source": {"tool": "tako", "recorded_at": "2026-11-23T12:00:00+00:00"},
        "fidelity": "recorded",
        "expect": {},
    }


async def test_the_same_request_replaces_its_record(tmp_path: Path) -> None:
    request = Request("GET", URL, (("q", "x"), ("key", KEY)))
    for body in ("1", "2"):
        await recording(ScriptedExchange(answer(body)), tmp_path).send(manifest(), request, 5)
    await recording(ScriptedExchange(answer("3")), tmp_path).send(manifest(), Request("GET", URL, (("q", "y"),)), 5)
    assert len(files(tmp_path)) == 4
    assert (await ReplayExchange([tmp_path]).send(manifest(), request, 5)).body == b"2"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00binary", "é".encode("latin-1")])
async def test_bodies_that_are_no_text_stay_as_they_are(tmp_path: Path, body: bytes) -> None:
    inner = ScriptedExchange(answer(body, content_type="image/png"))
    await recording(inner, tmp_path).send(manifest(), Request("GET", URL), 5)
    assert (await ReplayExchange([tmp_path]).send(manifest(), Request("GET", URL), 5)).body == body


async def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    exchange = recording(ScriptedExchange(answer("{}")), tmp_path / "file")
    with capture_logs() as logs:
        for _ in range(2):
            assert (await exchange.send(manifest(), Request("GET", URL), 5)).body == b"{}"
    assert [entry["event"] for entry in logs] == ["record.failed"]


async def test_failures_pass_and_leave_nothing(tmp_path: Path) -> None:
    def fail(request: Request) -> Response:
        raise Unreachable("no")

    inner = ScriptedExchange(fail)
    exchange = recording(inner, tmp_path)
    with pytest.raises(Unreachable):
        await exchange.send(manifest(), Request("GET", URL), 5)
    assert files(tmp_path) == []
    await exchange.close()
    assert inner.closed


async def test_each_provider_has_its_folder(tmp_path: Path) -> None:
    exchange = recording(ScriptedExchange(answer("{}")), tmp_path)
    others: list[Manifest] = [manifest(provider="tmdb"), manifest(provider="lego")]
    for other in others:
        await exchange.send(other, Request("GET", URL), 5)
    assert {path.parent.name for path in files(tmp_path)} == {"lego", "tmdb"}


async def test_a_key_in_a_path_is_not_recorded(tmp_path: Path) -> None:
    exchange = recording(ScriptedExchange(answer("{}")), tmp_path)
    await exchange.send(manifest(), Request("GET", f"{URL}/{quote_plus(KEY)}/x"), 5)
    record = next(path for path in files(tmp_path) if ".body." not in path.name)
    assert orjson.loads(record.read_bytes())["request"]["url"] == f"{URL}/REDACTED/x"
    assert record.name.startswith("search-redacted-x-")
