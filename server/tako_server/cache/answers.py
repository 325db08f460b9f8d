"""An answer as an entry of a store, and back.

``TAKO``, one byte of version, the length of the header (u32) and a CRC-32 (u32) of all that follows; then the header in
JSON, which holds the lengths of the parts, and the parts. Whatever can't be read is a miss, never an error: another
version's bytes, and bytes that a disk has damaged, are fetched anew.

The times of an answer are not in here: they are columns, which operators read and may change.
"""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise
from zlib import crc32

import orjson

from tako_server.cache.asked import pack
from tako_server.cache.keys import operation
from tako_server.cache.store import Entry
from tako_server.core.ports import Answer, Ask, CacheState

VERSION = 1
"""To be raised when the header changes, or what the parts mean."""
_FIXED = struct.Struct(">4sBII")
_MAGIC = b"TAKO"


def encode(answer: Answer) -> bytes:
    """``Entry.data`` for an answer."""
    header = orjson.dumps(
        {
            "next": answer.next,
            "total": answer.total,
            "is_estimate": answer.total_is_estimate,
            "ignored": answer.ignored,
            "partial": answer.partial,
            "seconds": answer.seconds,
            "parts": [len(part) for part in answer.parts],
        }
    )
    body = b"".join((header, *answer.parts))
    return _FIXED.pack(_MAGIC, VERSION, len(header), crc32(body)) + body


def entry_of(key: str, provider_id: str, ask: Ask, answer: Answer) -> Entry:
    """The entry of an answer to ``ask``."""
    return Entry(
        key=key,
        provider=provider_id,
        endpoint=operation(ask),
        category=str(getattr(ask, "domain", "")),
        period=str(getattr(ask, "period", "") or ""),
        data=encode(answer),
        total_results=answer.total,
        fetched_at=answer.fetched_at,
        expires_at=answer.expires_at,
        question=pack(ask),
    )


def decode(entry: Entry, *, level: str = "") -> Answer | None:
    """The answer of an entry, as a hit of a ``level`` of the cache.

    None when its data are not of this version, whole and undamaged.
    """
    data = entry.data
    if len(data) < _FIXED.size:
        return None
    magic, version, size, check = _FIXED.unpack_from(data)
    start = _FIXED.size + size  # of the parts
    if magic != _MAGIC or version != VERSION or start > len(data) or crc32(memoryview(data)[_FIXED.size :]) != check:
        return None
    try:
        header = orjson.loads(data[_FIXED.size : start])
        ends = list(accumulate(header["parts"], initial=start))
        if ends[-1] != len(data):
            return None
        return Answer(
            parts=tuple([data[begin:end] for begin, end in pairwise(ends)]),
            next=header["next"],
            total=header["total"],
            total_is_estimate=header["is_estimate"],
            ignored=tuple(header["ignored"]),
            partial=header["partial"],
            fetched_at=entry.fetched_at,
            expires_at=entry.expires_at,
            state=CacheState.HIT,
            seconds=header["seconds"],
            key=entry.key,
            level=level,
        )
    except (ValueError, KeyError, TypeError):
        return None
