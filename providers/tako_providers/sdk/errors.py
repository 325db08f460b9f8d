"""The one error tree.

Every error that may cross a seam of Tako is one of these. What a class means for the caller (gRPC code, reason,
details) and for the engine (retry, breaker) is decided elsewhere, from the class alone::

    TakoError
    ├── InvalidField            the request breaks a rule; names the field
    ├── ProviderUnknown         no provider of this id
    ├── Overloaded              too much at once in this process
    ├── OutOfTime               the caller's deadline passed
    └── ProviderError           one provider could not answer
        ├── NotFound            the upstream says that the item does not exist
        ├── Unsupported         the provider lacks the operation, kind, feed, relation ...
        ├── NotConfigured       a key or address that the provider needs is missing or refused here
        ├── Disabled            switched off by the operator
        ├── RateLimited         our own budget or the upstream's 429
        ├── Unreachable         connection refused, reset, 5xx, unexpected status
        │   ├── Refused         a status that says that the request itself is wrong (4xx)
        │   └── ReplayMiss      replay mode, and no capture answers this request
        ├── TimedOut            the upstream did not answer in its time
        ├── Blocked             a bot wall or a page that asks for a human
        ├── Suspended           the breaker is open
        └── ShapeChanged        the answer came, but not in a shape that the parser knows

Messages are for people: they say what was being done and to what. They never hold a key, a URL with a query, a file
path or an internal address.
"""

from __future__ import annotations


class TakoError(Exception):
    """Base of every error that Tako raises on purpose. ``str(error)`` may be shown to a caller."""


class InvalidField(TakoError):
    """A field of the request breaks its rule.

    ``field`` is the name in the .proto, with a path for nested ones (``providers[0]``).
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.description = message


class ProviderUnknown(TakoError):
    """The request names a provider that does not exist, or not in this domain."""

    def __init__(self, provider: str, message: str) -> None:
        super().__init__(message)
        self.provider = provider


class Overloaded(TakoError):
    """This process has as much work as it may have; try again after ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OutOfTime(TakoError):
    """The caller's deadline passed before there was anything to answer with."""


class ProviderError(TakoError):
    """One provider could not answer.

    Providers raise the subclasses with a message alone; the engine fills in ``provider`` on the way out.
    ``retry_after`` is in seconds, None when the upstream says nothing about it.
    """

    def __init__(self, message: str, *, provider: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.provider = provider
        self.retry_after = retry_after


class NotFound(ProviderError):
    """The upstream says that there is no such thing."""


class Unsupported(ProviderError):
    """The provider lacks this operation, kind, feed, relation or vocabulary. Never an empty list instead."""


class NotConfigured(ProviderError):
    """What the provider needs is missing here, or was refused by the upstream.

    ``variables`` names the settings to set; never their values.
    """

    def __init__(self, message: str, *, provider: str = "", variables: tuple[str, ...] = ()) -> None:
        super().__init__(message, provider=provider)
        self.variables = variables


class Disabled(ProviderError):
    """An operator has switched the provider off."""


class RateLimited(ProviderError):
    """The provider's budget is spent, ours or the upstream's."""


class Unreachable(ProviderError):
    """No usable answer came: refused, reset, 5xx, or a status that nobody expects."""


class Refused(Unreachable):
    """The upstream says that this request is wrong: asking again gives the same."""


class ReplayMiss(Unreachable):
    """Replay mode, and no capture answers this request."""


class TimedOut(ProviderError):
    """The upstream did not answer within the provider's time."""


class Blocked(ProviderError):
    """The upstream answered with a bot wall, a challenge, or a page that asks for a human."""


class Suspended(ProviderError):
    """The breaker is open: the provider is left alone for ``retry_after`` seconds."""


class ShapeChanged(ProviderError):
    """The upstream's answer has not the shape that the parser knows."""
