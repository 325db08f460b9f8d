"""What the mappers of MangaUpdates share. https://api.mangaupdates.com/v1/docs"""

from __future__ import annotations

from tako.v1.item_parts_pb2 import AlternativeTitle, Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.sdk import (
    Json,
    Kind,
    NotFound,
    RateLimited,
    ShapeChanged,
    Unreachable,
    add_image,
    count_in,
    dict_in,
    dicts_in,
    https,
    list_in,
    make_id,
    one_line,
    text_in,
)

PROVIDER = "mangaupdates"
PAGE_SIZE = 25
"""One of the sizes that upstream takes. It counts more than it gives, so that the answer's own size goes first."""

_NAMES = ("title", "name", "category")
"""Where the names of series and releases, of people and publishers, and of categories stand."""
_NOTHING = frozenset(("n/a", "none", "unknown", "?"))
"""What stands where nobody has written anything."""


def checked(body: Json) -> Json:
    """An answer that is an object and no error. Errors are `{status: "exception", reason}`."""
    if not isinstance(body, dict):
        raise ShapeChanged("MangaUpdates gave something else where an object was expected")
    if body.get("status") == "exception":
        reason = text_in(body, "reason").lower()
        if "not found" in reason or "does not exist" in reason:
            raise NotFound("MangaUpdates knows no such item")
        if "rate" in reason or "too many" in reason:
            raise RateLimited("MangaUpdates asks for fewer requests")
        raise Unreachable("MangaUpdates answered with an error")
    return body


def results_in(body: Json) -> list[Json]:
    """The `results[]` of a list, none for an empty one. One without a name is left out; a list of such is none."""
    results = checked(body).get("results")
    if not isinstance(results, list):
        raise ShapeChanged("MangaUpdates gave something else where results were expected")
    named = [one for one in results if isinstance(one, dict) and is_named(one.get("record"))]
    if results and not named:
        raise ShapeChanged("MangaUpdates gave results of which none has a name")
    return named


def is_named(record: Json) -> bool:
    """Whether an entry has what an item can't be without, its number aside."""
    return isinstance(record, dict) and any(text_in(record, name) for name in _NAMES)


def record_in(result: Json) -> Json:
    """The record of a result."""
    record = result.get("record")
    if not isinstance(record, dict):
        raise ShapeChanged("a result of MangaUpdates has no record")
    return record


def following(body: Json, page: int) -> str:
    """The next page, "" on the last. Sizes and totals are upstream's."""
    size = count_in(body, "per_page") or PAGE_SIZE
    more = bool(body.get("results")) and page * size < (count_in(body, "total_hits") or 0)
    return str(page + 1) if more else ""


def number_of(entry: Json, *names: str) -> str:
    """Upstream's number, of up to 11 digits, by the first of its names."""
    for name in names:
        number = entry.get(name)
        if type(number) is int and number > 0:
            return str(number)
    raise ShapeChanged(f"an entry of MangaUpdates has no {names[0]}")


def name_of(entry: Json, name: str) -> str:
    """A title or name without the entities of older records."""
    found = one_line(text_in(entry, name))
    if not found:
        raise ShapeChanged(f"an entry of MangaUpdates has no {name}")
    return found


def word_in(entry: Json, name: str) -> str:
    """A text of a form, "" for what says that there is none."""
    text = one_line(text_in(entry, name))
    return "" if text.lower() in _NOTHING else text


def ref_to(kind: Kind, number: Json, name: str, picture: Json = None) -> ItemRef:
    """A reference. Either of number and name may be missing."""
    return ItemRef(
        id=make_id(PROVIDER, kind, number) if number else "",
        name=one_line(name),
        image_url=text_in(dict_in(picture, "url"), "original") if isinstance(picture, dict) else "",
    )


def add_images(item: Item, entry: Json) -> None:
    """Add the cover with its size, and its small version. Addresses may be null."""
    picture = entry.get("image")
    if not isinstance(picture, dict):
        return
    urls = dict_in(picture, "url")
    original, thumb = text_in(urls, "original"), text_in(urls, "thumb")
    if not original:
        return
    if address := https(original):
        shown = item.images.add()
        shown.role = Image.PRIMARY
        shown.url = address
        if width := count_in(picture, "width"):
            shown.width = width
        if height := count_in(picture, "height"):
            shown.height = height
    add_image(item, Image.THUMBNAIL, thumb)


def genres_of(entry: Json) -> list[str]:
    """Names of genres: plain of people, in objects of series."""
    names = [one.get("genre") if isinstance(one, dict) else one for one in list_in(entry, "genres")]
    return [name for name in names if isinstance(name, str) and name.strip()]


def aliases_of(entry: Json, key: str, kind: AlternativeTitle.Type.ValueType, known: str) -> list[AlternativeTitle]:
    """`associated[]`: the other titles or names, each once."""
    names = (one_line(text_in(one, key)) for one in dicts_in(entry, "associated"))
    return [AlternativeTitle(text=name, type=kind) for name in dict.fromkeys(names) if name and name != known]
