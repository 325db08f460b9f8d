"""Klickypedia: the collectors' encyclopedia of Playmobil."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Relation
from tako.v1.construction_toys_service_pb2 import (
    ConstructionToysRelatedRequest,
    ConstructionToysSearchRequest,
    ConstructionToysTrendingRequest,
)
from tako.v1.item_pb2 import Item
from tako_providers.construction_toys.klickypedia import listing, set_page
from tako_providers.construction_toys.klickypedia.manifest import MANIFEST
from tako_providers.sdk import (
    FIRST,
    Detail,
    InvalidField,
    Lookup,
    Page,
    Params,
    Provider,
    Related,
    Search,
    ShapeChanged,
    TermPage,
    Terms,
    Trending,
    Unsupported,
    Upstream,
    file_at,
    primary,
    slug,
)

_FILES = "https://playmobil.a.bigcontent.io/v1/static"
_BEGINNING = 1974
"""The year of the first sets of Playmobil."""
_DAY = 86400.0
_TAG_ID = re.compile(r"\d+-.+")
_CURSOR_OF_YEARS = re.compile(r"(\d{4})-(\d{1,4})")


def today() -> date:
    """The day that the feed and the years end with."""
    return datetime.now(UTC).date()


@dataclass(slots=True)
class Klickypedia(Provider):
    """Sets of Klickypedia, a WordPress site without an API; read from its pages."""

    manifest = MANIFEST
    today: Callable[[], date] = today

    async def search(self, ask: Search[ConstructionToysSearchRequest], up: Upstream) -> Page:
        """Sets by words, or the sets of a theme, a tag, or of years."""
        filters, language = ask.filters, _language(ask.language)
        years = _Years.of(filters, self.today().year)
        if ask.text:
            page = await _listed("", ask.page, {"s": ask.text, "elang": language}, up)
            return _within(page, years, filters, "theme", "tag")
        if filters.theme:
            page = await _listed(f"/themes/{slug(filters.theme)}", ask.page, {"elang": language}, up)
            return _within(page, years, filters, "tag")
        if filters.tag:
            tag = await _tag_id(filters.tag, up)
            page = await _listed(f"/playtags/{tag}", ask.page, {"elang": language}, up) if tag else Page([])
            return _within(page, years, filters)
        if years is None:
            return Page([])
        return await _year_by_year(years, ask.cursor, {"elang": language}, up)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One set, by its slug; its number alone leads to one too."""
        slug, language = ask.id.source_id, _language(ask.language)
        page = await up.html(f"/sets/{slug}/", {"elang": language})
        item = set_page.building_set(page, slug, language)
        documents = await up.optional(_documents(item.source_id, up))
        item.building_set.instructions.extend(one.instruction for one in documents or ())
        return item

    async def trending(self, ask: Trending[ConstructionToysTrendingRequest], up: Upstream) -> Page:
        """The sets of this year."""
        return await _listed(f"/released/{self.today().year}", ask.page, {"elang": _language(ask.language)}, up)

    async def related(self, ask: Related[ConstructionToysRelatedRequest], up: Upstream) -> Page:
        """Parts or instructions of a set."""
        slug = ask.id.source_id
        if ask.relation == Relation.INSTRUCTIONS:
            return Page(await _documents(slug, up))
        if ask.relation == Relation.PARTS:
            return Page(set_page.parts(await up.html(f"/sets/{slug}/", {"elang": _language(ask.language)})))
        raise Unsupported("Klickypedia has no such relation")

    async def terms(self, ask: Terms, up: Upstream) -> TermPage:
        """Themes, years of release, or tags."""
        if ask.terms == Term.THEMES:
            found: Sequence[Term] = await _themes(up)
        elif ask.terms == Term.TAGS:
            found = await _tags(up)
        elif ask.terms == Term.YEARS:
            found = [_year(year) for year in range(self.today().year, _BEGINNING - 1, -1)]
        else:
            raise Unsupported("Klickypedia has no such vocabulary")
        chosen = [term for term in found if not ask.term_id or term.id == ask.term_id]
        return TermPage(chosen, total=len(chosen))

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The sets of a number: that very one first, then those of other countries and variants."""
        page = await _listed("", 1, {"s": ask.code, "elang": _language(ask.language)}, up)
        wanted = ask.code.casefold()
        known = [(one.external_ids[0].value.casefold(), one) for one in page.items if one.external_ids]
        exact = [one for number, one in known if number == wanted]
        variants = [one for number, one in known if number != wanted and _is_variant(number, wanted)]
        return Page([*exact, *variants])


@dataclass(frozen=True, slots=True)
class _Years:
    """Years of release that are wanted, both inside."""

    first: int
    last: int

    @classmethod
    def of(cls, filters: ConstructionToysSearchRequest, this_year: int) -> _Years | None:
        """The years of a request, None when it names none. Next year's sets are announced at most."""
        if not filters.HasField("year_from") and not filters.HasField("year_to"):
            return None
        first = filters.year_from if filters.HasField("year_from") else _BEGINNING
        last = filters.year_to if filters.HasField("year_to") else this_year
        return cls(max(first, _BEGINNING), min(last, this_year + 1))


async def _listed(path: str, number: int, asked: Params, up: Upstream) -> Page:
    """A page of a list. WordPress says 404 of a list that has nothing, on a page that says so."""
    address = f"{path}/page/{number}/" if number > 1 else f"{path}/"
    page = await up.html(address, asked, allow=(404,))
    return Page(listing.sets(page), listing.following(page, path, number))


async def _year_by_year(years: _Years, cursor: str, asked: Params, up: Upstream) -> Page:
    """The sets of the latest year, then those of the year before, to the first."""
    match = _CURSOR_OF_YEARS.fullmatch(cursor)
    if cursor != FIRST and match is None:
        raise InvalidField("page_token", "does not fit this provider")
    year, number = (int(match[1]), int(match[2])) if match else (years.last, 1)
    if not years.first <= year <= years.last:
        return Page([])
    page = await _listed(f"/released/{year}", number, asked, up)
    before = f"{year - 1}-1" if year > years.first else FIRST
    return replace(page, next=f"{year}-{page.next}" if page.next else before)


def _within(page: Page, years: _Years | None, filters: ConstructionToysSearchRequest, *others: str) -> Page:
    """The page without sets of other years. A set of no known year stays, and then the years are told as ignored.

    ``others`` are the filters that this list can not be held to.
    """
    ignored = _set_among(filters, *others)
    if years is None:
        return replace(page, ignored=ignored)
    items = [one for one in page.items if not one.HasField("year") or years.first <= one.year <= years.last]
    if not all(one.HasField("year") for one in items):
        ignored += _set_among(filters, "year_from", "year_to")
    return replace(page, items=items, ignored=ignored)


async def _documents(slug: str, up: Upstream) -> Sequence[Item]:
    """The instructions of a set: the file server of Playmobil has a document of its number, or says 404."""
    number = set_page.box_number(slug)
    if not number:
        return []
    answer = await file_at(f"{_FILES}/{number}_buildinginstruction", up)
    return [set_page.instruction(slug, answer)] if answer else []


async def _themes(up: Upstream) -> Sequence[Term]:
    async def load() -> Sequence[Term]:
        return listing.themes(await up.html("/sets/"))

    return await up.kept("themes", load, seconds=_DAY)


async def _tags(up: Upstream) -> Sequence[Term]:
    """The tags, from the site's map: no page lists them all."""

    async def load() -> Sequence[Term]:
        maps = [one for one in listing.locations(await up.xml("/sitemap_index.xml")) if "playtag" in one]
        if not maps:
            raise ShapeChanged("Klickypedia's map of the site names no tags")
        return [term for one in maps for term in listing.tags(listing.locations(await up.xml(one)))]

    return await up.kept("tags", load, seconds=_DAY)


async def _tag_id(wanted: str, up: Upstream) -> str:
    """The id of a tag, from its name where it is none; "" when there is no such tag."""
    if _TAG_ID.fullmatch(wanted):
        return wanted
    name = wanted.casefold().replace("-", " ")
    return next((term.id for term in await _tags(up) if term.name.casefold() == name), "")


def _year(year: int) -> Term:
    return Term(id=str(year), name=str(year), year_from=year, year_to=year, url=f"{listing.SITE}/released/{year}/")


def _language(tag: str) -> str:
    """The site's word for a language, "" for one that it has not."""
    language = primary(tag) if tag else ""
    return language if language in set_page.LANGUAGES else ""


def _is_variant(number: str, wanted: str) -> bool:
    """Whether a number such as `3550-usa` or `70733v1` is one of `3550` or `70733`."""
    rest = number.removeprefix(wanted)
    return rest != number and not rest[:1].isdecimal()


def _set_among(filters: ConstructionToysSearchRequest, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(filters, name))
