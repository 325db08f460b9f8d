"""What Google Books answers beside volumes: lists and errors."""

from __future__ import annotations

from tako_providers.sdk import (
    Json,
    NotConfigured,
    NotFound,
    RateLimited,
    Refused,
    ShapeChanged,
    Unreachable,
    count_in,
    dict_in,
    dicts_in,
    one_line,
    text_in,
)

KEY = "GOOGLE_BOOKS_API_KEY"

_LIMITS = ("ratelimit", "dailylimit", "quota", "resource_exhausted")
"""What the reasons of a spent budget have in common: `userRateLimitExceeded`, `dailyLimitExceededUnreg` ..."""
_KEYS = ("accessnotconfigured", "keyinvalid", "keyexpired", "api_key", "service_disabled", "refererblocked")


def checked(found: Json) -> Json:
    """An answer that is no error. Raises what its `error` means: its reason tells more than the status."""
    if not isinstance(found, dict):
        raise ShapeChanged("Google Books answered with something else than an object")
    if "error" not in found:
        return found
    error = dict_in(found, "error")
    code, message = count_in(error, "code"), one_line(text_in(error, "message"))
    reasons = " ".join(text_in(one, "reason") for name in ("errors", "details") for one in dicts_in(error, name))
    reasons = f"{reasons} {text_in(error, 'status')}".lower()
    if code == 429 or any(word in reasons for word in _LIMITS):
        raise RateLimited("Google Books says that the quota of the key is spent")
    if any(word in reasons for word in _KEYS) or "api key" in message.lower():
        raise NotConfigured("Google Books refuses the key that is set", variables=(KEY,))
    if code == 404:
        raise NotFound("Google Books has no volume with this id")
    if "location" in message.lower():
        raise Refused("Google Books cannot tell the country of this server; name a region")
    if code in (401, 403):
        raise NotConfigured(f"Google Books refuses to answer: {message[:200]}", variables=(KEY,))
    if code is not None and 400 <= code < 500:
        raise Refused(f"Google Books refused the request: {message[:200]}")
    raise Unreachable(f"Google Books failed: {message[:200]}")


def entries(found: Json) -> list[Json]:
    """The volumes of a list. Where there are none, `items` is not there and `totalItems` is."""
    if found.get("kind") != "books#volumes" and "totalItems" not in found:
        raise ShapeChanged("Google Books answered a search without a list of volumes")
    items = found.get("items")
    if items is None:
        return []
    if not isinstance(items, list):
        raise ShapeChanged("Google Books answered a search without a list of volumes")
    return items
