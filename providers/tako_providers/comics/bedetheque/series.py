"""Series: their page, what it lists, and the gallery of their albums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.details_comics_pb2 import ComicIssueSummary, ComicSeries
from tako.v1.item_parts_pb2 import Image, Link, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.comics.bedetheque import albums, entries
from tako_providers.comics.bedetheque.answers import changed
from tako_providers.comics.bedetheque.parts import (
    LANGUAGE,
    PROVIDER,
    SITE,
    flag_of,
    languages_of,
    other_titles,
    own_address,
    picture,
    rows,
    series_id,
    series_ref,
    value,
)
from tako_providers.sdk import (
    MAX_EMBEDDED,
    absolute,
    external_ids,
    has_class,
    line_of,
    link,
    make_id,
    node_of,
    nodes,
    positive,
    present,
    prose_of,
)

if TYPE_CHECKING:
    from lxml import html

_STATUSES = {
    "Série en cours": WorkStatus.ONGOING,
    "Série finie": WorkStatus.COMPLETED,
    "One shot": WorkStatus.COMPLETED,
    "Série suspendue": WorkStatus.HIATUS,
    "Série abandonnée": WorkStatus.CANCELLED,
}
_COUNTRIES = {"France": "FR", "Belgique": "BE", "Suisse": "CH", "Japon": "JP", "USA": "US", "Italie": "IT"}
_YEAR = re.compile(r"\d{4}")
_COUNT = re.compile(r"(\d+) album")
_HEAD = f"//div[{has_class('bandeau-info')}]"


def is_series(page: html.HtmlElement) -> bool:
    """Whether this is the page of a series, or of its albums."""
    return node_of(page, "//h1//a[contains(@href, 'serie-')]") is not None


def reference(page: html.HtmlElement, number: str) -> ItemRef | None:
    """The series that a page is about, named."""
    return series_ref(number, line_of(page, "//h1//a[contains(@href, 'serie-')]"))


def check(page: html.HtmlElement) -> None:
    """Raise for what is no page of a series."""
    if not is_series(page):
        raise changed(page, "a series")


def series(page: html.HtmlElement, number: str) -> Item:
    """The page of a series."""
    check(page)
    table = rows(nodes(page, f"//ul[{has_class('serie-info')}]"))
    title = line_of(page, "//h1//a[contains(@href, 'serie-')]")
    years = _YEAR.findall(line_of(page, "//span[i[contains(@class, 'icon-calendar')]]"))
    status = value(table, "parution") or line_of(page, "//span[i[contains(@class, 'icon-info-sign')]]")
    origin = value(table, "origine")
    issues = albums_of(page, number)
    flag = flag_of(line_of(page, f"{_HEAD}//img[{has_class('flag')}]/@src"))
    item = Item(
        kind=Item.COMIC_SERIES,
        source_id=number,
        title=title,
        alternative_titles=other_titles(title),
        description=_summary(page),
        year=int(years[0]) if years else None,
        end_year=int(years[1]) if len(years) > 1 else None,
        release_date=years[0] if years else "",
        images=_pictures(page, issues),
        links=present(
            [
                link(Link.SOURCE, own_address(page) or f"{SITE}/serie-{number}-BD-.html"),
                link(
                    Link.OFFICIAL,
                    line_of(page, f"//ul[{has_class('serie-info')}]/li[contains(label, 'Internet')]//a/@href"),
                ),
            ]
        ),
        external_ids=external_ids([(PROVIDER, number)]),
        rating=_rating(page),
        status=_STATUSES.get(status, WorkStatus.TYPE_UNSPECIFIED),
        status_text=status,
        genres=_genres(value(table, "genre") or line_of(page, f"//span[{has_class('style')}]")),
        languages=languages_of(value(table, "langue"), flag),
        countries=[_COUNTRIES[origin]] if origin in _COUNTRIES else [],
        language=LANGUAGE,
        comic_series=ComicSeries(
            issue_count=_count(page, value(table, "tomes")),
            issues=map(_issue, issues[:MAX_EMBEDDED]),
            recommendations=map(_reference, recommended(page)[:MAX_EMBEDDED]),
            related=map(_reference, related(page)[:MAX_EMBEDDED]),
        ),
    )
    if origin and not item.countries:
        item.attributes["origin"] = origin
    return item


def _summary(page: html.HtmlElement) -> str:
    shown = prose_of(page, f"//p[@id='p-serie'] | //div[{has_class('single-content')} and {has_class('serie')}]/p")
    return shown or albums.without_opening(line_of(page, "//meta[@name='description']/@content"))


def _genres(text: str) -> list[str]:
    return [genre for part in text.split(",") if (genre := part.strip())]


def _count(page: html.HtmlElement, volumes: str) -> int | None:
    """Albums as the head counts them, else volumes. The menu counts every edition: that is another number."""
    head = _COUNT.search(line_of(page, "//span[i[contains(@class, 'icon-book')]]"))
    return positive(head[1] if head else volumes)


def _rating(page: html.HtmlElement) -> Rating | None:
    """The rating of the series: those inside the list of albums are the albums' own."""
    outside = f"[not(ancestor::ul[{has_class('liste-albums')}])]"
    return albums.written_rating(
        node_of(page, f"//p[{has_class('static')} or {has_class('message')}][contains(., 'Note')]{outside}")
    )


def _pictures(page: html.HtmlElement, issues: list[Item]) -> list[Image]:
    """The cover of the first album that shows one, and the sample page; else what the page calls its picture."""
    cover = next((one.images for one in issues if any(i.role == Image.PRIMARY for i in one.images)), None)
    shown = [one for one in cover or () if one.role in (Image.PRIMARY, Image.THUMBNAIL)]
    sample = node_of(page, f"//div[{has_class('serie-image')}]/a[@href]")
    if not shown:
        shown = present([picture(Image.PRIMARY, line_of(page, "//meta[@property='og:image']/@content"))])
    if sample is not None:
        shown += present([picture(Image.SCAN, sample.get("href"), line_of(sample, ".//img/@src"))])
    return shown


def _issue(album: Item) -> ComicIssueSummary:
    return ComicIssueSummary(
        id=make_id(PROVIDER, album.kind, album.source_id),
        number=album.comic_issue.number,
        title=album.title,
        date=album.release_date,
    )


def _reference(item: Item) -> ItemRef:
    return ItemRef(
        id=make_id(PROVIDER, item.kind, item.source_id),
        name=item.title,
        image_url=item.images[0].url if item.images else "",
    )


def albums_of(page: html.HtmlElement, number: str) -> list[Item]:
    """The albums that the page of a series names: all of them at its side, the first ten in full.

    A series of one album has none at its side.
    """
    own = reference(page, number)
    full = present(albums.block(entry, own) for entry in nodes(page, f"//ul[{has_class('liste-albums')}]/li"))
    whole = {one.source_id: one for one in full}
    side = present(entries.beside(entry, own) for entry in nodes(page, f"//ul[{has_class('liste-albums-side')}]/li"))
    named = {one.source_id: whole.get(one.source_id, one) for one in side}
    return list({**named, **whole}.values())


def says_albums(page: html.HtmlElement) -> bool:
    """Whether the page counts albums that it ought to name."""
    return _count(page, "") is not None


def gallery_address(page: html.HtmlElement, number: str) -> str:
    """The address of the page with the covers of all albums, "" where the page leads to none."""
    return absolute(f"{SITE}/", line_of(page, f"//a[contains(@href, 'albums-{number}-')]/@href"))


def gallery(page: html.HtmlElement, number: str) -> list[Item]:
    """The albums of a gallery, in upstream's order."""
    listing = node_of(page, f"//ul[{has_class('gallery-couv-large')}]")
    if listing is None or not is_series(page):
        raise changed(page, "the gallery of a series")
    own = reference(page, number)
    return list(
        {one.source_id: one for one in present(entries.in_gallery(li, own) for li in nodes(listing, "./li"))}.values()
    )


def with_gallery(named: list[Item], shown: list[Item]) -> list[Item]:
    """All albums of both lists in the order of the gallery; what the page of the series tells is kept."""
    known = {one.source_id: one for one in named}
    for one in shown:
        mine = known.get(one.source_id)
        if mine is not None and not mine.images:
            mine.images.extend(one.images)
    return list({**{one.source_id: known.get(one.source_id, one) for one in shown}, **known}.values())


def recommended(page: html.HtmlElement) -> list[Item]:
    """What the page recommends beside the series."""
    return _named(page, f"//div[{has_class('alire')}]")


def related(page: html.HtmlElement) -> list[Item]:
    """Series of the same world."""
    return _named(page, f"//div[{has_class('serie-liee')}]")


def _named(page: html.HtmlElement, xpath: str) -> list[Item]:
    """The series that a block links to, each once: picture and name are two links."""
    found: dict[str, Item] = {}
    for anchor in nodes(page, f"{xpath}//a[contains(@href, 'serie-')]"):
        number = series_id(anchor.get("href"))
        title = line_of(anchor, "./@title") or line_of(anchor, ".//img/@alt") or line_of(anchor).lstrip("• ")
        if number and title and number not in found:
            found[number] = entries.listed_series(number, title, anchor.get("href", ""), line_of(anchor, ".//img/@src"))
    return list(found.values())
