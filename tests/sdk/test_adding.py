"""What is added to an item in its place is what the builders give."""

from __future__ import annotations

import pytest

from tako.v1.item_parts_pb2 import Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import add_ids, add_image, add_link, add_price, external_ids, image, link, money, present

ADDRESSES = ("https://example.org/a?utm_source=x&b=2", "http://example.org/a", "//example.org/a", "ftp://a", "", None)


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_picture(url: str | None) -> None:
    item = Item()
    add_image(item, Image.GALLERY, url, width=3)
    assert list(item.images) == present([image(Image.GALLERY, url, width=3)])


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_link(url: str | None) -> None:
    item = Item()
    add_link(item, Link.STORE, url)
    assert list(item.links) == present([link(Link.STORE, url)])


def test_ids() -> None:
    item = Item()
    pairs: list[tuple[str, str | int | None]] = [
        ("isbn10", "0-306-40615-2"),
        ("tmdb", 7),
        ("tmdb", "7"),
        ("imdb", "none"),
        ("other", None),
    ]
    add_ids(item, pairs)
    assert list(item.external_ids) == external_ids(pairs)
    assert [one.scheme for one in item.external_ids] == ["isbn10", "tmdb", "isbn13"]


@pytest.mark.parametrize("amount", ["29.99", 29.99, 30, "1e2", "0.00", 0, -1, "", None, "free"])
def test_a_price(amount: str | float | None) -> None:
    item, found = Item(), money(amount, "eur")
    add_price(item, amount, "eur", type=Price.LIST)
    assert list(item.prices) == ([Price(amount=found, type=Price.LIST)] if found else [])
