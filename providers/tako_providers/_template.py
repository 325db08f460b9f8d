"""Example Library. The start of a new provider: copy this file to <domain>/<id>.py and change every line of it.

It is complete, checked and tested, for a JSON service that does not exist. Its name begins with an underscore, so Tako
does not load it. CONTRIBUTING.md tells the steps; sdk/provider.py tells what a provider MUST and MUST NOT do. Comments
that begin with "Template:" are for you: delete them in the copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from tako.v1.books_service_pb2 import BooksSearchRequest, BooksTrendingRequest
from tako.v1.choices_pb2 import Feed, Order
from tako.v1.details_books_pb2 import Book
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import (
    Attribution,
    Detail,
    Domain,
    FeedSpec,
    Json,
    KindSpec,
    Limit,
    Manifest,
    Page,
    Provider,
    Request,
    Search,
    Secret,
    ShapeChanged,
    Trending,
    Upstream,
    bcp47,
    credit,
    external_ids,
    image,
    link,
    partial_date,
    plain,
    positive,
    present,
    year_of,
)

# Template: the facts come first. sdk/manifest.py explains every field; leave out what does not apply.
MANIFEST = Manifest(
    # Template: lower case, and for ever: it opens every item id.
    id="example",
    title="Example Library",
    domains=(Domain.BOOKS,),
    homepage="https://www.example.org",
    base_url="https://api.example.org/v1",
    # Template: the hosts that are asked. Nothing else can be reached.
    hosts=frozenset(("api.example.org",)),
    # Template: the hosts that pictures and links point to. Tako never asks them.
    content_hosts=frozenset(("www.example.org", "covers.example.org")),
    attribution=Attribution("Data from Example Library", "https://www.example.org"),
    terms_url="https://www.example.org/terms",
    # Template: what the upstream's own documents allow. Say where it is written.
    limits=(Limit(5, seconds=1.0),),
    # Template: only when a key is needed. The placeholder lets `make demo` run without one.
    secrets=(Secret("EXAMPLE_API_KEY", url="https://www.example.org/account", placeholder="demo"),),
    kinds=(
        KindSpec(
            Item.BOOK,
            search=True,
            default=True,
            detail=True,
            # Template: only what `search` below really honours. Anything else is reported to the caller as ignored.
            filters=("author", "isbn"),
            orders=(Order.TITLE, Order.RELEASE_DATE),
        ),
    ),
    feeds=(FeedSpec(Feed.RECENT, (Item.BOOK,), note="By the day that the library bought them."),),
    notes="Answers only in the language of the book.",
    # Template: delete this once an answer of the live service is recorded. Then raise the tier (docs/providers.md).
    unseen="No answer of the live service was recorded yet.",
)

_ORDERS = {Order.TITLE: "title", Order.RELEASE_DATE: "published"}
"""The upstream's words for our orders."""


class Example(Provider):
    """Books of Example Library. https://www.example.org/api"""

    manifest = MANIFEST

    # Template: only when there is a key. It goes in a header where the upstream allows that.
    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """Send the key as a bearer token."""
        key = secrets.get("EXAMPLE_API_KEY")
        return request.with_header("Authorization", f"Bearer {key}") if key else request

    # Template: one method for each operation of the manifest. Ask, check the shape, map. No sleeping, retrying,
    # catching, caching, logging: the engine does that. The base class refuses the operations that are not here.
    async def search(self, ask: Search[BooksSearchRequest], up: Upstream) -> Page:
        """Books by words, author or ISBN."""
        found = await up.json(
            "/books",
            {
                "q": ask.text,
                "author": ask.filters.author,
                "isbn": ask.filters.isbn,
                "sort": _ORDERS.get(ask.order_by),
                "page": ask.page,
            },
        )
        return _page(found, ask.page)

    async def detail(self, ask: Detail, up: Upstream) -> Item:
        """One book. The engine turns a 404 into NotFound."""
        return book(await up.json(f"/books/{ask.id.source_id}"))

    async def trending(self, ask: Trending[BooksTrendingRequest], up: Upstream) -> Page:
        """The newest books."""
        return _page(await up.json("/books/new", {"page": ask.page}), ask.page)


# Template: pure mappers, straight down, one field a line. What the upstream does not give stays unset: no "", no 0,
# no guess. The helpers of the sdk give None, "" or an empty list for what is missing. id, provider, domain and
# attribution are filled by the engine.
def book(entry: Json) -> Item:
    """One `books[]` of a list, or the answer of /books/{id}."""
    # Template: be strict about what an answer cannot be without, and lenient about the rest.
    if not isinstance(entry, dict) or not entry.get("id") or not entry.get("title"):
        raise ShapeChanged("a book of Example Library has no id or no title")
    published = partial_date(entry.get("published"))
    return Item(
        kind=Item.BOOK,
        source_id=str(entry["id"]),
        title=entry["title"],
        description=plain(entry.get("summary")),
        year=year_of(published),
        release_date=published,
        images=present([image(Image.PRIMARY, entry.get("cover"))]),
        links=present([link(Link.SOURCE, entry.get("url"))]),
        external_ids=external_ids([("isbn13", entry.get("isbn"))]),
        language=bcp47(entry.get("language")),
        book=Book(
            credits=present([credit(name, CreditRole.AUTHOR) for name in entry.get("authors") or ()]),
            page_count=positive(entry.get("pages")),
        ),
    )


def _page(found: Json, number: int) -> Page:
    """A page of books, and the cursor of the next one. An empty page is recognised, never assumed."""
    if not isinstance(found, dict) or not isinstance(found.get("books"), list):
        raise ShapeChanged("Example Library gave something else where a list of books was expected")
    following = str(number + 1) if number < (positive(found.get("last_page")) or 0) else ""
    return Page([book(entry) for entry in found["books"]], following, found.get("total"))
