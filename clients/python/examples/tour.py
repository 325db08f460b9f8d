"""A tour of Tako: search, stream, detail, trending, errors, health.

Start a server with `make demo`, then: python tour.py [ADDRESS]
"""

import sys

from tako.client import TakoClient
from tako.errors import ItemNotFound, TakoError


def main(address: str) -> None:
    with TakoClient(address) as tako:
        print("search")
        found = tako.books.search(query="sample lighthouse", providers=["openlibrary"])
        for item in found.items:
            print(f"  {item.id}  {item.title} ({item.year})")

        print("stream: each provider's items the moment it answers")
        with tako.catalog.search_stream(query="sample lighthouse", domains=["books"]) as events:
            for event in events:
                if event.HasField("items"):
                    print(f"  {event.items.provider}: {len(event.items.items)} items")
                elif event.HasField("outcome") and event.outcome.reason:
                    print(f"  {event.outcome.provider}: {event.outcome.reason}")

        print("detail")
        book = tako.books.detail(id=found.items[0].id).item
        print(f"  {book.title}, {book.book.page_count} pages, {book.attribution.text}")

        print("trending, every page")
        for item in tako.books.trending_all(providers=["openlibrary"]):
            print(f"  {item.context.position}. {item.title}")

        print("errors")
        try:
            tako.books.detail(id="openlibrary/book/OL90000404W")
        except ItemNotFound as error:
            print(f"  {error.reason} by {error.provider}: {error}")
        try:
            tako.books.search(query="sample", page_size=-1)
        except TakoError as error:
            print(f"  {error.code.name}: {error.field_violations[0].field} {error.field_violations[0].description}")

        print("health")
        print(f"  {tako.health().name}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051")
