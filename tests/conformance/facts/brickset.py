"""Brickset."""

from __future__ import annotations

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import Availability, Image, Link, Price
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page, ProviderError, RateLimited, TermPage
from tests.conformance.cases import Facts, detail, lookup, related, search, terms, trending

facts = Facts("brickset", walk="sample castle", nothing="nothing")

BOOKSHOP = "brickset/building_set/10270-1"


def ids(item: Item) -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in item.external_ids]


def amounts(item: Item) -> list[tuple[str, str, int, int]]:
    return [(p.country, p.amount.currency_code, p.amount.units, p.amount.nanos // 10_000_000) for p in item.prices]


@facts("detail-10270-1-bookshop", detail(BOOKSHOP))
def a_set(item: Item) -> None:
    assert (item.kind, item.source_id, item.title) == (Item.BUILDING_SET, "10270-1", "Bookshop")
    assert (item.year, item.release_date, item.language, item.description) == (2020, "2020-01-01", "en", "")
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, "https://images.brickset.com/sets/images/10270-1.jpg"),
        (Image.THUMBNAIL, "https://images.brickset.com/sets/small/10270-1.jpg"),
    ]
    assert [(one.role, one.url) for one in item.links] == [(Link.SOURCE, "https://brickset.com/sets/10270-1")]
    assert ids(item) == [("set_number", "10270"), ("brickset", "29830"), ("ean", "5702016667974")]
    assert (item.rating.value, item.rating.scale, item.rating.votes) == (4.5, 5, 2)
    assert amounts(item) == [
        ("US", "USD", 179, 99),
        ("GB", "GBP", 149, 99),
        ("CA", "CAD", 199, 99),
        ("DE", "EUR", 159, 99),
    ]
    assert {one.type for one in item.prices} == {Price.LIST}
    assert (item.availability, item.availability_text) == (Availability.TYPE_UNSPECIFIED, "Retail - limited")
    assert (item.engagement.owners, item.engagement.wanters) == (3639, 5041)
    assert item.source_updated_at.ToJsonString() == "2020-01-09T21:00:01.523Z"
    bricks = item.building_set
    assert (bricks.theme, bricks.theme_id, bricks.theme_group) == ("Creator Expert", "Creator Expert", "Model making")
    assert bricks.brand == "LEGO"
    assert (bricks.subtheme, bricks.category, bricks.packaging) == ("Modular Buildings", "Normal", "Box")
    assert (bricks.pieces, bricks.minifigs, bricks.ages.min, bricks.ages.HasField("max")) == (2504, 5, 16, False)
    sizes = bricks.dimensions
    assert (sizes.height_cm, sizes.width_cm, sizes.depth_cm, sizes.weight_g) == (37.3, 57.8, 10.2, 2946.0)
    assert (bricks.instruction_count, bricks.image_count) == (4, 37)
    assert bricks.retirement_date == "", "two markets have a last day, two go on"
    assert dict(item.attributes) == {}


@facts("detail-10270-1-bookshop", detail("brickset/building_set/10270", region="FR"))
def a_set_for_a_country_that_pays_in_euros(item: Item) -> None:
    assert [country for country, *_ in amounts(item)] == ["DE", "US", "GB", "CA"]


@facts("detail-10270-1-bookshop", lookup("set_number", "10270"))
def a_set_by_the_number_on_its_box(page: Page) -> None:
    assert [one.title for one in page.items] == ["Bookshop"]


@facts("detail-10274-1-unannounced", detail("brickset/building_set/10274-1"))
def a_set_that_is_not_announced(item: Item) -> None:
    assert (item.title, item.year, item.release_date) == ("10274", 2020, "")
    assert (item.availability, item.availability_text) == (Availability.COMING_SOON, "")
    assert (list(item.images), list(item.prices), item.HasField("rating")) == ([], [], False)
    assert ids(item) == [("set_number", "10274"), ("brickset", "30316")]
    assert (item.engagement.HasField("owners"), item.engagement.wanters) == (False, 204)
    bricks = item.building_set
    assert (bricks.subtheme, bricks.packaging, bricks.retirement_date) == ("", "", "")
    assert (bricks.HasField("pieces"), bricks.HasField("minifigs")) == (False, False)
    assert (bricks.HasField("ages"), bricks.HasField("dimensions")) == (False, False)


@facts("search-bookshop", search("10270"))
def search_with_one_hit(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total, page.next) == (["10270-1"], 1, "")


@facts("search-sets-2020-page-1", search("", year_from=2020, year_to=2020))
def sets_of_a_year(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (12, 608, "2")
    first, fiat = page.items[:2]
    assert (first.source_id, first.title) == ("10270-1", "Bookshop")
    assert (fiat.source_id, fiat.title, fiat.HasField("rating")) == ("10271-1", "Fiat 500", False)
    assert (fiat.building_set.pieces, fiat.building_set.HasField("minifigs")) == (960, False)
    assert fiat.building_set.dimensions.weight_g == 1107.0
    assert {one.year for one in page.items} == {2020}
    assert "10274" in {one.title for one in page.items}, "it has no name yet"
    assert not any("{" in one.building_set.subtheme for one in page.items)


@facts("synthetic-search-no-match", search("zzzzzz"))
def nothing_found(page: Page) -> None:
    assert (list(page.items), page.total, page.next) == ([], 0, "")


@facts("synthetic-error-limit-exceeded", search("castle"), fails=RateLimited)
def too_many_calls(error: ProviderError) -> None:
    assert "today" in str(error)


@facts("related-images-10270-1", related(BOOKSHOP, Relation.IMAGES), also=["detail-10270-1-bookshop"])
def pictures(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (37, 37, "")
    first = page.items[0]
    assert (first.kind, first.source_id, first.title) == (Item.IMAGE, "10270-1/1", "")
    base = "https://images.brickset.com/sets/AdditionalImages/10270-1/"
    assert [(one.role, one.url, one.thumbnail_url) for one in first.images] == [
        (Image.GALLERY, f"{base}10270_1to1.jpg", f"{base}tn_10270_1to1_jpg.jpg")
    ]
    assert page.items[-1].source_id == "10270-1/37"


@facts("related-instructions-10270-1", related(BOOKSHOP, Relation.INSTRUCTIONS), also=["detail-10270-1-bookshop"])
def instructions(page: Page) -> None:
    assert (len(page.items), page.total) == (4, 4)
    first, *_, last = page.items
    assert (first.kind, first.source_id) == (Item.INSTRUCTION, "10270-1/1")
    assert first.description == "BI 3103, 112+4/65+200G, 10270 V29 1/2"
    assert (first.instruction.url, first.instruction.format) == (
        "https://www.lego.com/biassets/bi/6313846.pdf",
        "PDF",
    )
    assert (last.instruction.sequence, last.instruction.sequence_total) == (4, 4)
    assert [(one.role, one.url) for one in last.links] == [
        (Link.DOCUMENT, "https://www.lego.com/biassets/bi/6313850.pdf")
    ]


@facts("related-themes", terms(Term.THEMES))
def themes(page: TermPage) -> None:
    assert (len(page.terms), page.total) == (147, 147)
    first = page.terms[0]
    assert (first.id, first.name, first.count, first.year_from, first.year_to) == (
        "4 Juniors",
        "4 Juniors",
        24,
        2003,
        2004,
    )


@facts("related-subthemes-adventurers", terms(Term.SUBTHEMES, parent="Adventurers"))
def subthemes(page: TermPage) -> None:
    assert [one.id for one in page.terms] == ["Desert", "Dino Island", "Jungle", "Orient Expedition"]
    desert = page.terms[0]
    assert (desert.parent_id, desert.count, desert.year_from, desert.year_to) == ("Adventurers", 25, 1998, 1999)


@facts("related-years", terms(Term.YEARS))
def years(page: TermPage) -> None:
    assert (len(page.terms), page.total) == (70, 70)
    newest = page.terms[0]
    assert (newest.id, newest.name, newest.count, newest.parent_id) == ("2020", "2020", 608, "")
    assert (newest.year_from, newest.year_to) == (2020, 2020)


@facts("synthetic-trending-recently-updated", trending(Feed.UPDATED, since="2020-06-01"))
def changed_lately(page: Page) -> None:
    assert ([one.source_id for one in page.items], page.total) == (["10271-1", "21051-1", "10909-1"], 3)
    tokyo, heart = page.items[1:]
    assert (tokyo.building_set.HasField("dimensions"), heart.building_set.subtheme) == (False, "")
    assert tokyo.source_updated_at.ToJsonString() == "2019-12-31T17:21:32.540Z"


for name in ("auth-invalid-login", "error-invalid-user-hash"):
    facts.not_asked(name, "an answer about an account of a person: Tako signs nobody in")
facts.not_asked("error-invalid-api-key", "an answer of checkKey; test_brickset.py has this error from a search")
facts.not_asked("related-key-usage-stats", "how often a key was used, which is no item")
