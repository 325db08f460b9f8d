"""ReplayExchange over all recorded captures. They are kept outside of the project."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tako_providers.sdk.errors import ReplayMiss
from tako_providers.sdk.upstream import Request
from tako_server.engine.blocks import looks_like_html, wall
from tako_server.engine.captures import Capture, CaptureStore
from tako_server.engine.replay import ReplayExchange
from tests.engine.support import manifest, recorded_captures

pytestmark = pytest.mark.captures


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the recorded captures are."""
    return recorded_captures()


def request_of(capture: Capture) -> Request:
    """The request that a capture records."""
    body = capture.request_body
    is_text = isinstance(body, str)
    return Request(
        capture.method,
        capture.url,
        headers=capture.request_headers,
        text=body if is_text else None,
        json=None if is_text else body,
    )


def as_written(capture: Capture) -> tuple[str, str, str]:
    """A request, compared without knowing anything about its parameters; the captures write a key in few ways."""
    return capture.method, capture.url.replace("INVALID", "REDACTED"), str(capture.request_body)


async def test_every_capture_answers_its_own_request(folder: Path) -> None:
    store, exchange = CaptureStore([folder]), ReplayExchange([folder])
    strangers = []
    for provider in store.providers():
        captures = store.of(provider)
        for capture in captures:
            same = {other.body() for other in captures if as_written(other) == as_written(capture)}
            answer = await exchange.send(manifest(provider=provider), request_of(capture), 1)
            if answer.body not in same:
                strangers.append(f"{provider}/{capture.name}")
    assert strangers == []


async def test_a_capture_answers_the_same_request_however_it_is_delivered(folder: Path) -> None:
    store, exchange = CaptureStore([folder]), ReplayExchange([folder])
    strangers = []
    for provider in store.providers():
        captures = store.of(provider)
        for capture in captures:
            if capture.is_error:
                continue  # one of the moment gives way to an answer
            same = {other.body() for other in captures if as_written(other) == as_written(capture)}
            written = request_of(capture)
            asked = replace(
                written,
                url=written.url.replace("REDACTED", "a-key").rstrip("/"),
                text=written.text and written.text.replace("REDACTED", "a-key").replace("fields ", "fields zz,"),
                headers={},
                params=(("per_page", "7"), ("api_key", "another-key"), ("language", "xx")),
            )
            answer = await exchange.send(manifest(provider=provider), asked, 1)
            if answer.body not in same:
                strangers.append(f"{provider}/{capture.name}")
    assert strangers == []


async def test_no_capture_answers_a_text_that_was_never_asked(folder: Path) -> None:
    store, exchange = CaptureStore([folder]), ReplayExchange([folder])
    names = ("q", "query", "search", "term", "k", "s", "keywords", "freewords", "n", "name", "ids")
    answered = []
    for provider in store.providers():
        for capture in store.of(provider):
            parts = urlsplit(capture.url)
            pairs = [pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair]
            if not any(name in names for name, _ in pairs):
                continue
            other = "&".join(f"{name}={'never asked' if name in names else value}" for name, value in pairs)
            request = Request(capture.method, parts._replace(query=other).geturl())
            try:
                await exchange.send(manifest(provider=provider), request, 1)
            except ReplayMiss:
                continue
            answered.append(f"{provider}/{capture.name}")
    assert answered == []


async def test_a_page_that_nobody_recorded_is_a_miss(folder: Path) -> None:
    exchange, tmdb = ReplayExchange([folder]), manifest(provider="tmdb")
    bodies = {}
    for page in ("", "1", "2"):
        params = (("query", "Breaking Bad"), *((("page", page),) if page else ()), ("language", "fr-FR"))
        request = Request("GET", "https://api.themoviedb.org/3/search/tv", params)
        bodies[page] = (await exchange.send(tmdb, request, 1)).body
    assert bodies[""] == bodies["1"] != bodies["2"]
    third = Request("GET", "https://api.themoviedb.org/3/search/tv", (("query", "Breaking Bad"), ("page", "3")))
    with pytest.raises(ReplayMiss):
        await exchange.send(tmdb, third, 1)


def test_walls_are_seen_and_nothing_else_is(folder: Path) -> None:
    store = CaptureStore([folder])
    seen = {
        f"{provider}/{capture.name}"
        for provider in store.providers()
        for capture in store.of(provider)
        if wall(capture.status, capture.headers, capture.body())
    }
    assert seen == {
        "amazon/error-fr-aws-waf-challenge",
        "amazon/error-us-503-automated-access",
        "coleka/synthetic-error-challenge",
        "playmobil/synthetic-error-cloudflare",
        "transformerland/synthetic-error-cloudflare",
    }


def test_html_is_known_by_its_look(folder: Path) -> None:
    store = CaptureStore([folder])
    for provider in store.providers():
        for capture in store.of(provider):
            if looks_like_html(capture.headers, capture.body()):
                assert "html" in capture.headers["content-type"], capture.name
