"""Searches that are streamed, that span domains, and that name what is the same."""

import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import json_format

from tako.v1.answers_pb2 import (
    ItemGroup,
    LookupResponse,
    ProviderItems,
    ProviderOutcome,
    SearchEvent,
    SearchResponse,
    SearchStarted,
    SearchSummary,
    TrendingResponse,
)
from tako.v1.item_parts_pb2 import ExternalId
from tako.v1.item_pb2 import Item
from tests.cli.conftest import Refusal, Run, StandIn

STREAM = "CatalogService/SearchStream"
DUNE = Item(id="shelf/book/1", provider="shelf", kind=Item.BOOK, title="Dune", year=1965)
SAME = ItemGroup(
    best_item_id="shelf/book/1",
    item_ids=["shelf/book/1", "stall/book/2"],
    shared_ids=[ExternalId(scheme="isbn13", value="9780441013593")],
)


def outcome(provider: str, status: ProviderOutcome.Status.ValueType, **fields: Any) -> ProviderOutcome:
    return ProviderOutcome(provider=provider, domain="books", status=status, **fields)


def events(token: str = "", *groups: ItemGroup) -> list[SearchEvent | Refusal]:
    """Two providers, one of which fails, and one that was not asked."""
    asked = [outcome(name, ProviderOutcome.PENDING) for name in ("shelf", "stall")]
    aside = outcome("shop", ProviderOutcome.UNSUPPORTED, message="Shop does not search BOOK")
    return [
        SearchEvent(started=SearchStarted(asked=[*asked, aside])),
        SearchEvent(items=ProviderItems(provider="shelf", domain="books", items=[DUNE])),
        SearchEvent(outcome=outcome("shelf", ProviderOutcome.OK, item_count=1)),
        SearchEvent(outcome=outcome("stall", ProviderOutcome.TIMEOUT, message="Stall did not answer in time")),
        SearchEvent(summary=SearchSummary(next_page_token=token, groups=groups)),
    ]


def test_a_stream_is_shown_as_it_comes(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers[STREAM] = [*events("", SAME)]
    result = tako("search", "books", "dune", "--stream", "--kind", "book", "--provider", "shelf", "--group")
    assert result.exit_code == 0, result.output
    ((method, request),) = stand_in.asked
    assert (method, request.query, request.group) == (STREAM, "dune", True)
    assert (list(request.domains), list(request.kinds)) == (["books"], [Item.BOOK])
    places = [
        result.output.index(text)
        for text in (
            "Asking shelf, stall.",
            "Shop does not search BOOK",
            "Dune",
            "shelf  ok",
            "Stall did not answer in time",
            "The same thing, by isbn13 9780441013593:\n  shelf/book/1\n  stall/book/2\n",
        )
    ]
    assert places == sorted(places)


def test_each_event_is_a_line_that_is_printed_before_the_next_one_comes(stand_in: StandIn) -> None:
    read = threading.Semaphore(0)
    stand_in.answers[STREAM] = [*events()]

    def wait() -> None:
        assert read.acquire(timeout=10), "the event before has not been printed"

    stand_in.before_event = wait
    command = [str(Path(sys.executable).parent / "tako"), "search", "books", "dune", "--stream", "--json"]
    lines = []
    with subprocess.Popen([*command, "--server", stand_in.address], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            read.release()
    assert process.returncode == 0
    assert [json_format.Parse(line, SearchEvent()) for line in lines] == events()
    assert [next(iter(json.loads(line))) for line in lines] == ["started", "items", "outcome", "outcome", "summary"]


def test_a_terminal_shows_who_is_awaited(stand_in: StandIn) -> None:
    released = threading.Event()
    stand_in.answers[STREAM] = [*events()]
    stand_in.before_event = lambda: released.wait(timeout=10)
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "tako"), "search", "books", "dune", "--stream"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen([*command, "--server", stand_in.address], stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = ""
        while "0 of 2 answered, 0 s: shelf, stall" not in shown:
            shown += os.read(ours, 4096).decode()
        released.set()
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    assert process.returncode == 0
    assert "Stall did not answer in time" in shown
    assert "2 of 2" not in shown


def _read(terminal: int) -> str:
    """What is there to read; nothing once the other side has been closed."""
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:
        return ""


def test_a_stream_has_pages(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers[STREAM] = [*events("two"), *events("three")]
    output = tako("search", "books", "dune", "--stream", "--pages", "2").output
    assert [request.page_token for _, request in stand_in.asked] == ["", "two"]
    assert output.count("Dune") == 2
    assert "  --page-token three" in output


def test_a_stream_that_breaks_off_is_a_failure(tako: Run, stand_in: StandIn) -> None:
    broken = Refusal(grpc.StatusCode.UNAVAILABLE, "the server is shutting down", "SHUTTING_DOWN")
    stand_in.answers[STREAM] = [*events()[:3], broken]
    result = tako("search", "books", "dune", "--stream")
    assert result.exit_code == 5
    assert "Dune" in result.stdout
    assert result.stderr == "Error: the server is shutting down (SHUTTING_DOWN)\n"


def test_all_domains_are_searched_by_the_catalog(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["CatalogService/Search"] = SearchResponse(items=[DUNE], groups=[SAME])
    result = tako("search", "all", "dune", "--filter", "adult=include")
    assert result.exit_code == 0, result.output
    ((_, request),) = stand_in.asked
    assert (list(request.domains), request.adult) == ([], 2)
    assert "shelf/book/1" in result.output


@pytest.mark.parametrize("words", [("all", "x"), ("books", "x", "--stream")], ids=" ".join)
def test_filters_of_a_domain_have_no_place_over_domains(words: tuple[str, ...], tako: Run) -> None:
    result = tako("search", *words, "--filter", "author=herbert")
    assert result.exit_code == 2
    assert "over domains has no such filter" in result.stderr


@pytest.mark.parametrize(
    ("words", "method", "answer"),
    [
        (("search", "books", "dune"), "BooksService/Search", SearchResponse(items=[DUNE], groups=[SAME])),
        (("trending", "books"), "BooksService/Trending", TrendingResponse(items=[DUNE], groups=[SAME])),
        (("lookup", "9780441013593"), "CatalogService/Lookup", LookupResponse(items=[DUNE], groups=[SAME])),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_groups_are_asked_for_and_shown(
    words: tuple[str, ...], method: str, answer: Any, tako: Run, stand_in: StandIn
) -> None:
    stand_in.answers[method] = answer
    output = tako(*words, "--group").output
    assert stand_in.asked[0][1].group
    assert "The same thing, by isbn13 9780441013593:\n  shelf/book/1\n  stall/book/2\n" in output
