"""Questions over all domains at once.

Generated from proto/tako/v1/catalog_service.proto: change that, and run `make gen`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from google.protobuf.duration_pb2 import Duration

from tako.async_calling import AsyncCaller, AsyncStream
from tako.calling import Caller, Metadata, Stream, request_of
from tako.v1.answers_pb2 import BatchDetailResponse, LookupResponse, SearchEvent, SearchResponse
from tako.v1.catalog_service_pb2 import BatchDetailRequest, CatalogSearchRequest, LookupRequest
from tako.v1.catalog_service_pb2_grpc import CatalogServiceStub
from tako.v1.choices_pb2 import AdultFilter, Order
from tako.v1.item_pb2 import Item

if TYPE_CHECKING:
    from tako.v1.catalog_service_pb2_grpc import CatalogServiceAsyncStub


class CatalogSearchFields(TypedDict, total=False):
    """Fields of CatalogSearchRequest."""

    query: str
    """What to search for."""

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    page_size: int
    """Items wanted in all, over all providers. 0 means 20; more than 100 counts as 100. A page may hold fewer."""

    page_token: str
    """Token of the next page, from the answer before. It fits only the request that it came from."""

    language: str
    """Language wanted for texts, BCP-47, such as `fr` or `pt-BR`. Where a provider has no such text, it gives the
    language that it has.
    """

    region: str
    """Shop, market or country wanted, ISO 3166-1 alpha-2; `uk` counts as `gb`."""

    include_slow: bool
    """Whether to ask providers that need a browser too. They take many seconds."""

    translate: bool
    """Whether to translate what no provider has in `language`. Originals are kept in `Item.translated`."""

    max_age: Duration | timedelta
    """Oldest answer from the cache to accept, such as `60s`. At least 60 s for callers without a key."""

    refresh: bool
    """Whether to ask upstream even when the cache has a fresh answer. Needs the admin token or an API key."""

    group: bool
    """Whether to say which items are certainly the same thing."""

    adult: AdultFilter.Type.ValueType
    """What to do with items for adults."""

    order_by: Order.By.ValueType
    """What to sort by, where the provider can. Not said means the provider's own order."""

    descending: bool
    """Whether to sort downwards. Not said means what is usual for the field."""

    enrich: bool
    """Whether to spend more upstream requests on the page to fill what upstream's list lacks, such as covers."""

    kinds: Iterable[Item.Kind.ValueType]
    """Kinds wanted. None means all."""

    domains: Iterable[str]
    """Ids of the domains to search, as in the REST paths. None means all."""


class BatchDetailFields(TypedDict, total=False):
    """Fields of BatchDetailRequest."""

    language: str
    """Language wanted for texts, BCP-47, such as `fr` or `pt-BR`. Where a provider has no such text, it gives the
    language that it has.
    """

    region: str
    """Shop, market or country wanted, ISO 3166-1 alpha-2; `uk` counts as `gb`."""

    translate: bool
    """Whether to translate what no provider has in `language`. Originals are kept in `Item.translated`."""

    max_age: Duration | timedelta
    """Oldest answer from the cache to accept, such as `60s`. At least 60 s for callers without a key."""

    refresh: bool
    """Whether to ask upstream even when the cache has a fresh answer. Needs the admin token or an API key."""

    ids: Iterable[str]
    """Item ids, of any provider and kind; 50 at most."""


class LookupFields(TypedDict, total=False):
    """Fields of LookupRequest."""

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    language: str
    """Language wanted for texts, BCP-47, such as `fr` or `pt-BR`. Where a provider has no such text, it gives the
    language that it has.
    """

    region: str
    """Shop, market or country wanted, ISO 3166-1 alpha-2; `uk` counts as `gb`."""

    include_slow: bool
    """Whether to ask providers that need a browser too. They take many seconds."""

    translate: bool
    """Whether to translate what no provider has in `language`. Originals are kept in `Item.translated`."""

    max_age: Duration | timedelta
    """Oldest answer from the cache to accept, such as `60s`. At least 60 s for callers without a key."""

    refresh: bool
    """Whether to ask upstream even when the cache has a fresh answer. Needs the admin token or an API key."""

    group: bool
    """Whether to say which items are certainly the same thing."""

    kinds: Iterable[Item.Kind.ValueType]
    """Kinds wanted. None means all."""

    domains: Iterable[str]
    """Ids of the domains to search, as in the REST paths. None means all."""

    scheme: str
    """Scheme of the code: `ean`, `upc`, `isbn13`, `imdb`, `set_number` ..., or the id of a provider for its own
    numbers. Empty means that Tako finds out from the code. docs/external-ids.md lists them.
    """

    code: str
    """The code. Spaces and dashes are allowed in numbers; check digits are checked."""


class Catalog:
    """Questions over all domains at once."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = CatalogServiceStub(caller.channel)

    def search(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> SearchResponse:
        """Searches several domains at once. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Search, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> Iterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Search, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        )

    def search_all(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> Iterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        for page in self._caller.pages(
            self._stub.Search, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def search_stream(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> Stream[SearchEvent]:
        """Searches several domains and gives each provider's items the moment it answers; failures are events of
        the stream. REST gives one JSON object a line at /v1/search:stream and server-sent events at
        /v1/search:events. Errors: docs/errors.md.
        """
        return self._caller.stream(
            self._stub.SearchStream, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        )

    def batch_detail(
        self,
        request: BatchDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BatchDetailFields],
    ) -> BatchDetailResponse:
        """Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.BatchDetail, request_of(BatchDetailRequest, request, fields), timeout, metadata
        )

    def lookup(
        self,
        request: LookupRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[LookupFields],
    ) -> LookupResponse:
        """Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the
        scheme is asked. Errors: docs/errors.md.
        """
        return self._caller.unary(self._stub.Lookup, request_of(LookupRequest, request, fields), timeout, metadata)


class AsyncCatalog:
    """Questions over all domains at once."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: CatalogServiceAsyncStub = CatalogServiceStub(caller.channel)

    async def search(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> SearchResponse:
        """Searches several domains at once. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Search, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> AsyncIterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Search, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        )

    async def search_all(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> AsyncIterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        async for page in self._caller.pages(
            self._stub.Search, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    def search_stream(
        self,
        request: CatalogSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CatalogSearchFields],
    ) -> AsyncStream[SearchEvent]:
        """Searches several domains and gives each provider's items the moment it answers; failures are events of
        the stream. REST gives one JSON object a line at /v1/search:stream and server-sent events at
        /v1/search:events. Errors: docs/errors.md.
        """
        return self._caller.stream(
            self._stub.SearchStream, request_of(CatalogSearchRequest, request, fields), timeout, metadata
        )

    async def batch_detail(
        self,
        request: BatchDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BatchDetailFields],
    ) -> BatchDetailResponse:
        """Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.BatchDetail, request_of(BatchDetailRequest, request, fields), timeout, metadata
        )

    async def lookup(
        self,
        request: LookupRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[LookupFields],
    ) -> LookupResponse:
        """Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the
        scheme is asked. Errors: docs/errors.md.
        """
        return await self._caller.unary(
            self._stub.Lookup, request_of(LookupRequest, request, fields), timeout, metadata
        )
