"""What the pages of Bedetheque share: addresses, lists of labels and values, words for roles and languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from tako.v1.item_parts_pb2 import AlternativeTitle, Image
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import Credit, CreditRole, ItemRef
from tako_providers.sdk import (
    absolute,
    has_class,
    image,
    is_element,
    line_of,
    make_id,
    node_of,
    nodes,
    one_line,
    ref,
    without_accents,
)

if TYPE_CHECKING:
    from lxml import html

PROVIDER = "bedetheque"
SITE = "https://www.bedetheque.com"
LANGUAGE = "fr"

ROLES: Mapping[str, CreditRole.Type.ValueType] = {
    "scenario": CreditRole.WRITER,
    "dessin": CreditRole.ARTIST,
    "couleurs": CreditRole.COLORIST,
    "storyboard": CreditRole.STORYBOARD,
    "encrage": CreditRole.INKER,
    "couverture": CreditRole.COVER_ARTIST,
    "lettrage": CreditRole.LETTERER,
    "preface": CreditRole.FOREWORD,
    "traduction": CreditRole.TRANSLATOR,
    "design": CreditRole.DESIGNER,
    "adapte de": CreditRole.OTHER,
    "decors": CreditRole.OTHER,
    "autres": CreditRole.OTHER,
}
"""What people do, by the label of their line."""
LANGUAGES = {
    "francais": "fr",
    "anglais": "en",
    "allemand": "de",
    "espagnol": "es",
    "italien": "it",
    "japonais": "ja",
    "neerlandais": "nl",
    "portugais": "pt",
}
_LANGUAGE_OF_FLAG = {
    "france": "fr",
    "usa": "en",
    "germany": "de",
    "spain": "es",
    "italy": "it",
    "japan": "ja",
    "netherlands": "nl",
    "portugal": "pt",
}
"""A flag tells the language of an edition: that of the USA stands beside all that is in English."""
FULL_TITLE = re.compile(r"(?P<series>.*?) -(?P<number>-?[^\s-]+)-(?: (?P<title>.*))?")
"""``Exemple (L') -1a2005- Le catalogue``; a quotation mark in a title may end the attribute early."""
_OF_SERIES = re.compile(r"(?:^|/)(?:(?:serie|albums)-|serie/index/s/)(\d+)")
_OF_ALBUM = re.compile(r"(?:^|/)BD-(?:.*-)?(\d+)\.html")
_OF_PERSON = re.compile(r"(?:^|/)auteur(?:-|/index/a/)(\d+)")
_ARTICLE_BEHIND = re.compile(r"(.+) \((L'|Le|La|Les|Un|Une|Des|The)\)")
_LETTER_OF_EDITION = re.compile(r"-?\d+([a-z]+)(?:\d{4}.*)?")
_NO_PICTURE = ("/skin/", "Logo_")


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """A label without accents and colon, in lower case: upstream writes both ``Dépôt`` and ``Dépot``."""
    return without_accents(text).strip(" :\xa0").lower()


def series_id(address: str | None) -> str:
    """The number of a series in an address, "" without one."""
    found = _OF_SERIES.search(address or "")
    return found[1] if found else ""


def album_id(address: str | None) -> str:
    """The number of an album in an address, "" without one."""
    found = _OF_ALBUM.search(address or "")
    return found[1] if found else ""


def person_id(address: str | None) -> str:
    """The number of an author in an address, "" without one."""
    found = _OF_PERSON.search(address or "")
    return found[1] if found else ""


def own_address(page: html.HtmlElement) -> str:
    """The address that a page says it is found at, "" where it does not."""
    return line_of(page, "//meta[@property='og:url']/@content | //link[@rel='canonical']/@href")


def series_ref(number: str, name: str, picture: str = "") -> ItemRef | None:
    """A series, named."""
    return ref(PROVIDER, Item.COMIC_SERIES, number, name, image_url=picture)


def other_titles(title: str) -> list[AlternativeTitle]:
    """The title with its article in front again: ``Schtroumpfs (Les)`` is ``Les Schtroumpfs``."""
    moved = _ARTICLE_BEHIND.fullmatch(title) if title.endswith(")") else None
    if moved is None:
        return []
    article = moved[2] if moved[2].endswith("'") else f"{moved[2]} "
    return [AlternativeTitle(text=f"{article}{moved[1]}", type=AlternativeTitle.SYNONYM, language=LANGUAGE)]


def flag_of(address: str | None) -> str:
    """The name of a flag: ``skin/flags/France.png`` is ``France``."""
    _, flags, file = (address or "").rpartition("flags/")
    return file.partition(".")[0] if flags else ""


def languages_of(name: str, flag: str = "") -> tuple[str, ...]:
    """The language that is named, else the one that the flag stands for."""
    tag = LANGUAGES.get(folded(name))
    return (tag,) if tag else language_of_flag(flag)


def language_of_flag(flag: str) -> tuple[str, ...]:
    """The language that a flag stands for."""
    tag = _LANGUAGE_OF_FLAG.get(flag.lower()) if flag else None
    return (tag,) if tag else ()


def edition_letter(number: str) -> str:
    """The letter of a further edition: ``1a2005`` is the first one of album 1, of 2005."""
    found = _LETTER_OF_EDITION.fullmatch(number)
    return found[1] if found else ""


def picture(role: Image.Role.ValueType, address: str | None, thumbnail: str | None = None) -> Image | None:
    """A picture of the site, None without one or for the site's own logo."""
    if not address or any(sign in address for sign in _NO_PICTURE):
        return None
    return image(role, absolute(SITE, address), thumbnail_url=absolute(SITE, thumbnail))


def rows(lists: Iterable[html.HtmlElement]) -> dict[str, list[html.HtmlElement]]:
    """The lines ``label : value`` by folded label; a line whose label is blank goes on with the one before.

    Of several lists the first that has a label counts for it.
    """
    found: dict[str, list[html.HtmlElement]] = {}
    for one in lists:
        here: dict[str, list[html.HtmlElement]] = {}
        label = ""
        for line in one.iterchildren("li"):
            label = folded(line_of(line, "./label")) or label
            if label:
                here.setdefault(label, []).append(line)
        found = {**here, **found}
    return found


def value(table: Mapping[str, list[html.HtmlElement]], label: str) -> str:
    """The value beside a label, without what stands in grey behind it; "" without one."""
    line = next(iter(table.get(label, ())), None)
    return "" if line is None else _value(line)


def _value(line: html.HtmlElement) -> str:
    pieces = [line.text or ""]
    for child in line:
        if is_element(child) and child.tag != "label" and "grise" not in child.get("class", ""):
            pieces.append(child.text_content())
        pieces.append(child.tail or "")
    return one_line("".join(pieces))


def credits_in(table: Mapping[str, list[html.HtmlElement]]) -> list[Credit]:
    """The people of a list, role by role. A name in angle brackets (``<Indéterminé>``, ``<N&B>``) is nobody's."""
    found: list[Credit] = []
    for label, lines in table.items():
        role = ROLES.get(label)
        if role is None:
            continue
        job = line_of(lines[0], "./label").rstrip(" :\xa0")
        found.extend(
            Credit(name=name, id=make_id(PROVIDER, Item.PERSON, number) if number else "", role=role, job=job)
            for line in lines
            for name, number in _people(line)
            if name and not name.startswith("<")
        )
    return found


def _people(line: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The names of a line with the numbers of those who have a page."""
    linked = nodes(line, ".//a[contains(@href, 'auteur-')]")
    if linked:
        yield from ((line_of(one), person_id(one.get("href"))) for one in linked)
    else:
        yield _value(line), ""


def numbered(node: html.HtmlElement) -> tuple[str, str]:
    """The number and the title of a heading: ``1<span class="numa">a2005</span>. Le catalogue``."""
    mark = node_of(node, f".//span[{has_class('numa')}]")
    if mark is None:
        return "", one_line(node.text_content())
    from lxml import etree  # noqa: PLC0415 - loaded with the first page

    pieces, at = ["", "", ""], 0
    for event, one in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            at = 1 if one is mark else at
            pieces[at] += one.text or "" if isinstance(one.tag, str) else ""
        elif one is not node:
            at = 2 if one is mark else at
            pieces[at] += one.tail or ""
    number, letter, title = map(one_line, pieces)
    return number_of(number + letter), title.lstrip(". ")


def number_of(text: str) -> str:
    """The number as text, without the marks around it: ``-INT03-``, `` -3- ``, ``#32``."""
    bare = text.strip(" .#")
    return bare[1:-1].strip() if len(bare) > 1 and bare[0] == bare[-1] == "-" else bare
