"""The facts about one provider: all that the engine, the docs and ListProviders need to know of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tako_providers.sdk.enums import FeedType, Kind, OrderBy, PeriodType, RelationType, TermType


MAX_BODY = 10 * 1024 * 1024
"""Bytes of an upstream's answer, decompressed, unless a manifest allows more."""


class Domain(StrEnum):
    """The twelve areas. The value is the id in URLs and in ``Item.domain``."""

    CONSTRUCTION_TOYS = "construction-toys"
    BOOKS = "books"
    COMICS = "comics"
    ANIME_MANGA = "anime-manga"
    MEDIA = "media"
    VIDEOGAMES = "videogames"
    BOARDGAMES = "boardgames"
    COLLECTIBLES = "collectibles"
    STICKER_ALBUMS = "sticker-albums"
    TCG = "tcg"
    MUSIC = "music"
    ECOMMERCE = "ecommerce"


class Access(StrEnum):
    """How the upstream is reached."""

    DIRECT = "direct"
    BROWSER = "browser"
    """Only through a browser: answers in seconds, not asked by default."""
    DIRECT_THEN_BROWSER = "direct-then-browser"
    """Plain HTTP first, a browser when a challenge comes."""


class LanguageMode(StrEnum):
    """What ``language`` does at this upstream."""

    NONE = "none"
    """One language only, or none at all: the parameter changes nothing."""
    NATIVE = "native"
    """The upstream has the text itself in these languages."""
    CONTENT_FILTER = "content-filter"
    """The upstream can only filter works by their language."""
    SITE = "site"
    """One site or shop per locale."""
    NAMES = "names"
    """Only names and titles exist in several languages."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``calls`` requests started in any window of ``seconds``."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Secret:
    """A setting that the provider needs: its variable, older names for it, where a person gets one."""

    variable: str
    url: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = True
    placeholder: str = ""
    """What ``make demo`` sets: replay needs some value, and no real one. Required ones have one."""
    is_address: bool = False
    """It is no key but an https address: a wrong one stops the start."""


BROWSER = "FSR_URL"
"""The setting that says where a browser is."""
VPN_PROXY = "VPN_PROXY_URL"
"""The setting of the proxy that a manifest may name in ``proxy``."""


@dataclass(frozen=True, slots=True)
class Ttl:
    """How long an answer is fresh, in seconds (design: search 5 min, detail 1 h, prices 10 min, static 24 h)."""

    search: int = 300
    detail: int = 3600
    price: int = 600
    static: int = 86400
    feed: int = 86400


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the upstream's terms ask to be shown beside its data."""

    text: str
    url: str
    logo_required: bool = False


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What the provider can do with one kind.

    ``search``: Search gives it when it is named. ``default``: also when no kind is named. ``filters`` are the fields of
    the domain's SearchRequest that its search honours, ``adult``, ``region`` and ``enrich`` among them; those set in a
    request and not listed are reported as ignored. A kind without ``search`` and ``detail`` is a leaf: only relations
    and feeds give it.
    """

    kind: Kind
    search: bool = False
    default: bool = False
    detail: bool = False
    filters: tuple[str, ...] = ()
    orders: tuple[OrderBy, ...] = ()
    pages: bool = True


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed: the kinds and periods that it takes, each with its default first, and how it differs from its name.

    ``mixed``: without a kind named it gives all of them in one list; ``Trending.kind`` is None then.
    """

    feed: FeedType
    kinds: tuple[Kind, ...]
    periods: tuple[PeriodType, ...] = ()
    note: str = ""
    filters: tuple[str, ...] = ()
    needs_region: bool = False
    mixed: bool = False
    ttl: int | None = None
    """Seconds that an answer is fresh, when it is not what docs/caching.md says of its feed and ``Ttl.feed``."""


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """A relation: the kinds that it starts from and leads to. ``prices``: its answers stay fresh only briefly."""

    relation: RelationType
    from_kinds: tuple[Kind, ...]
    to_kinds: tuple[Kind, ...]
    note: str = ""
    filters: tuple[str, ...] = ()
    prices: bool = False


@dataclass(frozen=True, slots=True)
class TermSpec:
    """A vocabulary: the kinds to choose from when it differs by kind, and whether it takes a parent or a text."""

    terms: TermType
    kinds: tuple[Kind, ...] = ()
    parent: bool = False
    parent_required: bool = False
    query: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a provider, such as the shops of a company: the repeated field that names them, and their names."""

    field: str
    names: tuple[str, ...]


class Tier(StrEnum):
    """Quality tiers; docs/providers.md says what each asks."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts about one provider. ``id`` is lower case, and for ever.

    ``hosts`` is the egress allowlist: exact host names that ``Upstream`` may ask. ``content_hosts`` are the hosts that
    its images and links point to; Tako never asks them. ``delivery_params`` are query or body parameters that say how
    an answer is delivered, not what is asked (see replay). ``timeout`` is in seconds and bounds one provider call.
    ``max_stale`` bounds in seconds how old a stale answer may be when the upstream's terms say so.
    """

    id: str
    title: str
    domains: tuple[Domain, ...]
    homepage: str
    base_url: str
    hosts: frozenset[str]
    attribution: Attribution
    terms_url: str = ""
    base_url_setting: str = ""
    """The setting that ``base_url`` may be replaced by, its host with it: for services that move or are self-hosted."""
    host_suffixes: tuple[str, ...] = ()
    """Hosts below these names may be asked too (``.us.archive.org``): where redirects end on one of many machines."""
    content_hosts: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    limits_with: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)
    """The limits that hold instead once a setting of the provider is set, by its variable."""
    limit_statuses: frozenset[int] = frozenset()
    """Statuses by which upstream asks for fewer requests, beside 429."""
    max_body: int = MAX_BODY
    """Bytes of an answer, decompressed, above which it is refused."""
    signs_in: bool = False
    """Requests need an access token, which ``Provider.sign_in`` gets and the engine keeps."""
    secrets: tuple[Secret, ...] = ()
    access: Access = Access.DIRECT
    direct: tuple[str, ...] = ()
    """Beginnings of addresses that are asked over plain HTTP, whatever ``access`` says."""
    proxy: str = ""
    """The setting of a proxy that this upstream is asked through, over plain HTTP and by a browser, where it is set."""
    timeout: float = 20.0
    ttl: Ttl = field(default_factory=Ttl)
    max_stale: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    language_mode: LanguageMode = LanguageMode.NONE
    delivery_params: Collection[str] = frozenset()
    image_policy: str = ""
    notes: str = ""
    kinds: tuple[KindSpec, ...] = ()
    feeds: tuple[FeedSpec, ...] = ()
    relations: tuple[RelationSpec, ...] = ()
    terms: tuple[TermSpec, ...] = ()
    parts: Parts | None = None
    """Set where it is asked in parts, each with its own outcome, limits and breaker: see ``Provider.parts``."""
    lookups: tuple[str, ...] = ()
    """External-id schemes that Lookup takes; the provider's own id among them when its numbers can be asked."""
    on_request: frozenset[Domain] = frozenset()
    """Domains in which it answers only when it is named."""
    tier: Tier = Tier.BRONZE
    lacks: Mapping[str, str] = field(default_factory=dict)
    """What the upstream has none of, with the reason: ``languages``, ``external ids``, ``relations``, ``feeds``."""
    unseen: str = ""
    """Why no answer of the live upstream was ever met; empty where some were recorded."""

    @property
    def slow(self) -> bool:
        """Whether it is left out unless asked for by name or by ``include_slow``."""
        return self.access is Access.BROWSER

    def placed(self, settings: Mapping[str, str]) -> Manifest:
        """This manifest at the address that a setting names."""
        address = settings.get(self.base_url_setting)
        if not address:
            return self
        host = urlsplit(address).hostname or ""
        return replace(self, base_url=address.rstrip("/"), hosts=self.hosts | {host}, base_url_setting="")

    def asks(self, host: str) -> bool:
        """Whether ``host`` is one that may be asked."""
        return host in self.hosts or host.endswith(self.host_suffixes)

    @property
    def settings(self) -> tuple[Secret, ...]:
        """All settings that it can use: its own, a browser, a proxy."""
        browser = () if self.access is Access.DIRECT else (Secret(BROWSER, required=self.access is Access.BROWSER),)
        return (*self.secrets, *browser, *((Secret(self.proxy, required=False),) if self.proxy else ()))

    def part_ids(self) -> tuple[str, ...]:
        """The names under which it is protected: its id, or one for each of its parts."""
        return tuple(self.part_id(name) for name in self.parts.names) if self.parts else (self.id,)

    def part_id(self, part: str) -> str:
        """The name under which a part is protected."""
        return f"{self.id}:{part}"

    def limits_when(self, settings: Collection[str]) -> tuple[Limit, ...]:
        """The limits that hold when these settings are set."""
        return next((limits for name, limits in self.limits_with.items() if name in settings), self.limits)

    def kind_spec(self, kind: Kind) -> KindSpec | None:
        """What it can do with ``kind``, None when nothing."""
        return next((spec for spec in self.kinds if spec.kind == kind), None)

    def feed_spec(self, feed: FeedType) -> FeedSpec | None:
        """The feed, None when it has none."""
        return next((spec for spec in self.feeds if spec.feed == feed), None)

    def relation_spec(self, relation: RelationType, kind: Kind) -> RelationSpec | None:
        """The relation that starts from ``kind``, None when it has none."""
        return next((r for r in self.relations if r.relation == relation and kind in r.from_kinds), None)

    def term_spec(self, terms: TermType) -> TermSpec | None:
        """The vocabulary, None when it has none."""
        return next((spec for spec in self.terms if spec.terms == terms), None)
