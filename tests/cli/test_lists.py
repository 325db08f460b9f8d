"""Search, trending, related, terms and lookup: what is asked, and what is shown."""

import json
from typing import Any

import pytest
from google.protobuf import json_format

from tako.v1.answers_pb2 import (
    LookupResponse,
    ProviderOutcome,
    RelatedResponse,
    SearchResponse,
    Term,
    TermsResponse,
    TrendingResponse,
)
from tako.v1.calendar_pb2 import Period, Weekday
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import KindCapability, ListProvidersResponse, Provider
from tako_server.core.domains import CONTRACTS
from tests.cli.conftest import Run, StandIn


def dune() -> Item:
    item = Item(id="shelf/book/OL1W", provider="shelf", kind=Item.BOOK, title="Dune", year=1965)
    item.book.credits.add(name="Frank Herbert")
    item.book.page_count = 412
    item.rating.value, item.rating.scale, item.rating.votes = 4.25, 5, 12345
    return item


def found(*items: Item, **fields: Any) -> SearchResponse:
    outcomes = [
        ProviderOutcome(provider="shelf", status=ProviderOutcome.OK, item_count=len(items), total=1234),
        ProviderOutcome(
            provider="stall",
            status=ProviderOutcome.RATE_LIMITED,
            reason="PROVIDER_RATE_LIMITED",
            message="the budget of stall is spent",
            ignored_fields=["author"],
        ),
    ]
    outcomes[1].retry_after.FromSeconds(30)
    return SearchResponse(items=items, outcomes=outcomes, **fields)


def test_search_asks_the_service_of_the_domain(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = found(dune())
    result = tako(
        "search", "books", "dune", "messiah", "--kind", "Book", "--provider", "shelf", "--provider", "stall", "--slow",
        "--page-size", "5", "--language", "fr", "--region", "FR",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    ((method, request),) = stand_in.asked
    assert method == "BooksService/Search"
    assert (request.query, request.kind, request.page_size) == ("dune messiah", Item.BOOK, 5)
    assert list(request.providers) == ["shelf", "stall"]
    assert (request.language, request.region, request.include_slow) == ("fr", "FR", True)


def test_a_table_shows_items_outcomes_and_the_way_on(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = found(dune(), next_page_token="t" * 300)
    stand_in.trailing = (("tako-cache", "hit"),)
    lines = tako("search", "books", "dune").output.splitlines()
    assert lines[0].split() == ["Title", "Year", "Authors", "Pages", "Rating", "Kind", "Provider", "ID"]
    assert lines[2].split("  ")[0].strip() == "Dune"
    for text in ("1965", "Frank Herbert", "412", "4.25/5 (12,345)", "shelf/book/OL1W"):
        assert text in lines[2]
    outcomes = "\n".join(lines[3:])
    assert "ok" in outcomes
    assert "1 of 1,234" in outcomes
    assert "rate limited" in outcomes
    assert "the budget of stall is spent (PROVIDER_RATE_LIMITED), try again in 30 s, did not heed author" in outcomes
    assert "cache: hit" in outcomes
    assert f"  --page-token {'t' * 300}" in lines, "a token must stay in one piece"


def test_columns_that_would_be_empty_are_left_out(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = found(Item(id="shelf/person/1", provider="shelf", title="Frank Herbert"))
    assert tako("search", "books", "herbert").output.splitlines()[0].split() == ["Title", "Provider", "ID"]


def test_a_narrow_terminal_keeps_the_whole_id(tako: Run, stand_in: StandIn) -> None:
    item = dune()
    item.title = "A very long title " * 9
    stand_in.answers["BooksService/Search"] = found(item)
    output = tako("search", "books", "dune", COLUMNS="60").output
    lines = [line.rstrip() for line in output.splitlines()]
    assert "  1965 · Frank Herbert · Pages 412 · 4.25/5 (12,345)" in lines
    assert "  shelf/book/OL1W" in lines


def test_columns_that_an_id_repeats_are_the_first_to_go(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = found(dune())
    headings = tako("search", "books", "dune", COLUMNS="80").output.splitlines()[0].split()
    assert headings == ["Title", "Year", "Authors", "Pages", "Rating", "ID"]


def test_wide_characters_stay_in_their_columns(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["AnimeMangaService/Search"] = found(
        Item(id="a/manga/1", title="進撃の巨人", year=2009), Item(id="a/manga/2", title="Naruto", year=1999)
    )
    output = tako("search", "anime-manga", "x").output.splitlines()
    first, second = output[2], output[3]
    assert first.index("2009") + 5 == second.index("1999"), "five wide characters take ten cells"


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", "[bold]no markup[/bold] :smile:", "a\u202eb"])
def test_text_of_an_upstream_cannot_steer_the_terminal(text: str, tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = found(Item(id="a/book/1", title=text))
    output = tako("search", "books", "x").output
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert text.replace("\x1b", "").replace("\u202e", "") in output


def test_nothing_found_is_an_answer(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = SearchResponse(
        outcomes=[ProviderOutcome(provider="shelf", status=ProviderOutcome.EMPTY)]
    )
    result = tako("search", "books", "zzz")
    assert result.exit_code == 0
    assert "No results." in result.output
    assert "shelf  empty" in result.output


def test_json_is_the_answer_and_nothing_else(tako: Run, stand_in: StandIn) -> None:
    answer = found(dune(), next_page_token="t")
    stand_in.answers["BooksService/Search"] = answer
    result = tako("search", "books", "dune", "--json")
    assert json_format.Parse(result.stdout, SearchResponse()) == answer
    assert json.loads(result.stdout)["nextPageToken"] == "t"
    assert result.stderr == ""


def test_pages_are_followed(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = [found(dune(), next_page_token="two"), found(dune())]
    result = tako("search", "books", "dune", "--pages", "5")
    assert [request.page_token for _, request in stand_in.asked] == ["", "two"]
    assert result.output.count("Dune") == 2
    assert "--page-token" not in result.output


def test_every_domain_can_be_searched(tako: Run, stand_in: StandIn) -> None:
    for domain, contract in CONTRACTS.items():
        service = contract.service.removeprefix("tako.v1.")
        stand_in.answers[f"{service}/Search"] = found(Item(id="a/b/1", title=f"of {domain}"))
        assert f"of {domain}" in tako("search", str(domain), "x").output


# --- Filters ---------------------------------------------------------------------------------------------


def filtered(tako: Run, stand_in: StandIn, domain: str, *filters: str) -> Any:
    """The request that `--filter` makes."""
    service = CONTRACTS[domain].service.removeprefix("tako.v1.")  # type: ignore[index] # a str equals its Domain
    stand_in.answers[f"{service}/Search"] = found()
    result = tako("search", domain, *(word for text in filters for word in ("--filter", text)))
    assert result.exit_code == 0, result.output
    return stand_in.asked[-1][1]


def test_filters_take_the_types_of_the_contract(tako: Run, stand_in: StandIn) -> None:
    cards = filtered(
        tako, stand_in, "tcg", "set=mid", "colors=red", "colors=white", "min-cost=2.5", "level=0", "inkable=false",
        "unique=prints", "order_by=release-date", "max_age=90s",
    )  # fmt: skip
    assert (cards.set, list(cards.colors), cards.min_cost) == ("mid", ["red", "white"], 2.5)
    assert cards.HasField("level")
    assert cards.level == 0
    assert cards.HasField("inkable")
    assert cards.inkable is False
    assert cards.unique == type(cards).DESCRIPTOR.fields_by_name["unique"].enum_type.values_by_name["PRINTS"].number
    assert cards.order_by == Order.RELEASE_DATE
    assert cards.max_age.seconds == 90


def test_a_repeated_enum_is_a_filter_too(tako: Run, stand_in: StandIn) -> None:
    anime = filtered(tako, stand_in, "anime-manga", "formats=tv", "formats=light-novel")
    assert len(anime.formats) == 2


@pytest.mark.parametrize(
    ("filter_", "complaint"),
    [
        ("autor=x", "--filter autor: Search in books has no such filter. Did you mean author?"),
        ("author", "--filter author: write name=value."),
        ("query=x", "--filter query: has an argument or option of its own."),
        ("access=sometimes", "--filter access: 'sometimes' is not one of preview, full, free_ebook"),
        ("enrich=perhaps", "--filter enrich: 'perhaps' is neither true nor false."),
        ("max_age=soon", "--filter max_age: 'soon' is no length of time; write it like 60s."),
    ],
)
def test_a_wrong_filter_is_named(filter_: str, complaint: str, tako: Run) -> None:
    result = tako("search", "books", "x", "--filter", filter_)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_a_filter_that_is_no_number_is_named(tako: Run) -> None:
    result = tako("search", "construction-toys", "--filter", "year_from=old")
    assert result.exit_code == 2
    assert "--filter year_from: 'old' is no whole number." in result.stderr


# --- The other lists -------------------------------------------------------------------------------------


def test_trending_takes_feed_period_and_filters(tako: Run, stand_in: StandIn) -> None:
    film = Item(id="t/anime/1", title="Akira")
    film.context.position = 1
    stand_in.answers["AnimeMangaService/Trending"] = TrendingResponse(items=[film])
    result = tako(
        "trending",
        "anime-manga",
        "--feed",
        "schedule",
        "--period",
        "week",
        "--kind",
        "anime",
        "--filter",
        "weekday=friday",
    )
    assert result.exit_code == 0, result.output
    ((_, request),) = stand_in.asked
    assert (request.feed, request.period, request.kind) == (Feed.SCHEDULE, Period.WEEK, Item.ANIME)
    assert request.weekday == Weekday.FRIDAY
    assert result.output.splitlines()[0].split() == ["#", "Title", "ID"]


@pytest.fixture
def listed(stand_in: StandIn) -> StandIn:
    """The stand-in, with two providers."""
    bazaar = Provider(
        id="bazaar",
        domains=["ecommerce", "books"],
        on_request_domains=["music"],
        kinds=[KindCapability(kind=Item.ALBUM, domains=["music"])],
    )
    stand_in.answers["ProviderService/ListProviders"] = ListProvidersResponse(
        providers=[Provider(id="tube", domains=["media"]), bazaar]
    )
    return stand_in


def test_related_finds_the_domain_of_the_item(tako: Run, listed: StandIn) -> None:
    actor = Item(id="tube/person/1", title="Aaron Paul")
    actor.context.character, actor.context.count = "Jesse", 62
    listed.answers["MediaService/Related"] = RelatedResponse(items=[actor])
    result = tako("related", "tube/series/1396", "cast", "--page-size", "1", "--filter", "role=actor")
    assert result.exit_code == 0, result.output
    method, request = listed.asked[-1]
    assert method == "MediaService/Related"
    assert (request.id, request.relation, request.role) == ("tube/series/1396", Relation.CAST, "actor")
    assert "as Jesse" in result.output


@pytest.mark.parametrize(("kind", "service"), [("product", "EcommerceService"), ("album", "MusicService")])
def test_the_kind_decides_between_the_domains_of_a_provider(
    kind: str, service: str, tako: Run, listed: StandIn
) -> None:
    listed.answers[f"{service}/Related"] = RelatedResponse()
    assert tako("related", f"bazaar/{kind}/1", "prices").exit_code == 0
    assert listed.asked[-1][0] == f"{service}/Related"


def test_an_unknown_provider_is_not_found(tako: Run, listed: StandIn) -> None:
    result = tako("related", "nobody/book/1", "versions")
    assert result.exit_code == 3
    assert result.stderr == "Error: no provider 'nobody' at this server; `tako providers` lists them\n"


def test_what_is_no_id_is_wrong_usage(tako: Run, listed: StandIn) -> None:
    result = tako("related", "dune", "versions")
    assert result.exit_code == 2
    assert "provider/kind/source-id" in result.stderr
    assert listed.asked == []


def test_terms_are_a_table(tako: Run, stand_in: StandIn) -> None:
    castle = Term(id="186", name="Castle", parent_id="1", year_from=1978, year_to=2013, count=150)
    stand_in.answers["ConstructionToysService/Terms"] = TermsResponse(terms=[castle])
    result = tako("terms", "construction-toys", "bricks", "themes", "--parent", "1", "--query", "cas")
    assert result.exit_code == 0, result.output
    ((_, request),) = stand_in.asked
    assert (request.provider, request.terms, request.parent, request.query) == ("bricks", Term.THEMES, "1", "cas")
    lines = result.output.splitlines()
    assert lines[0].split() == ["ID", "Name", "Parent", "Years", "Items"]
    assert lines[2].split() == ["186", "Castle", "1", "1978-2013", "150"]


@pytest.mark.parametrize(
    ("words", "scheme", "code"),
    [(["9780441013593"], "", "9780441013593"), (["imdb", "tt1160419"], "imdb", "tt1160419")],
)
def test_lookup_takes_a_scheme_or_none(words: list[str], scheme: str, code: str, tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["CatalogService/Lookup"] = LookupResponse(items=[dune()])
    result = tako("lookup", *words, "--kind", "book", "--kind", "movie", "--domain", "books")
    assert result.exit_code == 0, result.output
    ((_, request),) = stand_in.asked
    assert (request.scheme, request.code) == (scheme, code)
    assert list(request.kinds) == [Item.BOOK, Item.MOVIE]
    assert list(request.domains) == ["books"]
    assert "Frank Herbert" in result.output


def test_lookup_of_three_words_is_wrong_usage(tako: Run) -> None:
    assert tako("lookup", "isbn13", "978", "0441013593").exit_code == 2
