"""Figures and toys that people collect. Every answer says what became of each provider that was asked.

Generated from proto/tako/v1/collectibles_service.proto: change that, and run `make gen`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from google.protobuf.duration_pb2 import Duration

from tako.async_calling import AsyncCaller
from tako.calling import Caller, Metadata, request_of
from tako.v1.answers_pb2 import DetailResponse, RelatedResponse, SearchResponse, Term, TermsResponse, TrendingResponse
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
from tako.v1.collectibles_service_pb2 import (
    CollectiblesDetailRequest,
    CollectiblesRelatedRequest,
    CollectiblesSearchRequest,
    CollectiblesTermsRequest,
    CollectiblesTrendingRequest,
)
from tako.v1.collectibles_service_pb2_grpc import CollectiblesServiceStub
from tako.v1.item_pb2 import Item

if TYPE_CHECKING:
    from tako.v1.collectibles_service_pb2_grpc import CollectiblesServiceAsyncStub


class CollectiblesSearchFields(TypedDict, total=False):
    """Fields of CollectiblesSearchRequest."""

    query: str
    """What to search for. May be empty only when a filter of the domain is set."""

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    kind: Item.Kind.ValueType
    """Kind wanted, such as COLLECTIBLE; ListProviders tells what each provider searches. Not said means what each
    provider gives by default.
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

    category: str
    """Category: id from Terms."""


class CollectiblesDetailFields(TypedDict, total=False):
    """Fields of CollectiblesDetailRequest."""

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

    id: str
    """Item id, as Search gave it."""


class CollectiblesTrendingFields(TypedDict, total=False):
    """Fields of CollectiblesTrendingRequest."""

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    kind: Item.Kind.ValueType
    """Kind wanted, such as COLLECTIBLE; ListProviders tells what each provider searches. Not said means what each
    provider gives by default.
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

    feed: Feed.Type.ValueType
    """The list wanted. Not said means TRENDING where a provider has it, else its first feed."""

    period: Period.Type.ValueType
    """The span that the feed looks back on, where it has one."""

    category: str
    """Category: id from Terms."""


class CollectiblesRelatedFields(TypedDict, total=False):
    """Fields of CollectiblesRelatedRequest."""

    kind: Item.Kind.ValueType
    """Only results of this kind, where the relation leads to several."""

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

    translate: bool
    """Whether to translate what no provider has in `language`. Originals are kept in `Item.translated`."""

    max_age: Duration | timedelta
    """Oldest answer from the cache to accept, such as `60s`. At least 60 s for callers without a key."""

    refresh: bool
    """Whether to ask upstream even when the cache has a fresh answer. Needs the admin token or an API key."""

    adult: AdultFilter.Type.ValueType
    """What to do with items for adults."""

    order_by: Order.By.ValueType
    """What to sort by, where the provider can. Not said means the provider's own order."""

    descending: bool
    """Whether to sort downwards. Not said means what is usual for the field."""

    enrich: bool
    """Whether to spend more upstream requests on the page to fill what upstream's list lacks, such as covers."""

    id: str
    """Item id, as Search gave it."""

    relation: Relation.Type.ValueType
    """How the wanted items relate to the item."""


class CollectiblesTermsFields(TypedDict, total=False):
    """Fields of CollectiblesTermsRequest."""

    query: str
    """Words that the term's name must hold, where the provider can search its vocabulary."""

    kind: Item.Kind.ValueType
    """Kind that the vocabulary belongs to, where a provider has one for each."""

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

    max_age: Duration | timedelta
    """Oldest answer from the cache to accept, such as `60s`. At least 60 s for callers without a key."""

    refresh: bool
    """Whether to ask upstream even when the cache has a fresh answer. Needs the admin token or an API key."""

    order_by: Order.By.ValueType
    """What to sort by, where the provider can. Not said means the provider's own order."""

    descending: bool
    """Whether to sort downwards. Not said means what is usual for the field."""

    provider: str
    """Id of the provider."""

    terms: Term.Type.ValueType
    """The vocabulary wanted."""

    parent: str
    """Id of the wider term, where the vocabulary has levels."""

    term_id: str
    """Id of one term, when only that one is wanted."""


class Collectibles:
    """Figures and toys that people collect. Every answer says what became of each provider that was asked."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = CollectiblesServiceStub(caller.channel)

    def search(
        self,
        request: CollectiblesSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesSearchFields],
    ) -> SearchResponse:
        """Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell.
        Errors: docs/errors.md.
        """
        return self._caller.unary(
            self._stub.Search, request_of(CollectiblesSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: CollectiblesSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesSearchFields],
    ) -> Iterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Search, request_of(CollectiblesSearchRequest, request, fields), timeout, metadata
        )

    def search_all(
        self,
        request: CollectiblesSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesSearchFields],
    ) -> Iterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        for page in self._caller.pages(
            self._stub.Search, request_of(CollectiblesSearchRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def detail(
        self,
        request: CollectiblesDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesDetailFields],
    ) -> DetailResponse:
        """Gives all that is known of one item. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Detail, request_of(CollectiblesDetailRequest, request, fields), timeout, metadata
        )

    def trending(
        self,
        request: CollectiblesTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTrendingFields],
    ) -> TrendingResponse:
        """Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Trending, request_of(CollectiblesTrendingRequest, request, fields), timeout, metadata
        )

    def trending_pages(
        self,
        request: CollectiblesTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTrendingFields],
    ) -> Iterator[TrendingResponse]:
        """All answers of `trending`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Trending, request_of(CollectiblesTrendingRequest, request, fields), timeout, metadata
        )

    def trending_all(
        self,
        request: CollectiblesTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTrendingFields],
    ) -> Iterator[Item]:
        """All items of `trending`, from every page. What failed is told by the outcomes of `trending_pages`."""
        for page in self._caller.pages(
            self._stub.Trending, request_of(CollectiblesTrendingRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def related(
        self,
        request: CollectiblesRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesRelatedFields],
    ) -> RelatedResponse:
        """Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Related, request_of(CollectiblesRelatedRequest, request, fields), timeout, metadata
        )

    def related_pages(
        self,
        request: CollectiblesRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesRelatedFields],
    ) -> Iterator[RelatedResponse]:
        """All answers of `related`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Related, request_of(CollectiblesRelatedRequest, request, fields), timeout, metadata
        )

    def related_all(
        self,
        request: CollectiblesRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesRelatedFields],
    ) -> Iterator[Item]:
        """All items of `related`, from every page. What failed is told by the outcomes of `related_pages`."""
        for page in self._caller.pages(
            self._stub.Related, request_of(CollectiblesRelatedRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def terms(
        self,
        request: CollectiblesTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTermsFields],
    ) -> TermsResponse:
        """Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Terms, request_of(CollectiblesTermsRequest, request, fields), timeout, metadata
        )

    def terms_pages(
        self,
        request: CollectiblesTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTermsFields],
    ) -> Iterator[TermsResponse]:
        """All answers of `terms`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Terms, request_of(CollectiblesTermsRequest, request, fields), timeout, metadata
        )

    def terms_all(
        self,
        request: CollectiblesTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTermsFields],
    ) -> Iterator[Term]:
        """All terms of `terms`, from every page. What failed is told by the outcomes of `terms_pages`."""
        for page in self._caller.pages(
            self._stub.Terms, request_of(CollectiblesTermsRequest, request, fields), timeout, metadata
        ):
            yield from page.terms


class AsyncCollectibles:
    """Figures and toys that people collect. Every answer says what became of each provider that was asked."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: CollectiblesServiceAsyncStub = CollectiblesServiceStub(caller.channel)

    async def search(
        self,
        request: CollectiblesSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesSearchFields],
    ) -> SearchResponse:
        """Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell.
        Errors: docs/errors.md.
        """
        return await self._caller.unary(
            self._stub.Search, request_of(CollectiblesSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: CollectiblesSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesSearchFields],
    ) -> AsyncIterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Search, request_of(CollectiblesSearchRequest, request, fields), timeout, metadata
        )

    async def search_all(
        self,
        request: CollectiblesSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesSearchFields],
    ) -> AsyncIterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        async for page in self._caller.pages(
            self._stub.Search, request_of(CollectiblesSearchRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def detail(
        self,
        request: CollectiblesDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesDetailFields],
    ) -> DetailResponse:
        """Gives all that is known of one item. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Detail, request_of(CollectiblesDetailRequest, request, fields), timeout, metadata
        )

    async def trending(
        self,
        request: CollectiblesTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTrendingFields],
    ) -> TrendingResponse:
        """Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Trending, request_of(CollectiblesTrendingRequest, request, fields), timeout, metadata
        )

    def trending_pages(
        self,
        request: CollectiblesTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTrendingFields],
    ) -> AsyncIterator[TrendingResponse]:
        """All answers of `trending`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Trending, request_of(CollectiblesTrendingRequest, request, fields), timeout, metadata
        )

    async def trending_all(
        self,
        request: CollectiblesTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTrendingFields],
    ) -> AsyncIterator[Item]:
        """All items of `trending`, from every page. What failed is told by the outcomes of `trending_pages`."""
        async for page in self._caller.pages(
            self._stub.Trending, request_of(CollectiblesTrendingRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def related(
        self,
        request: CollectiblesRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesRelatedFields],
    ) -> RelatedResponse:
        """Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Related, request_of(CollectiblesRelatedRequest, request, fields), timeout, metadata
        )

    def related_pages(
        self,
        request: CollectiblesRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesRelatedFields],
    ) -> AsyncIterator[RelatedResponse]:
        """All answers of `related`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Related, request_of(CollectiblesRelatedRequest, request, fields), timeout, metadata
        )

    async def related_all(
        self,
        request: CollectiblesRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesRelatedFields],
    ) -> AsyncIterator[Item]:
        """All items of `related`, from every page. What failed is told by the outcomes of `related_pages`."""
        async for page in self._caller.pages(
            self._stub.Related, request_of(CollectiblesRelatedRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def terms(
        self,
        request: CollectiblesTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTermsFields],
    ) -> TermsResponse:
        """Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Terms, request_of(CollectiblesTermsRequest, request, fields), timeout, metadata
        )

    def terms_pages(
        self,
        request: CollectiblesTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTermsFields],
    ) -> AsyncIterator[TermsResponse]:
        """All answers of `terms`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Terms, request_of(CollectiblesTermsRequest, request, fields), timeout, metadata
        )

    async def terms_all(
        self,
        request: CollectiblesTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[CollectiblesTermsFields],
    ) -> AsyncIterator[Term]:
        """All terms of `terms`, from every page. What failed is told by the outcomes of `terms_pages`."""
        async for page in self._caller.pages(
            self._stub.Terms, request_of(CollectiblesTermsRequest, request, fields), timeout, metadata
        ):
            for one in page.terms:
                yield one
