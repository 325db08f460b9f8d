"""IGDB's games as Items. https://api-docs.igdb.com/#game"""

from __future__ import annotations

from tako.v1.details_games_pb2 import LanguageSupport, VideoGame
from tako.v1.item_parts_pb2 import AlternativeTitle, ExternalId, Link, Rating, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    add_link,
    add_rating,
    bcp47,
    count_in,
    dict_in,
    dicts_in,
    external_ids,
    list_in,
    make_id,
    number_in,
    one_line,
    plain,
    primary,
    text_in,
)
from tako_providers.videogames.igdb.parts import PROVIDER, add_pictures, changed, names, number_of, refs, websites
from tako_providers.videogames.igdb.releases import age_ratings, by_platform, first_release, releases

SOURCES = {"steam": 1, "gog": 5, "microsoft": 11, "epic": 26, "playstation": 36}
"""Shops by our schemes, as IGDB's `external_game_source` numbers them."""
TYPES = {
    0: VideoGame.MAIN,
    1: VideoGame.DLC,
    2: VideoGame.EXPANSION,
    3: VideoGame.BUNDLE,
    4: VideoGame.STANDALONE,
    5: VideoGame.MOD,
    6: VideoGame.EPISODE,
    7: VideoGame.SEASON,
    8: VideoGame.REMAKE,
    9: VideoGame.REMASTER,
    10: VideoGame.EXPANDED,
    11: VideoGame.PORT,
    12: VideoGame.FORK,
    13: VideoGame.PACK,
    14: VideoGame.UPDATE,
}
"""https://api-docs.igdb.com/#game-type, the same numbers that the old `category` had."""
ROLES = ("developer", "publisher", "porting", "supporting")
"""The parts that a company may have in a game."""
EROTIC = 42
"""The theme of games for adults."""
EXPANSIONS = {"dlcs": "DLC", "expansions": "expansion", "standalone_expansions": "standalone expansion"}
REMAKES = {"remakes": "remake", "remasters": "remaster"}
PARENTS = {"parent_game": "parent game", "version_parent": "version parent"}
"""The references of a game by field, and what they are to it."""

LIST_FIELDS = (
    "name,slug,url,summary,first_release_date,rating,rating_count,aggregated_rating,aggregated_rating_count,"
    "total_rating,total_rating_count,hypes,updated_at,game_type,game_status,cover.image_id,genres.name,themes.name,"
    "platforms.name,platforms.abbreviation,release_dates.date,release_dates.date_format.format,release_dates.human,"
    "release_dates.platform,involved_companies.company.name,involved_companies.developer,"
    "involved_companies.publisher,involved_companies.porting,involved_companies.supporting"
)
LOCAL_FIELDS = "game_localizations.name,game_localizations.region.identifier"
_REFERENCE = "name,{0}.cover.image_id,{0}.first_release_date"
DETAIL_FIELDS = (
    f"{LIST_FIELDS},{LOCAL_FIELDS},storyline,alternative_names.name,alternative_names.comment,screenshots.image_id,"
    "artworks.image_id,videos.name,videos.video_id,websites.url,websites.type,keywords.name,game_modes.name,"
    "player_perspectives.name,game_engines.name,collections.name,franchises.name,release_dates.platform.name,"
    "release_dates.release_region.region,release_dates.status.name,age_ratings.organization.name,"
    "age_ratings.rating_category.rating,age_ratings.rating_content_descriptions.description,external_games.uid,"
    "external_games.external_game_source,language_supports.language.locale,"
    "language_supports.language_support_type.name,"
    + ",".join(f"{one}.{_REFERENCE.format(one)}" for one in ("similar_games", *EXPANSIONS, *REMAKES, *PARENTS))
)

_STATUSES = {
    0: (WorkStatus.RELEASED, "Released"),
    2: (WorkStatus.IN_PRODUCTION, "Alpha"),
    3: (WorkStatus.IN_PRODUCTION, "Beta"),
    4: (WorkStatus.EARLY_ACCESS, "Early access"),
    5: (WorkStatus.DISCONTINUED, "Offline"),
    6: (WorkStatus.CANCELLED, "Cancelled"),
    7: (WorkStatus.ANNOUNCED, "Rumored"),
    8: (WorkStatus.DELISTED, "Delisted"),
}
"""https://api-docs.igdb.com/#game-status, the same numbers that the old `status` had."""
_NO_STATUS = (WorkStatus.TYPE_UNSPECIFIED, "")
_SCHEMES = {number: scheme for scheme, number in SOURCES.items()}
_RATINGS = (
    ("rating", "rating_count", Rating.USERS),
    ("total_rating", "total_rating_count", Rating.COMBINED),
    ("aggregated_rating", "aggregated_rating_count", Rating.CRITICS),
)
_SINGLE_PLAYER = 1
"""Among the game modes."""


def game(entry: Json, language: str = "") -> Item:
    """One game, as lists have it, with its name in ``language`` where IGDB has that."""
    if not isinstance(entry, dict) or type(entry.get("id")) is not int or not text_in(entry, "name"):
        raise ShapeChanged("a game of IGDB has no id or no name")
    name, title = one_line(entry["name"]), _local_name(entry, language)
    date, words = first_release(entry)
    status, status_text = _STATUSES.get(_number(entry, "game_status", "status"), _NO_STATUS)
    item = Item(kind=Item.VIDEO_GAME, source_id=str(entry["id"]), title=title or name)
    if title and title != name:
        # The description stays English, and with it `language`.
        item.original_title = name
    item.description = plain(text_in(entry, "summary"))
    item.language = "en"
    item.release_text = words
    if date:
        item.release_date = date
        item.year = int(date[:4])
    item.status = status
    item.status_text = status_text
    if _is_adult(entry):
        item.adult = True
    if genres := names(entry, "genres"):
        item.genres.extend(genres)
    _add_ratings(item, entry)
    if followers := count_in(entry, "hypes"):
        item.engagement.followers = followers  # of a game that is not out yet
    if moment := changed(entry):
        item.source_updated_at.CopyFrom(moment)
    add_pictures(item, entry)
    add_link(item, Link.SOURCE, text_in(entry, "url"))
    about = item.video_game
    about.type = TYPES.get(_number(entry, "game_type", "category"), VideoGame.TYPE_UNSPECIFIED)
    about.slug = text_in(entry, "slug")
    about.themes.extend(names(entry, "themes"))
    _add_companies(about, entry)
    _add_platforms(about, entry)
    return item


def game_detail(entry: Json, language: str = "") -> Item:
    """One game with all that was asked for."""
    item = game(entry, language)
    item.alternative_titles.extend(_other_names(entry, item.title))
    item.links.extend(websites(entry))
    item.external_ids.extend(_external_ids(entry))
    item.age_ratings.extend(age_ratings(entry))
    item.tags.extend(names(entry, "keywords"))
    details = item.video_game
    details.storyline = plain(text_in(entry, "storyline"))
    details.modes.extend(names(entry, "game_modes"))
    modes = {number_of(mode) for mode in list_in(entry, "game_modes")}
    if modes:
        details.multiplayer = modes != {_SINGLE_PLAYER}
    details.perspectives.extend(names(entry, "player_perspectives"))
    details.engines.extend(names(entry, "game_engines"))
    details.collections.extend(
        refs(entry, "collections", Item.COLLECTION) or refs(entry, "collection", Item.COLLECTION)
    )
    details.franchises.extend(refs(entry, "franchises", Item.FRANCHISE) or refs(entry, "franchise", Item.FRANCHISE))
    details.similar.extend(refs(entry, "similar_games", Item.VIDEO_GAME)[:MAX_EMBEDDED])
    details.expansions.extend(one for name in EXPANSIONS for one in refs(entry, name, Item.VIDEO_GAME))
    details.remakes.extend(one for name in REMAKES for one in refs(entry, name, Item.VIDEO_GAME))
    for parent in (one for name in PARENTS for one in refs(entry, name, Item.VIDEO_GAME)):
        details.parent.CopyFrom(parent)
        break
    details.releases.extend(releases(entry))
    details.videos.extend(_videos(entry))
    support = _language_support(entry)
    details.language_support.extend(support)
    item.languages.extend(one.language for one in support)
    return item


def _number(entry: Json, name: str, old: str) -> int:
    """The number of a reference or, in old answers, of the enum that was before it; -1 without one."""
    number = number_of(entry.get(name, entry.get(old)))
    return -1 if number is None else number


def _add_ratings(item: Item, entry: Json) -> None:
    """Add those of users, critics, and both together; the one to show first. IGDB's go to 100."""
    for word, votes, source in _RATINGS:
        add_rating(
            item,
            number_in(entry, word),
            100,
            count_in(entry, votes),
            source=source,
            further=item.HasField("rating"),
        )


def _is_adult(entry: Json) -> bool:
    themes = entry.get("themes")
    return isinstance(themes, list) and any(number_of(theme) == EROTIC for theme in themes)


def _add_platforms(about: VideoGame, entry: Json) -> None:
    platforms = dicts_in(entry, "platforms")
    dates = by_platform(entry) if platforms else {}
    for one in platforms:
        if name := text_in(one, "name"):
            number = number_of(one) or 0
            made = about.platforms.add()
            made.term_id = str(number or "")
            made.name = name
            made.abbreviation = text_in(one, "abbreviation")
            made.release_date = dates.get(number, "")


def _add_companies(about: VideoGame, entry: Json) -> None:
    """Add the companies that had a part in a game, by part."""
    for one in dicts_in(entry, "involved_companies"):
        company = dict_in(one, "company")
        name, number = text_in(company, "name"), number_of(company)
        if not name:
            continue
        source = "" if number is None else make_id(PROVIDER, Item.ORGANIZATION, number)
        if one.get("developer") is True:
            about.developers.add(id=source, name=name)
        if one.get("publisher") is True:
            about.publishers.add(id=source, name=name)
        if one.get("porting") is True:
            about.porting.add(id=source, name=name)
        if one.get("supporting") is True:
            about.supporting.add(id=source, name=name)


def _local_name(entry: Json, language: str) -> str:
    """The name that a game has where ``language`` is spoken; "" for English, which all names are in."""
    wanted = primary(language)
    if not wanted or wanted == "en":
        return ""
    return next((name for name, tag in _local_names(entry) if primary(tag) == wanted), "")


def _local_names(entry: Json) -> list[tuple[str, str]]:
    """Names by language. Regions that are a continent (`EU`) tell none."""
    return [
        (one_line(name), bcp47(region) if "-" in region else "")
        for one in dicts_in(entry, "game_localizations")
        if (name := text_in(one, "name"))
        for region in (text_in(dict_in(one, "region"), "identifier"),)
    ]


def _other_names(entry: Json, title: str) -> list[AlternativeTitle]:
    """Names elsewhere, and others that IGDB explains by a comment only (`Acronym`, `Japanese title`)."""
    found = {
        name: AlternativeTitle(text=name, language=tag, type=AlternativeTitle.TRANSLATED)
        for name, tag in _local_names(entry)
    }
    for one in names(entry, "alternative_names"):
        name = one_line(one)
        found.setdefault(name, AlternativeTitle(text=name, type=AlternativeTitle.SYNONYM))
    return [one for name, one in found.items() if name and name != title]


def _external_ids(entry: Json) -> list[ExternalId]:
    """The ids in shops, of which an old answer says the shop as `category`."""
    return external_ids(
        (scheme, text_in(one, "uid"))
        for one in dicts_in(entry, "external_games")
        if (scheme := _SCHEMES.get(_number(one, "external_game_source", "category")))
    )


def _videos(entry: Json) -> list[Video]:
    """Trailers and others, all at YouTube (https://api-docs.igdb.com/#game-video)."""
    return [
        Video(
            title=one_line(text_in(one, "name")),
            url=f"https://www.youtube.com/watch?v={key}",
            site="YouTube",
            key=key,
        )
        for one in dicts_in(entry, "videos")
        if (key := text_in(one, "video_id"))
    ]


def _language_support(entry: Json) -> list[LanguageSupport]:
    """The languages of a game, and what is in each: audio, subtitles, interface."""
    found: dict[str, LanguageSupport] = {}
    for one in dicts_in(entry, "language_supports"):
        tag = bcp47(text_in(dict_in(one, "language"), "locale"))
        if tag:
            support = found.setdefault(tag, LanguageSupport(language=tag))
            if word := text_in(dict_in(one, "language_support_type"), "name"):
                support.types.append(word)
    return list(found.values())
