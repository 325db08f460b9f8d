"""Errors of the pool that say nothing about the upstream."""

from __future__ import annotations

from tako_providers.sdk.errors import Unreachable
from tako_server.engine.limiter import BudgetSpent


class BrowsersBusy(BudgetSpent):
    """All browsers are in use, and the wait would be too long: the upstream was not asked."""


class BrowsersAway(Unreachable):
    """No FlareSolverr can be used now: the upstream was not asked."""
