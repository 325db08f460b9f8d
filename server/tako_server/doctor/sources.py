"""The questions: built by the core from requests of the contract, so that what is tried is what callers get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako.v1.catalog_service_pb2 import LookupRequest
from tako_providers.sdk.item_id import parse_id
from tako_providers.sdk.provider import Detail
from tako_server.core.codes import codes_to_ask
from tako_server.core.domains import CONTRACTS
from tako_server.core.listing import Source
from tako_server.core.questions import lookup_sources, related_sources, search_sources, terms_source, trending_sources
from tako_server.core.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tako_providers.sdk.enums import Kind
    from tako_providers.sdk.manifest import FeedSpec, RelationSpec, TermSpec
    from tako_providers.sdk.provider import Provider


class Sources:
    """The questions to one provider, in its first domain. One that is asked in parts has several for one operation.

    ``more`` are fields of the request.
    """

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._registry = Registry([provider])
        self._name = provider.manifest.id
        self._domain = provider.manifest.domains[0]
        self._contract = CONTRACTS[self._domain]

    def search(self, text: str, kind: Kind | None) -> Sequence[Source]:
        """Search for ``text``; None for the kind means the provider's defaults."""
        request = self._contract.search(query=text, providers=[self._name], kind=kind)
        return search_sources(self._registry, self._domain, request)[0]

    def detail(self, item_id: str) -> Sequence[Source]:
        """Everything about one item."""
        ask = Detail(domain=self._domain, id=parse_id(item_id))
        return [Source(self._name, self._provider, self._domain, lambda _: ask)]

    def trending(self, spec: FeedSpec, **more: str) -> Sequence[Source]:
        """A feed, with its default kind and period."""
        request = self._contract.trending(providers=[self._name], feed=spec.feed, **more)
        return trending_sources(self._registry, self._domain, request)[0]

    def related(self, item_id: str, spec: RelationSpec, **more: str) -> Sequence[Source]:
        """A relation of one item."""
        request = self._contract.related(id=item_id, relation=spec.relation, **more)
        return related_sources(self._registry, self._domain, parse_id(item_id), request)

    def terms(self, spec: TermSpec, parent: str) -> Sequence[Source]:
        """A vocabulary, for its default kind."""
        request = self._contract.terms(provider=self._name, terms=spec.terms, parent=parent)
        return [terms_source(self._registry, self._domain, request)]

    def lookup(self, scheme: str, code: str) -> Sequence[Source]:
        """The items of a code."""
        codes = [known for known in codes_to_ask(scheme, code, self._registry) if known[0] == scheme]
        request = LookupRequest(scheme=scheme, code=code, providers=[self._name])
        return lookup_sources(self._registry, [self._domain], request, codes or [(scheme, code)])[0]
