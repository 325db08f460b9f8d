"""Lists of games: the answer of a search, and the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tako.v1.details_games_pb2 import PlatformRelease, VideoGame
from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    FIRST,
    Page,
    ShapeChanged,
    has_class,
    line_of,
    lines_of,
    nodes,
    one_line,
    positive,
    present,
    prose_of,
    words_of,
)
from tako_providers.videogames.jvc.parts import (
    LANGUAGE,
    PROVIDER,
    SITE,
    add_picture,
    game_id,
    machine,
    machines,
    mark,
    release,
)

if TYPE_CHECKING:
    from lxml import html

_NOTHING = "aucun résultat"
_PER_PAGE = 25
_NOT_DIGIT = re.compile(r"\D+")
_SIGNS = {"gamePlatforms": "platforms", "releaseDate": "date", "escription": "description"}
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
    return _NOTHING in words_of(page).lower()


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
    title = line_of(anchor) or one_line(anchor.get("title"))
    card = next((one for one in anchor.iterancestors() if "card" in one.get("class", "").split()), None)
    if not number or not title or card is None:
        return None
    platforms, cover = "", ""
    for part in card.iter("img", "span", "div"):
        if part.tag == "img":
            cover = cover or _address_of(part)
        elif "card__contentType" in part.get("class", "").split():
            platforms = line_of(part)
    item = _game(number, title)
    item.video_game.platforms.extend(machines(platforms))
    add_picture(item, Image.THUMBNAIL, cover)
    return item


def _entry(anchor: html.HtmlElement) -> Item | None:
    """An entry of the catalogue, from the link in its title."""
    number, entry = game_id(anchor.get("href")), _entry_of(anchor)
    parts = _parts(entry)
    beside = parts.get("platforms")
    platforms, title = line_of(beside) if beside is not None else "", line_of(anchor)
    if platforms:
        title = title.removesuffix(platforms).rstrip().removesuffix(" sur")
    if not number or not title:
        return None
    item = _game(number, title)
    item.video_game.platforms.extend(_machines_of(beside, platforms))
    if (cover := parts.get("cover")) is not None:
        add_picture(item, Image.THUMBNAIL, _address_of(cover))
    if (described := parts.get("description")) is not None:
        item.description = prose_of(described)
    # "Sortie: 12 mai 2023", the date in an element of its own
    dated = parts["date"].find("span") if "date" in parts else None
    date, item.release_text = release(line_of(dated)) if dated is not None else ("", "")
    if date:
        item.release_date = date
        item.year = int(date[:4])
    if "users" in parts and (users := mark(line_of(parts["users"]))):
        item.rating.CopyFrom(users)
    if "critics" in parts and (critics := mark(line_of(parts["critics"]), source=Rating.CRITICS)):
        item.ratings.append(critics)
    return item


def _parts(entry: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """What an entry is made of, the first of each, by what the names of classes hold."""
    found: dict[str, html.HtmlElement] = {}
    for node in entry.iterdescendants():
        classes = node.get("class") or ""
        if node.tag == "img":
            found.setdefault("cover", node)
        elif "ating" in classes:
            if "ditorial" in classes:
                found.setdefault("critics", node)
            elif "opinions" in classes or "userRating" in classes:
                found.setdefault("users", node)
        elif classes:
            for sign, name in _SIGNS.items():
                if sign in classes:
                    found.setdefault(name, node)
    return found


def _entry_of(anchor: html.HtmlElement) -> html.HtmlElement:
    """What holds all of an entry."""
    for one in anchor.iterancestors():
        classes = one.get("class", "")
        if one.tag == "li" or classes.startswith("container__") or "cardGameList" in classes.split():
            return one
    return anchor


def _machines_of(beside: html.HtmlElement | None, text: str) -> list[PlatformRelease]:
    """Each machine in an element of its own, or all in one text."""
    apart = list(filter(None, map(line_of, beside))) if beside is not None and len(beside) > 1 else []
    return list(map(machine, apart)) if len(apart) > 1 else machines(text)


def _address_of(shown: html.HtmlElement) -> str:
    """The address of a picture; one that is loaded late has it in another attribute."""
    return shown.get("data-src") or shown.get("src") or ""


def _game(number: str, title: str) -> Item:
    item = Item(kind=Item.VIDEO_GAME, source_id=number, title=title, language=LANGUAGE, video_game=VideoGame())
    item.links.add(role=Link.SOURCE, url=f"{SITE}/jeux/jeu-{number}/")
    item.external_ids.add(scheme=PROVIDER, value=number)
    return item
