"""Albums: their own page, their block on the page of a series, and the lists that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from tako.v1.details_comics_pb2 import ComicIssue
from tako.v1.item_parts_pb2 import ExternalId, Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef, SeriesRef
from tako_providers.comics.bedetheque.answers import changed
from tako_providers.comics.bedetheque.parts import (
    FULL_TITLE,
    LANGUAGE,
    PROVIDER,
    SITE,
    album_id,
    credits_in,
    edition_letter,
    numbered,
    own_address,
    picture,
    rows,
    series_id,
    series_ref,
    value,
)
from tako_providers.sdk import (
    absolute,
    day_first_date,
    external_ids,
    has_class,
    isbn,
    line_of,
    lines_of,
    link,
    node_of,
    nodes,
    partial_date,
    positive,
    positive_float,
    present,
    prose_of,
    rating,
    ref,
    written_amount,
    year_of,
)

if TYPE_CHECKING:
    from lxml import html

Rows: TypeAlias = "Mapping[str, list[html.HtmlElement]]"

_OUT_ON = re.compile(r"Parution le\s+([\d/-]+)")
_SUMMARY_OF_SERIES = re.compile(r"Tout sur la série .*? : ?", re.DOTALL)
_VOTES = re.compile(r"\(\s*(\d+)\s+vote")
_INFOS = f"//ul[{has_class('infos-albums')} or {has_class('infos')}]"


def is_album(page: html.HtmlElement) -> bool:
    """Whether this is the page of an album."""
    return node_of(page, f"//ul[{has_class('infos-albums')}]") is not None


def album(page: html.HtmlElement, number: str) -> Item:
    """The page of an album. It may show other editions too, each with a list and a block of its own."""
    heading = node_of(page, "//h1")
    lists = nodes(page, _INFOS)
    if heading is None or not lists:
        raise changed(page, "an album")
    mine = [one for one in lists if value(rows([one]), "identifiant") == number]
    block = node_of(page, f"//ul[{has_class('liste-albums')}]/li[a/@name='{number}' or @id='{number}']")
    scope = page if block is None else block
    series_link = node_of(heading, ".//a[contains(@href, 'serie-')]")
    series = series_ref(series_id(series_link.get("href")), line_of(series_link)) if series_link is not None else None
    under = node_of(page, "//h2")
    return _album(
        number,
        rows(mine or lists[:1]),
        scope,
        series=series,
        heading=numbered(under) if under is not None else ("", ""),
        full_title=line_of(page, "//meta[@property='og:title']/@content | //input[@id='AltTitle']/@value"),
        address=own_address(page),
        summary=_summary(page),
        cover=line_of(page, "//meta[@property='og:image']/@content | //input[@id='Couverture']/@value"),
        code=line_of(page, "//input[@id='EAN']/@value") if block is None else "",
    )


def block(entry: html.HtmlElement, series: ItemRef | None) -> Item | None:
    """One album on the page of its series, None for what is none."""
    table = rows(nodes(entry, f".//ul[{has_class('infos')}]"))
    head = node_of(entry, ".//h3")
    title_link = node_of(entry, ".//h3//a[@href]")
    number = (
        value(table, "identifiant")
        or line_of(entry, "./a/@name")
        or album_id(title_link.get("href") if title_link is not None else "")
    )
    if not number.isdecimal():
        return None
    return _album(
        number,
        table,
        entry,
        series=series,
        heading=numbered(head) if head is not None else ("", ""),
        full_title=title_link.get("title", "") if title_link is not None else "",
        address=title_link.get("href", "") if title_link is not None else "",
    )


def _album(
    number: str,
    table: Rows,
    scope: html.HtmlElement,
    *,
    series: ItemRef | None,
    heading: tuple[str, str],
    full_title: str,
    address: str,
    summary: str = "",
    cover: str = "",
    code: str = "",
) -> Item:
    full = FULL_TITLE.fullmatch(full_title)
    name = series.name if series is not None else value(table, "serie")
    volume = value(table, "tome") or heading[0] or (full["number"] if full else "")
    deposit = value(table, "depot legal")
    grey = line_of(table["depot legal"][0], ".//span[contains(@class, 'grise')]") if deposit else ""
    sold = day_first_date(found[1]) if (found := _OUT_ON.search(grey)) else ""
    published = line_of(scope, ".//meta[@itemprop='datePublished']/@content")
    released = sold or day_first_date(deposit) or partial_date(published)
    printed_isbn = value(table, "isbn") or value(table, "ean/isbn")
    marks = lines_of(scope, ".//li[label]//i[starts-with(@class, 'icon-')]/@title")
    classes = " ".join(lines_of(scope, ".//li[label]//i/@class"))
    item = Item(
        kind=Item.COMIC_ISSUE,
        source_id=number,
        title=value(table, "titre") or heading[1] or (full["title"] if full else "") or name or full_title,
        description=summary,
        year=year_of(released),
        release_date=released,
        images=_pictures_of(scope, cover),
        links=present([link(Link.SOURCE, absolute(f"{SITE}/", address or f"BD--{number}.html"))]),
        external_ids=_codes(number, printed_isbn, code),
        rating=_rating(scope),
        language=LANGUAGE,
        comic_issue=ComicIssue(
            series=SeriesRef(series=series, volume=volume) if series is not None else None,
            number=volume,
            edition_letter=edition_letter(volume),
            credits=credits_in(table),
            publisher=ref(PROVIDER, Item.ORGANIZATION, None, value(table, "editeur")),
            collection=value(table, "collection"),
            format=value(table, "format"),
            page_count=positive(value(table, "planches")),
            store_date=sold,
            legal_deposit=deposit,
            printed=value(table, "acheve impr."),
            first_edition=True if "icon-star" in classes or "Edition originale" in marks else None,
            omnibus=True if "icon-pause" in classes or "Intégrale" in marks or volume.startswith("INT") else None,
            weight_g=positive_float(written_amount(value(table, "poids"), ",")),
        ),
    )
    if estimate := value(table, "estimation"):
        item.attributes["estimate"] = estimate
    if cycle := value(table, "cycle"):
        item.attributes["cycle"] = cycle
    if marks:
        item.attributes["edition"] = ", ".join(dict.fromkeys(marks))
    if printed_isbn and isbn(printed_isbn) is None:
        item.attributes["isbn"] = printed_isbn  # as printed: old albums have wrong ones
    return item


def _codes(number: str, printed: str, code: str) -> list[ExternalId]:
    """Its number, the ISBN when its check digit is right, and the bar code."""
    known = isbn(printed) if printed else None
    return external_ids([(PROVIDER, number), *([known] if known else []), _bar_code(code)])


def _bar_code(code: str) -> tuple[str, str]:
    return isbn(code) or ("ean", code)


def _rating(scope: html.HtmlElement) -> Rating | None:
    """The users' rating out of 5, of microdata or of ``Note: 4.2/5 (12 votes)``."""
    told = line_of(scope, ".//*[@itemprop='ratingValue']/@content | .//*[@itemprop='ratingValue']")
    votes = line_of(scope, ".//*[@itemprop='ratingCount']/@content | .//*[@itemprop='ratingCount']")
    if told:
        return rating(positive_float(written_amount(told, _mark(told))), 5, positive(votes))
    return written_rating(node_of(scope, ".//div[contains(@class, 'eval')]//p[contains(., 'Note')]"))


def written_rating(sentence: html.HtmlElement | None) -> Rating | None:
    """The rating of a sentence ``Note: 4.2/5 (12 votes)``."""
    if sentence is None:
        return None
    told, votes = line_of(sentence, ".//strong"), _VOTES.search(line_of(sentence))
    return rating(positive_float(written_amount(told, _mark(told))), 5, int(votes[1]) if votes else None)


def _mark(amount: str) -> str:
    return "," if "," in amount else "."


def _summary(page: html.HtmlElement) -> str:
    """The summary on the page, else the page's description without the words before it."""
    shown = prose_of(
        page, f"//p[{has_class('resume')} or @id='p-serie'] | //*[@itemprop='description'][not(self::meta)]"
    )
    return shown or without_opening(line_of(page, "//meta[@name='description']/@content"))


def without_opening(description: str) -> str:
    """A page's description without ``Tout sur la série ... :``; "" when that is all."""
    if not description.startswith("Tout sur "):
        return description
    rest = _SUMMARY_OF_SERIES.sub("", description, count=1)
    return "" if rest == description else rest


def _pictures_of(scope: html.HtmlElement, extra: str = "") -> list[Image]:
    """Cover, back cover and sample pages of an album. The files' names follow no rule, their folders do.

    ``extra`` is what the page itself calls its picture, for where the cover has no link.
    """
    shown = [
        (one.get("href") or "", line_of(one, ".//img/@src")) for one in nodes(scope, ".//a[contains(@href, '/media/')]")
    ]
    covers = [(full, small) for full, small in shown if "/media/Couvertures/" in full]
    full = covers[0][0] if covers else extra if "/media/Couvertures/" in extra else ""
    small = line_of(scope, ".//img[contains(@src, '/cache/thb_couv/')]/@src")
    backs = dict(reversed([one for one in shown if "/media/Versos/" in one[0]]))
    samples = dict(reversed([one for one in shown if "/media/Planches/" in one[0]]))
    return present(
        [
            picture(Image.PRIMARY, full),
            picture(Image.THUMBNAIL, small),
            *(picture(Image.BACK_COVER, address, little) for address, little in reversed(backs.items())),
            *(picture(Image.SCAN, address, little) for address, little in reversed(samples.items())),
        ]
    )
