"""Rebrickable."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import NotConfigured, NotFound, Page, ProviderError, RateLimited, TermPage
from tests.conformance.cases import Facts, detail, lookup, related, search, terms, trending

facts = Facts("rebrickable", walk="sample castle", nothing="nothing")


def ids(item: Item, scheme: str) -> list[str]:
    return [one.value for one in item.external_ids if one.scheme == scheme]


@facts("detail-set-30386-1", detail("rebrickable/building_set/30386-1"), also=["synthetic-related-themes"])
def a_set(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.BUILDING_SET, "30386-1", "Poe Dameron's X-wing Fighter")
    assert (item.year, item.language, item.release_date, item.description) == (2020, "en", "", "")
    bricks = item.building_set
    assert (bricks.pieces, bricks.theme_id, bricks.theme, bricks.theme_group) == (72, "158", "Star Wars", "")
    assert bricks.brand == "LEGO"
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://cdn.rebrickable.com/media/sets/30386-1/55595.jpg")
    ]
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://rebrickable.com/sets/30386-1/poe-damerons-x-wing-fighter/")
    ]
    assert ids(item, "set_number") == ["30386"]
    assert item.source_updated_at.ToJsonString() == "2021-01-03T15:19:09.755055Z"
    assert (list(item.prices), item.HasField("rating"), item.HasField("context")) == ([], False, False)


@facts("detail-set-30386-1", detail("rebrickable/building_set/30386"))
def a_set_without_its_variant(item: Item) -> None:
    assert (item.source_id, item.building_set.theme_id, item.building_set.theme) == ("30386-1", "158", "")


@facts("detail-set-30386-1", lookup("set_number", "30386"))
def a_set_by_the_number_on_its_box(page: Page) -> None:
    assert [one.source_id for one in page.items] == ["30386-1"]


@facts("detail-minifig-fig-011351", detail("rebrickable/minifig/fig-011351"))
def a_minifig(item: Item) -> None:
    assert (item.kind, item.title, item.minifig.pieces) == (Item.MINIFIG, "Hermione Granger, Gold", 4)
    assert (item.HasField("year"), list(item.external_ids)) == (False, [])
    assert item.links[0].url == "https://rebrickable.com/minifigs/fig-011351/hermione-granger-gold/"
    assert item.source_updated_at.ToJsonString() == "2021-06-01T07:10:39.268622Z"


@facts("detail-minifig-fig-011351", lookup("rebrickable", "fig-011351"))
def a_minifig_by_its_number(page: Page) -> None:
    assert [(one.kind, one.source_id) for one in page.items] == [(Item.MINIFIG, "fig-011351")]


@facts("related-minifig-fig-002538-sets", related("rebrickable/minifig/fig-002538", Relation.SETS))
def sets_of_a_minifig(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (1, 1, "")
    one = page.items[0]
    assert (one.kind, one.source_id) == (Item.BUILDING_SET, "76000-1")
    assert one.title == "Arctic Batman vs. Mr. Freeze: Aquaman on Ice"
    assert (one.HasField("year"), one.building_set.theme_id, one.building_set.pieces) == (False, "", 199)


@facts("related-minifig-fig-011351-parts", related("rebrickable/minifig/fig-011351", Relation.PARTS))
def parts_of_a_minifig(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (4, 4, "")
    hair, legs, head, torso = page.items
    assert (hair.kind, hair.source_id, hair.title) == (Item.PART, "37697", "Hair Mid-Length, Wavy, Bangs")
    context = hair.context
    assert (context.color.id, context.color.name, context.color.rgb, context.color.transparent) == (
        "297",
        "Pearl Gold",
        "AA7F2E",
        False,
    )
    assert (context.quantity, context.spare, context.element_id) == (1, False, "6350329")
    assert (hair.part.part_category_id, hair.part.part_category, hair.part.HasField("print_of")) == ("65", "", False)
    assert (ids(hair, "bricklink"), ids(hair, "brickowl"), ids(hair, "lego"), ids(hair, "ldraw")) == (
        ["37697"],
        ["280077"],
        ["37697", "80675"],
        [],
    )
    assert (ids(legs, "ldraw"), ids(legs, "peeron"), legs.attributes["num_sets"]) == (["41879a"], ["41879"], "4")
    assert (head.part.print_of.id, head.part.print_of.name) == ("rebrickable/part/3626c", "3626c")
    assert (torso.source_id, torso.context.element_id) == ("973c21h21pr5759", "6357935")
    assert not any(one.HasField("year") for one in page.items)


@facts("related-set-8063-1-parts", related("rebrickable/building_set/8063-1", Relation.PARTS))
def parts_of_a_set(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (1, 2, "")
    brick = page.items[0]
    assert (brick.source_id, brick.title) == ("3941", "Brick Round 2 x 2 with Axle Hole")
    assert (brick.context.quantity, brick.context.spare, brick.context.element_id) == (3, False, "614326")
    assert (brick.context.color.id, brick.context.color.rgb) == ("0", "05131D")
    assert (ids(brick, "ldraw"), ids(brick, "bricklink")) == (["3941", "6143"], [])
    assert brick.attributes["num_sets"] == "364"
    assert brick.images[0].url == "https://cdn.rebrickable.com/media/parts/elements/614326.jpg"


@facts("related-set-30386-1-alternates", related("rebrickable/building_set/30386-1", Relation.ALTERNATES))
def other_builds(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (2, 17, "")
    first = page.items[0]
    assert (first.source_id, first.title, first.year) == ("MOC-100250", "Spaceship 3 (30386 C Model)", 2022)
    assert (first.building_set.pieces, first.building_set.theme_id, first.building_set.brand) == (42, "158", "")
    assert [(one.name, one.role) for one in first.building_set.credits] == [("jemunoz0", CreditRole.DESIGNER)]
    assert [(one.role, one.url) for one in first.links] == [
        (Link.SOURCE, "https://rebrickable.com/mocs/MOC-100250/jemunoz0/spaceship-3-30386-c-model/"),
        (Link.OTHER, "https://rebrickable.com/users/jemunoz0/mocs/"),
    ]
    assert (list(first.external_ids), first.context.label) == ([], "MOC")
    assert first.images[0].url == "https://cdn.rebrickable.com/media/mocs/moc-100250.jpg"


@facts(
    "related-set-70672-1-alternates",
    related("rebrickable/building_set/70672-1", Relation.ALTERNATES),
    also=["synthetic-related-themes"],
)
def other_builds_with_an_odd_apostrophe(page: Page) -> None:
    assert (page.total, [one.title for one in page.items]) == (2, ["cole's desert car", "Cole\u00b4s Stone Bike"])
    assert [one.source_id for one in page.items] == ["MOC-56901", "MOC-69836"]
    assert {(one.building_set.theme_id, one.building_set.theme) for one in page.items} == {("435", "")}


@facts("related-set-30386-1-inventory-sets-empty", related("rebrickable/building_set/30386-1", Relation.SUBSETS))
def no_sets_inside_a_set(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts("related-set-30625-1-minifigs", related("rebrickable/building_set/30625-1", Relation.MINIFIGS))
def minifigs_of_a_set(page: Page) -> None:
    assert (len(page.items), page.total) == (1, 1)
    luke = page.items[0]
    assert (luke.kind, luke.source_id) == (Item.MINIFIG, "fig-010697")
    assert luke.title == "Luke Skywalker, White Robe, Blue Milk Mouth"
    assert (luke.context.quantity, list(luke.images), list(luke.links)) == (1, [], [])
    assert not luke.minifig.HasField("pieces")


@facts("search-minifigs-all-page-1", search("", kind=Item.MINIFIG))
def all_minifigs(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (1, 13148, "2")
    assert (page.items[0].source_id, page.items[0].title) == ("fig-000001", "Toy Store Employee")


@facts("search-minifigs-harry-potter-page-263", search("", kind=Item.MINIFIG, theme="246", cursor="263"))
def a_later_page(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["fig-011351"], 423, "264")


@facts("search-minifigs-harry-potter-page-75", search("", kind=Item.MINIFIG, theme="246", cursor="75"))
def a_minifig_without_a_picture(page: Page) -> None:
    (one,) = page.items
    assert (one.source_id, list(one.images), one.minifig.pieces, page.next) == ("fig-006104", [], 4, "76")
    assert one.source_updated_at.ToJsonString() == "2023-03-01T18:56:36.191340Z"


@facts("search-sets-star-wars-since-2020", search("", theme="158", year_from=2020))
def sets_of_a_theme(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (5, 162, "2")
    assert [one.source_id for one in page.items] == ["30386-1", "30388-1", "30495-1", "30625-1", "30654-1"]
    assert [one.year for one in page.items] == [2020, 2021, 2022, 2022, 2023]
    assert [one.building_set.pieces for one in page.items] == [72, 85, 79, 6, 87]


@facts(
    "search-sets-star-wars-since-2020",
    search("", theme="star wars", year_from=2020),
    also=["synthetic-related-themes"],
)
def sets_of_a_theme_by_its_name(page: Page) -> None:
    assert {one.building_set.theme for one in page.items} == {"Star Wars"}


@facts("synthetic-error-401-invalid-token", detail("rebrickable/building_set/75192-1"), fails=NotConfigured)
def a_wrong_key(error: NotConfigured) -> None:
    assert error.variables == ("REBRICKABLE_API_KEY",)


@facts("synthetic-error-404-unknown-set", detail("rebrickable/building_set/99999999-1"), fails=NotFound)
def an_unknown_set(error: ProviderError) -> None:
    assert "Rebrickable" in str(error)


@facts("synthetic-error-404-unknown-set", lookup("set_number", "99999999"))
def an_unknown_number(page: Page) -> None:
    assert (list(page.items), page.next) == ([], "")


@facts("synthetic-error-429-throttled", detail("rebrickable/building_set/75192-1"), fails=RateLimited)
def too_many_requests(error: ProviderError) -> None:
    assert error.retry_after == 1


@facts("synthetic-related-themes", terms(Term.THEMES))
def themes(page: TermPage) -> None:
    assert [(one.id, one.name, one.parent_id) for one in page.terms] == [
        ("721", "Icons", ""),
        ("762", "Series 26 Minifigures", "535"),
        ("535", "Collectible Minifigures", ""),
        ("158", "Star Wars", ""),
    ]
    assert (page.total, page.next) == (4, "")


@facts("synthetic-related-themes", terms(Term.THEMES, parent="535"))
def themes_below_a_theme(page: TermPage) -> None:
    assert [one.id for one in page.terms] == ["762"]


@facts("synthetic-trending-newest-sets", trending(Feed.RECENT), also=["synthetic-related-themes"])
def newest_sets(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total) == (["99901-1", "99902-1", "99903-1"], 3)
    ferry, corner, _ = page.items
    assert (ferry.year, ferry.building_set.theme, ferry.building_set.pieces) == (2026, "Star Wars", 321)
    assert (corner.title, list(corner.images)) == ("Synthetic Café Corner", [])
