"""Google Books: volumes. https://developers.google.com/books/docs/v1/using"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tako.v1.books_service_pb2 import BooksSearchRequest, BooksTrendingRequest
from tako.v1.choices_pb2 import AdultFilter, BookAccess, Feed, Order
from tako.v1.details_books_pb2 import PrintType
from tako.v1.item_pb2 import Item
from tako_providers.books.googlebooks.answers import KEY, checked, entries
from tako_providers.books.googlebooks.volumes import is_volume, isbns, volume
from tako_providers.sdk import (
    FIRST,
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    InvalidField,
    Json,
    KindSpec,
    LanguageMode,
    Limit,
    Lookup,
    Manifest,
    NotFound,
    Page,
    Paged,
    Params,
    Provider,
    Request,
    Search,
    Secret,
    ShapeChanged,
    Tier,
    Trending,
    Upstream,
    compact,
    count_in,
    primary,
)

MANIFEST = Manifest(
    id="googlebooks",
    title="Google Books",
    domains=(Domain.BOOKS,),
    homepage="https://books.google.com",
    base_url="https://www.googleapis.com/books/v1",
    hosts=frozenset({"www.googleapis.com"}),
    content_hosts=frozenset(
        {"books.google.com", "play.google.com", *(f"bks{number}.books.google.com" for number in range(10))}
    ),
    attribution=Attribution("Powered by Google", "https://books.google.com", logo_required=True),
    terms_url="https://developers.google.com/books/terms",
    # A project has 1,000 a day unless Google grants more, and 100 a minute.
    limits=(Limit(100, 60.0), Limit(1000, 86400.0)),
    secrets=(Secret(KEY, url="https://console.cloud.google.com/apis/credentials", placeholder="demo"),),
    timeout=15.0,
    headers={"Accept": "application/json"},
    language_mode=LanguageMode.CONTENT_FILTER,
    image_policy="Covers belong to the publishers. A volume without one may have a grey picture that says so.",
    notes="`language` changes nothing, `text_language` filters. An ISBN as query asks for that book. `region` is the "
    "country that prices and previews are for; without it Google takes the server's. Totals are estimates. `adult` is "
    "filtered on each page.",
    kinds=(
        KindSpec(
            Item.BOOK,
            search=True,
            default=True,
            detail=True,
            filters=(
                "author",
                "title",
                "publisher",
                "subject",
                "isbn",
                "text_language",
                "print_type",
                "access",
                "region",
                "adult",
            ),
            orders=(Order.RELEVANCE, Order.RELEASE_DATE),
        ),
    ),
    feeds=(
        FeedSpec(
            Feed.RECENT,
            kinds=(Item.BOOK,),
            note="An approximation: the newest volumes of `subject`, of fiction where none is named.",
            filters=("subject", "region", "adult"),
        ),
    ),
    lookups=("isbn13", "isbn10", "oclc", "lccn", "googlebooks"),
    tier=Tier.GOLD,
    lacks={"relations": "the list of associated volumes needs a user's consent"},
)

PAGE = 40
"""The most that one request gives."""
DEFAULT_SUBJECT = "fiction"
PRINT_TYPES = {PrintType.BOOK: "books", PrintType.MAGAZINE: "magazines"}
ACCESS = {
    BookAccess.PREVIEW: "partial",
    BookAccess.FULL: "full",
    BookAccess.FREE_EBOOK: "free-ebooks",
    BookAccess.PAID_EBOOK: "paid-ebooks",
    BookAccess.EBOOK: "ebooks",
}
FAILURES = (400, 403)
"""Statuses of which the body says what is meant: a key, a quota, a country."""
_LIKE_ISBN = re.compile(r"\d{13}|\d{9}[\dX]")
_VOLUME_ID = re.compile(r"[A-Za-z0-9_-]+")


class GoogleBooks(Provider):
    """Volumes of Google Books."""

    manifest = MANIFEST

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """The key goes in the header that all of Google's services take."""
        key = secrets.get(KEY)
        return request.with_header("X-Goog-Api-Key", key) if key else request

    async def search(self, ask: Search[BooksSearchRequest], up: Upstream) -> Page:
        """Volumes by words and by fields. A query that looks like an ISBN is one."""
        want = ask.filters
        newest = ask.order_by == Order.RELEASE_DATE
        how: Params = {
            "langRestrict": primary(want.text_language) if want.text_language else None,
            "printType": PRINT_TYPES.get(want.print_type),
            "filter": ACCESS.get(want.access),
            "orderBy": "newest" if newest else None,
        }
        # The newest come first or last nowhere else than here, and relevance has no other end.
        ignored = ("descending",) if ask.descending is not None and not (newest and ask.descending) else ()
        return await _found(_query(ask.text, want), how, ask, up, ignored)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One volume."""
        return volume(await _volume(ask.id.source_id, ask.region, up))

    async def trending(self, ask: Trending[BooksTrendingRequest], up: Upstream) -> Page:
        """The newest volumes of a subject: Google has no feed."""
        subject = _quoted("subject", ask.filters.subject.strip() or DEFAULT_SUBJECT)
        return await _found(subject, {"orderBy": "newest"}, ask, up)

    async def lookup(self, ask: Lookup, up: Upstream) -> Page:
        """The volumes of an ISBN, an OCLC or LCCN number, or the one of Google's own id."""
        if ask.scheme == "googlebooks":
            if not _VOLUME_ID.fullmatch(ask.code):
                return Page([])
            found = await up.json(f"/volumes/{ask.code}", {"country": ask.region}, allow=(*FAILURES, 404))
            return Page([] if _is_unknown(found) else [volume(checked(found))])
        prefix = "isbn" if ask.scheme.startswith("isbn") else ask.scheme
        params: Params = {"q": f"{prefix}:{ask.code}", "maxResults": PAGE, "country": ask.region}
        items = _volumes(entries(checked(await up.json("/volumes", params, allow=FAILURES))))
        if prefix == "isbn":
            # Google may answer with its nearest: what says to be another book is not the one.
            items = [item for item in items if not (known := isbns(item)) or ask.code in known]
        return Page(items, total=len(items))


async def _found(query: str, how: Params, ask: Paged, up: Upstream, ignored: tuple[str, ...] = ()) -> Page:
    """One page of a search. The total moves from page to page, and pages may be short: only an empty one ends."""
    offset = (ask.page - 1) * PAGE
    params: Params = {"q": query, "maxResults": PAGE, "startIndex": offset or None, **how, "country": ask.region}
    found = checked(await up.json("/volumes", params, allow=FAILURES))
    listed, total = entries(found), count_in(found, "totalItems")
    items = [item for item in _volumes(listed) if _suits(item, ask)]
    more = bool(listed) and (total is None or offset + PAGE < total)
    following = str(ask.page + 1) if more else FIRST
    return Page(items, following, total, total_is_estimate=True, ignored=ignored)


def _suits(item: Item, ask: Paged) -> bool:
    """Whether the caller wants the item, as far as Google says for whom it is."""
    if ask.adult == AdultFilter.INCLUDE:
        return True
    return item.adult == (ask.adult == AdultFilter.ONLY)


def _volumes(listed: Sequence[Json]) -> list[Item]:
    """The items of a list. One without an id or a title is left out; a list of such is none that is known."""
    items = [volume(entry) for entry in listed if is_volume(entry)]
    if listed and not items:
        raise ShapeChanged("Google Books answered with a list of which no entry can be read")
    return items


async def _volume(source_id: str, region: str, up: Upstream) -> Json:
    if not _VOLUME_ID.fullmatch(source_id):
        raise NotFound("Google Books has no volume with this id")
    return checked(await up.json(f"/volumes/{source_id}", {"country": region}, allow=FAILURES))


def _is_unknown(found: Json) -> bool:
    """Whether Google says that there is no such volume."""
    return isinstance(found, dict) and isinstance(found.get("error"), dict) and found["error"].get("code") == 404


def _query(text: str, want: BooksSearchRequest) -> str:
    """Words and fields in Google's syntax. https://developers.google.com/books/docs/v1/using#PerformingSearch"""
    code = compact(text)
    parts = [f"isbn:{code}" if _LIKE_ISBN.fullmatch(code) else text]
    parts += [_quoted("intitle", word) for word in want.title.split()]
    parts += [_quoted("inauthor", want.author.strip())] if want.author.strip() else []
    parts += [_quoted("inpublisher", want.publisher.strip())] if want.publisher.strip() else []
    parts += [_quoted("subject", want.subject.strip())] if want.subject.strip() else []
    parts += [f"isbn:{compact(want.isbn)}"] if want.isbn else []
    if not any(parts):
        raise InvalidField("query", "is needed, or one of author, title, publisher, subject and isbn")
    return " ".join(filter(None, parts))


def _quoted(field: str, value: str) -> str:
    """A field and what it must hold: a phrase where it is more than a word."""
    value = value.replace('"', " ").strip()
    return f"{field}:{value}" if value.isalnum() else f'{field}:"{value}"'
