"""ConsoleVariations."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.details_games_pb2 import Console, ReleaseType
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako_providers.sdk import NotFound, Page, TermPage
from tests.conformance.cases import Facts, detail, search, terms

facts = Facts("consolevariations", walk="sample pad", nothing="sample nothing")

BLUE = "example-station-mini-blue-console-eu"
CDN = "https://cdn.consolevariations.com"


@facts("synthetic-search-page", search("example", hardware_type=Console.CONSOLE))
def consoles_found(page: Page) -> None:
    assert [(item.source_id, item.title) for item in page.items] == [
        (BLUE, "Example Station Mini Blue Console [EU]"),
        ("example-station-pro-console-jp", 'Example Station Pro "Sakura" Console [JP]'),
    ]
    assert (page.next, page.total, page.ignored) == ("", None, ())
    first = page.items[0]
    assert (first.kind, first.language, first.console.type) == (Item.CONSOLE, "en", Console.CONSOLE)
    assert [(one.role, one.url) for one in first.images] == [(Image.PRIMARY, f"{CDN}/90001/{BLUE}-front.webp")]
    assert [(one.role, one.url) for one in first.links] == [
        (Link.SOURCE, f"https://consolevariations.com/collectibles/{BLUE}")
    ]
    assert (first.HasField("year"), first.HasField("engagement"), list(first.external_ids)) == (False, False, [])
    assert page.items[1].images[0].url == f"{CDN}/90002/example-station-pro-console-jp-front.webp"


@facts("synthetic-search-page", search("example"))
def the_sort_of_hardware_is_known_only_when_it_was_asked_for(page: Page) -> None:
    assert [item.console.type for item in page.items] == [Console.TYPE_UNSPECIFIED] * 2


@facts("synthetic-trending-browse-platform", search(platforms=["example-station-mini"]))
def a_platform_browsed(page: Page) -> None:
    assert [(item.source_id, item.title, item.images[0].url) for item in page.items] == [
        (BLUE, "Example Station Mini Blue Console [EU]", f"{CDN}/90001/{BLUE}-front.webp"),
        (
            "example-station-mini-red-console-us",
            "Example Station Mini Red Console [US]",
            f"{CDN}/90003/example-station-mini-red-console-us-front.webp",
        ),
    ]
    assert (page.next, page.total, page.ignored) == ("", None, ())


@facts("synthetic-detail-item", detail(f"consolevariations/console/{BLUE}"))
def a_console(item: Item) -> None:
    assert (item.kind, item.title) == (Item.CONSOLE, "Example Station Mini Blue Console [EU]")
    assert (item.year, item.release_date, item.language, item.description) == (1987, "1987", "en", "")
    assert [(one.role, one.url, one.thumbnail_url, one.caption) for one in item.images] == [
        (
            Image.PRIMARY,
            f"{CDN}/90001/example-front.webp",
            f"{CDN}/90001/conversions/example-front-preview.webp",
            "Front View",
        )
    ]
    assert [(one.scheme, one.value) for one in item.external_ids] == [("ean", "0123456789012")]
    assert (item.engagement.wanters, item.engagement.owners) == (6, 7)
    console = item.console
    assert (console.platform.id, console.platform.name) == ("example-station-mini", "Example Station Mini")
    assert (console.brand.id, console.brand.name) == ("example", "Example")
    assert [(one.country, one.region, one.date) for one in console.releases] == [("GB", "", "1987")]
    assert (console.release_type, console.region_code, console.color) == (ReleaseType.OFFICIAL, "PAL", "Blue")
    assert console.amount_produced == "Between 50k - 100k"
    assert (console.limited_edition, console.is_bundle, console.rarity_score) == (False, True, 39)
    assert (console.type, console.rarity_level) == (Console.TYPE_UNSPECIFIED, "")
    assert (item.HasField("rating"), list(item.prices), dict(item.attributes)) == (False, [], {})


@facts("synthetic-error-not-found", detail("consolevariations/console/no-such-item"), fails=NotFound)
def an_unknown_slug(error: NotFound) -> None:
    assert "ConsoleVariations" in str(error)


@facts("synthetic-lookup-brands", terms(Term.BRANDS))
def brands(page: TermPage) -> None:
    assert [(term.id, term.name, term.slug) for term in page.terms] == [
        ("nintendo", "Nintendo", "nintendo"),
        ("sony", "Sony", "sony"),
    ]
    assert page.terms[0].url == "https://consolevariations.com/browse/brand/nintendo/platforms"
    assert page.next == ""


@facts("synthetic-lookup-platforms-nintendo", terms(Term.PLATFORMS, parent="nintendo"))
def platforms_of_a_brand(page: TermPage) -> None:
    assert [(term.id, term.name, term.parent_id) for term in page.terms] == [
        ("nes", "NES", "nintendo"),
        ("game-boy", "Game Boy", "nintendo"),
    ]
    assert page.terms[1].url == "https://consolevariations.com/database/game-boy"
