"""What all of TMDB's mappers share: reading odd values, pictures, videos, releases, where to watch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tako.v1.item_parts_pb2 import AgeRating, ExternalId, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.moving_pictures_pb2 import ReleaseDate, Video, WatchOption
from tako.v1.references_pb2 import OfferType
from tako_providers import sdk
from tako_providers.sdk import Json

PROVIDER = "tmdb"
SITE = "https://www.themoviedb.org"
PICTURES = "https://image.tmdb.org/t/p/"
"""`secure_base_url` of /configuration; the sizes used here are all in its lists."""
PICTURES_EACH = 15
"""Pictures of one sort inside a Detail; with poster and backdrop they stay within 50."""

_VIDEO_PAGES = {"YouTube": "https://www.youtube.com/watch?v=", "Vimeo": "https://vimeo.com/"}
_RELEASE_TYPES = {
    1: ReleaseDate.PREMIERE,
    2: ReleaseDate.LIMITED,
    3: ReleaseDate.THEATRICAL,
    4: ReleaseDate.DIGITAL,
    5: ReleaseDate.PHYSICAL,
    6: ReleaseDate.TV,
}
_WATCH_TYPES = {
    "flatrate": OfferType.SUBSCRIPTION,
    "free": OfferType.FREE,
    "ads": OfferType.ADS,
    "rent": OfferType.RENT,
    "buy": OfferType.BUY,
}
_SCHEMES = ("imdb", "tvdb", "wikidata", "facebook", "instagram", "twitter", "tiktok", "youtube")


def words(value: Json) -> str:
    """Text without outer blanks; "" for null and whatever is no text."""
    return value.strip() if isinstance(value, str) else ""


def numbered(value: Json) -> bool:
    """Whether it is one of TMDB's ids."""
    return isinstance(value, int) and value > 0


def dicts(value: Json) -> list[Json]:
    """The objects of a list; none for null and whatever is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def part(body: Json, name: str) -> Json:
    """An object inside an object; an empty one where upstream has none."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def language_of(code: Json) -> str:
    """TMDB's language code as BCP-47: its own `cn` is Cantonese, `xx` is no language."""
    text = words(code)
    return sdk.bcp47("yue" if text == "cn" else text)


def language_code(tag: str) -> str:
    """A BCP-47 tag as TMDB's language code."""
    language = sdk.primary(tag)
    return "cn" if language == "yue" else language


def translations(body: Json) -> list[Json]:
    """The appended translations that have texts."""
    return [e for e in dicts(part(body, "translations").get("translations")) if isinstance(e.get("data"), dict)]


def country_of(code: Json) -> str:
    """A country code, "" for what is none."""
    text = words(code).upper()
    return text if len(text) == 2 and text.isalpha() else ""


def countries_of(codes: Json) -> list[str]:
    """Country codes of a list of texts or of objects with `iso_3166_1`, each once."""
    if not codes or not isinstance(codes, list):
        return []
    found = [country_of(c.get("iso_3166_1") if isinstance(c, dict) else c) for c in codes]
    return list(dict.fromkeys(filter(None, found)))


def picture(size: str, path: Json) -> str:
    """Address of a picture in one of the sizes, "" without a path. A drawing (svg) has no other size than its own."""
    if not isinstance(path, str) or not path.startswith("/"):
        return ""
    return f"{PICTURES}{'original' if path.endswith('.svg') else size}{path}"


def add_pictures(item: Item, path: Json, size: str, backdrop: Json = None) -> None:
    """Add the picture to show in `size`, the same small, and the backdrop."""
    images = item.images
    if large := picture(size, path):
        images.add(role=Image.PRIMARY, url=large)
        images.add(role=Image.THUMBNAIL, url=f"{PICTURES}w185{path}")
    if wide := picture("w1280", backdrop):
        images.add(role=Image.BACKDROP, url=wide)


def gallery(images: Json) -> list[Image]:
    """The `images` part of a detail: some of each sort, at their full size."""
    sorts = (
        ("backdrops", Image.BACKDROP),
        ("posters", Image.POSTER),
        ("logos", Image.LOGO),
        ("stills", Image.STILL),
        ("profiles", Image.PHOTO),
    )
    return sdk.present(
        full_picture(entry, sort, role) for sort, role in sorts for entry in dicts(images.get(sort))[:PICTURES_EACH]
    )


def full_picture(entry: Json, sort: str, role: Image.Role.ValueType) -> Image | None:
    """One entry of one sort in `images`, at its full size."""
    return sdk.image(
        role,
        picture("original", entry.get("file_path")),
        width=sdk.positive(entry.get("width")),
        height=sdk.positive(entry.get("height")),
        language=language_of(entry.get("iso_639_1")),
        thumbnail_url=picture("w300" if sort == "backdrops" else "w185", entry.get("file_path")),
    )


def add_standing(item: Item, entry: Json) -> None:
    """Set TMDB's popularity, which is no rating, and whether the item is for adults.

    The latter is `adult` and, since 2026, `softcore`; upstream may say neither.
    """
    if popularity := sdk.positive_float(entry.get("popularity")):
        item.engagement.popularity = popularity
    adult, softcore = entry.get("adult"), entry.get("softcore")
    if adult is True or softcore is True:
        item.adult = True
    elif adult is False or softcore is False:
        item.adult = False


def identify(item: Item, number: Json, page: str) -> None:
    """Add TMDB's bare number and the item's page on the site. Made in their place, they cost half."""
    if numbered(number):
        item.external_ids.add(scheme=PROVIDER, value=str(number))
    item.links.add(role=Link.SOURCE, url=SITE + page)


def other_ids(body: Json) -> list[ExternalId]:
    """TMDB's number and what `external_ids` holds; the IMDb id stands in the body too."""
    ids = part(body, "external_ids")
    pairs: list[tuple[str, Json]] = [(PROVIDER, body.get("id")), ("imdb", body.get("imdb_id"))]
    pairs += [(scheme, ids.get(f"{scheme}_id")) for scheme in _SCHEMES]
    return sdk.external_ids((scheme, value) for scheme, value in pairs if isinstance(value, str | int))


def video(entry: Json) -> Video | None:
    """One entry of `videos.results`, None without a key."""
    site, key = words(entry.get("site")), words(entry.get("key"))
    if not key:
        return None
    official = entry.get("official")
    return Video(
        title=sdk.one_line(words(entry.get("name"))),
        url=_VIDEO_PAGES[site] + key if site in _VIDEO_PAGES else "",
        site=site,
        key=key,
        type=words(entry.get("type")),
        language=language_of(entry.get("iso_639_1")),
        official=official if isinstance(official, bool) else None,
        published=sdk.partial_date(words(entry.get("published_at"))),
    )


def videos(body: Json) -> list[Video]:
    """The appended videos."""
    return sdk.present(map(video, dicts(part(body, "videos").get("results"))))


def releases(body: Json) -> list[ReleaseDate]:
    """`release_dates` of a film, by country."""
    return [
        ReleaseDate(
            date=date,
            country=country,
            type=_RELEASE_TYPES.get(entry.get("type"), ReleaseDate.TYPE_UNSPECIFIED),
            note=words(entry.get("note")),
        )
        for country, entry in _by_country(part(body, "release_dates"))
        if (date := sdk.partial_date(words(entry.get("release_date"))))
    ]


def certifications(body: Json) -> list[AgeRating]:
    """The first mark that each country gave to a film."""
    found: dict[str, AgeRating] = {}
    for country, entry in _by_country(part(body, "release_dates")):
        mark = words(entry.get("certification"))
        if mark and country not in found:
            found[country] = _age_rating(country, mark, entry)
    return list(found.values())


def content_ratings(body: Json) -> list[AgeRating]:
    """The marks of a series; a country may have several."""
    return [
        _age_rating(country_of(entry.get("iso_3166_1")), mark, entry)
        for entry in dicts(part(body, "content_ratings").get("results"))
        if (mark := words(entry.get("rating")))
    ]


class Watch(NamedTuple):
    """One service that has a title in one country, and on which terms."""

    country: str
    word: str
    type: OfferType.Type.ValueType
    name: str
    number: str
    logo: Json
    link: str


def watch_offers(results: Json, region: str) -> Iterator[Watch]:
    """The `results` of watch/providers, in `region` or, where that is "", everywhere."""
    for code, country in results.items():
        if not isinstance(country, dict) or region not in ("", code):
            continue
        for word, sort in _WATCH_TYPES.items():
            for service in dicts(country.get(word)):
                name, number = words(service.get("provider_name")), service.get("provider_id")
                if name and numbered(number):
                    logo, link = service.get("logo_path"), words(country.get("link"))
                    yield Watch(country_of(code), word, sort, name, str(number), logo, link)


def watch(body: Json, region: str) -> list[WatchOption]:
    """Where to watch a title in one country."""
    return [
        WatchOption(
            country=offer.country,
            service_name=offer.name,
            service_id=offer.number,
            type=offer.type,
            link=offer.link,
            logo_url=picture("w92", offer.logo),
        )
        for offer in watch_offers(part(part(body, "watch/providers"), "results"), region)
    ]


def _by_country(release_dates: Json) -> Iterator[tuple[str, Json]]:
    for country in dicts(release_dates.get("results")):
        for entry in dicts(country.get("release_dates")):
            yield country_of(country.get("iso_3166_1")), entry


def _age_rating(country: str, mark: str, entry: Json) -> AgeRating:
    descriptors = entry.get("descriptors")
    listed = descriptors if isinstance(descriptors, list) else []
    return AgeRating(rating=mark, country=country, descriptors=filter(None, map(words, listed)))
