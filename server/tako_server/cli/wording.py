"""Values as words: what a number, an enum, a date or an upstream's text looks like on a terminal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from google.protobuf.message import Message
    from google.protobuf.timestamp_pb2 import Timestamp

    from tako.v1.item_parts_pb2 import Rating
    from tako.v1.values_pb2 import Money

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Upstream's text without what could steer a terminal: escapes, and marks that turn the writing direction."""
    return _UNPRINTABLE.sub("", text)


def words(name: str) -> str:
    """A name of the contract in words: ``BUILDING_SET`` -> ``building set``."""
    return name.lower().replace("_", " ")


def label(name: str) -> str:
    """A field's name as a label: ``page_count`` -> ``Page count``."""
    return words(name).capitalize().replace(" id", " ID").replace("Url", "URL").replace(" url", " URL")


def enum(message: Message, field: str) -> str:
    """The value of an enum field in words; empty when it is not said."""
    number = getattr(message, field)
    descriptor = message.DESCRIPTOR.fields_by_name[field].enum_type
    if not number or descriptor is None:
        return ""
    value = descriptor.values_by_number.get(number)
    return words(value.name) if value else str(number)


def number(value: float) -> str:
    """Without exponents and without zeros that say nothing."""
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def optional(message: Message, field: str) -> str:
    """A number that upstream may not have given."""
    return number(getattr(message, field)) if message.HasField(field) else ""


def span(message: Message, low: str, high: str) -> str:
    """A range of two optional numbers: ``2-4``, ``2+``, ``up to 4``."""
    first, last = optional(message, low), optional(message, high)
    if first and last:
        return first if first == last else f"{first}-{last}"
    return f"{first}+" if first else f"up to {last}" if last else ""


def seconds(value: float) -> str:
    """A length of time: ``0.4 s``, ``30 s``, ``5 min``, ``2 h``."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if value >= 2 * size:
            return f"{number(round(value / size, 1))} {unit}"
    return f"{number(round(value, 1 if value < 10 else 0))} s"


def moment(value: Timestamp) -> str:
    """A point in time, to the minute."""
    return f"{value.ToDatetime():%Y-%m-%d %H:%M} UTC"


def money(value: Money) -> str:
    """An amount: ``12.34 EUR``."""
    amount = Decimal(value.units) + Decimal(value.nanos).scaleb(-9)
    text = f"{amount:f}" if amount % 1 else f"{value.units}"
    if "." in text:
        whole, _, part = text.partition(".")
        text = f"{whole}.{part.rstrip('0').ljust(2, '0')}"
    return f"{text} {value.currency_code}".strip()


def rating(value: Rating) -> str:
    """A rating on its own scale: ``8.4/10 (1,234)``."""
    text = f"{number(round(value.value, 2))}/{number(value.scale)}" if value.scale else number(round(value.value, 2))
    return f"{text} ({value.votes:,})" if value.HasField("votes") else text


def join(*parts: str, by: str = ", ") -> str:
    """The parts that say something."""
    return by.join(part for part in parts if part)
