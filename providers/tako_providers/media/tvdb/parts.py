"""What the mappers of TheTVDB share: languages, pictures, ids, links, statuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tako.v1.item_parts_pb2 import AgeRating, AlternativeTitle, Engagement, Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import Video
from tako_providers import sdk
from tako_providers.sdk import Json

PROVIDER = "tvdb"
SITE = "https://thetvdb.com"
PICTURES = "https://artworks.thetvdb.com"

_TERMINOLOGICAL = {
    "fre": "fra", "ger": "deu", "dut": "nld", "chi": "zho", "cze": "ces", "gre": "ell", "baq": "eus", "per": "fas",
    "arm": "hye", "ice": "isl", "geo": "kat", "mac": "mkd", "may": "msa", "bur": "mya", "rum": "ron", "slo": "slk",
    "alb": "sqi", "wel": "cym", "tib": "bod", "mao": "mri",
}  # fmt: skip
"""The codes of ISO 639-2 that differ between libraries (B), which the sdk knows, and TheTVDB (T)."""
_OWN_CODES = {"pt": "pt-BR", "zhtw": "zh-TW"}
"""Codes of TheTVDB's own; its `por` is the Portuguese of Portugal, its `zho` the Chinese of China."""

_SEGMENTS = {Item.SERIES: "series", Item.MOVIE: "movies", Item.PERSON: "people"}
_BY_NUMBER = {Item.SERIES: "series", Item.MOVIE: "movie", Item.SEASON: "season", Item.EPISODE: "episode"}

_STATUSES = {
    "Continuing": WorkStatus.ONGOING,
    "Ended": WorkStatus.COMPLETED,
    "Upcoming": WorkStatus.UPCOMING,
    "Announced": WorkStatus.ANNOUNCED,
    "Pre-Production": WorkStatus.IN_PRODUCTION,
    "Filming / Post-Production": WorkStatus.IN_PRODUCTION,
    "Completed": WorkStatus.UPCOMING,
    "Released": WorkStatus.RELEASED,
}
"""Of /series/statuses and /movies/statuses. A film that is `Completed` is made, and not out yet."""

_SCHEMES = {
    "IMDB": "imdb",
    "TheMovieDB.com": "tmdb",
    "EIDR": "eidr",
    "Wikidata": "wikidata",
    "TV Maze": "tvmaze",
    "Wikipedia": "wikipedia",
    "Facebook": "facebook",
    "Instagram": "instagram",
    "Reddit": "reddit",
    "X (Twitter)": "twitter",
    "Twitter": "twitter",
    "TikTok": "tiktok",
    "Youtube": "youtube",
}
"""By `sourceName`: the number of a source differs between series and films."""
_OFFICIAL = "Official Website"

_PICTURE_ROLES = {
    **dict.fromkeys((1, 6, 16), Image.BANNER),
    **dict.fromkeys((2, 7, 14), Image.POSTER),
    **dict.fromkeys((3, 8, 15), Image.BACKDROP),
    **dict.fromkeys((5, 10, 18), Image.ICON),
    **dict.fromkeys((11, 12), Image.STILL),
    **dict.fromkeys((22, 24), Image.ARTWORK),
    **dict.fromkeys((23, 25), Image.LOGO),
    13: Image.PHOTO,
}
"""Types of /artwork/types."""
PICTURES_EACH = 15
"""Pictures of one sort inside a Detail."""


class Wanted(NamedTuple):
    """The language that texts are wanted in: upstream's codes for it, the best first; none when any will do."""

    codes: tuple[str, ...] = ()


def wanted(tag: str) -> Wanted:
    """Upstream's codes for a BCP-47 tag."""
    if not tag:
        return Wanted()
    language, folded = sdk.primary(tag), tag.replace("_", "-").casefold()
    code = sdk.marc(tag)
    code = _TERMINOLOGICAL.get(code, code)
    if language == "pt":
        return Wanted(("pt", code) if folded.endswith("-br") else (code, "pt"))
    if language == "zh" and any(part in folded for part in ("-tw", "-hant", "-hk", "-mo")):
        return Wanted(("zhtw", code))
    return Wanted((code,)) if code else Wanted()


def language_of(code: object) -> str:
    """Upstream's code as BCP-47."""
    if not isinstance(code, str) or not code:
        return ""
    return _OWN_CODES.get(code) or sdk.bcp47(code)


def best(texts: Mapping[str, str], wish: Wanted) -> tuple[str, str]:
    """The text in the language wanted, and its code; two empty ones where there is none."""
    for code in wish.codes:
        if text := texts.get(code):
            return text, code
    return "", ""


def any_text(texts: Mapping[str, str], original: str) -> tuple[str, str]:
    """The English text, else the original's, else the first, with its code."""
    for code in ("eng", original, *texts):
        if text := texts.get(code):
            return text, code
    return "", ""


def picture(url: Json) -> str:
    """The address of a picture: some are only paths; "" for the placeholders of what has none."""
    if not isinstance(url, str) or not url or "/images/missing/" in url:
        return ""
    return PICTURES + url if url.startswith("/") and not url.startswith("//") else sdk.https(url)


def pictures(entry: Json) -> list[Image]:
    """The one picture of a base record."""
    address = picture(entry.get("image"))
    return [Image(role=Image.PRIMARY, url=address)] if address else []


def artwork(entry: Json) -> Image | None:
    """A record of artwork under its own role."""
    address = picture(entry.get("image"))
    if not address:
        return None
    return Image(
        role=_PICTURE_ROLES.get(entry.get("type"), Image.GALLERY),
        url=address,
        width=sdk.positive(entry.get("width")),
        height=sdk.positive(entry.get("height")),
        language=language_of(entry.get("language")),
        thumbnail_url=picture(entry.get("thumbnail")),
    )


def gallery(entries: list[Json], shown: str) -> Iterator[Image]:
    """Some pictures of each sort, without the one that is shown already."""
    count: dict[int, int] = {}
    for image in sdk.present(map(artwork, entries)):
        count[image.role] = count.get(image.role, 0) + 1
        if image.url != shown and count[image.role] <= PICTURES_EACH:
            yield image


def identify(item: Item, slug: str = "", remote_ids: Sequence[Json] = ()) -> None:
    """Add the page on the site, the official one, and the ids. Made in their place, they cost half."""
    if slug and item.kind in _SEGMENTS:
        item.links.add(role=Link.SOURCE, url=f"{SITE}/{_SEGMENTS[item.kind]}/{slug}")
    elif item.kind in _BY_NUMBER:
        item.links.add(role=Link.SOURCE, url=f"{SITE}/dereferrer/{_BY_NUMBER[item.kind]}/{item.source_id}")
    for entry in remote_ids:
        if entry.get("sourceName") == _OFFICIAL and (official := sdk.link(Link.OFFICIAL, sdk.text_in(entry, "id"))):
            item.links.append(official)
            break
    add_ids(item, remote_ids)


def add_ids(item: Item, remote_ids: Sequence[Json]) -> None:
    """Add TheTVDB's own number and those of others; many are empty upstream."""
    if not remote_ids:
        item.external_ids.add(scheme=PROVIDER, value=item.source_id)
        return
    others = [
        (_SCHEMES[name], value)
        for entry in remote_ids
        if (name := entry.get("sourceName")) in _SCHEMES and isinstance(value := entry.get("id"), str)
    ]
    sdk.add_ids(item, ((PROVIDER, item.source_id), *others))


def status_of(name: str) -> WorkStatus.Type.ValueType:
    """The contract's word for a status."""
    return _STATUSES.get(name, WorkStatus.TYPE_UNSPECIFIED)


def engagement(entry: Json) -> Engagement | None:
    """`score`: how popular, comparable within one kind alone; never a rating."""
    score = sdk.positive_float(entry.get("score"))
    return Engagement(popularity=score) if score else None


def age_rating(entry: Json) -> AgeRating | None:
    """One of `contentRatings`."""
    name = sdk.text_in(entry, "name")
    return AgeRating(rating=name, country=sdk.country_code(entry.get("country"))) if name else None


def trailer(entry: Json) -> Video | None:
    """One of `trailers`."""
    address = sdk.untracked(sdk.text_in(entry, "url"))
    if not address:
        return None
    key = address.partition("youtube.com/watch?v=")[2].partition("&")[0]
    return Video(
        title=sdk.one_line(sdk.text_in(entry, "name")),
        url=address,
        site="YouTube" if key or "//youtu.be/" in address else "Vimeo" if "//vimeo.com/" in address else "",
        key=key,
        type="Trailer",
        language=language_of(entry.get("language")),
        duration_seconds=sdk.positive(entry.get("runtime")),
    )


def aliases(entries: Json, title: str) -> Iterator[AlternativeTitle]:
    """`aliases`: objects with a language in records, plain texts in search."""
    seen = {title, ""}
    for entry in entries if isinstance(entries, list) else ():
        language = ""
        if isinstance(entry, dict):
            language, entry = language_of(entry.get("language")), entry.get("name")  # noqa: PLW2901
        text = " ".join(entry.split()) if isinstance(entry, str) else ""
        if text not in seen:
            seen.add(text)
            yield AlternativeTitle(text=text, language=language, type=AlternativeTitle.ALIAS)


def number_of(value: Json) -> str:
    """An id, which is a number in records and digits in search; "" for what is none."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    return value if isinstance(value, str) and value.isdecimal() else ""
