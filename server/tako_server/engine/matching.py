"""How near a recorded question is to the one that is asked now (design §8).

Each parameter means one of few things, told from its name:

- identity: the text or the id that is asked for. Both sides have the same, or they are different questions:
  another title's answer is never given.
- filter: narrows a list (year, type, sort order). Both sides agree, or one side lacks it and the match is
  worse.
- place: page, offset, cursor. The first page is what a side without it asks for.
- delivery: format, page size, fields, includes, adult flags. May differ; the nearest is taken.
- language: may differ too; the same language is nearest, then none at all.
- credential: any value; the recorded one is REDACTED.

The lists hold names in lower case without punctuation. They serve all providers; what only one upstream knows
stands in its ``Manifest.delivery_params``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, auto

from tako_server.engine.question import Question

Values = tuple[str, ...]


class Meaning(Enum):
    """What a parameter says."""

    IDENTITY = auto()
    FILTER = auto()
    PAGE = auto()
    OFFSET = auto()
    CURSOR = auto()
    DELIVERY = auto()
    LANGUAGE = auto()
    CREDENTIAL = auto()


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BY_NAME: tuple[tuple[Meaning, frozenset[str]], ...] = (
    (
        Meaning.CREDENTIAL,
        _names("""
            apikey appkey token accesstoken refreshtoken authtoken auth authorization secret clientid clientsecret
            userhash password pin signature sig partnerkey nonce timestamp ts session sessionid
        """),
    ),
    (
        Meaning.LANGUAGE,
        _names("language lang elang locale hl uilang languagecode langcode acceptlanguage xlocale"),
    ),
    (
        Meaning.PAGE,
        _names("page p pg pagenumber pageno pagenum pageindex currentpage icurrentpage numpage npage npa paged"),
    ),
    (Meaning.OFFSET, _names("offset start startindex startat fromindex index skip")),
    (Meaning.CURSOR, _names("cursor pagetoken nextpagetoken after nextcursor continuation")),
    (
        Meaning.DELIVERY,
        _names("""
            format fmt output outputformat resultsformat alt callback jsonp jsoncallback pretty prettyprint indent
            pagesize perpage limit maxresults maxitems num rows count size sz nbpp resultsperpage hitsperpage
            itemsperpage first take field fields fieldlist select exclude inc expand embed append appendtoresponse
            extended extendeddata meta projection jscmd adult sfw nsfw safe safesearch explicit verbose nocache v
        """),
    ),
    (
        Meaning.IDENTITY,
        _names("""
            q query search searchterm searchtext searchquery searchstring term terms keyword keywords text word
            words freeword freewords prefix prefixtext name fname n s k title releasetitle slug code number username
            isbn isbn10 isbn13 ean upc gtin asin barcode sku isrc oclc lccn mbid bibkeys setnumber setnum setcode
            card cardnumber url where collection collections franchise franchises company companies developers
            publishers creators game games parentgame withpeople withcast withcrew person people
        """),
    ),
)
_DELIVERY_PREFIX = re.compile(r"include(?!d)|utm")
_FILTERS_BY_ID = _names("theme intheme subtheme genre category cat partcat color colour type platform site partner tag")
"""`theme_id` narrows a list, while `id`, `toyid` or `remote_id` name one thing."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

_FIRST = {
    Meaning.PAGE: (("0",), ("1",)),
    Meaning.OFFSET: (("0",),),
    Meaning.CURSOR: (("*",),),
}
_REDACTED = "redacted"
_SAME_AS_ABSENT = (("false",), ("0",))
_TRUTH = {"true": "1", "false": "0"}

_DATE = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b[12]\d{9}\b")
_MOVING_DAYS = 400


@dataclass(frozen=True, slots=True)
class Comparison:
    """``conflicts`` names what rules the match out. ``asked`` and ``delivery`` count what differs without
    doing so; ``anchored`` says that an identity parameter agrees.
    """

    conflicts: tuple[str, ...]
    asked: int
    delivery: int
    anchored: bool


def meaning(name: str, values: Values, delivery: Collection[str]) -> Meaning:
    """What a parameter says. ``delivery`` holds normalised names that the manifest adds."""
    path, _, operator = name.partition(" ")
    parts = [part for part in re.split(r"[.\[\]]+", path) if part and not part.isdigit()] or [path]
    leaf = normalised(parts[-1])
    if leaf in delivery or normalised(path) in delivery:
        return Meaning.DELIVERY
    if operator:
        return Meaning.FILTER
    if leaf == "key" and len(parts) == 1:
        return Meaning.CREDENTIAL  # below another name it is a word like any other: `sort.key`
    listed = next((kind for kind, names in _BY_NAME if leaf in names), None)
    if listed is None and _DELIVERY_PREFIX.match(leaf):
        listed = Meaning.DELIVERY
    if listed is None and (_is_id(leaf) or any(map(_UUID.fullmatch, values))):
        listed = Meaning.IDENTITY
    return listed or Meaning.FILTER


def _is_id(leaf: str) -> bool:
    stem = re.fullmatch(r"(.*)ids?", leaf)
    return stem is not None and stem.group(1) not in _FILTERS_BY_ID


def normalised(name: str) -> str:
    """A name as the lists have it."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def compare(asked: Question, recorded: Question, delivery: Collection[str], today: date) -> Comparison:
    """Compare two questions of one place, parameter by parameter."""
    conflicts: list[str] = []
    asked_cost = 0 if asked.path == recorded.path else 1
    delivery_cost, anchored = 0, False
    for name in sorted(asked.params.keys() | recorded.params.keys()):
        ours, theirs = asked.params.get(name, ()), recorded.params.get(name, ())
        kind = meaning(name, ours or theirs, delivery)
        cost = 0 if ours == theirs else _delivery_cost(kind, ours, theirs)
        if cost is not None:
            delivery_cost += cost
            anchored = anchored or (kind is Meaning.IDENTITY and cost == 0)
        elif _conflict(kind, ours, theirs, today):
            conflicts.append(name)
        else:
            asked_cost += 1
    return Comparison(tuple(conflicts), asked_cost, delivery_cost, anchored)


def _delivery_cost(kind: Meaning, ours: Values, theirs: Values) -> int | None:
    """What a difference costs that is none in what is asked; None where what is asked differs."""
    if _REDACTED in theirs or kind is Meaning.CREDENTIAL:
        return bool(ours) != bool(theirs)
    if kind is Meaning.LANGUAGE:
        return _language_cost(ours, theirs)
    if kind is Meaning.DELIVERY:
        return len(_tokens(ours) ^ _tokens(theirs))
    absent = not ours or not theirs
    if kind in _FIRST:
        return 0 if absent and (ours or theirs) in _FIRST[kind] else None
    if _parts(ours) == _parts(theirs):
        return 0
    return 1 if absent and kind is Meaning.FILTER and (ours or theirs) in _SAME_AS_ABSENT else None


def _conflict(kind: Meaning, ours: Values, theirs: Values, today: date) -> bool:
    """Whether a difference in what is asked rules the match out."""
    if kind is not Meaning.FILTER:
        return True
    return bool(ours) and bool(theirs) and not _differ_by_moving_dates(ours, theirs, today)


def _parts(values: Values) -> list[str]:
    """A list's parts; their order, and whether written with commas or by repetition, does not count."""
    parts = [part.strip() for value in values for part in value.split(",")]
    return sorted(_TRUTH.get(part, part) for part in parts)


def _tokens(values: Values) -> set[str]:
    return {token for value in values for token in re.split(r"[,+ |]+", value) if token}


def _language_cost(ours: Values, theirs: Values) -> int:
    """0 the same, 1 the same but for the region, 2 one side has none, 3 another language."""
    if ours == theirs:
        return 0
    if not ours or not theirs:
        return 2
    return 1 if re.split(r"[-_,;]", ours[0])[0] == re.split(r"[-_,;]", theirs[0])[0] else 3


def _differ_by_moving_dates(ours: Values, theirs: Values, today: date) -> bool:
    """Whether only dates differ, and ours move with the calendar ("released since a month ago").

    A feed asks for a window around today: no recording could answer it a day later. A date that lies further
    off is somebody's filter and has to agree.
    """
    our_text, their_text = ",".join(ours), ",".join(theirs)
    if _DATE.sub("", our_text) != _DATE.sub("", their_text):
        return False
    pairs = list(zip(_DATE.findall(our_text), _DATE.findall(their_text), strict=False))
    return bool(pairs) and all(mine == other or _is_near(mine, today) for mine, other in pairs)


def _is_near(text: str, today: date) -> bool:
    try:
        at = date.fromisoformat(text) if "-" in text else datetime.fromtimestamp(int(text), UTC).date()
    except ValueError:
        return False
    return abs((at - today).days) <= _MOVING_DAYS
