"""Errors about who is asking, and about a server that is not taking questions."""

from __future__ import annotations

from tako_providers.sdk.errors import TakoError


class ApiKeyInvalid(TakoError):
    """This server asks for an API key, and the caller has none of its keys."""


class AdminTokenRequired(TakoError):
    """What is asked needs the admin token (or, for ``refresh``, an API key)."""


class AdminDisabled(TakoError):
    """No admin token is set on this server."""


class RateExceeded(TakoError):
    """The caller has asked as often as it may for now; again in ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ShuttingDown(TakoError):
    """This process is finishing its last calls."""

    retry_after = 1.0
