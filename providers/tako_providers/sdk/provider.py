"""What a provider is. This file is the document for authors of providers; ``_template.py`` is the start to copy.

A provider MUST hold a ``manifest`` and implement one async method for each operation that its manifest declares. It
MUST ask only through the ``Upstream`` that it is given, MUST raise only errors of ``sdk.errors``, and MUST NOT sleep,
retry, cache, log or catch. A field that upstream does not give MUST stay unset. An answer whose shape is not recognised
MUST raise ShapeChanged: an empty page is *recognised* as empty, never assumed.

The core and the engine do the rest: which provider is asked, limits, retries, caching, replay, paging over several
providers, filling ``Item.id``, ``Item.provider``, ``Item.domain`` and ``Item.attribution``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from tako.v1.choices_pb2 import AdultFilter, Order
from tako_providers.sdk.errors import InvalidField, Unsupported

if TYPE_CHECKING:
    from tako.v1.answers_pb2 import Term
    from tako.v1.item_pb2 import Item
    from tako_providers.sdk.enums import AdultType, FeedType, Kind, OrderBy, PeriodType, RelationType, TermType
    from tako_providers.sdk.item_id import ItemId
    from tako_providers.sdk.manifest import Domain, Manifest
    from tako_providers.sdk.upstream import Request, Upstream

F = TypeVar("F")

FIRST = ""
"""The cursor of a first page."""


def page_number(cursor: str) -> int:
    """The page of a cursor that counts pages: 1 for the first. Raises InvalidField for a cursor that is no number."""
    if cursor == FIRST:
        return 1
    if not cursor.isdecimal():
        raise InvalidField("page_token", "does not fit this provider")
    return int(cursor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """What every question with pages has. ``cursor`` is the provider's own, opaque to the core; FIRST at the start."""

    domain: Domain
    cursor: str = FIRST
    language: str = ""
    region: str = ""
    adult: AdultType = AdultFilter.EXCLUDE
    order_by: OrderBy = Order.BY_UNSPECIFIED
    descending: bool | None = None
    enrich: bool = False

    @property
    def page(self) -> int:
        """Number of the page, for upstreams that count pages from 1."""
        return page_number(self.cursor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Paged, Generic[F]):
    """Search for ``text``, trimmed; it may be empty when a filter is set.

    ``kind`` is None when the caller names none: then the provider gives its defaults. ``filters`` is the domain's own
    request message (``BooksSearchRequest``): read the domain's filters from it, and nothing else.
    """

    text: str
    kind: Kind | None = None
    filters: F


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Detail of one item of this provider."""

    domain: Domain
    id: ItemId
    language: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trending(Paged, Generic[F]):
    """One feed. ``kind`` and ``period`` are filled from the manifest when the caller names none.

    ``kind`` is None only for a ``mixed`` feed: all kinds are wanted then.

    ``filters`` is the domain's own request message (``MediaTrendingRequest``).
    """

    feed: FeedType
    kind: Kind | None
    period: PeriodType
    filters: F


@dataclass(frozen=True, slots=True, kw_only=True)
class Related(Paged, Generic[F]):
    """Items that relate to ``id``. ``kind`` is None when all kinds are wanted.

    ``filters`` is the domain's own request message (``MediaRelatedRequest``).
    """

    id: ItemId
    relation: RelationType
    kind: Kind | None = None
    filters: F


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Paged):
    """One vocabulary of the provider."""

    terms: TermType
    kind: Kind | None = None
    parent: str = ""
    term_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The items that a code belongs to. ``scheme`` is one of the manifest's; ``code`` is in its normal form.

    ``kinds`` is empty when every kind is wanted; items of others are left out by the engine.
    """

    domain: Domain | None = None
    scheme: str
    code: str
    kinds: tuple[Kind, ...] = ()
    language: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One upstream page of items, in upstream's order.

    The page is upstream's own: its size does not depend on what the caller asked for; the core cuts and joins pages.
    ``next`` is the cursor of the next page, FIRST ("") when this is the last. ``total`` is what upstream says it has.
    ``ignored`` names request fields that this answer could not honour, beyond those that the manifest does not list.
    """

    items: Sequence[Item]
    next: str = FIRST
    total: int | None = None
    total_is_estimate: bool = False
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermPage:
    """One upstream page of a vocabulary."""

    terms: Sequence[Term]
    next: str = FIRST
    total: int | None = None


ACCESS_TOKEN = "access-token"  # noqa: S105 - a name, no token
"""Where ``Provider.authorize`` finds the access token in ``secrets``. Not there yet while ``sign_in`` itself asks."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the seconds that it may be used for."""

    value: str = field(repr=False)
    seconds: float


class Provider:
    """Base of all providers. Holds no state of its own: one instance serves all calls at once."""

    manifest: ClassVar[Manifest]

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Sign a request. ``secrets`` holds the manifest's secrets that are set, by variable.

        Keys SHOULD go in headers where the upstream allows it. Where the manifest says ``signs_in``, the access token
        is among them under ``ACCESS_TOKEN``.
        """
        return request

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """A new access token. Asked only where the manifest says ``signs_in``.

        The engine keeps the token for all calls, gets the next one before it ends, and once when upstream answers 401.
        Raises NotConfigured when upstream refuses the keys.
        """
        raise Unsupported(f"{self.manifest.title} has no sign-in")

    def parts(self, ask: Search[Any] | Trending[Any] | Related[Any] | Detail | Lookup) -> Sequence[str]:
        """The parts that ``ask`` is for, where the manifest has ``parts``; Detail and Lookup are for one.

        The core asks each on its own: the field then holds that part alone, and each has its own outcome and pages.
        """
        return ()

    async def search(self, ask: Search[Any], up: Upstream) -> Page:
        """One page of hits for ``ask``."""
        raise Unsupported(f"{self.manifest.title} has no search")

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """All that is known of one item. Raises NotFound when upstream has none of this id."""
        raise Unsupported(f"{self.manifest.title} has no details")

    async def trending(self, ask: Trending[Any], up: Upstream) -> Page:
        """One page of a feed that the manifest declares."""
        raise Unsupported(f"{self.manifest.title} has no feeds")

    async def related(self, ask: Related[Any], up: Upstream) -> Page:
        """One page of a relation that the manifest declares; ``Item.context`` says what each item is here."""
        raise Unsupported(f"{self.manifest.title} has no relations")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """One page of a vocabulary that the manifest declares."""
        raise Unsupported(f"{self.manifest.title} has no vocabularies")

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The items of a code; an empty page when upstream says that it knows none."""
        raise Unsupported(f"{self.manifest.title} looks nothing up")
