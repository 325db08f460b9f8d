"""How long a call may take: longer only where a browser is asked."""

from typing import Any

import pytest

from tako.v1.admin_service_pb2 import RefreshExpiredRequest
from tako.v1.books_service_pb2 import BooksDetailRequest, BooksSearchRequest
from tako.v1.catalog_service_pb2 import BatchDetailRequest, CatalogSearchRequest
from tako_providers.sdk import Access
from tako_server.core.patience import Patience
from tako_server.core.registry import Registry
from tests.rpc.harness import page, provider

SEARCH = "/tako.v1.BooksService/Search"
STREAM = "/tako.v1.CatalogService/SearchStream"


async def nothing(ask: Any) -> Any:
    """Finds nothing."""
    return page()


QUICK = provider("quick", nothing)
SLOW = provider("slow", nothing, access=Access.BROWSER)


@pytest.mark.parametrize(
    ("method", "request_", "seconds"),
    [
        (SEARCH, BooksSearchRequest(query="dune"), 60),
        (SEARCH, BooksSearchRequest(query="dune", providers=["quick"]), 60),
        (SEARCH, BooksSearchRequest(query="dune", providers=["quick", "slow"]), 120),
        (SEARCH, BooksSearchRequest(query="dune", include_slow=True), 120),
        ("/tako.v1.BooksService/Detail", BooksDetailRequest(id="slow/book/1"), 120),
        ("/tako.v1.BooksService/Detail", BooksDetailRequest(id="quick/book/1"), 60),
        ("/tako.v1.CatalogService/BatchDetail", BatchDetailRequest(ids=["quick/book/1", "slow/book/1"]), 120),
        (STREAM, CatalogSearchRequest(query="dune"), 120),
    ],
)
def test_a_browser_has_more_time(method: str, request_: Any, seconds: float) -> None:
    assert Patience(Registry([QUICK, SLOW]), 60, 120)(method, request_) == seconds


def test_where_there_are_only_slow_ones_they_are_asked_unnamed() -> None:
    assert Patience(Registry([SLOW]), 60, 120)(SEARCH, BooksSearchRequest(query="dune")) == 120


def test_without_browsers_nothing_is_slow() -> None:
    assert Patience(Registry([QUICK]), 60, 120)(STREAM, CatalogSearchRequest(query="dune")) == 60


def test_operators_have_time() -> None:
    assert Patience(Registry([QUICK]), 60, 120)("/tako.v1.AdminService/RefreshExpired", RefreshExpiredRequest()) == 120
