"""Books and their authors. Every answer says what became of each provider that was asked.

Generated from proto/tako/v1/books_service.proto: change that, and run `make gen`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from google.protobuf.duration_pb2 import Duration

from tako.async_calling import AsyncCaller
from tako.calling import Caller, Metadata, request_of
from tako.v1.answers_pb2 import DetailResponse, RelatedResponse, SearchResponse, Term, TermsResponse, TrendingResponse
from tako.v1.books_service_pb2 import (
    BooksDetailRequest,
    BooksRelatedRequest,
    BooksSearchRequest,
    BooksTermsRequest,
    BooksTrendingRequest,
)
from tako.v1.books_service_pb2_grpc import BooksServiceStub
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import AdultFilter, BookAccess, Feed, Order, Relation
from tako.v1.details_books_pb2 import PrintType
from tako.v1.item_pb2 import Item

if TYPE_CHECKING:
    from tako.v1.books_service_pb2_grpc import BooksServiceAsyncStub


class BooksSearchFields(TypedDict, total=False):
    """Fields of BooksSearchRequest."""

    query: str
    """What to search for. May be empty only when a filter of the domain is set; `text_language`, `print_type`,
    `access` alone do not count.
    """

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    kind: Item.Kind.ValueType
    """Kind wanted, such as BOOK, PERSON; ListProviders tells what each provider searches. Not said means what each
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

    author: str
    """Name of an author."""

    title: str
    """Words of the title."""

    publisher: str
    """Name of a publisher."""

    subject: str
    """Subject."""

    isbn: str
    """ISBN, 10 or 13 digits, dashes allowed."""

    text_language: str
    """Language that the book is written in, BCP-47."""

    print_type: PrintType.Type.ValueType
    """Books or magazines."""

    access: BookAccess.Type.ValueType
    """How much can be read."""


class BooksDetailFields(TypedDict, total=False):
    """Fields of BooksDetailRequest."""

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


class BooksTrendingFields(TypedDict, total=False):
    """Fields of BooksTrendingRequest."""

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    kind: Item.Kind.ValueType
    """Kind wanted, such as BOOK, PERSON; ListProviders tells what each provider searches. Not said means what each
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

    subject: str
    """Subject."""


class BooksRelatedFields(TypedDict, total=False):
    """Fields of BooksRelatedRequest."""

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


class BooksTermsFields(TypedDict, total=False):
    """Fields of BooksTermsRequest."""

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


class Books:
    """Books and their authors. Every answer says what became of each provider that was asked."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = BooksServiceStub(caller.channel)

    def search(
        self,
        request: BooksSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksSearchFields],
    ) -> SearchResponse:
        """Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell.
        Errors: docs/errors.md.
        """
        return self._caller.unary(self._stub.Search, request_of(BooksSearchRequest, request, fields), timeout, metadata)

    def search_pages(
        self,
        request: BooksSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksSearchFields],
    ) -> Iterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(self._stub.Search, request_of(BooksSearchRequest, request, fields), timeout, metadata)

    def search_all(
        self,
        request: BooksSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksSearchFields],
    ) -> Iterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        for page in self._caller.pages(
            self._stub.Search, request_of(BooksSearchRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def detail(
        self,
        request: BooksDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksDetailFields],
    ) -> DetailResponse:
        """Gives all that is known of one item. Errors: docs/errors.md."""
        return self._caller.unary(self._stub.Detail, request_of(BooksDetailRequest, request, fields), timeout, metadata)

    def trending(
        self,
        request: BooksTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTrendingFields],
    ) -> TrendingResponse:
        """Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Trending, request_of(BooksTrendingRequest, request, fields), timeout, metadata
        )

    def trending_pages(
        self,
        request: BooksTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTrendingFields],
    ) -> Iterator[TrendingResponse]:
        """All answers of `trending`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Trending, request_of(BooksTrendingRequest, request, fields), timeout, metadata
        )

    def trending_all(
        self,
        request: BooksTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTrendingFields],
    ) -> Iterator[Item]:
        """All items of `trending`, from every page. What failed is told by the outcomes of `trending_pages`."""
        for page in self._caller.pages(
            self._stub.Trending, request_of(BooksTrendingRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def related(
        self,
        request: BooksRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksRelatedFields],
    ) -> RelatedResponse:
        """Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Related, request_of(BooksRelatedRequest, request, fields), timeout, metadata
        )

    def related_pages(
        self,
        request: BooksRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksRelatedFields],
    ) -> Iterator[RelatedResponse]:
        """All answers of `related`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Related, request_of(BooksRelatedRequest, request, fields), timeout, metadata
        )

    def related_all(
        self,
        request: BooksRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksRelatedFields],
    ) -> Iterator[Item]:
        """All items of `related`, from every page. What failed is told by the outcomes of `related_pages`."""
        for page in self._caller.pages(
            self._stub.Related, request_of(BooksRelatedRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def terms(
        self,
        request: BooksTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTermsFields],
    ) -> TermsResponse:
        """Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md."""
        return self._caller.unary(self._stub.Terms, request_of(BooksTermsRequest, request, fields), timeout, metadata)

    def terms_pages(
        self,
        request: BooksTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTermsFields],
    ) -> Iterator[TermsResponse]:
        """All answers of `terms`, page after page. `timeout` counts for each."""
        return self._caller.pages(self._stub.Terms, request_of(BooksTermsRequest, request, fields), timeout, metadata)

    def terms_all(
        self,
        request: BooksTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTermsFields],
    ) -> Iterator[Term]:
        """All terms of `terms`, from every page. What failed is told by the outcomes of `terms_pages`."""
        for page in self._caller.pages(
            self._stub.Terms, request_of(BooksTermsRequest, request, fields), timeout, metadata
        ):
            yield from page.terms


class AsyncBooks:
    """Books and their authors. Every answer says what became of each provider that was asked."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: BooksServiceAsyncStub = BooksServiceStub(caller.channel)

    async def search(
        self,
        request: BooksSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksSearchFields],
    ) -> SearchResponse:
        """Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell.
        Errors: docs/errors.md.
        """
        return await self._caller.unary(
            self._stub.Search, request_of(BooksSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: BooksSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksSearchFields],
    ) -> AsyncIterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(self._stub.Search, request_of(BooksSearchRequest, request, fields), timeout, metadata)

    async def search_all(
        self,
        request: BooksSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksSearchFields],
    ) -> AsyncIterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        async for page in self._caller.pages(
            self._stub.Search, request_of(BooksSearchRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def detail(
        self,
        request: BooksDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksDetailFields],
    ) -> DetailResponse:
        """Gives all that is known of one item. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Detail, request_of(BooksDetailRequest, request, fields), timeout, metadata
        )

    async def trending(
        self,
        request: BooksTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTrendingFields],
    ) -> TrendingResponse:
        """Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Trending, request_of(BooksTrendingRequest, request, fields), timeout, metadata
        )

    def trending_pages(
        self,
        request: BooksTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTrendingFields],
    ) -> AsyncIterator[TrendingResponse]:
        """All answers of `trending`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Trending, request_of(BooksTrendingRequest, request, fields), timeout, metadata
        )

    async def trending_all(
        self,
        request: BooksTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTrendingFields],
    ) -> AsyncIterator[Item]:
        """All items of `trending`, from every page. What failed is told by the outcomes of `trending_pages`."""
        async for page in self._caller.pages(
            self._stub.Trending, request_of(BooksTrendingRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def related(
        self,
        request: BooksRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksRelatedFields],
    ) -> RelatedResponse:
        """Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Related, request_of(BooksRelatedRequest, request, fields), timeout, metadata
        )

    def related_pages(
        self,
        request: BooksRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksRelatedFields],
    ) -> AsyncIterator[RelatedResponse]:
        """All answers of `related`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Related, request_of(BooksRelatedRequest, request, fields), timeout, metadata
        )

    async def related_all(
        self,
        request: BooksRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksRelatedFields],
    ) -> AsyncIterator[Item]:
        """All items of `related`, from every page. What failed is told by the outcomes of `related_pages`."""
        async for page in self._caller.pages(
            self._stub.Related, request_of(BooksRelatedRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def terms(
        self,
        request: BooksTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTermsFields],
    ) -> TermsResponse:
        """Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Terms, request_of(BooksTermsRequest, request, fields), timeout, metadata
        )

    def terms_pages(
        self,
        request: BooksTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTermsFields],
    ) -> AsyncIterator[TermsResponse]:
        """All answers of `terms`, page after page. `timeout` counts for each."""
        return self._caller.pages(self._stub.Terms, request_of(BooksTermsRequest, request, fields), timeout, metadata)

    async def terms_all(
        self,
        request: BooksTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[BooksTermsFields],
    ) -> AsyncIterator[Term]:
        """All terms of `terms`, from every page. What failed is told by the outcomes of `terms_pages`."""
        async for page in self._caller.pages(
            self._stub.Terms, request_of(BooksTermsRequest, request, fields), timeout, metadata
        ):
            for one in page.terms:
                yield one
