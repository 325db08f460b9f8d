"""Lists of games: the answer of a search, and the catalogue."""

from __future__ import annotations

import re

from lxml import html

from tako.v1.details_games_pb2 import PlatformRelease, VideoGame
from tako.v1.item_parts_pb2 import ExternalId, Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    FIRST,
    Page,
    ShapeChanged,
    line_of,
    lines_of,
    node_of,
    nodes,
    one_line,
    positive,
    present,
    prose_of,
    year_of,
)
from tako_providers.videogames.jvc.parts import (
    LANGUAGE,
    PROVIDER,
    SITE,
    game_id,
    has_class,
    machine,
    machines,
    mark,
    picture,
    release,
    shown,
)

_NOTHING = "aucun résultat"
_PER_PAGE = 25
_NOT_DIGIT = re.compile(r"\D+")
_GAME_LINK = "a[contains(@class, 'gameTitleLink')]"
"""The catalogue's classes have changed their ends (``gameTitleLink__196nPy``) and beginnings (``cardGameList__``)."""


def found(page: html.HtmlElement) -> Page:
    """The answer of a search. A game may stand there once for each machine."""
    games = _each_once([_hit(anchor) for anchor in nodes(page, "//a[contains(@href, '/jeu-')]")])
    if not games and not _says_nothing(page):
        raise ShapeChanged("JeuxVideo.com gave another page where the answer of a search was expected")
    return Page(games)


def listed(page: html.HtmlElement, number: int) -> Page:
    """One page of the catalogue or of a ranking; ``number`` counts from 1."""
    games = _each_once([_entry(anchor) for anchor in nodes(page, f"//{_GAME_LINK}")])
    count = _NOT_DIGIT.sub("", line_of(page, f"//*[{has_class('cardListHeader__count')}]"))
    if not games and count != "0" and not _says_nothing(page):
        raise ShapeChanged("JeuxVideo.com gave another page where a list of games was expected")
    total = int(count) if count else None
    return Page(games, str(number + 1) if games and number < _last(page, total) else FIRST, total)


def _says_nothing(page: html.HtmlElement) -> bool:
    return _NOTHING in page.text_content().replace("\xa0", " ").lower()


def _last(page: html.HtmlElement, total: int | None) -> int:
    """The number of the last page: what the links to other pages count to, else what the total makes."""
    told = present(map(positive, lines_of(page, "//*[starts-with(@class, 'pagination')]//*[self::a or self::span]")))
    return max(told, default=-(-(total or 0) // _PER_PAGE))


def _each_once(games: list[Item | None]) -> list[Item]:
    """The first of each number."""
    seen: dict[str, Item] = {}
    for item in games:
        if item is not None:
            seen.setdefault(item.source_id, item)
    return list(seen.values())


def _hit(anchor: html.HtmlElement) -> Item | None:
    """The card of a search that a link to a game stands in; None for a link anywhere else."""
    number = game_id(anchor.get("href"))
    title = one_line(anchor.text_content()) or one_line(anchor.get("title"))
    card = next((one for one in anchor.iterancestors() if "card" in one.get("class", "").split()), None)
    if not number or not title or card is None:
        return None
    platforms, cover = "", ""
    for part in card.iter("img", "span", "div"):
        if part.tag == "img":
            cover = cover or part.get("data-src") or part.get("src") or ""
        elif "card__contentType" in part.get("class", "").split():
            platforms = one_line(part.text_content())
    return _game(number, title, machines(platforms), cover)


def _entry(anchor: html.HtmlElement) -> Item | None:
    """An entry of the catalogue, from the link in its title."""
    number, entry = game_id(anchor.get("href")), _entry_of(anchor)
    beside = node_of(entry, ".//*[contains(@class, 'gamePlatforms')]")
    platforms = line_of(beside) if beside is not None else ""
    title = line_of(anchor).removesuffix(platforms).rstrip().removesuffix(" sur") if platforms else line_of(anchor)
    if not number or not title:
        return None
    # "Sortie: 12 mai 2023", the date in an element of its own
    date, text = release(line_of(entry, ".//*[contains(@class, 'releaseDate')]/span"))
    return _game(
        number,
        title,
        _machines_of(beside),
        shown(entry),
        description=prose_of(entry, ".//*[contains(@class, 'escription')]"),
        date=date,
        text=text,
        critics=mark(_rated(entry, "ditorial"), source=Rating.CRITICS),
        users=mark(_rated(entry, "opinions") or _rated(entry, "userRating")),
    )


def _entry_of(anchor: html.HtmlElement) -> html.HtmlElement:
    """What holds all of an entry."""
    around = f"self::li or {has_class('cardGameList')} or starts-with(@class, 'container__')"
    box = node_of(anchor, f"ancestor::*[{around}][1]")
    return anchor if box is None else box


def _machines_of(beside: html.HtmlElement | None) -> list[PlatformRelease]:
    """Each machine in an element of its own, or all in one text."""
    if beside is None:
        return []
    apart = lines_of(beside, "./*")
    return list(map(machine, apart)) if len(apart) > 1 else machines(line_of(beside))


def _rated(entry: html.HtmlElement, name: str) -> str:
    return line_of(entry, f".//*[contains(@class, 'ating') and contains(@class, '{name}')]")


def _game(
    number: str,
    title: str,
    platforms: list[PlatformRelease],
    cover: str,
    *,
    description: str = "",
    date: str = "",
    text: str = "",
    critics: Rating | None = None,
    users: Rating | None = None,
) -> Item:
    return Item(
        kind=Item.VIDEO_GAME,
        source_id=number,
        title=title,
        description=description,
        year=year_of(date),
        release_date=date,
        release_text=text,
        images=present([picture(Image.THUMBNAIL, cover)]),
        links=(Link(role=Link.SOURCE, url=f"{SITE}/jeux/jeu-{number}/"),),
        external_ids=(ExternalId(scheme=PROVIDER, value=number),),
        rating=users,
        ratings=present([critics]),
        language=LANGUAGE,
        video_game=VideoGame(platforms=platforms),
    )
