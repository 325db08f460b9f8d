"""Detail and providers: one thing as a card, many as a table."""

from google.protobuf import json_format

from tako.v1.answers_pb2 import DetailResponse
from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import (
    Access,
    GetProviderResponse,
    KindCapability,
    ListProvidersResponse,
    Provider,
    ProviderHealth,
    RateLimit,
    Setting,
)
from tako.v1.references_pb2 import CreditRole
from tests.cli.conftest import Run, StandIn


def answered(stand_in: StandIn, item: Item) -> None:
    stand_in.answers["ProviderService/ListProviders"] = ListProvidersResponse(
        providers=[Provider(id="shelf", domains=["books"])]
    )
    stand_in.answers["BooksService/Detail"] = DetailResponse(item=item)


def dune() -> Item:
    item = Item(
        id="shelf/book/OL1W",
        provider="shelf",
        kind=Item.BOOK,
        title="Dune",
        year=1965,
        genres=["Science fiction", "Adventure"],
        description="Sand.\n\nMore sand.",
    )
    item.book.credits.add(name="Frank Herbert", role=CreditRole.AUTHOR, id="shelf/person/1")
    item.book.page_count = 412
    item.book.dimensions.height_cm, item.book.dimensions.weight_g = 18.5, 300
    price = item.prices.add(market="Stall")
    price.amount.units, price.amount.nanos, price.amount.currency_code = 9, 500_000_000, "EUR"
    item.external_ids.add(scheme="isbn13", value="9780441013593")
    item.attributes["shelf_mark"] = "A 7"
    item.attribution.text = "Data from Shelf"
    return item


def test_detail_is_a_card_of_what_is_known(tako: Run, stand_in: StandIn) -> None:
    answered(stand_in, dune())
    result = tako("detail", "shelf/book/OL1W", "--language", "fr", "--filter", "translate=true")
    assert result.exit_code == 0, result.output
    request = stand_in.asked[-1][1]
    assert (request.id, request.language, request.translate) == ("shelf/book/OL1W", "fr", True)
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert lines[:2] == ["Dune", "book · 1965 · shelf/book/OL1W"]
    for fact in (
        "Genres Science fiction, Adventure",
        "Credits Frank Herbert · author · [shelf/person/1]",
        "Page count 412",
        "Dimensions 18.5 cm, 300 g",
        "Prices 9.50 EUR, Stall",
        "External IDs isbn13 9780441013593",
        "Attributes shelf_mark: A 7",
        "More sand.",
    ):
        assert fact in lines
    assert lines[-1] == "Data from Shelf"
    assert "Tags" not in result.output, "what is not known is not shown"


def test_detail_as_json(tako: Run, stand_in: StandIn) -> None:
    answered(stand_in, dune())
    assert json_format.Parse(tako("detail", "shelf/book/OL1W", "--json").stdout, DetailResponse()).item == dune()


def test_a_long_list_says_that_there_is_more(tako: Run, stand_in: StandIn) -> None:
    item = dune()
    for number in range(30):
        item.book.credits.add(name=f"Translator {number}")
    answered(stand_in, item)
    assert "... and 23 more; --json has them" in tako("detail", "shelf/book/OL1W").output


def test_a_stale_detail_says_so(tako: Run, stand_in: StandIn) -> None:
    answered(stand_in, dune())
    answer = stand_in.answers["BooksService/Detail"]
    assert isinstance(answer, DetailResponse)
    answer.freshness.stale = True
    answer.freshness.fetched_at.FromJsonString("2026-01-02T03:04:05Z")
    assert "Out of date: as of 2026-01-02 03:04 UTC." in tako("detail", "shelf/book/OL1W").output


def providers() -> list[Provider]:
    ready = Provider(
        id="shelf", title="The Shelf", domains=["books"], access=Access.DIRECT, configured=True, enabled=True
    )
    ready.health.state = ProviderHealth.READY
    asleep = Provider(id="stall", domains=["ecommerce"], on_request_domains=["books"], configured=True, enabled=True)
    asleep.health.state = ProviderHealth.SUSPENDED
    asleep.health.suspended_until.FromJsonString("2026-01-02T03:04:05Z")
    keyless = Provider(
        id="tube", domains=["media"], enabled=True, settings=[Setting(variable="TUBE_KEY", required=True)]
    )
    off = Provider(id="zine", domains=["comics"], configured=True)
    return [ready, asleep, keyless, off]


def test_providers_say_whether_they_can_answer(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["ProviderService/ListProviders"] = ListProvidersResponse(providers=providers())
    output = tako("providers", "--domain", "books").output
    assert stand_in.asked[0][1].domain == "books"
    rows = [" ".join(line.split()) for line in output.splitlines()[2:]]
    assert rows[:4] == [
        "shelf The Shelf books direct ready",
        "stall ecommerce, (books) suspended until 2026-01-02 03:04 UTC",
        "tube media needs TUBE_KEY",
        "zine comics switched off",
    ]
    assert rows[-1].startswith("1 of 4 can answer here.")


def test_one_provider_is_a_card(tako: Run, stand_in: StandIn) -> None:
    one = providers()[2]
    one.title, one.notes = "Tube", "Slow on Sundays."
    one.kinds.append(KindCapability(kind=Item.MOVIE, search=True, detail=True, filters=["year"]))
    limit = RateLimit(calls=40)
    limit.window.FromSeconds(10)
    one.limits.append(limit)
    stand_in.answers["ProviderService/GetProvider"] = GetProviderResponse(provider=one)
    output = tako("providers", "tube").output
    lines = [" ".join(line.split()) for line in output.splitlines()]
    assert stand_in.asked[0][1].provider == "tube"
    assert lines[:2] == ["Tube", "tube"]
    assert "Settings TUBE_KEY (required, not set)" in lines
    assert "Limits 40 in 10 s" in lines
    assert "Kinds movie: search, detail; filters year" in lines
    assert "Not configured here." in lines
    assert lines[-1] == "Slow on Sundays."
