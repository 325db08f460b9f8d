"""Answers as JSON, made once: what the gateway passes on to REST callers as it is.

The gateway takes a transcoded answer for a ``google.api.HttpBody`` (scripts/generate.py makes its descriptor set so),
of which the text is kept here. The JSON is that of the gateway's own transcoder, which still writes errors and streams,
but for the digits of a few fractions: both give the same number, and this one the fewest that do.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from tako_server.core.envelope import field

_LARGE = 50_000
"""Bytes of an answer whose JSON takes so long to make, 5 ms and more, that it is made beside the loop."""
_MOST_LANGUAGES = 3
_TAG = re.compile(r"[A-Za-z0-9-]{1,35}")
"""A language that may stand in a header. A provider's text is never trusted that far."""
_EXPONENTS = 1e16
"""From here on orjson writes `1e+16`, as the gateway does."""
_OVERHEAD = 300


@dataclass(frozen=True, slots=True)
class ReadyJson:
    """An answer as REST gives it."""

    data: bytes
    """A serialized HttpBody with the text, and without a content type."""
    etag: str
    """A weak one: it stays what it is when the gateway compresses the answer."""
    language: str
    """The languages of all items, as ``content-language`` has them; "" where one does not say."""

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return len(self.data) + _OVERHEAD


def head(headers: str = "") -> bytes:
    """The content type of a serialized HttpBody, which ends with these headers, as the gateway's script reads them.

    With ``ReadyJson.data`` behind it, it is one message: so protobuf merges them.
    """
    return field(1, f"application/json;{headers}".encode() if headers else b"application/json")


def ready_json(answer_type: type[Message], body: bytes) -> ReadyJson:
    """The JSON of a serialized answer."""
    message = answer_type.FromString(body)
    fields = MessageToDict(message)
    _without_point_zero(fields)
    text = orjson.dumps(fields)
    etag = f'W/"{hashlib.blake2b(text, digest_size=12).hexdigest()}"'
    return ReadyJson(HttpBody(data=text).SerializeToString(), etag, _language(message))


class JsonMaker:
    """Makes JSON; of all that want the same at the same time, one waits for the work, and the others for it.

    What it made last of each type of answer it gives again: not all answers are kept elsewhere, and some change rarely,
    such as the list of providers.
    """

    def __init__(self) -> None:
        self._making: dict[tuple[type[Message], bytes], asyncio.Task[ReadyJson]] = {}
        self._last: dict[type[Message], tuple[bytes, ReadyJson]] = {}

    async def make(self, answer_type: type[Message], body: bytes) -> ReadyJson:
        """The JSON of a serialized answer."""
        if len(body) <= _LARGE:
            known, ready = self._last.get(answer_type, (None, None))
            if ready is None or known != body:
                ready = ready_json(answer_type, body)
                self._last[answer_type] = body, ready
            return ready
        key = (answer_type, body)
        making = self._making.get(key)
        if making is None:
            making = asyncio.create_task(asyncio.to_thread(ready_json, answer_type, body))
            self._making[key] = making
            making.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(making)


def _without_point_zero(fields: Any) -> None:
    """Make `10` of `10.0`, in place: the gateway writes a double without a fraction so, and so does JavaScript."""
    for key, value in fields.items() if isinstance(fields, dict) else enumerate(fields):
        kind = type(value)
        if kind is float:
            if value.is_integer() and abs(value) < _EXPONENTS:
                fields[key] = int(value)
        elif kind is dict or kind is list:
            _without_point_zero(value)


def _language(answer: Message) -> str:
    """What the items say of their own language. A search in several languages is for readers of all of them."""
    fields = answer.DESCRIPTOR.fields_by_name
    if "items" in fields:
        items = answer.items  # type: ignore[attr-defined] # it is there
    elif "item" in fields and answer.HasField("item"):
        items = [answer.item]  # type: ignore[attr-defined] # as above
    else:
        return ""
    languages = {item.language for item in items}
    if len(languages) > _MOST_LANGUAGES or not all(map(_TAG.fullmatch, languages)):
        return ""
    return ", ".join(sorted(languages))
