"""Any message of the contract as facts to read: a label and a few lines for each field that is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from tako_server.cli.wording import enum, join, label, moment, money, number, optional, rating, seconds, span, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_MOST_LINES = 8


def facts(message: Message, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Label and text of each field that is set, in the order of the contract."""
    for field, value in message.ListFields():
        if field.name in without:
            continue
        text = _text(field, value)
        if text:
            yield label(field.name), text


def _text(field: FieldDescriptor, value: Any) -> str:
    if not field.is_repeated:
        return _one(field, value)
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return _lines([f"{key}: {value[key]}" for key in sorted(value)])
    texts = [text for text in (_one(field, one) for one in value) if text]
    return _lines(texts) if field.message_type is not None else ", ".join(texts)


def _lines(texts: Sequence[str]) -> str:
    texts = list(dict.fromkeys(texts))
    more = len(texts) - _MOST_LINES
    return "\n".join([*texts[:_MOST_LINES], *([f"... and {more} more; --json has them"] if more > 0 else [])])


def _one(field: FieldDescriptor, value: Any) -> str:
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return words(known.name) if known else str(value)
    if isinstance(value, Message):
        known_form = _FORMS.get(value.DESCRIPTOR.full_name)
        return known_form(value) if known_form else _compact(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)


def _compact(message: Message) -> str:
    """A message that has no form of its own, on one line."""
    return join(*(f"{name.lower()} {text}" for name, text in facts(message)))


def _reference(ref: Any) -> str:
    return join(ref.name, optional(ref, "year"), ref.id and f"[{ref.id}]", by=" ")


def _credit(credit: Any) -> str:
    did = credit.job or enum(credit, "role")
    return join(
        credit.name,
        join(did, credit.character and f"as {credit.character}"),
        credit.note,
        credit.id and f"[{credit.id}]",
        by=" · ",
    )


def _price(price: Any) -> str:
    condition = price.condition_text or enum(price, "condition")
    return join(money(price.amount), enum(price, "type"), price.variant, condition, price.market, price.country)


def _dimensions(size: Any) -> str:
    sides = join(*(optional(size, side) for side in ("height_cm", "width_cm", "depth_cm")), by=" x ")
    weight = optional(size, "weight_g")
    return join(sides and f"{sides} cm", weight and f"{weight} g") or size.text


def _picture(image: Any) -> str:
    size = f"{image.width}x{image.height}" if image.HasField("width") and image.HasField("height") else ""
    return join(enum(image, "role"), image.url, size, image.caption, by=" ")


def _limit(limit: Any) -> str:
    return f"{limit.calls} in {seconds(limit.window.ToTimedelta().total_seconds())}"


def _setting(setting: Any) -> str:
    need = "required" if setting.required else "optional"
    return join(setting.variable, f"({need}, {'set' if setting.configured else 'not set'})", setting.url, by=" ")


def _kind(kind: Any) -> str:
    can = join("search" if kind.search else "", "detail" if kind.detail else "")
    filters = join(*kind.filters)
    return join(f"{enum(kind, 'kind')}: {can or 'in lists only'}", filters and f"filters {filters}", by="; ")


def _feed(feed: Any) -> str:
    return join(enum(feed, "feed"), feed.needs_region and "needs a region", feed.note, by="; ")


def _relation(relation: Any) -> str:
    first = [
        relation.DESCRIPTOR.fields_by_name["from_kinds"].enum_type.values_by_number[k].name for k in relation.from_kinds
    ]
    return join(enum(relation, "relation") + " of " + join(*map(words, first)), relation.note, by="; ")


def _term(term: Any) -> str:
    return enum(term, "terms") + (" (needs a parent)" if term.parent_required else "")


_FORMS: dict[str, Callable[[Any], str]] = {
    "google.protobuf.Timestamp": moment,
    "google.protobuf.Duration": lambda d: seconds(d.ToTimedelta().total_seconds()),
    "tako.v1.AgeRange": lambda a: span(a, "min", "max"),
    "tako.v1.AgeRating": lambda a: join(a.system, a.rating, a.country, by=" "),
    "tako.v1.AlternativeTitle": lambda t: join(t.text, join(enum(t, "type"), t.language, t.country), by=" · "),
    "tako.v1.Attribution": lambda a: join(a.text, a.url, by=" "),
    "tako.v1.Color": lambda c: join(c.name, c.rgb and f"#{c.rgb}", by=" "),
    "tako.v1.Credit": _credit,
    "tako.v1.Dimensions": _dimensions,
    "tako.v1.ExternalId": lambda e: f"{e.scheme} {e.value}",
    "tako.v1.FeedCapability": _feed,
    "tako.v1.Image": _picture,
    "tako.v1.ItemRef": _reference,
    "tako.v1.KindCapability": _kind,
    "tako.v1.Link": lambda li: join(enum(li, "role"), li.url, by=" "),
    "tako.v1.Money": money,
    "tako.v1.PlayerCount": lambda p: span(p, "min", "max"),
    "tako.v1.PlayTime": lambda p: (span(p, "min_minutes", "max_minutes") or optional(p, "typical_minutes")) + " min",
    "tako.v1.Price": _price,
    "tako.v1.Rank": lambda r: join(f"{r.list} #{r.value}", optional(r, "rating")),
    "tako.v1.RateLimit": _limit,
    "tako.v1.Rating": lambda r: join(rating(r), r.name, enum(r, "source"), by=" "),
    "tako.v1.RelatedRef": lambda r: join(r.relation, _reference(r.item), by=": "),
    "tako.v1.RelationCapability": _relation,
    "tako.v1.SeriesRef": lambda s: join(_reference(s.series), s.volume and f"#{s.volume}", by=" "),
    "tako.v1.Setting": _setting,
    "tako.v1.TermCapability": _term,
    "tako.v1.WeightedTag": lambda t: t.name,
}
