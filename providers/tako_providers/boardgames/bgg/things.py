"""BoardGameGeek's games and families as Items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tako.v1.details_games_pb2 import (
    BoardGame,
    PlayerCount,
    PlayerVotes,
    PlayTime,
    Rank,
)
from tako.v1.details_people_pb2 import (
    Collection,
)
from tako.v1.item_parts_pb2 import (
    AlternativeTitle,
    Engagement,
    ExternalId,
    Image,
    Link,
)
from tako.v1.item_pb2 import (
    Item,
)
from tako.v1.references_pb2 import (
    CreditRole,
)
from tako.v1.values_pb2 import (
    AgeRange,
)
from tako_providers.boardgames.bgg.fields import (
    PROVIDER,
    SITE,
    child_of,
    count_of,
    credits_of,
    entries,
    id_of,
    images_of,
    known,
    links_of,
    names_in,
    other_names,
    primary_name,
    ratings_of,
    refs,
    value_of,
    votes_of,
    year_date,
    year_of,
)
from tako_providers.sdk import (
    MAX_EMBEDDED,
    ShapeChanged,
    external_ids,
    image,
    one_line,
    plain,
    positive,
    positive_float,
    present,
    ref,
)

if TYPE_CHECKING:
    from lxml import etree

TYPES = {
    "boardgame": BoardGame.BASE_GAME,
    "boardgameexpansion": BoardGame.EXPANSION,
    "boardgameaccessory": BoardGame.ACCESSORY,
}
_OTHER_GAMES = ("rpg", "videogame")
"""How the types begin that are no board games: rpgitem, rpgissue, videogame."""
_NAMED = "@id >= 0 and name/@value"
_FAMILY = ("thumbnail", "image", "name", "description")
"""The children of a family beside its games."""
_RELATIONS = {
    ("boardgameexpansion", False): "Expansion",
    ("boardgameaccessory", False): "Accessory",
    ("boardgameexpansion", True): "Expands",
    ("boardgameaccessory", True): "Accessory for",
    ("boardgameimplementation", False): "Reimplemented by",
    ("boardgameimplementation", True): "Reimplements",
    ("boardgameintegration", False): "Integrates with",
    ("boardgameintegration", True): "Integrates with",
    ("boardgamecompilation", False): "Contained in",
    ("boardgamecompilation", True): "Contains",
}
"""What a link says, by its type and whether it is inbound; the words are those of BoardGameGeek's pages."""


def board_games(items: Sequence[etree._Element]) -> list[etree._Element]:
    """The board games among things. Numbers and names are shared with role-playing and video games."""
    found = [thing for thing in items if thing.get("type") in TYPES]
    if not found and not all(thing.get("type", "").startswith(_OTHER_GAMES) for thing in items):
        raise ShapeChanged("BoardGameGeek answered with things of a type that is not known")
    return found


def hits(items: Sequence[etree._Element]) -> list[Item]:
    """The games of a search, each once: without ``type`` an expansion comes as game and as expansion.

    ``type=boardgame`` lists expansions as games too, so that word tells nothing of a hit's type.
    """
    found: dict[str, Item] = {}
    for item in known(board_games(items), _NAMED):
        source_id, said = id_of(item), item.get("type", "")
        game = found.get(source_id)
        if game is None:
            name = child_of(item, "name")
            title = one_line(name.get("value")) if name is not None else ""
            if not title:
                continue
            game = found[source_id] = _listed(source_id, title, year_of(item))
            if name is not None and name.get("type") == "alternate":
                game.alternative_titles.add(text=title, type=AlternativeTitle.MATCHED)
        if said != "boardgame":
            _set_type(game, said)
    return list(found.values())


def hot(items: Sequence[etree._Element]) -> list[Item]:
    """The hot list, in its order."""
    found: list[Item] = []
    for item in known(items, _NAMED):
        source_id, title = id_of(item), one_line(value_of(item, "name"))
        if not title:
            continue
        game = _listed(source_id, title, year_of(item))
        game.images.extend(present((image(Image.THUMBNAIL, value_of(item, "thumbnail")),)))
        if (rank := positive(item.get("rank"))) is not None:
            game.context.position = rank
        found.append(game)
    return found


def enrich(item: Item, thing: etree._Element) -> None:
    """Fill a hit with what the batch call says: name, type, picture, year, rating."""
    if title := primary_name(thing):
        item.title = title
    item.images.clear()
    item.images.extend(images_of(thing))
    year = year_of(thing)
    if year is not None:
        item.year, item.release_date = year, year_date(year)
    _set_type(item, thing.get("type", ""))
    if (given := ratings_of(thing))[0] is not None:
        item.rating.CopyFrom(given[0])


def game(thing: etree._Element) -> Item:
    """One ``item`` of /thing with statistics."""
    source_id, title = id_of(thing), primary_name(thing)
    if not source_id or not title:
        raise ShapeChanged("BoardGameGeek answered with a game that has no id or no name")
    said = thing.get("type", "")
    year = year_of(thing)
    description = plain(thing.findtext("description"))
    users, geek = ratings_of(thing)
    statistics = thing.find("statistics/ratings")
    links = links_of(thing)
    item = Item(
        kind=Item.BOARD_GAME,
        source_id=source_id,
        title=title,
        alternative_titles=[AlternativeTitle(text=name) for name in other_names(thing)],
        description=description,
        year=year,
        release_date=year_date(year),
        images=images_of(thing),
        links=[Link(role=Link.SOURCE, url=f"{SITE}/{said}/{source_id}")],
        external_ids=external_ids((("bgg", source_id),)),
        rating=users,
        ratings=present((users, geek)),
        engagement=_engagement(statistics) if statistics is not None else None,
        language="en" if description else "",
        board_game=BoardGame(
            type=TYPES.get(said, BoardGame.TYPE_UNSPECIFIED),
            players=_players(thing),
            play_time=_play_time(thing),
            categories=names_in(links.get(("boardgamecategory", False))),
            mechanics=names_in(links.get(("boardgamemechanic", False))),
            families=refs(links.get(("boardgamefamily", False)), Item.COLLECTION),
            designers=credits_of(links.get(("boardgamedesigner", False)), CreditRole.DESIGNER),
            artists=credits_of(links.get(("boardgameartist", False)), CreditRole.ARTIST),
            publishers=refs(links.get(("boardgamepublisher", False)), None),
            expansions=refs(links.get(("boardgameexpansion", False)), Item.BOARD_GAME),
            base_games=refs(
                [*links.get(("boardgameexpansion", True), ()), *links.get(("boardgameaccessory", True), ())],
                Item.BOARD_GAME,
            ),
            implementations=refs(links.get(("boardgameimplementation", False)), Item.BOARD_GAME),
            reimplements=refs(links.get(("boardgameimplementation", True)), Item.BOARD_GAME),
            integrations=refs(
                [
                    *links.get(("boardgameintegration", False), ()),
                    *links.get(("boardgameintegration", True), ()),
                ],
                Item.BOARD_GAME,
            ),
            compilations=refs(links.get(("boardgamecompilation", False)), Item.BOARD_GAME),
            contents=refs(links.get(("boardgamecompilation", True)), Item.BOARD_GAME),
            accessories=refs(links.get(("boardgameaccessory", False)), Item.BOARD_GAME),
            ranks=_ranks(thing),
            complexity=positive_float(value_of(statistics, "averageweight")),
            suggested_age=_winner(thing, "suggested_playerage"),
            language_dependence=_winner(thing, "language_dependence"),
        ),
        attributes=_spread(statistics),
    )
    if (age := positive(value_of(thing, "minage"))) is not None:
        item.board_game.ages.CopyFrom(AgeRange(min=age))
    return item


def family(found: etree._Element) -> Item:
    """One ``item`` of /family."""
    source_id, title = id_of(found), primary_name(found)
    if not source_id or not title:
        raise ShapeChanged("BoardGameGeek answered with a family that has no id or no name")
    members = members_of(found)
    description = plain(found.findtext("description"))
    return Item(
        kind=Item.COLLECTION,
        source_id=source_id,
        title=title,
        alternative_titles=[AlternativeTitle(text=name) for name in other_names(found)],
        description=description,
        images=images_of(found),
        links=[Link(role=Link.SOURCE, url=f"{SITE}/boardgamefamily/{source_id}")],
        external_ids=external_ids((("bgg", source_id),)),
        language="en" if description else "",
        collection=Collection(
            type=Collection.FAMILY,
            member_count=len(members),
            members=present(ref(PROVIDER, Item.BOARD_GAME, m.source_id, m.title) for m in members[:MAX_EMBEDDED]),
        ),
    )


def members_of(found: etree._Element) -> list[Item]:
    """The games of a family."""
    links = entries(found, "self::link and @type='boardgamefamily' and @id >= 0 and @value", beside=_FAMILY)
    return [_listed(id_of(target), name, None) for target in links if (name := one_line(target.get("value")))]


def related(thing: etree._Element, types: Iterable[tuple[str, bool]]) -> list[Item]:
    """The games that a thing links to, by type and direction; ``context.label`` says how."""
    links = links_of(thing)
    found: list[Item] = []
    for way in types:
        for target in links.get(way, ()):
            item = _listed(id_of(target), one_line(target.get("value")), None)
            item.context.label = _RELATIONS[way]
            if way in (("boardgameexpansion", False), ("boardgameaccessory", False)):
                _set_type(item, way[0])
            found.append(item)
    return found


def _listed(source_id: str, title: str, year: int | None) -> Item:
    """A game of which a list says little."""
    return Item(
        kind=Item.BOARD_GAME,
        source_id=source_id,
        title=title,
        year=year,
        release_date=year_date(year),
        links=(Link(role=Link.SOURCE, url=f"{SITE}/boardgame/{source_id}"),),
        external_ids=(ExternalId(scheme="bgg", value=source_id),),
        board_game=BoardGame(),
    )


def _set_type(item: Item, said: str) -> None:
    """Type and page of a game: each type has pages of its own."""
    if said in TYPES:
        item.board_game.type = TYPES[said]
        item.links[0].url = f"{SITE}/{said}/{item.source_id}"


def _engagement(given: etree._Element) -> Engagement | None:
    ranked = given.find("ranks/rank[@name='boardgame']")
    found = Engagement(
        rank=positive(ranked.get("value")) if ranked is not None else None,
        owners=count_of(given, "owned"),
        wanters=count_of(given, "wishing"),
        comments=count_of(given, "numcomments"),
    )
    return found if found.ListFields() else None


def _spread(given: etree._Element | None) -> dict[str, str]:
    """Standard deviation and median of the votes; 0 says nothing."""
    values = {name: value_of(given, name) or "" for name in ("stddev", "median")}
    return {name: value for name, value in values.items() if positive_float(value)}


def _ranks(thing: etree._Element) -> list[Rank]:
    return [
        Rank(list=name, value=place, rating=positive_float(rank.get("bayesaverage")))
        for rank in thing.iterfind("statistics/ratings/ranks/rank")
        if (place := positive(rank.get("value"))) and (name := rank.get("friendlyname") or rank.get("name") or "")
    ]


def _players(thing: etree._Element) -> PlayerCount | None:
    fewest, most = positive(value_of(thing, "minplayers")), positive(value_of(thing, "maxplayers"))
    votes = [
        PlayerVotes(
            players=players,
            best=given.get("Best"),
            recommended=given.get("Recommended"),
            not_recommended=given.get("Not Recommended"),
        )
        for results in thing.iterfind("poll[@name='suggested_numplayers']/results")
        if (given := votes_of(results)) and (players := results.get("numplayers"))
    ]
    return PlayerCount(min=fewest, max=most, votes=votes) if fewest or most or votes else None


def _play_time(thing: etree._Element) -> PlayTime | None:
    times = [positive(value_of(thing, name)) for name in ("minplaytime", "maxplaytime", "playingtime")]
    return PlayTime(min_minutes=times[0], max_minutes=times[1], typical_minutes=times[2]) if any(times) else None


def _winner(thing: etree._Element, poll: str) -> str:
    """The answer with the most votes; "" without votes and for a tie."""
    results = thing.find(f"poll[@name='{poll}']/results")
    given = sorted(votes_of(results).items(), key=lambda vote: -vote[1]) if results is not None else []
    if not given or given[0][1] == 0 or (len(given) > 1 and given[1][1] == given[0][1]):
        return ""
    return given[0][0]
