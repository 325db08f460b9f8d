"""The Python client against real servers: deadlines, errors, pages, streams, cancellation."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tako import errors
from tako.client import AsyncTakoClient, Health, TakoClient
from tako.decoding import status_error
from tako.v1.books_service_pb2 import BooksSearchRequest

MADE_UP = ["conformance"]
LIGHTHOUSES = ["The Sample Lighthouse", "Sample Lighthouse Keepers"]


@pytest.fixture
def tako(table: dict[str, str]) -> Iterator[TakoClient]:
    """A client of the open server."""
    with TakoClient(table["TAKO_TEST_OPEN"]) as client:
        yield client


def test_a_call_has_a_deadline_when_it_is_given_none(table: dict[str, str]) -> None:
    with TakoClient(table["TAKO_TEST_OPEN"], timeout=0.5) as tako:
        began = time.monotonic()
        with pytest.raises(errors.DeadlineExceeded):
            tako.books.search(query="always hangs", providers=MADE_UP)
        assert time.monotonic() - began < 5


def test_a_calls_own_timeout_goes_before_the_clients(tako: TakoClient) -> None:
    began = time.monotonic()
    with pytest.raises(errors.DeadlineExceeded):
        tako.books.search(query="always hangs", providers=MADE_UP, timeout=0.5)
    assert time.monotonic() - began < 5


def test_wrong_fields_are_named(tako: TakoClient) -> None:
    with pytest.raises(errors.InvalidField) as caught:
        tako.books.search(query="x", page_size=-1, language="??")
    assert [one.field for one in caught.value.field_violations] == ["page_size", "language"]
    assert caught.value.metadata == {"field": "page_size"}
    assert not caught.value.retryable


def test_an_error_says_when_to_try_again_and_who_failed(tako: TakoClient) -> None:
    with pytest.raises(errors.ProviderRateLimited) as caught:
        tako.books.search(query="conformance limited", providers=["openlibrary"])
    error = caught.value
    assert (error.reason, error.domain, error.provider) == ("PROVIDER_RATE_LIMITED", "tako", "openlibrary")
    assert error.retry_after == 7
    assert error.retryable
    assert isinstance(error, errors.RateLimited)


def test_an_error_has_the_id_of_its_call(tako: TakoClient) -> None:
    with pytest.raises(errors.ItemNotFound) as caught:
        tako.books.detail(id="openlibrary/book/OL90000404W", metadata=(("x-request-id", "mine-1"),))
    assert caught.value.request_id == "mine-1"
    assert caught.value.resource is not None
    assert caught.value.resource.type == "tako.v1.Item"


def test_what_must_be_set_up_is_named(tako: TakoClient) -> None:
    with pytest.raises(errors.ProviderNotConfigured) as caught:
        tako.boardgames.search(query="dark")
    assert [(one.type, one.subject) for one in caught.value.preconditions] == [("SETTING", "BGG_API_TOKEN")]


def test_a_status_in_a_batch_is_the_same_error(tako: TakoClient) -> None:
    results = tako.catalog.batch_detail(ids=["openlibrary/book/OL90000001W", "openlibrary/book/OL90000404W"]).results
    assert results[0].item.title == LIGHTHOUSES[0]
    error = status_error(results[1].error)
    assert isinstance(error, errors.ItemNotFound)
    assert error.provider == "openlibrary"


def test_nobody_there_is_unavailable_and_worth_another_try() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with TakoClient(address, timeout=10) as tako, pytest.raises(errors.Unavailable) as caught:
        tako.books.search(query="x")
    assert caught.value.reason == ""
    assert caught.value.retryable


def test_a_request_message_is_taken_with_further_fields_and_left_as_it_is(tako: TakoClient) -> None:
    request = BooksSearchRequest(query="conformance volumes", providers=["openlibrary"])
    titles = [item.title for item in tako.books.search_all(request, page_size=25)]
    assert titles == [f"Conformance Volume {number:02}" for number in range(1, 61)]
    assert request == BooksSearchRequest(query="conformance volumes", providers=["openlibrary"])


def test_pages_have_their_outcomes(tako: TakoClient) -> None:
    pages = list(tako.books.search_pages(query="conformance volumes", providers=["openlibrary"], page_size=25))
    assert [len(page.items) for page in pages] == [25, 25, 10]
    assert {outcome.provider for page in pages for outcome in page.outcomes} == {"openlibrary"}


def test_pages_are_asked_for_when_they_are_wanted(tako: TakoClient) -> None:
    titles = tako.books.search_all(query="conformance volumes", providers=["openlibrary"], page_size=1)
    assert [next(titles).title for _ in range(2)] == ["Conformance Volume 01", "Conformance Volume 02"]


def test_leaving_a_stream_ends_the_work_for_it(tako: TakoClient) -> None:
    run = uuid4().hex
    with tako.catalog.search_stream(query=f"always hangs {run}", providers=MADE_UP) as events:
        assert next(events).HasField("started")
    assert tako.books.search(query=f"was cancelled {run}", providers=MADE_UP).items


async def test_cancelling_a_task_ends_the_work_for_it(table: dict[str, str]) -> None:
    run = uuid4().hex
    async with AsyncTakoClient(table["TAKO_TEST_OPEN"]) as tako:
        task = asyncio.create_task(tako.books.search(query=f"always hangs {run}", providers=MADE_UP))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await tako.books.search(query=f"was cancelled {run}", providers=MADE_UP)).items


async def test_cancelling_a_task_that_reads_a_stream_cancels_the_task(table: dict[str, str]) -> None:
    async with AsyncTakoClient(table["TAKO_TEST_OPEN"]) as tako:

        async def read() -> None:
            async with tako.catalog.search_stream(query="always hangs", providers=MADE_UP) as events:
                async for _ in events:
                    started.set()

        started = asyncio.Event()
        task = asyncio.create_task(read())
        await asyncio.wait_for(started.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_many_calls_share_a_client(table: dict[str, str]) -> None:
    async with AsyncTakoClient(table["TAKO_TEST_OPEN"]) as tako:
        ask = [tako.books.search(query="sample lighthouse", providers=["openlibrary"]) for _ in range(50)]
        answers = await asyncio.gather(*ask)
    assert [[item.title for item in answer.items] for answer in answers] == [LIGHTHOUSES] * 50


def test_health_needs_no_key(table: dict[str, str]) -> None:
    with TakoClient(table["TAKO_TEST_KEYED"]) as tako:
        assert tako.health() is Health.SERVING
        assert tako.health("tako.v1.BooksService") is Health.SERVING
        with pytest.raises(errors.NotFound):
            tako.health("nothing")


def test_tls_with_an_authority_of_ones_own(table: dict[str, str]) -> None:
    key = table["TAKO_TEST_API_KEY"]
    address = table["TAKO_TEST_TLS"].replace("127.0.0.1", "https://localhost")
    ca = Path(table["TAKO_TEST_CA"])
    for given in (ca, str(ca), ca.read_bytes()):
        with TakoClient(address, ca=given, api_key=key) as tako:
            answer = tako.books.search(query="sample lighthouse", providers=["openlibrary"])
        assert [item.title for item in answer.items] == LIGHTHOUSES


def test_a_certificate_that_nobody_vouches_for_is_refused(table: dict[str, str]) -> None:
    with TakoClient(table["TAKO_TEST_TLS"], tls=True, timeout=10) as tako, pytest.raises(errors.Unavailable):
        tako.health()


def test_a_refused_key_is_not_repeated(table: dict[str, str]) -> None:
    keyed = table["TAKO_TEST_KEYED"]
    with TakoClient(keyed, api_key="a-wrong-key") as tako, pytest.raises(errors.ApiKeyInvalid) as caught:
        tako.books.search(query="x")
    assert "wrong-key" not in repr(caught.value) + str(vars(caught.value))
