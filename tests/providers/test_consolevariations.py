"""ConsoleVariations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.details_games_pb2 import Console, ReleaseType
from tako.v1.item_parts_pb2 import Image
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Access,
    Blocked,
    InvalidField,
    NotFound,
    Page,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
)
from tako_providers.videogames.consolevariations import ConsoleVariations
from tests.conformance.cases import Question, detail, search, terms
from tests.providers.fake_upstream import HTML, Answer, FakeUpstream, ask_of, html_page

SITE = "https://consolevariations.com"
CDN = "https://cdn.consolevariations.com"
DATABASE = "/database"
THING = "/collectibles/test-box-red-eu"
OF_THING = detail("consolevariations/console/test-box-red-eu")


def page(body: str, title: str = "Database - ConsoleVariations") -> Answer:
    return html_page(body, title)


NOT_FOUND = page("404 | Not Found", "Not Found")


def card(slug: str, title: str, number: int = 1) -> str:
    return (
        f'<div class="group"><a href="{SITE}/collectibles/{slug}"><img alt="{title}" src="{CDN}/{number}/{slug}.webp">'
        f'</a><h3><a href="{SITE}/collectibles/{slug}">{title}</a></h3></div>'
    )


RED = card("test-box-red-eu", "Test Box Red Console [EU]")
BLUE = card("test-box-blue-jp", "Test Box Blue Console [JP]", 2)


def rows(**cells: str) -> str:
    made = "".join(f"<tr><td> {name.replace('_', ' ')} </td><td> {value} </td></tr>" for name, value in cells.items())
    return f"<table><tbody>{made}</tbody></table>"


def thing(body: str = "", **cells: str) -> Answer:
    return page(f'<h1 class="mt-2 text-2xl"> Test Box\n Red </h1>{body}{rows(Color="Red", **cells)}', "Test Box Red")


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(ConsoleVariations(), question, answers)


async def one(body: str = "", **cells: str) -> Item:
    item, _ = await asked(OF_THING, {THING: thing(body, **cells)})
    assert isinstance(item, Item)
    return item


def test_it_is_asked_through_a_browser() -> None:
    assert (ConsoleVariations.manifest.access, ConsoleVariations.manifest.slow) == (Access.BROWSER, True)


# --- Asking -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "path", "params"),
    [
        (search("test box"), DATABASE, {"search": "test box"}),
        (search("box", hardware_type=Console.CONSOLE), DATABASE, {"search": "box", "filters[type][0]": "1"}),
        (search("box", hardware_type=Console.CONTROLLER), DATABASE, {"search": "box", "filters[type][0]": "3"}),
        (search(hardware_type=Console.ACCESSORY), DATABASE, {"filters[type][0]": "4"}),
        (search("box", cursor="2"), DATABASE, {"search": "box", "page": "2"}),
        (search(platforms=["test-box"]), "/database/test-box", {}),
        (search(platforms=["test-box"], cursor="3"), "/database/test-box", {"page": "3"}),
    ],
)
async def test_what_is_asked_reaches_the_upstream(question: Question, path: str, params: dict[str, str]) -> None:
    _, up = await asked(question, {path: page(RED)})
    assert (up.paths, up.params) == ([path], params)


@pytest.mark.parametrize(
    ("question", "path", "ignored"),
    [
        (search("box", platforms=["test-box"]), DATABASE, ("platforms",)),
        (search(platforms=["test-box"], hardware_type=Console.CONSOLE), "/database/test-box", ("hardware_type",)),
    ],
)
async def test_what_cannot_be_held_to_is_told(question: Question, path: str, ignored: tuple[str, ...]) -> None:
    found, _ = await asked(question, {path: page(RED)})
    assert found.ignored == ignored
    assert found.items[0].console.type == Console.TYPE_UNSPECIFIED, "nobody asked the site for this sort"


@pytest.mark.parametrize("question", [search(brand="test"), search(platforms=["a", "b"])])
async def test_what_the_site_cannot_search_by_is_refused(question: Question) -> None:
    with pytest.raises(Unsupported):
        await asked(question, {DATABASE: page(RED)})


@pytest.mark.parametrize(
    "question",
    [
        search(platforms=["../browse/brand"]),
        detail("consolevariations/console/a/b"),
        terms(Term.PLATFORMS, parent="a?b"),
    ],
)
async def test_an_id_that_is_no_slug_is_not_asked_for(question: Question) -> None:
    with pytest.raises(NotFound):
        await asked(question, {})


async def test_pages_go_on_to_the_last() -> None:
    pager = '<a href="?search=box&amp;page=1">1</a> <a href="?search=box&amp;page=2">2</a>'
    first, _ = await asked(search("box"), {DATABASE: page(RED + pager)})
    assert (first.next, first.total) == ("2", None)
    last, up = await asked(search("box", cursor=first.next), {DATABASE: page(BLUE + pager)})
    assert (last.next, up.params["page"]) == ("", "2")
    with pytest.raises(InvalidField):
        await asked(search("box", cursor="next"), {DATABASE: page(RED)})


# --- Cards --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "No results found",
        "No collectibles found.",
        "0 results",
        "We found no matching collectibles",
        "Nothing was found",
        "Your search did not match anything",
    ],
)
async def test_nothing_found_is_recognised(words: str) -> None:
    found, _ = await asked(
        search("zzz"), {DATABASE: page(f"<p>{words}</p><a href='/collectibles/compare'>Compare</a>")}
    )
    assert found == Page([])


@pytest.mark.parametrize("body", ["<p>Database</p>", "<script>let empty = 'No results found'</script>", RED[:30]])
async def test_a_list_without_cards_is_not_taken_for_an_empty_one(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("zzz"), {DATABASE: page(body)})


async def test_neighbours_keep_their_own_pictures() -> None:
    cards = "".join(
        f'<li><div><img src="{CDN}/{n}/x.webp" alt="Test Box {n} Console"></div>'
        f'<p><a href="/collectibles/test-box-{n}">Box {n}</a></p></li>'
        for n in (1, 2, 3)
    )
    found, _ = await asked(search("box"), {DATABASE: page(f"<ul>{cards}</ul>")})
    assert [(x.source_id, x.title, x.images[0].url) for x in found.items] == [
        (f"test-box-{n}", f"Test Box {n} Console", f"{CDN}/{n}/x.webp") for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("image", "title", "pictures"),
    [
        ("", "Box [EU]", []),
        (f'<img src="{CDN}/1/b.webp" alt="flag">', "Box [EU]", [(Image.PRIMARY, f"{CDN}/1/b.webp")]),
        (f'<img alt="ConsoleVariations logo" src="{CDN}/1/b.webp">', "Box [EU]", [(Image.PRIMARY, f"{CDN}/1/b.webp")]),
        (
            f'<img alt="A Box of Tests" src="{CDN}/1/conversions/b.webp">',
            "A Box of Tests",
            [(Image.THUMBNAIL, f"{CDN}/1/conversions/b.webp")],
        ),
        (f'<img alt="Somebody and more" src="{CDN}/profile-photos/b.webp">', "Box [EU]", []),
        ('<img alt="Somebody and more" src="/b.svg">', "Box [EU]", []),
    ],
)
async def test_titles_and_pictures(image: str, title: str, pictures: list[Any]) -> None:
    body = f'<a href="/collectibles/box-of-tests">{image}</a><a href="/collectibles/box-of-tests?x=1"> Box\n [EU]</a>'
    found, _ = await asked(search("box"), {DATABASE: page(f"{body}<a href='/collectibles/abcde'>short</a>")})
    assert [(x.source_id, x.title) for x in found.items] == [("box-of-tests", title)]
    assert [(x.role, x.url) for x in found.items[0].images] == pictures


# --- One collectible ----------------------------------------------------------------------------------------


async def test_what_is_not_given_stays_unset() -> None:
    item = await one()
    assert (item.title, item.HasField("year"), item.release_date) == ("Test Box Red", False, "")
    assert (list(item.images), list(item.external_ids), item.HasField("engagement")) == ([], [], False)
    console = item.console
    assert (console.HasField("platform"), console.HasField("brand"), console.HasField("rarity_score")) == (False,) * 3
    assert (console.HasField("limited_edition"), console.HasField("is_bundle")) == (False, False)
    assert (console.release_type, console.amount_produced, list(console.releases)) == (0, "", [])
    assert dict(item.attributes) == {}


PICTURES = [
    {"id": 1, "original_url": f"{CDN}/1/a.webp", "preview_url": f"{CDN}/1/conversions/a.webp", "alt_text": "(Front)"},
    {"id": 2, "original_url": f"{CDN}/2/b.webp", "preview_url": None, "alt_text": "It's a box"},
    {"id": 3, "original_url": "", "preview_url": f"{CDN}/3/conversions/c.webp", "alt_text": None},
]


def escaped(*, twice: bool) -> str:
    """The pictures as Laravel writes them into a script; slashes are escaped once or twice."""
    text = json.dumps(PICTURES).replace("/", "\\/")
    if twice:
        text = text.replace("\\", "\\\\")
    return text.replace('"', "\\u0022").replace("'", "\\u0027")


@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize(
    "around",
    ["<div x-data=\"{{ images: JSON.parse('{0}') }}\"></div>", "<script>x = {{images:JSON.parse('{0}')}}</script>"],
)
async def test_pictures_are_in_a_script(around: str, *, twice: bool) -> None:
    item = await one(around.format(escaped(twice=twice)) + f'<img src="{CDN}/9/z.webp">')
    assert [(x.role, x.url, x.thumbnail_url, x.caption) for x in item.images] == [
        (Image.PRIMARY, f"{CDN}/1/a.webp", f"{CDN}/1/conversions/a.webp", "Front"),
        (Image.GALLERY, f"{CDN}/2/b.webp", "", "It's a box"),
        (Image.GALLERY, f"{CDN}/3/conversions/c.webp", f"{CDN}/3/conversions/c.webp", ""),
    ]


@pytest.mark.parametrize(
    "script", ["", "<script>images: JSON.parse('[{]')</script>", "<script>JSON.parse('[]')</script>"]
)
async def test_pictures_without_a_script(script: str) -> None:
    others = f'<a href="/collectibles/test-box-blue-jp"><img src="{CDN}/8/y.webp"></a>'
    others += f'<img src="{CDN}/profile-photos/p.webp">'
    item = await one(f'{script}<img src="{CDN}/1/a.webp">{others}<img src="{CDN}/1/a.webp"><img src="{CDN}/2/b.webp">')
    assert [(x.role, x.url) for x in item.images] == [
        (Image.PRIMARY, f"{CDN}/1/a.webp"),
        (Image.GALLERY, f"{CDN}/2/b.webp"),
    ]


@pytest.mark.parametrize(
    ("cell", "releases", "year"),
    [
        ("<b>United Kingdom</b> - 1987", [("GB", "", "1987")], 1987),
        ("Japan", [("JP", "", "")], None),
        ("Europe - 1995<br>Japan - 1994", [("", "Europe", "1995"), ("JP", "", "1994")], 1994),
        ("<div>France - 1994</div><div>Atlantis</div>", [("FR", "", "1994"), ("", "Atlantis", "")], 1994),
        ("United States - 1990 Canada \u2013 1991", [("US", "", "1990"), ("CA", "", "1991")], 1990),
        ("Germany, Austria - 1992", [("DE", "", ""), ("AT", "", "1992")], 1992),
        ("Italy -", [("IT", "", "")], None),
    ],
)
async def test_releases(cell: str, releases: list[Any], year: int | None) -> None:
    item = await one(Releases=cell)
    assert [(x.country, x.region, x.date) for x in item.console.releases] == releases
    assert (item.year if item.HasField("year") else None) == year
    assert item.release_date == (str(year) if year else "")


@pytest.mark.parametrize(
    ("told", "kind", "kept"),
    [
        ("Official", ReleaseType.OFFICIAL, None),
        ("PROMOTIONAL", ReleaseType.PROMOTIONAL, None),
        ("Prototype", ReleaseType.PROTOTYPE, None),
        ("Development kit", ReleaseType.OTHER, "Development kit"),
    ],
)
async def test_sorts_of_release(told: str, kind: Any, kept: str | None) -> None:
    item = await one(RELEASE_TYPE=told)
    assert (item.console.release_type, item.attributes.get("release_type")) == (kind, kept)


async def test_rows_whatever_their_case_and_markup() -> None:
    item = await one(
        Region_Code="<span> NTSC-J </span>",
        AMOUNT_PRODUCED_ESTIMATE="Between <b>1k</b> -\n 5k",
        Limited_edition="YES",
        Is_Bundle="unknown",
        Type="Controller",
        Rarity_Tier="Rare",
        **{"Box_(with_lid)": "Cardboard"},
    )
    console = item.console
    assert (console.region_code, console.amount_produced, console.color) == ("NTSC-J", "Between 1k - 5k", "Red")
    assert (console.limited_edition, console.HasField("is_bundle"), console.type) == (True, False, Console.CONTROLLER)
    assert (console.rarity_level, dict(item.attributes)) == ("Rare", {"box_with_lid": "Cardboard"})


@pytest.mark.parametrize(
    ("body", "rarity", "wanted", "owned"),
    [
        ("<p>7 Rarity Score</p><p>0 people want this</p><p>1,204 people own this</p>", 7, 0, 1204),
        ("<b>100</b><i>Rarity Score</i> <b>1</b> person wants this", 100, 1, None),
        ("<p>394 Rarity Score</p>", None, None, None),
        ("<script>39 Rarity Score 6 people want this</script>", None, None, None),
    ],
)
async def test_what_people_say(body: str, rarity: int | None, wanted: int | None, owned: int | None) -> None:
    item = await one(body)
    assert (item.console.rarity_score if item.console.HasField("rarity_score") else None) == rarity
    assert (item.engagement.wanters if item.engagement.HasField("wanters") else None) == wanted
    assert (item.engagement.owners if item.engagement.HasField("owners") else None) == owned


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("074299009013", [("upc", "074299009013")]),
        ("4006381333931", [("ean", "4006381333931")]),
        ("4006381333932", []),
        ("12", []),
    ],
)
async def test_barcodes(code: str, ids: list[Any]) -> None:
    item = await one(f"<div>Barcode: {code}</div><div>5 people own this</div>")
    assert [(x.scheme, x.value) for x in item.external_ids] == ids


async def test_platform_and_brand_are_linked() -> None:
    item = await one(
        f'<a href="/database">All</a><a href="/browse/brand/big-test"><img></a><a href="{SITE}/database/test-box">'
        "<span> Test Box</span></a><a href='/database/other'>Other</a>"
    )
    console = item.console
    assert (console.platform.id, console.platform.name) == ("test-box", "Test Box")
    assert (console.brand.id, console.brand.name) == ("big-test", "Big Test")


# --- Vocabularies -------------------------------------------------------------------------------------------


async def test_one_of_the_brands() -> None:
    links = '<a href="/browse/brand/aa/platforms"><img alt="Aa"></a><a href="/browse/brand/aa">more</a>'
    links += f'<a href="{SITE}/browse/brand/bb"> B b </a><a href="/browse/brand/cc"></a><a href="/browse/brand">All</a>'
    found, up = await asked(terms(Term.BRANDS), {"/browse/brand": page(links)})
    assert ([(x.id, x.name) for x in found.terms], up.paths) == ([("aa", "Aa"), ("bb", "B b")], ["/browse/brand"])
    found, _ = await asked(terms(Term.BRANDS, term_id="bb"), {"/browse/brand": page(links)})
    assert [x.id for x in found.terms] == ["bb"]


@pytest.mark.parametrize(
    ("answer", "error"), [(NOT_FOUND, NotFound), (page("<a href='/database'>All</a>"), ShapeChanged)]
)
async def test_platforms_of_no_brand(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(terms(Term.PLATFORMS, parent="zz"), {"/browse/brand/zz/platforms": answer})


async def test_a_brand_without_platforms() -> None:
    found, _ = await asked(
        terms(Term.PLATFORMS, parent="zz"), {"/browse/brand/zz/platforms": page("<p>No platforms found</p>")}
    )
    assert list(found.terms) == []


# --- Errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 404])
async def test_what_is_not_there_is_known_by_its_page_and_by_its_status(status: int) -> None:
    answer = Answer(NOT_FOUND.body, status, HTML)
    with pytest.raises(NotFound):
        await asked(OF_THING, {THING: answer})
    with pytest.raises(NotFound):
        await asked(search(platforms=["zz"]), {"/database/zz": answer})


async def test_a_search_that_has_moved_is_not_an_empty_one() -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("box"), {DATABASE: NOT_FOUND})


@pytest.mark.parametrize(("question", "path"), [(search("box"), DATABASE), (OF_THING, THING)])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page("<h1>Welcome</h1>"), ShapeChanged),
        (Answer({"message": "Server Error"}), ShapeChanged),
        (Answer("", headers=HTML), ShapeChanged),
        (Answer("oops", 500), Unreachable),
        (Answer("slow down", 429), RateLimited),
        (page("<p>Checking</p>", "Just a moment..."), Blocked),
    ],
)
async def test_other_answers_are_errors(question: Question, path: str, answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(question, {path: answer})
