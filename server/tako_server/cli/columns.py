"""The columns of a table of items: those that every item may have, and those that one domain is read by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tako_server.cli.wording import enum, join, money, number, optional, rating, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tako.v1.item_pb2 import Item
    from tako.v1.references_pb2 import Credit, ItemRef


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it for one item. ``spare`` ones are shown where there is room."""

    heading: str
    cell: Callable[[Item], str]
    right: bool = False
    spare: bool = False


def columns(domain: str, items: Iterable[Item]) -> list[tuple[Column, list[str]]]:
    """The columns of ``domain``, with their cells; those that would be empty are left out, but for the title."""
    items = list(items)
    filled = (
        (column, [column.cell(item) for item in items]) for column in (*_FIRST, *_OF_DOMAIN.get(domain, ()), *_LAST)
    )
    return [(column, cells) for column, cells in filled if any(cells) or column.heading == "Title"]


def heading(item: Item) -> str:
    """What to call an item. Offers, pictures and rulings have no title."""
    return item.title or join(item.offer.seller, item.offer.note) or _first_line(item.description) or _first_image(item)


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]


def _first_image(item: Item) -> str:
    return join(enum(item.images[0], "role"), item.images[0].url, by=" ") if item.images else ""


def _year(item: Item) -> str:
    if not item.HasField("year"):
        return item.release_date[:4] or item.release_text
    return join(str(item.year), str(item.end_year) if item.HasField("end_year") else "", by="-")


def _here(item: Item) -> str:
    """What the item is in this answer: a role, a character, a quantity."""
    here = item.context
    season = optional(here, "season_number")
    return join(
        here.label,
        here.role,
        here.character and f"as {here.character}",
        optional(here, "quantity") and f"x {here.quantity}",
        here.color.name,
        "spare" if here.spare else "",
        season and f"season {season}",
        optional(here, "count") and f"{here.count} episodes or issues",
        here.date,
    )


def _price(item: Item) -> str:
    return money(item.prices[0].amount) if item.prices else ""


def _rating(item: Item) -> str:
    return rating(item.rating) if item.HasField("rating") else ""


_FIRST = (
    Column("#", lambda i: optional(i.context, "position"), right=True),
    Column("Title", heading),
    Column("Year", _year),
)
_LAST = (
    Column("Here", _here),
    Column("Price", _price, right=True),
    Column("Rating", _rating, right=True),
    # An item id starts with these two, so that a narrow terminal may do without them.
    Column("Kind", lambda i: enum(i, "kind"), spare=True),
    Column("Provider", lambda i: i.provider, spare=True),
    Column("ID", lambda i: i.id),
)


def _credited(credits_: Iterable[Credit]) -> str:
    return _few(dict.fromkeys(credit.name for credit in credits_))


def _named(refs: Iterable[ItemRef]) -> str:
    return _few(ref.name for ref in refs)


def _few(names: Iterable[str], most: int = 3) -> str:
    names = [name for name in names if name]
    return ", ".join(names[:most]) + (" ..." if len(names) > most else "")


def _set_number(item: Item) -> str:
    return next((e.value for e in item.external_ids if e.scheme == "set_number"), "")


def _series(item: Item) -> str:
    return item.comic_issue.series.series.name


def _comic_number(item: Item) -> str:
    issue = item.comic_issue
    return join(issue.number or issue.series.volume, issue.edition_letter, by="")


def _comic_publisher(item: Item) -> str:
    return item.comic_issue.publisher.name or item.comic_series.publisher.name


def _anime_format(item: Item) -> str:
    return enum(item.anime, "format") or enum(item.manga, "format")


def _anime_length(item: Item) -> str:
    episodes, volumes = optional(item.anime, "episode_count"), optional(item.manga, "volume_count")
    return f"{episodes} ep." if episodes else f"{volumes} vol." if volumes else ""


def _media_length(item: Item) -> str:
    minutes = optional(item.movie, "runtime_minutes") or optional(item.episode, "runtime_minutes")
    seasons = optional(item.series, "season_count")
    episodes = optional(item.series, "episode_count") or optional(item.season, "episode_count")
    return join(minutes and f"{minutes} min", seasons and f"{seasons} seasons", episodes and f"{episodes} ep.")


def _platforms(item: Item) -> str:
    return _few(p.abbreviation or p.name for p in item.video_game.platforms) or item.console.platform.name


def _play_time(item: Item) -> str:
    time = item.board_game.play_time
    minutes = span(time, "min_minutes", "max_minutes") or optional(time, "typical_minutes")
    return minutes and f"{minutes} min"


def _card_set(item: Item) -> str:
    return item.trading_card.set.name or item.trading_card.set.code or item.card_set.code


def _artists(item: Item) -> str:
    return item.album.artist_text or _credited(item.album.artists) or _credited(item.track.artists)


def _labels(item: Item) -> str:
    return _few(join(ref.name, ref.catalog_number, by=" ") for ref in item.album.labels)


def _duration(item: Item) -> str:
    ms = item.track.duration_ms or item.album.duration_ms
    return f"{ms // 60000}:{ms // 1000 % 60:02}" if ms else ""


def _seller(item: Item) -> str:
    return item.product.marketplace or item.offer.marketplace or item.offer.country


_OF_DOMAIN: dict[str, tuple[Column, ...]] = {
    "construction-toys": (
        Column("No.", _set_number),
        Column("Theme", lambda i: join(i.building_set.theme, i.building_set.subtheme, by=" / ")),
        Column("Pieces", lambda i: optional(i.building_set, "pieces") or optional(i.minifig, "pieces"), right=True),
    ),
    "books": (
        Column("Authors", lambda i: _credited(i.book.credits)),
        Column("Pages", lambda i: optional(i.book, "page_count"), right=True),
    ),
    "comics": (
        Column("Series", _series),
        Column("No.", _comic_number),
        Column("Publisher", _comic_publisher),
        Column("Issues", lambda i: optional(i.comic_series, "issue_count"), right=True),
    ),
    "anime-manga": (Column("Format", _anime_format), Column("Length", _anime_length, right=True)),
    "media": (Column("Original title", lambda i: i.original_title), Column("Length", _media_length)),
    "videogames": (
        Column("Platforms", _platforms),
        Column("Developers", lambda i: _named(i.video_game.developers), spare=True),
    ),
    "boardgames": (
        Column("Players", lambda i: span(i.board_game.players, "min", "max")),
        Column("Time", _play_time),
        Column(
            "Weight", lambda i: number(round(i.board_game.complexity, 1)) if i.board_game.complexity else "", right=True
        ),
    ),
    "collectibles": (
        Column("Brand", lambda i: i.collectible.brand or i.collectible.manufacturer),
        Column("Line", lambda i: i.collectible.line or i.collectible.series),
    ),
    "sticker-albums": (
        Column("Publisher", lambda i: i.sticker_album.publisher),
        Column("Stickers", lambda i: optional(i.sticker_album, "sticker_count"), right=True),
    ),
    "tcg": (
        Column("Set", _card_set),
        Column("No.", lambda i: i.trading_card.number),
        Column("Rarity", lambda i: i.trading_card.rarity),
        Column("Cards", lambda i: optional(i.card_set, "card_count"), right=True),
    ),
    "music": (
        Column("Artist", _artists),
        Column("Format", lambda i: _few(f.text or f.name for f in i.album.formats)),
        Column("Label", _labels, spare=True),
        Column("Length", _duration, right=True),
    ),
    "ecommerce": (Column("Brand", lambda i: i.product.brand), Column("Market", _seller)),
}
