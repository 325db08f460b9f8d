"""How a provider's facts are written down.

A module ``facts/<provider>.py`` holds one function for each capture of that provider, written after reading the body::

    facts = Facts("tmdb")

    @facts("detail-tv-1396", detail("tmdb/series/1396"))
    def breaking_bad(item: Item) -> None:
        assert item.title == "Breaking Bad"
        assert item.series.season_count == 5

The question is asked of the provider's public function, with nothing to answer it but that capture and those named in
``also``. The answer goes through the generic checks first, then to the function. ``fails=NotFound`` says that an error
of this class is right; then the function gets the error. Every capture needs at least one function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tako.v1.calendar_pb2 import Period
from tako_providers import sdk
from tako_server.core.domains import CONTRACTS

COMMON = frozenset(("language", "region", "adult", "order_by", "descending", "enrich"))


def secrets_of(provider: sdk.Provider) -> dict[str, str]:
    """Some value for each key that the provider takes."""
    return {secret.variable: "conformance" for secret in provider.manifest.secrets if not secret.is_address}


@dataclass(frozen=True)
class Question:
    """One call of a provider: the method and how its argument is made once the provider is known."""

    operation: str
    build: Callable[[sdk.Provider], Any]


@dataclass(frozen=True)
class Case:
    """One capture's row of facts."""

    provider: str
    capture: str
    question: Question
    also: tuple[str, ...]
    fails: type[Exception] | None
    check: Callable[[Any], None]


@dataclass
class Facts:
    """The rows of one provider.

    ``walk`` are words that its samples can be searched for, ``nothing`` words that they have no hit for.
    """

    provider: str
    walk: str = ""
    nothing: str = ""
    cases: list[Case] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        capture: str,
        question: Question,
        *,
        also: Sequence[str] = (),
        fails: type[Exception] | None = None,
    ) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
        """Register the decorated function as the facts about ``capture``."""

        def register(check: Callable[[Any], None]) -> Callable[[Any], None]:
            self.cases.append(Case(self.provider, capture, question, tuple(also), fails, check))
            return check

        return register

    def not_asked(self, capture: str, why: str) -> None:
        """Say why no operation of the provider asks for this capture. For bodies that no call can ever need."""
        self.skipped[capture] = why


def _message(provider: sdk.Provider, suffix: str, values: dict[str, Any]) -> Any:
    return CONTRACTS[provider.manifest.domains[0]].request(suffix)(**values)


def _split(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    common = {name: value for name, value in values.items() if name in COMMON}
    return common, {name: value for name, value in values.items() if name not in COMMON}


def search(text: str = "", /, *, kind: sdk.Kind | None = None, cursor: str = "", **values: Any) -> Question:
    """Search; ``values`` are fields of the domain's SearchRequest."""
    common, filters = _split(values)
    return Question(
        "search",
        lambda p: sdk.Search(
            domain=p.manifest.domains[0],
            text=text,
            kind=kind,
            cursor=cursor,
            filters=_message(p, "Search", {"query": text, **filters}),
            **common,
        ),
    )


def detail(item_id: str, *, language: str = "", region: str = "") -> Question:
    """Detail of an item id."""
    return Question(
        "detail",
        lambda p: sdk.Detail(domain=p.manifest.domains[0], id=sdk.parse_id(item_id), language=language, region=region),
    )


def trending(
    feed: sdk.FeedType,
    *,
    kind: sdk.Kind | None = None,
    period: sdk.PeriodType | None = None,
    cursor: str = "",
    **values: Any,
) -> Question:
    """Trending; kind and period default as the core fills them from the manifest."""
    common, filters = _split(values)

    def build(p: sdk.Provider) -> Any:
        spec = p.manifest.feed_spec(feed)
        assert spec is not None, f"{p.manifest.id} declares no such feed"
        default = spec.periods[0] if spec.periods else Period.TYPE_UNSPECIFIED
        return sdk.Trending(
            domain=p.manifest.domains[0],
            feed=feed,
            kind=kind if kind is not None or spec.mixed else spec.kinds[0],
            period=period if period is not None else default,
            cursor=cursor,
            filters=_message(p, "Trending", {"feed": feed, **filters}),
            **common,
        )

    return Question("trending", build)


def related(
    item_id: str, relation: sdk.RelationType, *, kind: sdk.Kind | None = None, cursor: str = "", **values: Any
) -> Question:
    """Related of an item id."""
    common, filters = _split(values)
    return Question(
        "related",
        lambda p: sdk.Related(
            domain=p.manifest.domains[0],
            id=sdk.parse_id(item_id),
            relation=relation,
            kind=kind,
            cursor=cursor,
            filters=_message(p, "Related", {"id": item_id, "relation": relation, **filters}),
            **common,
        ),
    )


def terms(vocabulary: sdk.TermType, *, cursor: str = "", **values: Any) -> Question:
    """A vocabulary; ``values`` are fields of sdk.Terms."""
    return Question(
        "terms", lambda p: sdk.Terms(domain=p.manifest.domains[0], terms=vocabulary, cursor=cursor, **values)
    )


def lookup(scheme: str, code: str, **values: Any) -> Question:
    """Look a code up."""
    return Question("lookup", lambda p: sdk.Lookup(scheme=scheme, code=code, **values))
