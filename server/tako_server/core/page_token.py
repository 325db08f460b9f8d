"""Page tokens: opaque, signed, and bound to the request that they came from (AIP-158).

A token holds, for each source, the upstream page and how many of its items have been given already. The signature keeps
callers from making their own; the fingerprint keeps a token from being used with another question.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from tako_providers.sdk.errors import InvalidField

_SIGNATURE = 16
_KEYS = 3
"""Keys that are remembered: a token lives for minutes, a key for years."""
_NOT_ASKED = ("page_token", "page_size", "max_age", "refresh", "include_slow")
"""Fields that may change from page to page; a stream implies ``include_slow``."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a source stands: the cursor of an upstream page, and items of it that have been given."""

    cursor: str = ""
    offset: int = 0


class PageTokens:
    """Makes page tokens with one key, and reads those of earlier ones too."""

    def __init__(self, key: bytes) -> None:
        self._keys = [key]

    def renew(self, key: bytes) -> None:
        """Make tokens with another key from now on: the one that all replicas share, once the store tells it."""
        self._keys = [key, *(old for old in self._keys if old != key)][:_KEYS]

    def make(self, question: bytes, positions: Mapping[str, Position]) -> str:
        """The token for the next page, "" when no source has one."""
        if not positions:
            return ""
        state = {source: [position.cursor, position.offset] for source, position in positions.items()}
        packed = zlib.compress(json.dumps(state, separators=(",", ":")).encode(), level=9)
        payload = question + packed
        return base64.urlsafe_b64encode(_signed(self._keys[0], payload) + payload).rstrip(b"=").decode()

    def read(self, token: str, question: bytes) -> dict[str, Position] | None:
        """The positions in ``token``, None for an empty token. Raises InvalidField for any other that is not ours."""
        if not token:
            return None
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            raise InvalidField("page_token", "is not a page token of this server") from None
        signature, payload = raw[:_SIGNATURE], raw[_SIGNATURE:]
        if not any(hmac.compare_digest(signature, _signed(key, payload)) for key in self._keys):
            raise InvalidField("page_token", "is not a page token of this server")
        if not payload.startswith(question):
            raise InvalidField("page_token", "belongs to another request; repeat the first one without changes")
        state = json.loads(zlib.decompress(payload[len(question) :]))
        return {source: Position(cursor, offset) for source, (cursor, offset) in state.items()}


def _signed(key: bytes, payload: bytes) -> bytes:
    return hmac.digest(key, payload, "sha256")[:_SIGNATURE]


@cache
def _not_asked(request: Descriptor) -> tuple[str, ...]:
    return tuple(name for name in _NOT_ASKED if name in request.fields_by_name)


def fingerprint(operation: str, request: Message) -> bytes:
    """What a token is bound to: the operation and the request, without what may change between pages."""
    plain = type(request)()
    plain.CopyFrom(request)
    for name in _not_asked(request.DESCRIPTOR):
        plain.ClearField(name)
    text = plain.SerializeToString(deterministic=True)
    return hashlib.blake2b(operation.encode() + b"\0" + text, digest_size=12).digest()
