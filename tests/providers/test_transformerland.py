"""Transformerland."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed
from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Availability, Condition, Image
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.transformerland import Transformerland
from tako_providers.sdk import Blocked, NotFound, RateLimited, ShapeChanged, Unreachable
from tests.conformance.cases import Question, detail, lookup, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

SITE = "https://www.transformerland.com"
GUIDE = "/show_parent_g12.php"
NEW = "/store/new/"
ARTICLE = "transformerland/collectible/store/sample-prime/394966"


def row(inside: str, number: int = 158) -> str:
    return f'<tr bgcolor="#EEE"><td><a href="?action=show_parent&amp;toyid={number}"></a></td><td>{inside}</td></tr>'


def named(name: str, number: int = 158) -> str:
    return f'Set Name: <a href="?action=show_parent&amp;toyid={number}">{name}</a><br>'


def table(*rows: str) -> str:
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


def guide(title: str, rows: str = "<tr><th>Series:</th><td>G1</td></tr>", body: str = "", head: str = "") -> str:
    return (
        f"<html><head><title>{title} | Transformerland.com</title>{head}</head>"
        f"<body><table>{rows}</table>{body}</body></html>"
    )


def article(body: str = "", name: str = "Prime") -> str:
    return (
        f'<html><body><meta itemprop="sku" content="394966"><meta itemprop="name" content="{name}">{body}</body></html>'
    )


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Transformerland(), question, answers)


async def toy(title: str = "Prime", **more: str) -> Item:
    item, _ = await asked(detail("transformerland/collectible/158"), {GUIDE: guide(title, **more)})
    assert isinstance(item, Item)
    return item


async def sold(body: str = "", name: str = "Prime") -> Item:
    item, _ = await asked(detail(ARTICLE), {"/store/item/sample-prime/394966/": article(body, name)})
    assert isinstance(item, Item)
    return item


# --- Search -----------------------------------------------------------------------------------------------------


async def test_words_reach_the_site() -> None:
    _, up = await asked(search("optimus prime"), {GUIDE: table(row(named("Prime")))})
    assert (up.paths, up.params) == ([GUIDE], {"action": "show_names", "term": "optimus prime"})


async def test_a_bare_row() -> None:
    page, _ = await asked(search("x"), {GUIDE: table(row(named("Prime")))})
    (item,) = page.items
    assert (item.source_id, item.title, item.language) == ("158", "Prime", "en")
    assert (item.collectible, item.HasField("year"), list(item.images)) == (Collectible(), False, [])
    assert (page.total, page.next) == (1, "")


async def test_a_row_borrows_nothing_from_the_next() -> None:
    rows = (
        row(named("Prime") + "Series: G1<br>Allegiance: Autobot"),
        row(named("Drone &amp; Rumble&#39;s", 2) + "Series: <b>Beast Wars</b><br>Subgroup: Deluxe (1996)<br>", 2),
    )
    page, _ = await asked(search("x"), {GUIDE: table(*rows)})
    prime, drone = page.items
    assert prime.collectible == Collectible(series="G1", faction="Autobot")
    assert drone.collectible == Collectible(series="Beast Wars", subgroup="Deluxe (1996)")
    assert (drone.title, drone.year) == ("Drone & Rumble's", 1996)


@pytest.mark.parametrize(
    ("subgroup", "year"), [("Leaders (1984)", 1984), ("(2001)", 2001), ("Reissues", None), ("Mail (in) 1985", None)]
)
async def test_the_year_stands_in_brackets(subgroup: str, year: int | None) -> None:
    page, _ = await asked(search("x"), {GUIDE: table(row(f"{named('Prime')}Subgroup: {subgroup}"))})
    (item,) = page.items
    assert (item.collectible.subgroup, item.year if item.HasField("year") else None) == (subgroup, year)


async def test_rows_without_colour_and_names_with_labels() -> None:
    body = row(named("Series: One") + "Series: G1").replace(' bgcolor="#EEE"', "")
    page, _ = await asked(search("x"), {GUIDE: table(f"<tr><td><table>{body}</table></td></tr>", row("?", 3))})
    assert [(item.title, item.collectible.series) for item in page.items] == [("Series: One", "G1")]


@pytest.mark.parametrize("src", ["/image/a.jpg", "http://transformerland.com/image/a.jpg", f"{SITE}/image/a.jpg"])
async def test_pictures_have_one_address(src: str) -> None:
    page, _ = await asked(search("x"), {GUIDE: table(row(f'<img src="{src}">{named("Prime")}'))})
    assert [(one.role, one.url) for one in page.items[0].images] == [(Image.THUMBNAIL, f"{SITE}/image/a.jpg")]


@pytest.mark.parametrize(
    "words", ["No toys found.", "Sorry, no results", "No matching sets were found", "Nothing found"]
)
async def test_nothing_found_is_recognised(words: str) -> None:
    page, _ = await asked(search("zzz"), {GUIDE: f"<html><body><p>{words}</p></body></html>"})
    assert (list(page.items), page.total) == ([], 0)


# --- The guide ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name", "line", "series", "faction"),
    [
        ("Leaders Prime (Transformers, G1, Autobot)", "Leaders Prime", "Transformers", "G1", "Autobot"),
        (
            "Prime (Ver 2) (Transformers, Robots in Disguise (2001), Autobot)",
            "Prime (Ver 2)",
            "Transformers",
            "Robots in Disguise (2001)",
            "Autobot",
        ),
        ("A &amp; B (Transformers, Armada, Mini-Con, Neutral)", "A & B", "Transformers", "Armada, Mini-Con", "Neutral"),
        ("Prime (1984)", "Prime (1984)", "", "", ""),
        ("Prime", "Prime", "", "", ""),
        ("Prime)", "Prime)", "", "", ""),
    ],
)
async def test_the_last_bracket_of_a_title(title: str, name: str, line: str, series: str, faction: str) -> None:
    item = await toy(title, rows="<tr><th>Other:</th><td>x</td></tr>")
    found = item.collectible
    assert (item.title, found.line, found.series, found.faction) == (name, line, series, faction)


async def test_the_table_goes_before_the_title_and_the_subgroup_is_no_name() -> None:
    rows = (
        "<tr><th>Toy Line:</th> <td><a>Transformers</a></td></tr><tr><th>Series</th><td> G1 </td></tr>"
        "<tr><th>Subgroup:</th><td>Leaders (1984)</td></tr><tr><th>Allegiance:</th><td>Maximal</td></tr>"
    )
    item = await toy("Leaders Prime (Toys, G9, Autobot)", rows=rows)
    assert item.title == "Prime"
    assert item.collectible == Collectible(
        line="Transformers", series="G1", subgroup="Leaders (1984)", faction="Maximal"
    )
    assert item.year == 1984


async def test_what_is_missing_stays_unset() -> None:
    item = await toy()
    assert (item.title, item.description, item.HasField("year")) == ("Prime", "", False)
    assert (item.availability, list(item.images), list(item.prices)) == (Availability.TYPE_UNSPECIFIED, [], [])
    assert item.collectible == Collectible(series="G1")


@pytest.mark.parametrize(
    ("text", "availability"),
    [
        ("Complete: Sold Out | Loose: In Stock", Availability.IN_STOCK),
        ("Complete: Sold Out", Availability.OUT_OF_STOCK),
        ("<nav>In Stock items</nav>", Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_stock_of_any_variant(text: str, availability: Availability.Type.ValueType) -> None:
    assert (await toy(body=f"<p>{text}</p>")).availability == availability


async def test_year_and_size_of_the_first_variant() -> None:
    item = await toy(body='<p>Year: 1984. Size: 9.5" (24.1cm)</p><p>Year: 2002 Size: 3" (8cm)</p>')
    assert (item.year, item.collectible.size_text) == (1984, '9.5" (24.1cm)')


async def test_photographs_scans_and_a_thumbnail() -> None:
    links = (
        "/image/reference_images/1.jpg",
        "/image/reference_images/1.jpg",
        f"{SITE}/image/reference_images/2.jpg",
        "/image/archive/specscans/full/1.jpg",
        "/image/archive/specscans/small/1.jpg",
        "/image/archive/instructionscans/full/1.jpg",
    )
    og = '<meta property="og:image" content="http://www.transformerland.com/image/thumbnails/1.jpg">'
    item = await toy(body="".join(f'<a href="{one}"></a>' for one in links), head=og)
    assert [(one.role, one.url.partition("/image/")[2], one.caption) for one in item.images] == [
        (Image.PRIMARY, "reference_images/1.jpg", ""),
        (Image.THUMBNAIL, "thumbnails/1.jpg", ""),
        (Image.GALLERY, "reference_images/2.jpg", ""),
        (Image.SCAN, "archive/specscans/full/1.jpg", "Tech specs"),
        (Image.SCAN, "archive/instructionscans/full/1.jpg", "Instructions"),
    ]
    assert [one.role for one in (await toy(head=og)).images] == [Image.PRIMARY]


async def test_the_number_of_the_guide() -> None:
    page, up = await asked(lookup("transformerland", "158"), {GUIDE: guide("Prime")})
    assert [item.source_id for item in page.items] == ["158"]
    assert up.params == {"action": "show_parent", "toyid": "158"}
    page, _ = await asked(lookup("transformerland", "1"), {GUIDE: "<html><body>Item not found</body></html>"})
    assert list(page.items) == []
    page, up = await asked(lookup("transformerland", "x"), {})
    assert (list(page.items), up.requests) == ([], [])


# --- The shop -------------------------------------------------------------------------------------------------------


async def test_a_bare_article() -> None:
    item = await sold(name="Complete Prime&amp;#39;s Set SKU 394966")
    assert (item.source_id, item.title) == ("store/sample-prime/394966", "Complete Prime's Set")
    assert [one.url for one in item.links] == [f"{SITE}/store/item/sample-prime/394966/"]
    assert (item.collectible, list(item.prices), list(item.images)) == (Collectible(reference="394966"), [], [])
    assert (item.HasField("year"), item.condition, item.availability, dict(item.attributes)) == (False, 0, 0, {})


@pytest.mark.parametrize(
    ("content", "amount"),
    [("149.99", (149, 990_000_000)), ("1,245.00", (1245, 0)), ("245", (245, 0)), ("0.00", None), ("", None)],
)
async def test_prices(content: str, amount: tuple[int, int] | None) -> None:
    item = await sold(f'<meta itemprop="price" content="{content}">')
    assert [(one.amount.units, one.amount.nanos, one.amount.currency_code) for one in item.prices] == (
        [(*amount, "USD")] if amount else []
    )


@pytest.mark.parametrize(
    ("word", "availability"),
    [
        ("https://schema.org/InStock", Availability.IN_STOCK),
        ("http://schema.org/OutOfStock", Availability.OUT_OF_STOCK),
        ("https://schema.org/PreOrder", Availability.PREORDER),
        ("https://schema.org/Unheard", Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_availability(word: str, availability: Availability.Type.ValueType) -> None:
    assert (await sold(f'<link itemprop="availability" href="{word}">')).availability == availability


@pytest.mark.parametrize(
    ("wording", "condition"),
    [
        ("Like-new", Condition.LIKE_NEW),
        ("Almost new, box worn", Condition.LIKE_NEW),
        ("Not sealed", Condition.TYPE_UNSPECIFIED),
        ("New, sealed", Condition.NEW),
        ("Like New", Condition.LIKE_NEW),
        ("MISB", Condition.NEW),
        ("Very good", Condition.VERY_GOOD),
        ("Good, complete", Condition.GOOD),
        ("Fair", Condition.FAIR),
        ("Poor", Condition.POOR),
        ("Loose", Condition.USED),
        ("C8 complete, renewed", Condition.TYPE_UNSPECIFIED),
    ],
)
async def test_conditions(wording: str, condition: Condition.Type.ValueType) -> None:
    item = await sold(f'<div class="a desc-cond">{wording}</div><meta itemprop="price" content="5">')
    assert (item.condition, item.prices[0].condition, item.prices[0].condition_text) == (condition, condition, wording)


@pytest.mark.parametrize(
    ("description", "maker"),
    [
        ("Made by Hasbro in 1984", "Hasbro"),
        ("By TAKARA TOMY", "TakaraTomy"),
        ("A Takara toy, later sold by Hasbro", ""),
        ("Tommy's own", ""),
        ("Unique Toys", "Unique Toys"),
    ],
)
async def test_makers(description: str, maker: str) -> None:
    item = await sold(f'<meta itemprop="description" content="{description}">')
    assert (item.collectible.manufacturer, item.HasField("year")) == (maker, False)


async def test_parts_rows_and_pictures() -> None:
    body = (
        '<div class="desc-group">G1 1985</div><div class="desc-subgroup">Leaders</div><div class="desc-size">8"</div>'
        "<table><tr><td>Stickers:</td><td>All there</td></tr><tr><td>Price</td><td>$5</td></tr></table>"
        '<img id="mainphoto" src="/image/inventory/thumbnails/1.jpg"><a href="/image/inventory/hires/1.jpg"></a>'
        '<a href="/image/inventory/hires/2.jpg"></a>'
    )
    item = await sold(body)
    assert (item.year, dict(item.attributes)) == (1985, {"stickers": "All there"})
    toy = item.collectible
    assert (toy.series, toy.subgroup, toy.size_text) == ("G1 1985", "Leaders", '8"')
    assert [(one.role, one.url.rpartition("inventory/")[2], bool(one.thumbnail_url)) for one in item.images] == [
        (Image.PRIMARY, "hires/1.jpg", True),
        (Image.GALLERY, "hires/2.jpg", False),
    ]


async def test_arrivals_as_blocks() -> None:
    body = (
        '<div class="store-item"><meta itemprop="sku" content="1"><meta itemprop="name" content="A SKU 1">'
        '<a href="/store/item/a/1/"><img src="/image/inventory/thumbnails/1.jpg"></a>'
        '<a href="/store/item/a/1/">x</a><meta itemprop="price" content="9.50"><div class="desc-cond">New</div></div>'
        '<div class="store-item"><meta itemprop="name" content="B"><a href="/store/item/b/2/?r=1">B</a></div>'
    )
    page, _ = await asked(trending(Feed.RECENT), {NEW: f"<html><body>{body}</body></html>"})
    first, second = page.items
    assert (first.source_id, first.title, first.condition) == ("store/a/1", "A", Condition.NEW)
    assert (first.prices[0].amount.units, [one.value for one in first.external_ids]) == (9, ["1"])
    assert (second.source_id, second.title, list(second.prices), list(second.images)) == ("store/b/2", "B", [], [])
    assert (page.next, page.total) == ("", None)


async def test_arrivals_as_links() -> None:
    body = (
        '<a href="/store/item/a/1/"><img src="/image/inventory/thumbnails/1.jpg"></a>'
        '<a href="/store/item/a/1/">A &amp; B - $1,049.99</a><a href="/store/item/c/2/"></a>'
    )
    page, _ = await asked(trending(Feed.RECENT), {NEW: f"<html><body>{body}</body></html>"})
    (item,) = page.items
    assert (item.title, item.prices[0].amount.units) == ("A & B", 1049)
    assert [one.role for one in item.images] == [Image.PRIMARY, Image.THUMBNAIL]


async def test_no_arrivals() -> None:
    page, _ = await asked(trending(Feed.RECENT), {NEW: "<html><body>There are no new items</body></html>"})
    assert list(page.items) == []


# --- Failures -------------------------------------------------------------------------------------------------------

TOY = "transformerland/collectible/158"
OTHER = "<html><body><h1>Welcome</h1><p>You have no items in your cart.</p></body></html>"
GONE = "<html><body><p>Page not found</p></body></html>"
WALL = "<html><head><title>Just a moment...</title></head></html>"


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (detail(TOY), GUIDE),
        (detail(ARTICLE), "/store/item/sample-prime/394966/"),
        (search("x"), GUIDE),
        (trending(Feed.RECENT), NEW),
    ],
)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (OTHER, ShapeChanged),
        (WALL, Blocked),
        (Answer("", 429), RateLimited),
        (Answer(OTHER, 503), Unreachable),
    ],
)
async def test_failures_have_their_class(question: Question, path: str, answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {path: answer})


@pytest.mark.parametrize("answer", [GONE, Answer(OTHER, 404)])
async def test_what_is_not_there(answer: Any) -> None:
    with pytest.raises(NotFound):
        await asked(detail(TOY), {GUIDE: answer})
    with pytest.raises(NotFound):
        await asked(detail(ARTICLE), {"/store/item/sample-prime/394966/": answer})


async def test_an_id_of_neither_is_not_asked_for() -> None:
    with pytest.raises(NotFound):
        await asked(detail("transformerland/collectible/prime"), {})


async def test_an_article_without_a_name() -> None:
    with pytest.raises(ShapeChanged):
        await sold(name="")
