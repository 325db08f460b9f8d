"""The page of a game. Its scripts are the most solid source, its marked-up text comes after them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako.v1.details_games_pb2 import PlatformRelease, VideoGame
from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import ItemRef
from tako_providers.sdk import (
    Json,
    NotFound,
    ShapeChanged,
    absolute,
    assigned_json,
    dict_in,
    external_ids,
    has_class,
    json_ld,
    line_of,
    lines_of,
    link,
    node_of,
    nodes,
    one_line,
    partial_date,
    plain,
    positive,
    present,
    prose_of,
    ref,
    year_of,
)
from tako_providers.videogames.jvc.parts import (
    LANGUAGE,
    PROVIDER,
    SITE,
    machine,
    mark,
    multiplayer,
    pegi,
    picture,
    release,
)

if TYPE_CHECKING:
    from lxml import html

_NOWHERE = ("introuvable", "existe pas", "erreur 404")
_OPENING = re.compile(
    r".{1,300}? : retrouvez toutes les informations et actualités du jeu sur tous ses supports\.\s*", re.DOTALL
)
_VOTES = re.compile(r"\((\d+)\)")
_NO_PICTURE = "pas d'image"
_MAIN = "gameCharacteristicsMain__"
_DETAILED = "gameCharacteristicsDetailed__"


@dataclass(frozen=True, slots=True)
class _Scripts:
    """What the scripts of a page say."""

    ld: Json
    analytics: Json
    layer: Json


def game(page: html.HtmlElement, number: str) -> Item:
    """The page of a game, of all its machines together."""
    title = line_of(page, f"//*[{has_class('gameHeaderBanner__title')}]")
    if not title:
        raise _other(page)
    told, rows = _scripts(page), _rows(page)
    date, text = _release(page, told)
    players = _row(rows, "Nombre de joueurs")
    item = Item(
        kind=Item.VIDEO_GAME,
        source_id=number,
        title=title,
        description=_description(page),
        year=year_of(date),
        release_date=date,
        release_text=text,
        images=present([_cover(page)]),
        links=present(
            [
                link(Link.SOURCE, f"{SITE}/jeux/jeu-{number}/"),
                link(Link.REVIEW, absolute(SITE, line_of(page, "//a[starts-with(@href, '/test/')]/@href"))),
            ]
        ),
        external_ids=external_ids([(PROVIDER, number)]),
        rating=_users(page, told),
        ratings=present([_critics(page, told)]),
        age_ratings=present([pegi(_text(told.analytics, "pegi_tags_name") or _row(rows, "Classification"))]),
        genres=_texts(told.ld, "genre") or _split(told.analytics, "genre_tags_name") or rows.get("Genre(s)", []),
        language=LANGUAGE,
        video_game=VideoGame(
            platforms=_platforms(page, told),
            developers=_named(_split(told.analytics, "developer_tags_name") or rows.get("Développeur(s)", [])),
            publishers=_named(_split(told.analytics, "publisher_tags_name") or rows.get("Editeur(s)", [])),
            themes=rows.get("Thème(s)", []),
            players_text=players,
            multiplayer=multiplayer(players),
            media=rows.get("Support(s)", []),
        ),
    )
    if not item.video_game.developers and (makers := _row(rows, "Editeur(s) / Développeur(s)")):
        item.attributes["makers"] = makers  # publishers and developers in one line, not told apart
    return item


def _other(page: html.HtmlElement) -> Exception:
    """What a page without the banner of a game is: the site's own "not found", the home page, or something new."""
    heading = f"{line_of(page, '//title')} {line_of(page, '//h1')}".lower()
    home = line_of(page, "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content").rstrip("/") == SITE
    if home or any(sign in heading for sign in _NOWHERE):
        return NotFound("JeuxVideo.com has no game with this id")
    return ShapeChanged("JeuxVideo.com gave another page where a game was expected")


def _scripts(page: html.HtmlElement) -> _Scripts:
    texts = [one.text for one in nodes(page, "//script[not(@src)]") if one.text]
    layer = _assigned(texts, "dataLayer")
    first = layer[0] if isinstance(layer, list) and layer else layer
    analytics = _assigned(texts, "analyticsMetadata")
    return _Scripts(
        ld=next(iter(json_ld(page, "VideoGame")), {}),
        analytics=analytics if isinstance(analytics, dict) else {},
        layer=first if isinstance(first, dict) else {},
    )


def _assigned(texts: Iterable[str], name: str) -> Json | None:
    """The value that the first script assigns to ``name``."""
    values = (assigned_json(text, name) for text in texts if name in text)
    return next((value for value in values if value), None)


def _text(told: Json, name: str) -> str:
    """A text of a script; entities are escaped there too."""
    value = told.get(name)
    return one_line(value) if isinstance(value, str) else ""


def _texts(told: Json, name: str) -> list[str]:
    """The texts of a list, or a text alone."""
    value = told.get(name)
    return [
        line
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, str) and (line := one_line(one))
    ]


def _split(told: Json, name: str) -> list[str]:
    """The texts between the bars of ``Action|Aventure``."""
    return [part.strip() for part in _text(told, name).split("|") if part.strip()]


def _named(names: list[str]) -> list[ItemRef]:
    return present(ref(PROVIDER, Item.ORGANIZATION, None, name) for name in names)


def _rows(page: html.HtmlElement) -> dict[str, list[str]]:
    """The table of characteristics, by label: values in elements of their own, in a cell, or behind a colon."""
    found: dict[str, list[str]] = {}
    for row in nodes(page, f"//*[{has_class(_DETAILED + 'tr')}]"):
        label = node_of(row, f".//*[{has_class(_DETAILED + 'label')} or {has_class(_DETAILED + 'td--th')}]")
        if label is None:
            continue
        name, _, behind = line_of(label).partition(" :")
        cell = f".//*[{has_class(_DETAILED + 'td')}][not({has_class(_DETAILED + 'td--th')})]"
        values = (
            lines_of(row, f".//*[{has_class(_DETAILED + 'characValue')}]")
            or lines_of(row, cell)
            or [one for one in (behind.strip(),) if one]
        )
        found.setdefault(name.rstrip(" :"), list(dict.fromkeys(values)))
    return found


def _row(rows: dict[str, list[str]], label: str) -> str:
    return ", ".join(rows.get(label, ()))


def _description(page: html.HtmlElement) -> str:
    """The summary, else what the page says of itself without the sentence that all pages begin with."""
    shown = prose_of(page, f"//*[{has_class(_MAIN + 'synopsis')}]")
    if shown:
        return shown
    meta = line_of(page, "//meta[@name='description']/@content") or line_of(
        page, "//meta[@property='og:description']/@content"
    )
    return _OPENING.sub("", plain(meta), count=1)


def _release(page: html.HtmlElement, told: _Scripts) -> tuple[str, str]:
    """The first release: in ISO in a script, in French on the page (behind its label)."""
    date = partial_date(_text(told.analytics, "masterfiche_game_release_date"))
    if date:
        return date, ""
    written = lines_of(
        page,
        f"(//*[{has_class(_MAIN + 'releaseDate')}])[1]/text() | (//*[{has_class(_MAIN + 'releaseDate')}])[1]/span[2]",
    )
    return release(written[0].lstrip(": ") if written else "")


def _cover(page: html.HtmlElement) -> Image | None:
    cover = node_of(page, f"//img[{has_class(_MAIN + 'coverImage')}]")
    if cover is not None and cover.get("alt") != _NO_PICTURE:
        return picture(Image.PRIMARY, cover.get("data-src") or cover.get("src"))
    return picture(Image.PRIMARY, line_of(page, "//meta[@property='og:image']/@content")) if cover is None else None


def _platforms(page: html.HtmlElement, told: _Scripts) -> list[PlatformRelease]:
    """The machines as structured data names them, else as the banner does, else by their codes."""
    linked = f"//*[{has_class('gameHeaderBanner__platformLink')}]"
    banner = f"{linked} | //*[{has_class('gameHeaderBanner__platform')}][not(.//a)]"
    names = _texts(told.ld, "gamePlatform") or lines_of(page, banner) or _texts(told.layer, "platform")
    return list(map(machine, dict.fromkeys(names)))


def _users(page: html.HtmlElement, told: _Scripts) -> Rating | None:
    box = node_of(page, f"//*[{has_class(_MAIN + 'reviewContainer--userOpinion')}]")
    count = _VOTES.search(line_of(box, ".//*[contains(@class, 'count')]")) if box is not None else None
    votes = positive(count[1]) if count else None
    return mark(told.layer.get("game_usr_rating"), votes) or mark(_gauge(box), votes)


def _critics(page: html.HtmlElement, told: _Scripts) -> Rating | None:
    """The mark of the site's own review."""
    box = node_of(page, f"//*[{has_class(_MAIN + 'reviewContainer--editorialReview')}]")
    review = told.ld.get("review")
    first = review[0] if isinstance(review, list) and review else review
    reviewed = dict_in(first, "reviewRating").get("ratingValue") if isinstance(first, dict) else None
    marks = (mark(one, source=Rating.CRITICS) for one in (reviewed, told.layer.get("game_tester_rating"), _gauge(box)))
    return next((one for one in marks if one is not None), None)


def _gauge(box: html.HtmlElement | None) -> str:
    return line_of(box, f".//*[{has_class(_MAIN + 'gaugeText')}]") if box is not None else ""
