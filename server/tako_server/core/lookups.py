"""What the levels of the cache count: plain numbers, for a hit costs microseconds and a metric would be felt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Lookups:
    """How often one level was looked into, and what it had: a fresh answer, one too old for the caller, or none."""

    hits: int = 0
    stale: int = 0
    misses: int = 0
