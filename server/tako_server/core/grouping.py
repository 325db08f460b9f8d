"""Which items of an answer are certainly the same thing: items of different providers that share an id.

A title proves nothing, and an id only within its scope (``core/identities.py``). docs/grouping.md tells callers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tako.v1.answers_pb2 import ItemGroup
from tako.v1.item_parts_pb2 import ExternalId
from tako.v1.item_pb2 import Item
from tako_providers.sdk.languages import primary
from tako_server.core.fields import language_of
from tako_server.core.identities import Identity, identities


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of an item."""

    id: str
    provider: str
    identities: frozenset[Identity]
    worth: tuple[bool, bool, int]
    """For choosing the best: whether it is the thing itself, speaks the language that is wanted, and tells how much."""


_Items = Sequence[_Known]
_Proofs = Mapping[Identity, _Items]
"""Identities that several items have, with those items."""


class Grouping:
    """Takes the items of an answer as they come, and keeps little of each; knows the groups when all are there."""

    def __init__(self, language: str) -> None:
        """``language`` is the one that the caller wants, "" for any."""
        self._language = primary(language)
        self._known: dict[str, _Known] = {}

    def add(self, parts: Iterable[bytes]) -> None:
        """More items, serialized. One that comes twice is one."""
        for part in parts:
            item = Item.FromString(part)
            self._known.setdefault(item.id, _Known(item.id, item.provider, identities(item), self._worth(item)))

    def groups(self) -> list[ItemGroup]:
        """The groups, in the order of their first items; in each the best item first."""
        holders: dict[Identity, list[_Known]] = defaultdict(list)
        for known in self._known.values():
            for identity in known.identities:
                holders[identity].append(known)
        proofs = {identity: same for identity, same in holders.items() if len(same) > 1 and _may_be_one(same)}
        return [
            _group(group, proofs)
            for group in _connected(list(self._known.values()), proofs)
            if _may_be_one(group) and _agree(group)
        ]

    def _worth(self, item: Item) -> tuple[bool, bool, int]:
        speaks = bool(self._language) and primary(item.language) == self._language
        details = item.WhichOneof("details")
        told = len(item.ListFields()) + (len(getattr(item, details).ListFields()) if details else 0)
        return item.kind != Item.PRODUCT, speaks, told


def groups_of(request: Any, parts: Iterable[bytes]) -> list[ItemGroup]:
    """Which of these items are the same thing, when ``request`` asks that. What has no ``group`` can't ask it."""
    if not getattr(request, "group", False):
        return []
    grouping = Grouping(language_of(request))
    grouping.add(parts)
    return grouping.groups()


def _may_be_one(items: _Items) -> bool:
    """Whether no two are of one provider: those are two things, as the provider itself says."""
    return len({known.provider for known in items}) == len(items)


def _agree(items: _Items) -> bool:
    """Whether in each scheme that several of them have, all of those have a value in common.

    Else two that never met are joined by a third that has the ids of both, such as a book's two bindings.
    """
    values: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
    for known in items:
        own: dict[tuple[str, str], set[str]] = defaultdict(set)
        for identity in known.identities:
            own[identity.scope, identity.scheme].add(identity.value)
        for series, found in own.items():
            values[series].append(found)
    return all(set.intersection(*found) for found in values.values())


def _connected(items: _Items, proofs: _Proofs) -> list[_Items]:
    """Two items or more that lead to one another by proofs, in the order of ``items``."""
    leader = {known.id: known.id for known in items}

    def find(item_id: str) -> str:
        while leader[item_id] != item_id:
            leader[item_id] = leader[leader[item_id]]  # the way is shorter next time
            item_id = leader[item_id]
        return item_id

    for first, *others in proofs.values():
        for other in others:
            leader[find(other.id)] = find(first.id)
    together: dict[str, list[_Known]] = defaultdict(list)
    for known in items:
        together[find(known.id)].append(known)
    return [group for group in together.values() if len(group) > 1]


def _group(items: _Items, proofs: _Proofs) -> ItemGroup:
    best_first = sorted(items, key=lambda known: known.worth, reverse=True)  # of equals the earlier one
    shared = {identity for known in items for identity in known.identities if identity in proofs}
    return ItemGroup(
        best_item_id=best_first[0].id,
        item_ids=[known.id for known in best_first],
        shared_ids=[
            ExternalId(scheme=scheme, value=value)
            for scheme, value in sorted({(identity.scheme, identity.value) for identity in shared})
        ],
    )
