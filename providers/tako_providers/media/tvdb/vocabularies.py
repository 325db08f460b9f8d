"""TheTVDB's small tables as Terms."""

from __future__ import annotations

from collections.abc import Callable

from tako.v1.answers_pb2 import Term
from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.media.tvdb import answers
from tako_providers.media.tvdb.manifest import WEEK
from tako_providers.media.tvdb.parts import language_of
from tako_providers.sdk import Json, Upstream


def _genre(entry: Json) -> Term:
    return Term(slug=sdk.text_in(entry, "slug"))


def _status(_entry: Json) -> Term:
    return Term()


def _language(entry: Json) -> Term:
    """The id is what filters take; upstream's own code stands beside it."""
    code = sdk.text_in(entry, "id")
    return Term(id=language_of(code) or code, code=code, native_name=sdk.text_in(entry, "nativeName"))


def _country(entry: Json) -> Term:
    code = sdk.text_in(entry, "id")
    return Term(id=sdk.country_code(code) or code, code=code, country=sdk.country_code(code))


def _content_rating(entry: Json) -> Term:
    return Term(description=sdk.text_in(entry, "description"), country=sdk.country_code(entry.get("country")))


_TABLES: dict[sdk.TermType, tuple[str, Callable[[Json], Term]]] = {
    Term.GENRES: ("/genres", _genre),
    Term.LANGUAGES: ("/languages", _language),
    Term.COUNTRIES: ("/countries", _country),
    Term.CONTENT_RATINGS: ("/content/ratings", _content_rating),
}
_STATUSES = {Item.SERIES: "/series/statuses", Item.MOVIE: "/movies/statuses"}


async def table(terms: sdk.TermType, kind: sdk.Kind | None, up: Upstream) -> list[Term]:
    """A vocabulary; statuses are of series or of films, and without a kind of both."""
    if terms != Term.STATUSES:
        return await _kept(*_TABLES[terms], up)
    found = []
    for one in (kind,) if kind else _STATUSES:
        for term in await _kept(_STATUSES[one], _status, up):
            of_kind = Term(kinds=(one,))
            of_kind.MergeFrom(term)
            found.append(of_kind)
    return found


async def genre_names(up: Upstream) -> dict[str, str]:
    """The names of genres by id: hits of a search tell names alone."""
    return {term.id: term.name for term in await table(Term.GENRES, None, up)}


async def _kept(path: str, mapper: Callable[[Json], Term], up: Upstream) -> list[Term]:
    async def load() -> list[Term]:
        found = answers.records(await up.json(path))
        return [term for entry in found if (term := _named(mapper(entry), entry)).name]

    return await up.kept(path, load, seconds=float(WEEK))


def _named(term: Term, entry: Json) -> Term:
    number = entry.get("id")
    term.id = term.id or (str(number) if number is not None else "")
    term.name = sdk.one_line(sdk.text_in(entry, "name"))
    return term
