"""What each error means to the engine, in one table: retry, breaker, limiter, stale answers.

What it means to a caller stands in ``core.error_table``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from tako_providers.sdk import errors
from tako_server.engine.browser.errors import BrowsersAway, BrowsersBusy
from tako_server.engine.limiter import BudgetSpent


class Effect(Enum):
    """What an error says about the upstream's health, and so does to its breaker."""

    NOT_ASKED = auto()
    """Nothing: we refused before the upstream was asked."""
    ANSWERED = auto()
    """It is well: it gave a proper answer, if not the one hoped for."""
    UNSURE = auto()
    """It answered, but that proves nothing. Shown as the last failure; the breaker stays as it is."""
    COUNTS = auto()
    """One failure. Several in a row open the breaker; so does a long Retry-After."""
    OPENS = auto()
    """It does not want us: the breaker opens at once, for more requests make that worse."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """``retry``: a read may be tried again. ``hold``: seconds that nobody asks when the upstream names no Retry-After,
    0 to hold off only if it names one, None never. ``stale``: an old answer is better than this error.
    """

    retry: bool
    effect: Effect
    hold: float | None
    stale: bool


_TABLE: dict[type[errors.ProviderError], Reaction] = {
    # An error that has no row of its own: nothing is known of it.
    errors.ProviderError: Reaction(retry=False, effect=Effect.UNSURE, hold=None, stale=True),
    # The truth about the item: an older answer would contradict it.
    errors.NotFound: Reaction(retry=False, effect=Effect.ANSWERED, hold=None, stale=False),
    errors.Unsupported: Reaction(retry=False, effect=Effect.NOT_ASKED, hold=None, stale=False),
    # The operator has something to do, and a stale answer would hide it for 90 days.
    errors.NotConfigured: Reaction(retry=False, effect=Effect.UNSURE, hold=None, stale=False),
    errors.Disabled: Reaction(retry=False, effect=Effect.NOT_ASKED, hold=None, stale=False),
    errors.RateLimited: Reaction(retry=True, effect=Effect.COUNTS, hold=1.0, stale=True),
    BudgetSpent: Reaction(retry=False, effect=Effect.NOT_ASKED, hold=None, stale=True),
    # Our browsers are missing, not theirs.
    BrowsersBusy: Reaction(retry=False, effect=Effect.NOT_ASKED, hold=None, stale=True),
    BrowsersAway: Reaction(retry=False, effect=Effect.NOT_ASKED, hold=None, stale=True),
    errors.Unreachable: Reaction(retry=True, effect=Effect.COUNTS, hold=0.0, stale=True),
    # This request is wrong for it, which says nothing about others.
    errors.Refused: Reaction(retry=False, effect=Effect.UNSURE, hold=None, stale=True),
    # Whoever replays wants to know what is missing.
    errors.ReplayMiss: Reaction(retry=False, effect=Effect.UNSURE, hold=None, stale=False),
    errors.TimedOut: Reaction(retry=True, effect=Effect.COUNTS, hold=None, stale=True),
    errors.Blocked: Reaction(retry=False, effect=Effect.OPENS, hold=0.0, stale=True),
    errors.Suspended: Reaction(retry=False, effect=Effect.NOT_ASKED, hold=None, stale=True),
    # One page that has changed says nothing about the others, and asking again gives the same page.
    errors.ShapeChanged: Reaction(retry=False, effect=Effect.UNSURE, hold=None, stale=True),
}


def reaction(error: errors.ProviderError) -> Reaction:
    """What to do about ``error``: the row of its class, or of the nearest class above it."""
    return next(_TABLE[cls] for cls in type(error).__mro__ if cls in _TABLE)


def hold_seconds(error: errors.ProviderError) -> float:
    """How long nobody may ask the provider because of ``error``; 0 when it changes nothing."""
    hold = reaction(error).hold
    if hold is None:
        return 0.0
    return hold if error.retry_after is None else error.retry_after
