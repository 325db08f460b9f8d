"""Trading cards and their sets. Every answer says what became of each provider that was asked.

Generated from proto/tako/v1/tcg_service.proto: change that, and run `make gen`.
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
from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation, Unique
from tako.v1.item_pb2 import Item
from tako.v1.tcg_service_pb2 import (
    TradingCardsDetailRequest,
    TradingCardsRelatedRequest,
    TradingCardsSearchRequest,
    TradingCardsTermsRequest,
    TradingCardsTrendingRequest,
)
from tako.v1.tcg_service_pb2_grpc import TradingCardsServiceStub

if TYPE_CHECKING:
    from tako.v1.tcg_service_pb2_grpc import TradingCardsServiceAsyncStub


class TradingCardsSearchFields(TypedDict, total=False):
    """Fields of TradingCardsSearchRequest."""

    query: str
    """What to search for. May be empty only when a filter of the domain is set; `types`, `unique` alone do not
    count.
    """

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    kind: Item.Kind.ValueType
    """Kind wanted, such as TRADING_CARD, CARD_SET; ListProviders tells what each provider searches. Not said means
    what each provider gives by default.
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

    set: str
    """Set: code or id from Terms."""

    rarity: str
    """Rarity, in upstream's English word."""

    number: str
    """Collector number."""

    artist: str
    """Name of an artist."""

    text: str
    """Words of the rules text."""

    supertype: str
    """Widest type, such as `Trainer`."""

    card_types: Iterable[str]
    """Types, in English words. Several: all of them."""

    subtypes: Iterable[str]
    """Subtypes, in English words. Several: all of them."""

    types: Iterable[str]
    """Elemental types, such as `Fire`, in English words. Several: all of them."""

    banlist: str
    """Ban list that the card must stand on."""

    trait: str
    """Trait or classification."""

    colors: Iterable[str]
    """Colours, in English words. Several: all of them."""

    attribute: str
    """Attribute."""

    race: str
    """Race."""

    archetype: str
    """Archetype: name from Terms."""

    stage: str
    """Stage."""

    form: str
    """Form."""

    series: str
    """Series."""

    min_cost: float
    """Lowest cost."""

    max_cost: float
    """Highest cost."""

    level: int
    """Level or rank."""

    link_rating: int
    """Link rating."""

    pendulum_scale: int
    """Pendulum scale."""

    min_power: int
    """Lowest power, attack, strength or DP."""

    max_power: int
    """Highest power, attack, strength or DP."""

    min_toughness: int
    """Lowest toughness, defence or willpower."""

    max_toughness: int
    """Highest toughness, defence or willpower."""

    min_hp: int
    """Fewest hit points."""

    max_hp: int
    """Most hit points."""

    released_from: str
    """Earliest release, `YYYY[-MM[-DD]]`."""

    released_to: str
    """Latest release, `YYYY[-MM[-DD]]`."""

    link_markers: Iterable[str]
    """Link markers. Several: all of them."""

    inkable: bool
    """Whether the card can become ink."""

    format: str
    """Format that the card must be legal in."""

    unique: Unique.Type.ValueType
    """What counts as the same card."""


class TradingCardsDetailFields(TypedDict, total=False):
    """Fields of TradingCardsDetailRequest."""

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


class TradingCardsTrendingFields(TypedDict, total=False):
    """Fields of TradingCardsTrendingRequest."""

    providers: Iterable[str]
    """Ids of the providers to ask. None named asks all that answer without a browser, and those that need one when
    the domain has no other or the answer is cached.
    """

    kind: Item.Kind.ValueType
    """Kind wanted, such as TRADING_CARD, CARD_SET; ListProviders tells what each provider searches. Not said means
    what each provider gives by default.
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

    set: str
    """Set: code or id from Terms."""


class TradingCardsRelatedFields(TypedDict, total=False):
    """Fields of TradingCardsRelatedRequest."""

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


class TradingCardsTermsFields(TypedDict, total=False):
    """Fields of TradingCardsTermsRequest."""

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


class TradingCards:
    """Trading cards and their sets. Every answer says what became of each provider that was asked."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = TradingCardsServiceStub(caller.channel)

    def search(
        self,
        request: TradingCardsSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsSearchFields],
    ) -> SearchResponse:
        """Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell.
        Errors: docs/errors.md.
        """
        return self._caller.unary(
            self._stub.Search, request_of(TradingCardsSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: TradingCardsSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsSearchFields],
    ) -> Iterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Search, request_of(TradingCardsSearchRequest, request, fields), timeout, metadata
        )

    def search_all(
        self,
        request: TradingCardsSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsSearchFields],
    ) -> Iterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        for page in self._caller.pages(
            self._stub.Search, request_of(TradingCardsSearchRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def detail(
        self,
        request: TradingCardsDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsDetailFields],
    ) -> DetailResponse:
        """Gives all that is known of one item. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Detail, request_of(TradingCardsDetailRequest, request, fields), timeout, metadata
        )

    def trending(
        self,
        request: TradingCardsTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTrendingFields],
    ) -> TrendingResponse:
        """Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Trending, request_of(TradingCardsTrendingRequest, request, fields), timeout, metadata
        )

    def trending_pages(
        self,
        request: TradingCardsTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTrendingFields],
    ) -> Iterator[TrendingResponse]:
        """All answers of `trending`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Trending, request_of(TradingCardsTrendingRequest, request, fields), timeout, metadata
        )

    def trending_all(
        self,
        request: TradingCardsTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTrendingFields],
    ) -> Iterator[Item]:
        """All items of `trending`, from every page. What failed is told by the outcomes of `trending_pages`."""
        for page in self._caller.pages(
            self._stub.Trending, request_of(TradingCardsTrendingRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def related(
        self,
        request: TradingCardsRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsRelatedFields],
    ) -> RelatedResponse:
        """Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Related, request_of(TradingCardsRelatedRequest, request, fields), timeout, metadata
        )

    def related_pages(
        self,
        request: TradingCardsRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsRelatedFields],
    ) -> Iterator[RelatedResponse]:
        """All answers of `related`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Related, request_of(TradingCardsRelatedRequest, request, fields), timeout, metadata
        )

    def related_all(
        self,
        request: TradingCardsRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsRelatedFields],
    ) -> Iterator[Item]:
        """All items of `related`, from every page. What failed is told by the outcomes of `related_pages`."""
        for page in self._caller.pages(
            self._stub.Related, request_of(TradingCardsRelatedRequest, request, fields), timeout, metadata
        ):
            yield from page.items

    def terms(
        self,
        request: TradingCardsTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTermsFields],
    ) -> TermsResponse:
        """Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.Terms, request_of(TradingCardsTermsRequest, request, fields), timeout, metadata
        )

    def terms_pages(
        self,
        request: TradingCardsTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTermsFields],
    ) -> Iterator[TermsResponse]:
        """All answers of `terms`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Terms, request_of(TradingCardsTermsRequest, request, fields), timeout, metadata
        )

    def terms_all(
        self,
        request: TradingCardsTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTermsFields],
    ) -> Iterator[Term]:
        """All terms of `terms`, from every page. What failed is told by the outcomes of `terms_pages`."""
        for page in self._caller.pages(
            self._stub.Terms, request_of(TradingCardsTermsRequest, request, fields), timeout, metadata
        ):
            yield from page.terms


class AsyncTradingCards:
    """Trading cards and their sets. Every answer says what became of each provider that was asked."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: TradingCardsServiceAsyncStub = TradingCardsServiceStub(caller.channel)

    async def search(
        self,
        request: TradingCardsSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsSearchFields],
    ) -> SearchResponse:
        """Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell.
        Errors: docs/errors.md.
        """
        return await self._caller.unary(
            self._stub.Search, request_of(TradingCardsSearchRequest, request, fields), timeout, metadata
        )

    def search_pages(
        self,
        request: TradingCardsSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsSearchFields],
    ) -> AsyncIterator[SearchResponse]:
        """All answers of `search`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Search, request_of(TradingCardsSearchRequest, request, fields), timeout, metadata
        )

    async def search_all(
        self,
        request: TradingCardsSearchRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsSearchFields],
    ) -> AsyncIterator[Item]:
        """All items of `search`, from every page. What failed is told by the outcomes of `search_pages`."""
        async for page in self._caller.pages(
            self._stub.Search, request_of(TradingCardsSearchRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def detail(
        self,
        request: TradingCardsDetailRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsDetailFields],
    ) -> DetailResponse:
        """Gives all that is known of one item. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Detail, request_of(TradingCardsDetailRequest, request, fields), timeout, metadata
        )

    async def trending(
        self,
        request: TradingCardsTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTrendingFields],
    ) -> TrendingResponse:
        """Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Trending, request_of(TradingCardsTrendingRequest, request, fields), timeout, metadata
        )

    def trending_pages(
        self,
        request: TradingCardsTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTrendingFields],
    ) -> AsyncIterator[TrendingResponse]:
        """All answers of `trending`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Trending, request_of(TradingCardsTrendingRequest, request, fields), timeout, metadata
        )

    async def trending_all(
        self,
        request: TradingCardsTrendingRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTrendingFields],
    ) -> AsyncIterator[Item]:
        """All items of `trending`, from every page. What failed is told by the outcomes of `trending_pages`."""
        async for page in self._caller.pages(
            self._stub.Trending, request_of(TradingCardsTrendingRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def related(
        self,
        request: TradingCardsRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsRelatedFields],
    ) -> RelatedResponse:
        """Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Related, request_of(TradingCardsRelatedRequest, request, fields), timeout, metadata
        )

    def related_pages(
        self,
        request: TradingCardsRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsRelatedFields],
    ) -> AsyncIterator[RelatedResponse]:
        """All answers of `related`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Related, request_of(TradingCardsRelatedRequest, request, fields), timeout, metadata
        )

    async def related_all(
        self,
        request: TradingCardsRelatedRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsRelatedFields],
    ) -> AsyncIterator[Item]:
        """All items of `related`, from every page. What failed is told by the outcomes of `related_pages`."""
        async for page in self._caller.pages(
            self._stub.Related, request_of(TradingCardsRelatedRequest, request, fields), timeout, metadata
        ):
            for one in page.items:
                yield one

    async def terms(
        self,
        request: TradingCardsTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTermsFields],
    ) -> TermsResponse:
        """Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.Terms, request_of(TradingCardsTermsRequest, request, fields), timeout, metadata
        )

    def terms_pages(
        self,
        request: TradingCardsTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTermsFields],
    ) -> AsyncIterator[TermsResponse]:
        """All answers of `terms`, page after page. `timeout` counts for each."""
        return self._caller.pages(
            self._stub.Terms, request_of(TradingCardsTermsRequest, request, fields), timeout, metadata
        )

    async def terms_all(
        self,
        request: TradingCardsTermsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[TradingCardsTermsFields],
    ) -> AsyncIterator[Term]:
        """All terms of `terms`, from every page. What failed is told by the outcomes of `terms_pages`."""
        async for page in self._caller.pages(
            self._stub.Terms, request_of(TradingCardsTermsRequest, request, fields), timeout, metadata
        ):
            for one in page.terms:
                yield one
