"""RAWG's games as Items. https://api.rawg.io/docs/#tag/games"""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.details_games_pb2 import VideoGame
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, Rating, RatingBucket
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Json,
    ShapeChanged,
    add_image,
    count_in,
    dict_in,
    dicts_in,
    https,
    link,
    list_in,
    number_in,
    one_line,
    partial_date,
    plain,
    positive,
    present,
    rating,
    ref,
    set_timestamp,
    text_in,
    texts_in,
)
from tako_providers.videogames.rawg.parts import PROVIDER, organization_id

_ALWAYS_ADULT = frozenset(("nsfw", "hentai"))
_UNRATED_ADULT = _ALWAYS_ADULT | {"sexual-content"}
"""For adults only where the game has no age rating: Steam, where the word comes from, has it on many sold in shops."""
_MIN_AGES = {"everyone-10-plus": 10, "teen": 13, "mature": 17, "adults-only": 18}
"""Ages of https://www.esrb.org/ratings-guide/, by RAWG's words."""
_UNNAMED = "a game of RAWG has no id or no name"
_STATUSES = ("yet", "beaten", "playing", "dropped")
"""Of `added_by_status`; the others are in `engagement`."""


def games(entries: Sequence[Json]) -> list[Item]:
    """The games of a list that have an id and a name; where none has, it complains."""
    found = present(map(_game, entries))
    if entries and not found:
        raise ShapeChanged(_UNNAMED)
    return found


def _game(entry: Json) -> Item | None:
    """One game, as lists have it; None for one without an id or a name."""
    if not isinstance(entry, dict) or type(number := entry.get("id")) is not int:
        return None
    name = text_in(entry, "name")
    if not name:
        return None
    slug = text_in(entry, "slug")
    released = text_in(entry, "released")
    date = partial_date(released)
    tba = entry.get("tba")
    item = Item()
    item.kind = Item.VIDEO_GAME
    item.source_id = str(number)
    item.title = one_line(name)
    item.language = "en"
    if date:
        item.release_date = date
        item.year = int(date[:4])
    elif tba is True:
        item.release_text = "TBA"
    set_timestamp(item.source_updated_at, text_in(entry, "updated"))
    rated = dict_in(entry, "esrb_rating")
    _add_words(item, entry, _ALWAYS_ADULT if rated else _UNRATED_ADULT)
    _add_ratings(item, entry, rated)
    _add_shelves(item, entry)
    _add_images(item, entry)
    if slug:
        page = item.links.add()
        page.role = Link.SOURCE
        page.url = f"https://rawg.io/games/{slug}"
    about = item.video_game
    about.slug = slug
    if isinstance(tba, bool):
        about.tba = tba
    if hours := positive(entry.get("playtime")):
        about.playtime_hours = hours
    _add_platforms(about, entry, released, date)
    return item


def _add_platforms(about: VideoGame, entry: Json, released: str, date: str) -> None:
    """Add the platforms and shops. Most platforms have the date of the game."""
    platforms, stores = about.platforms, about.stores
    for outer in list_in(entry, "platforms"):
        platform = outer.get("platform") if isinstance(outer, dict) else None
        if isinstance(platform, dict) and isinstance(name := platform.get("name"), str) and name:
            made = platforms.add()
            made.term_id = str(platform.get("id", ""))
            made.name = name
            if at := outer.get("released_at"):
                made.release_date = date if at == released else partial_date(text_in(outer, "released_at"))
    for outer in list_in(entry, "stores"):
        store = outer.get("store") if isinstance(outer, dict) else None
        if isinstance(store, dict) and isinstance(name := store.get("name"), str) and name:
            shop = stores.add()
            shop.id = str(store.get("id", ""))
            shop.name = name


def game_detail(entry: Json) -> Item:
    """The answer of /games/{id}, with what lists leave out."""
    item = _game(entry)
    if item is None:
        raise ShapeChanged(_UNNAMED)
    original = one_line(text_in(entry, "name_original"))
    item.original_title = original if original != item.title else ""
    item.alternative_titles.extend(
        AlternativeTitle(text=one_line(name), type=AlternativeTitle.SYNONYM)
        for name in texts_in(entry, "alternative_names")
    )
    # `description_raw` has lost the breaks between paragraphs.
    item.description = plain(text_in(entry, "description") or text_in(entry, "description_raw"))
    item.links.extend(
        present(
            (
                link(Link.OFFICIAL, text_in(entry, "website")),
                link(Link.SOCIAL, text_in(entry, "reddit_url"), title="Reddit"),
                link(Link.REVIEW, text_in(entry, "metacritic_url"), title="Metacritic"),
            )
        )
    )
    if item.HasField("rating"):
        item.rating.distribution.extend(_grades(entry))
    item.ratings.extend(_metacritic_by_platform(entry))
    item.attributes.update(_attributes(entry))
    details = item.video_game
    for release, (outer, _) in zip(details.platforms, _wrapped(entry, "platforms", "platform"), strict=True):
        requirements = dict_in(outer, "requirements")
        release.requirements_minimum = plain(text_in(requirements, "minimum"))
        release.requirements_recommended = plain(text_in(requirements, "recommended"))
    for name, word, companies in (
        ("developers", "developer", details.developers),
        ("publishers", "publisher", details.publishers),
    ):
        companies.extend(
            present(
                ref(PROVIDER, Item.ORGANIZATION, organization_id(word, company), text_in(company, "name"))
                for company in dicts_in(entry, name)
            )
        )
    for name, field in (
        ("achievements_count", "achievement_count"),
        ("screenshots_count", "screenshot_count"),
        ("additions_count", "addition_count"),
        ("game_series_count", "series_count"),
    ):
        if count := positive(entry.get(name)):
            setattr(details, field, count)
    return item


def _wrapped(entry: Json, name: str, inner: str) -> list[tuple[Json, Json]]:
    """The objects of a list and the named thing that each wraps. RAWG gives null for some empty lists."""
    found: list[tuple[Json, Json]] = []
    for outer in list_in(entry, name):
        thing = outer.get(inner) if isinstance(outer, dict) else None
        if isinstance(thing, dict) and isinstance(title := thing.get("name"), str) and title:
            found.append((outer, thing))
    return found


def _add_images(item: Item, entry: Json) -> None:
    """The background, which is what RAWG has for a cover, and screenshots. The first of them, -1, is it again."""
    images = item.images
    if url := https(text_in(entry, "background_image")):
        made = images.add()
        made.role = Image.PRIMARY
        made.url = url
    if "background_image_additional" in entry:  # lists have none
        add_image(item, Image.BACKDROP, text_in(entry, "background_image_additional"))
    for shot in list_in(entry, "short_screenshots"):
        if isinstance(shot, dict) and shot.get("id") != -1 and (url := https(text_in(shot, "image"))):
            made = images.add()
            made.role = Image.SCREENSHOT
            made.url = url


def _add_words(item: Item, entry: Json, adult_words: frozenset[str]) -> None:
    """Add the genres and English tags, and what one of the tags may say: that the game is for adults."""
    genres, tags = item.genres, item.tags
    for genre in list_in(entry, "genres"):
        if isinstance(genre, dict) and (name := text_in(genre, "name")):
            genres.append(name)
    for tag in list_in(entry, "tags"):
        if isinstance(tag, dict):
            if tag.get("slug") in adult_words:
                item.adult = True
            if tag.get("language", "eng") == "eng" and isinstance(word := tag.get("name"), str) and word:
                tags.append(word)


def _metacritic_by_platform(entry: Json) -> list[Rating]:
    """The scores of critics. How many they are is not said."""
    return present(
        rating(number_in(outer, "metascore"), 100, source=Rating.CRITICS, name=f"Metacritic ({platform['name']})")
        for outer, platform in _wrapped(entry, "metacritic_platforms", "platform")
    )


def _add_ratings(item: Item, entry: Json, rated: Json) -> None:
    """Set the rating, that of critics and the age rating, which ``rated`` holds."""
    users = number_in(entry, "rating")
    if users and 0 < users <= 5 and (votes := count_in(entry, "ratings_count")) != 0:
        made = item.rating
        made.value = users
        made.scale = 5.0
        made.source = Rating.USERS
        if votes is not None:
            made.votes = votes
    critics = number_in(entry, "metacritic")
    if critics and 0 < critics <= 100:
        made = item.ratings.add()
        made.value = float(critics)  # a double takes an int at three times the cost
        made.scale = 100.0
        made.source = Rating.CRITICS
        made.name = "Metacritic"
    if mark := text_in(rated, "name"):
        age_rating = item.age_ratings.add()
        age_rating.system = "ESRB"
        age_rating.rating = mark
        if age := _MIN_AGES.get(text_in(rated, "slug")):
            age_rating.min_age = age


def _add_shelves(item: Item, entry: Json) -> None:
    """Set how many users put the game on a shelf, and on which."""
    added = count_in(entry, "added")
    if not added:
        return
    engagement = item.engagement
    engagement.popularity = float(added)
    by_status = entry.get("added_by_status")
    if isinstance(by_status, dict):
        if (owners := count_in(by_status, "owned")) is not None:
            engagement.owners = owners
        if (wanters := count_in(by_status, "toplay")) is not None:
            engagement.wanters = wanters


def _grades(entry: Json) -> list[RatingBucket]:
    return [
        RatingBucket(label=label, count=count_in(grade, "count"), percent=number_in(grade, "percent"))
        for grade in dicts_in(entry, "ratings")
        if (label := text_in(grade, "title"))
    ]


def _attributes(entry: Json) -> dict[str, str]:
    """The other shelves, and how many suggestions RAWG has."""
    by_status = dict_in(entry, "added_by_status")
    counts = {f"users_{word}": count_in(by_status, word) for word in _STATUSES}
    counts["suggestions_count"] = count_in(entry, "suggestions_count")
    return {name: str(count) for name, count in counts.items() if count}
