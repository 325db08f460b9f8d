"""LorcanaJSON's sets as Items and as a vocabulary, and where sets and cards may be played."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_cards_pb2 import CardSet, Legality
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Json, count_in, dict_in, flag_in, partial_date, text_in, year_of
from tako_providers.tcg.lorcana.files import CardFile

_COUNTS = (("base_cards", "base"), ("special_cards", "nonBase"), ("promo_cards", "promo"))


def card_set(code: str, file: CardFile) -> Item:
    """One of `sets`, by its code."""
    entry, ref = file.sets[code], file.refs[code]
    date = file.dates.get(code, "")
    counts = dict_in(entry, "cardCounts")
    attributes = {name: str(count) for name, field in _COUNTS if (count := count_in(counts, field))}
    if flag_in(entry, "hasAllCards") is False:
        attributes["has_all_cards"] = "false"
    if first := partial_date(text_in(entry, "allowedInTournamentsFromDate")):
        attributes["tournaments_from"] = first
    return Item(
        kind=Item.CARD_SET,
        source_id=code,
        title=ref.name,
        year=year_of(date),
        release_date=date,
        language=file.language,
        attributes=attributes,
        card_set=CardSet(
            code=code,
            type=text_in(entry, "type"),
            card_count=_count(entry),
            printed_count=ref.printed_count if ref.HasField("printed_count") else None,
            prerelease_date=partial_date(text_in(entry, "prereleaseDate")),
            legalities=legalities(entry),
        ),
    )


def set_term(code: str, file: CardFile) -> Term:
    """One of `sets`, as an entry of the vocabulary."""
    ref = file.refs[code]
    return Term(
        id=code,
        name=ref.name,
        code=code,
        count=_count(file.sets[code]),
        release_date=file.dates.get(code, ""),
        item_id=ref.id,
    )


def legalities(entry: Json) -> list[Legality]:
    """The formats of a card or a set. Upstream says of a ban that the card is not allowed, and since when."""
    first = partial_date(text_in(entry, "allowedInTournamentsFromDate"))
    found: list[Legality] = []
    formats = dict_in(entry, "allowedInFormats")
    for name in formats:
        rule = dict_in(formats, name)
        allowed, banned = flag_in(rule, "allowed"), partial_date(text_in(rule, "bannedSinceDate"))
        if banned:
            status, since = Legality.BANNED, banned
        elif allowed:
            status, since = Legality.LEGAL, first
        else:
            status, since = Legality.STATUS_UNSPECIFIED if allowed is None else Legality.NOT_LEGAL, ""
        until = partial_date(text_in(rule, "allowedUntilDate"))
        found.append(Legality(format=name, status=status, since=since, until=until))
    return found


def _count(entry: Json) -> int | None:
    """All cards of a set, special and promotional ones included. 0 is said of sets that nothing is known of yet."""
    return count_in(dict_in(entry, "cardCounts"), "total") or None
