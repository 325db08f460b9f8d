"""Seasons, episodes, lists and pictures of TheTVDB with all that is known of them."""

from __future__ import annotations

from tako.v1.details_people_pb2 import Collection
from tako.v1.item_parts_pb2 import Link
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import EpisodeSummary
from tako.v1.references_pb2 import CreditRole, ItemRef, SeasonOrder
from tako_providers import sdk
from tako_providers.media.tvdb import lists, people, titles
from tako_providers.media.tvdb.parts import (
    PROVIDER,
    SITE,
    Wanted,
    add_ids,
    age_rating,
    aliases,
    any_text,
    artwork,
    best,
    gallery,
    identify,
    language_of,
    number_of,
    picture,
    pictures,
    trailer,
)
from tako_providers.sdk import Json


def season(entry: Json, translation: Json, wish: Wanted) -> Item:
    """/seasons/{id}/extended; ``translation`` is its text in the language wanted, None without one."""
    item = lists.whole(lists.season(entry), entry, "season")
    _translate(item, translation, wish)
    item.images.extend(gallery(sdk.dicts_in(entry, "artwork"), titles.shown(item)))
    episodes, companies = sdk.dicts_in(entry, "episodes"), sdk.dict_in(entry, "companies")
    item.season.episode_count = len(episodes)
    if not episodes:
        item.season.ClearField("episode_count")
    item.season.episodes.extend(sdk.present(map(_episode_summary, episodes[: sdk.MAX_EMBEDDED])))
    item.season.networks.extend(titles.company_names(sdk.dicts_in(companies, "network")))
    item.season.videos.extend(sdk.present(map(trailer, sdk.dicts_in(entry, "trailers"))))
    return item


def episode(entry: Json, wish: Wanted) -> Item:
    """/episodes/{id}/extended"""
    names, overviews = titles.translations(entry)
    name, _ = best(names, wish)
    overview, code = best(overviews, wish)
    item = lists.whole(lists.episode(entry, (name, overview), language_of(code)), entry, "episode")
    if not item.description:
        overview, code = any_text(overviews, "")
        item.description, item.language = sdk.plain(overview), language_of(code)
    remote_ids, characters = sdk.dicts_in(entry, "remoteIds"), sdk.dicts_in(entry, "characters")
    del item.links[:], item.external_ids[:]
    identify(item, "", remote_ids)
    item.age_ratings.extend(sdk.present(map(age_rating, sdk.dicts_in(entry, "contentRatings"))))
    about, of_order = item.episode, sdk.dicts_in(entry, "seasons")
    official = next((one for one in of_order if titles.order_of(one) == SeasonOrder.OFFICIAL), None)
    if official and (ref := lists.reference(Item.SEASON, official.get("id"), lists.season_title(official))):
        about.season.CopyFrom(ref)
    about.production_code = sdk.text_in(entry, "productionCode")
    about.cast.extend(people.named(characters, CreditRole.ACTOR))
    about.crew.extend(people.crew(characters))
    about.guests.extend(people.named(characters, CreditRole.GUEST))
    return item


def collection(entry: Json, translation: Json, wish: Wanted) -> Item:
    """/lists/{id}/extended: members are numbers alone."""
    number, name = number_of(entry.get("id")), sdk.one_line(sdk.text_in(entry, "name"))
    slug, official = sdk.text_in(entry, "url"), sdk.flag_in(entry, "isOfficial")
    members = entities(entry)
    item = lists.whole(
        Item(
            kind=Item.COLLECTION,
            source_id=number,
            title=name,
            alternative_titles=aliases(sdk.list_in(entry, "aliases"), name),
            description=sdk.plain(sdk.text_in(entry, "overview")),
            images=pictures(entry),
            links=(Link(role=Link.SOURCE, url=f"{SITE}/lists/{slug or number}"),),
            collection=Collection(
                type=Collection.LIST,
                official=official,
                member_count=len(members) or None,
                members=[ItemRef(id=sdk.make_id(*member)) for member in members[: sdk.MAX_EMBEDDED]],
            ),
        )
        if number and name
        else None,
        entry,
        "list",
    )
    add_ids(item, sdk.dicts_in(entry, "remoteIds"))
    _translate(item, translation, wish)
    return item


def entities(entry: Json) -> list[sdk.ItemId]:
    """The members of a list in its order; each is a series or a film."""
    found = []
    for one in sorted(sdk.dicts_in(entry, "entities"), key=lambda one: sdk.count_in(one, "order") or 0):
        for kind, name in ((Item.SERIES, "seriesId"), (Item.MOVIE, "movieId")):
            if number := number_of(one.get(name)):
                found.append(sdk.ItemId(PROVIDER, kind, number))
    return found


def image(entry: Json) -> Item | None:
    """A record of artwork as an item."""
    number, shown = number_of(entry.get("id")), artwork(entry)
    if not number or shown is None:
        return None
    return Item(
        kind=Item.IMAGE,
        source_id=number,
        images=(shown,),
        language=shown.language,
    )


def seasons(entry: Json, order: SeasonOrder.Type.ValueType) -> list[Item]:
    """The seasons of a series in one order, the specials last."""
    found = sdk.present(map(lists.season, titles.of_order(entry, order)))
    return sorted(found, key=lambda item: (item.season.number == 0, item.season.number))


def _translate(item: Item, translation: Json, wish: Wanted) -> None:
    """A text that was asked for apart: of a list it comes as a list of one."""
    if isinstance(translation, list):
        translation = next((one for one in translation if isinstance(one, dict)), None)
    if not isinstance(translation, dict):
        return
    title, overview = sdk.one_line(sdk.text_in(translation, "name")), sdk.plain(sdk.text_in(translation, "overview"))
    if title and title != item.title:
        # A season's title may be one that was counted, not given.
        item.original_title, item.title = (item.title if item.kind != Item.SEASON else ""), title
    if overview:
        item.description = overview
    if title or overview:
        item.language = language_of(sdk.text_in(translation, "language") or next(iter(wish.codes), ""))


def _episode_summary(entry: Json) -> EpisodeSummary | None:
    number = number_of(entry.get("id"))
    if not number:
        return None
    return EpisodeSummary(
        id=sdk.make_id(PROVIDER, Item.EPISODE, number),
        number=sdk.count_in(entry, "number"),
        season_number=sdk.count_in(entry, "seasonNumber"),
        title=sdk.one_line(sdk.text_in(entry, "name")),
        air_date=sdk.partial_date(sdk.text_in(entry, "aired")),
        runtime_minutes=sdk.positive(entry.get("runtime")),
        image_url=picture(entry.get("image")),
        description=sdk.plain(sdk.text_in(entry, "overview")),
    )
