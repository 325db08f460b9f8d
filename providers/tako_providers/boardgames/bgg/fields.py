"""Reading BoardGameGeek's XML: values stand in ``@value``, any element may be missing, and 0 means unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tako.v1.item_parts_pb2 import (
    Image,
    Rating,
)
from tako.v1.item_pb2 import (
    Item,
)
from tako.v1.references_pb2 import (
    Credit,
    CreditRole,
    ItemRef,
)
from tako_providers.sdk import (
    MAX_EMBEDDED,
    RateLimited,
    ShapeChanged,
    Unreachable,
    credit,
    image,
    known_year,
    make_id,
    one_line,
    positive,
    positive_float,
    present,
    rating,
)

if TYPE_CHECKING:
    from lxml import etree

PROVIDER = "bgg"
SITE = "https://boardgamegeek.com"

_NOT_THERE = ("not found", "invalid item")
"""What BoardGameGeek says of an id that it does not know, where it says anything."""
_NOBODY = frozenset(("(Uncredited)", "(Self-Published)", "(Unknown)"))


def elements(root: etree._Element) -> list[etree._Element]:
    """The ``item`` elements of an answer. BoardGameGeek tells its errors with status 200: they are raised here."""
    if root.tag == "message":
        raise Unreachable("BoardGameGeek has put the question into its queue", retry_after=10.0)
    if (said := _error(root)) is not None:
        if "rate limit" in said.lower():
            raise RateLimited("BoardGameGeek asks for fewer requests")
        raise ShapeChanged(f"BoardGameGeek refuses the question: {said or 'no reason given'}")
    if root.tag != "items":
        raise ShapeChanged(f"BoardGameGeek answered with <{root.tag}> where <items> was expected")
    return entries(root, "self::item")


def elements_by_id(root: etree._Element) -> list[etree._Element]:
    """The ``item`` elements of an answer to ids: none where BoardGameGeek says that there is no such thing."""
    return [] if (_error(root) or "").lower() in _NOT_THERE else elements(root)


def _error(root: etree._Element) -> str | None:
    """What an error says, None when there is none."""
    error = root if root.tag in ("error", "errors") else root.find("item/error")
    return None if error is None else one_line(error.get("message") or error.findtext(".//message") or "").rstrip(".")


def entries(parent: etree._Element, shape: str, beside: Sequence[str] = ()) -> list[etree._Element]:
    """The children of ``parent`` that have a shape, ``beside`` others. None where some are counted is no empty list."""
    found = known([child for child in parent.iterfind("*") if child.tag not in beside], shape)
    if not found and total_of(parent):
        raise ShapeChanged(f"BoardGameGeek counts {total_of(parent)} in <{parent.tag}> and lists none")
    return found


def known(found: Sequence[etree._Element], shape: str) -> list[etree._Element]:
    """Those of ``found`` that have a shape, an XPath test. That none of them has it is no empty list."""
    has = _test(shape)
    fit = [one for one in found if has(one)]
    if found and not fit:
        raise ShapeChanged(f"BoardGameGeek answered with a list of <{found[0].tag}> that is not known")
    return fit


@lru_cache(maxsize=32)
def _test(shape: str) -> etree.XPath:
    from lxml import etree  # noqa: PLC0415 - loaded with the first page

    return etree.XPath(f"boolean({shape})")


def child_of(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name. Of a name alone it is twice as fast as ``find``, which reads paths."""
    return next(parent.iterchildren(name), None)


def total_of(parent: etree._Element) -> int | None:
    """``@total``."""
    text = parent.get("total", "")
    return int(text) if text.isascii() and text.isdecimal() else None


def id_of(item: etree._Element) -> str:
    """``@id``; "" for what is no number."""
    text = item.get("id", "")
    return text if text.isascii() and text.isdecimal() else ""


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """``@value`` of a child."""
    found = child_of(parent, name) if parent is not None else None
    return found.get("value") if found is not None else None


def year_of(item: etree._Element) -> int | None:
    """``yearpublished``; negative is before the common era."""
    text = (value_of(item, "yearpublished") or "").strip()
    return known_year(int(text)) if text.removeprefix("-").isdecimal() and len(text) < 7 else None


def year_date(year: int | None) -> str:
    """A year as a date."""
    return f"{year:04d}" if year and 0 < year < 10000 else ""


def primary_name(item: etree._Element) -> str:
    """The main name; where none says so, the first."""
    names = item.findall("name")
    first = next((name for name in names if name.get("type") == "primary"), names[0] if names else None)
    return one_line(first.get("value")) if first is not None else ""


def other_names(item: etree._Element) -> list[str]:
    """The alternate names, without the one that is the title."""
    names = (one_line(n.get("value")) for n in item.iterfind("name") if n.get("type") == "alternate")
    title = primary_name(item)
    return [name for name in dict.fromkeys(names) if name and name != title]


def images_of(item: etree._Element) -> list[Image]:
    """The picture and the small one."""
    return present(
        (
            image(Image.PRIMARY, (item.findtext("image") or "").strip()),
            image(Image.THUMBNAIL, (item.findtext("thumbnail") or "").strip()),
        )
    )


def links_of(item: etree._Element) -> dict[tuple[str, bool], list[etree._Element]]:
    """The links of a thing by type and direction; placeholders for nobody are left out."""
    found: dict[tuple[str, bool], list[etree._Element]] = {}
    for target in item.iterfind("link"):
        if target.get("value") not in _NOBODY and id_of(target) and one_line(target.get("value")):
            way = (target.get("type") or "", target.get("inbound") == "true")
            found.setdefault(way, []).append(target)
    return found


def names_in(links: Iterable[etree._Element] | None) -> list[str]:
    """The names that links give."""
    return [name for target in links or () if (name := one_line(target.get("value")))]


def refs(links: Iterable[etree._Element] | None, kind: Item.Kind.ValueType | None) -> list[ItemRef]:
    """References to what links name; without ``kind`` it is nothing that could be asked for."""
    return [
        ItemRef(id=make_id(PROVIDER, kind, target.get("id", "")) if kind else "", name=name)
        for target in list(links or ())[:MAX_EMBEDDED]
        if (name := one_line(target.get("value")))
    ]


def credits_of(links: Iterable[etree._Element] | None, role: CreditRole.Type.ValueType) -> list[Credit]:
    """The people that links name. They cannot be asked for."""
    return present(credit(name, role) for name in names_in(links))


def ratings_of(thing: etree._Element) -> tuple[Rating | None, Rating | None]:
    """The users' average, and BoardGameGeek's own, which is 0 until there are enough votes."""
    given = thing.find("statistics/ratings")
    votes = positive(value_of(given, "usersrated"))
    users = rating(positive_float(value_of(given, "average")), 10, votes)
    geek = rating(positive_float(value_of(given, "bayesaverage")), 10, votes, name="Geek Rating")
    return users, geek


def count_of(given: etree._Element, name: str) -> int | None:
    """A number that BoardGameGeek has counted: 0 is one too."""
    text = value_of(given, name) or ""
    return int(text) if text.isdecimal() else None


def votes_of(results: etree._Element) -> dict[str, int]:
    """The votes for each answer of a poll."""
    return {
        one_line(result.get("value")): int(result.get("numvotes", "0"))
        for result in results.iterfind("result")
        if result.get("value") and result.get("numvotes", "").isdecimal()
    }
