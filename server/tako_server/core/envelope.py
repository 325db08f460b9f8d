"""What surrounds the items of an answer: outcomes, freshness, and the answer put together from serialized parts.

Protobuf merges concatenated messages: an answer is its items' bytes, each with tag and length, followed by the freshly
serialized rest. Items are never parsed on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from tako.v1.answers_pb2 import Freshness, ProviderOutcome
from tako_providers.sdk.errors import TakoError
from tako_server.core.error_table import meaning, retry_after
from tako_server.core.ports import Answer, CacheState

if TYPE_CHECKING:
    from tako_providers.sdk.provider import Provider


@dataclass(frozen=True, slots=True)
class Composed:
    """A serialized answer, and what may be done with it.

    ``keep_until`` is the Unix time until which the whole may be given to whoever asks the same; 0 when it may not,
    because a provider failed or because a part must not be shared. ``keys`` are those of its parts in the cache.
    """

    body: bytes
    state: CacheState
    fetched_at: float
    keep_until: float
    keys: tuple[str, ...] = ()


_FIRST_FIELD = b"\x0a"
"""Tag of field 1, length-delimited: ``items`` and ``terms`` in every answer, ``item`` in DetailResponse."""


def assemble(parts: Iterable[bytes], rest: Message) -> bytes:
    """The serialized answer whose field 1 holds ``parts`` and whose other fields are those of ``rest``."""
    pieces: list[bytes] = []
    for part in parts:
        pieces += (_FIRST_FIELD, _varint(len(part)), part)
    pieces.append(rest.SerializeToString())
    return b"".join(pieces)


def field(number: int, payload: bytes) -> bytes:
    """``payload`` as field ``number`` (at most 15) of a message that holds messages."""
    return bytes((number << 3 | 2,)) + _varint(len(payload)) + payload


def _varint(number: int) -> bytes:
    if 0x80 <= number < 0x4000:  # the length of nearly every item
        return bytes((number & 0x7F | 0x80, number >> 7))
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def composed(body: bytes, answers: Sequence[Answer], outcomes: Sequence[ProviderOutcome] = ()) -> Composed:
    """``body`` with what its parts say about keeping it."""
    states = {answer.state for answer in answers}
    if CacheState.STALE in states:
        state = CacheState.STALE
    else:
        state = CacheState.HIT if states == {CacheState.HIT} else CacheState.MISS
    complete = state is not CacheState.STALE and all(
        outcome.status in _LASTING and not (outcome.status == ProviderOutcome.OK and outcome.reason)
        for outcome in outcomes
    )
    return Composed(
        body=body,
        state=state,
        fetched_at=min((answer.fetched_at for answer in answers), default=0.0),
        keep_until=min((answer.expires_at for answer in answers), default=0.0) if complete else 0.0,
        keys=tuple(answer.key for answer in answers if answer.key),
    )


_LASTING = frozenset(
    (
        ProviderOutcome.OK,
        ProviderOutcome.EMPTY,
        ProviderOutcome.SKIPPED,
        ProviderOutcome.UNSUPPORTED,
        ProviderOutcome.NOT_CONFIGURED,
        ProviderOutcome.DISABLED,
    )
)
"""Outcomes that asking again at once would not change."""


def freshness(answers: Iterable[Answer]) -> Freshness | None:
    """The freshness of several parts: that of the oldest, and until the first expires. None without a part."""
    parts = list(answers)
    if not parts:
        return None
    result = Freshness(stale=any(part.state is CacheState.STALE for part in parts))
    _set_time(result.fetched_at, min([part.fetched_at for part in parts]))
    _set_time(result.expires_at, min([part.expires_at for part in parts]))
    return result


def _set_time(time: Timestamp, seconds: float) -> None:
    """Set a time. ``FromNanoseconds`` checks more than a clock can tell, for a microsecond."""
    time.seconds, time.nanos = divmod(int(seconds * 1e9), 1_000_000_000)


def failed_outcome(provider: Provider, domain: str, error: TakoError, seconds: float) -> ProviderOutcome:
    """The outcome of a provider that did not answer."""
    what = meaning(error)
    outcome = ProviderOutcome(
        provider=provider.manifest.id, domain=domain, status=what.status, reason=what.reason, message=str(error)
    )
    if (wait := retry_after(error)) is not None:
        outcome.retry_after.FromNanoseconds(int(wait * 1e9))
    outcome.latency.FromNanoseconds(int(seconds * 1e9))
    return outcome


def answered_outcome(provider: Provider, domain: str, answer: Answer) -> ProviderOutcome:
    """The outcome of a provider that answered; the caller fills in ``item_count`` and ``more``."""
    status = ProviderOutcome.OK if answer.parts else ProviderOutcome.EMPTY
    reason = message = ""
    if answer.state is CacheState.STALE:
        status = ProviderOutcome.STALE
    if answer.failure is not None:
        reason, message = meaning(answer.failure).reason, str(answer.failure)
    outcome = ProviderOutcome(
        provider=provider.manifest.id,
        domain=domain,
        status=status,
        reason=reason,
        message=message,
        total=answer.total,
        total_is_estimate=answer.total_is_estimate,
        ignored_fields=answer.ignored,
        partial=answer.partial,
        freshness=freshness([answer]),
    )
    outcome.latency.FromNanoseconds(int(answer.seconds * 1e9))
    return outcome
