"""What RAWG has beside games: companies, creators, pictures, videos, achievements, shops. https://api.rawg.io/docs/"""

from __future__ import annotations

from collections.abc import Mapping

from tako.v1.details_commerce_pb2 import Offer
from tako.v1.details_people_pb2 import Organization, OrganizationRole, Person
from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako.v1.references_pb2 import ItemRef, OfferType, WorkCredit
from tako_providers.sdk import (
    MAX_EMBEDDED,
    Json,
    ShapeChanged,
    count_in,
    dict_in,
    dicts_in,
    https,
    image,
    link,
    make_id,
    one_line,
    plain,
    positive,
    positive_float,
    present,
    rating,
    ref,
    text_in,
    timestamp,
)
from tako_providers.videogames.rawg.parts import PROVIDER, named, organization_id, page_address

_ROLES = {"developer": OrganizationRole.DEVELOPER, "publisher": OrganizationRole.PUBLISHER}


def company(entry: Json, word: str) -> Item:
    """A developer or a publisher; ``word`` says which."""
    _, name = _checked(entry, word)
    slug = text_in(entry, "slug")
    return Item(
        kind=Item.ORGANIZATION,
        source_id=organization_id(word, entry),
        title=one_line(name),
        description=plain(text_in(entry, "description")),
        # A scene of one of its games: RAWG has no logos.
        images=present((image(Image.BACKDROP, text_in(entry, "image_background")),)),
        links=present((link(Link.SOURCE, page_address(f"{word}s", slug)),)),
        language="en",
        attributes={"slug": slug} if slug else {},
        organization=Organization(
            roles=[_ROLES[word]],
            work_count=positive(entry.get("games_count")),
            works=_games(entry),
        ),
    )


def creator(entry: Json) -> Item:
    """A person who makes games, as in /creators, /creators/{id} and the team of a game."""
    number, name = _checked(entry, "creator")
    slug = text_in(entry, "slug")
    return Item(
        kind=Item.PERSON,
        source_id=number,
        title=one_line(name),
        description=plain(text_in(entry, "description")),
        images=present(
            (
                image(Image.PRIMARY, text_in(entry, "image")),
                image(Image.BACKDROP, text_in(entry, "image_background")),
            )
        ),
        links=present((link(Link.SOURCE, page_address("creators", slug)),)),
        rating=_rating_of_games(entry),
        language="en",
        source_updated_at=timestamp(text_in(entry, "updated")),
        attributes={"slug": slug} if slug else {},
        person=Person(
            professions=[word for one in dicts_in(entry, "positions") if (word := text_in(one, "name"))],
            works=[WorkCredit(work=work) for work in _games(entry)],
            work_count=positive(entry.get("games_count")),
        ),
    )


def picture(game: str, entry: Json) -> Item | None:
    """One of /games/{id}/screenshots; None for one that RAWG has taken out."""
    if not isinstance(entry, dict) or type(entry.get("id")) is not int or not https(text_in(entry, "image")):
        raise ShapeChanged("a screenshot of RAWG has no id or no address")
    if entry.get("is_deleted") is True or entry.get("hidden") is True:
        return None
    width, height = positive(entry.get("width")), positive(entry.get("height"))
    return Item(
        kind=Item.IMAGE,
        source_id=f"{game}/{entry['id']}",
        images=present((image(Image.SCREENSHOT, text_in(entry, "image"), width=width, height=height),)),
    )


def video(game: str, entry: Json) -> Item:
    """One of /games/{id}/movies. `data` has the files by size; `max` is the largest. Not each has a name."""
    files = dict_in(entry, "data") if isinstance(entry, dict) else {}
    url = https(text_in(files, "max") or text_in(files, "480"))
    if not url or type(entry.get("id")) is not int:
        raise ShapeChanged("a video of RAWG has no id or no address")
    return Item(
        kind=Item.VIDEO,
        source_id=f"{game}/{entry['id']}",
        title=one_line(text_in(entry, "name")),
        video=Video(
            url=url,
            thumbnail_url=https(text_in(entry, "preview")),
        ),
    )


def achievement(game: str, entry: Json) -> Item:
    """One of /games/{id}/achievements. `percent` is the share of players who have it."""
    number, name = _checked(entry, "achievement")
    percent = positive_float(entry.get("percent"))
    return Item(
        kind=Item.ACHIEVEMENT,
        source_id=f"{game}/{number}",
        title=one_line(name),
        description=plain(text_in(entry, "description")),
        images=present((image(Image.PRIMARY, text_in(entry, "image")),)),
        language="en",
        attributes={"percent": f"{percent:g}"} if percent else {},
    )


def offer(game: str, entry: Json, stores: Mapping[str, str]) -> Item:
    """One of /games/{id}/stores: where a game is sold. RAWG says no prices. ``stores`` has the names by id."""
    if not isinstance(entry, dict) or type(entry.get("store_id")) is not int:
        raise ShapeChanged("a shop of RAWG's game has no id")
    store = str(entry["store_id"])
    name = stores.get(store, "")
    return Item(
        kind=Item.OFFER,
        source_id=f"{game}/{store}",
        title=name,
        links=present((link(Link.STORE, text_in(entry, "url"), title=name),)),
        offer=Offer(seller=name, type=OfferType.LINK, item_id=make_id(PROVIDER, Item.VIDEO_GAME, game)),
    )


def _checked(entry: Json, word: str) -> tuple[str, str]:
    found = named(entry)
    if found is None:
        raise ShapeChanged(f"RAWG: a {word} has no id or no name")
    return found


def _games(entry: Json) -> list[ItemRef]:
    """The best-known games, which lists of companies and creators name."""
    return present(
        ref(PROVIDER, Item.VIDEO_GAME, one.get("id"), text_in(one, "name"))
        for one in dicts_in(entry, "games")[:MAX_EMBEDDED]
    )


def _rating_of_games(entry: Json) -> Rating | None:
    """How users rate what somebody made. RAWG writes it as text."""
    return rating(positive_float(entry.get("rating")), 5, count_in(entry, "reviews_count"), name="Games")
