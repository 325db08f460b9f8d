"""What came of the questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tako.v1.answers_pb2 import Term
    from tako.v1.item_pb2 import Item

OK = "OK"
EMPTY = "EMPTY"
NOT_ASKED = "NOT_ASKED"
"""There was nothing to ask with: no hit of the kind, no code of the scheme."""


class Operation(StrEnum):
    """The operations of a provider, in the order in which they are asked."""

    SEARCH = "search"
    DETAIL = "detail"
    TRENDING = "trending"
    RELATED = "related"
    TERMS = "terms"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one question. ``outcome`` is OK, EMPTY, NOT_ASKED or the reason of an error (docs/errors.md).

    ``items`` are those of the first upstream page, ``total`` what upstream says it has. ``variables`` are settings that
    an error names.
    """

    operation: Operation
    asked: str
    outcome: str
    message: str = ""
    items: int = 0
    total: int | None = None
    seconds: float = 0.0
    first: Item | Term | None = None
    partial: bool = False
    variables: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether it was asked and gave no answer."""
        return self.outcome not in (OK, EMPTY, NOT_ASKED)

    @property
    def answered(self) -> bool:
        """Whether upstream answered, also when it has nothing."""
        return self.outcome in (OK, EMPTY)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings about a provider. ``stuck``: no search found anything that the other questions could go on from."""

    findings: Sequence[Finding]
    stuck: bool

    @property
    def healthy(self) -> bool:
        """Whether everything that was wanted has answered."""
        return not self.stuck and not any(finding.failed for finding in self.findings)
