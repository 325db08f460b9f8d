"""Amazon."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from tako.v1.answers_pb2 import Term
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Order, Relation
from tako.v1.collectibles_service_pb2 import CollectiblesTrendingRequest
from tako.v1.item_parts_pb2 import Availability, Condition, Price
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, OfferType
from tako_providers.ecommerce.amazon import Amazon
from tako_providers.sdk import (
    Access,
    Blocked,
    Domain,
    InvalidField,
    NotFound,
    ProviderError,
    Search,
    ShapeChanged,
    Trending,
    Unreachable,
)
from tests.conformance.cases import Question, detail, lookup, related, search, terms, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_samples

NO_SUCH = '<html><head><title>Page Not Found</title></head><body><a href="/ref=cs_404_link">Home</a></body></html>'
DOWN = Answer("", 503)
NEXT = '<a class="s-pagination-item s-pagination-next" href="/s?page=2">Next</a>'


def card(asin: str = "B000000001", title: str = "<h2><span>Thing</span></h2>", inside: str = "", css: str = "") -> str:
    start = f'<div data-component-type="s-search-result" data-asin="{asin}" class="s-result-item {css}">'
    return f"{start}{title}{inside}</div>"


def costs(text: str, more: str = "") -> str:
    price = f'<span class="a-price"><span class="a-offscreen">{text}</span></span>' if text else ""
    return f'<div data-cy="price-recipe">{price}{more}</div>'


def hits(*cards: str, bar: str = "", after: str = "") -> str:
    told = f'<span data-component-type="s-result-info-bar"><h2><span>{bar}</span></h2></span>'
    return f"<html><body>{told}{''.join(cards)}{after}</body></html>"


def article(inside: str = "", asin: str = "B000000001", title: str = "Thing") -> str:
    head = f'<input id="ASIN" value="{asin}"><span id="productTitle">{title}</span>'
    return f'<html><body>{head}{inside}<div id="navFooter"></div></body></html>'


def rows(**told: str) -> str:
    return "".join(
        f"<tr><th>\u200e{key.replace('_', ' ')} :</th><td>\u200e{value}</td></tr>" for key, value in told.items()
    )


async def asked(question: Question | Any, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    provider = Amazon()
    up = FakeUpstream(provider, answers)
    if isinstance(question, Question):
        return await getattr(provider, question.operation)(question.build(provider), up), up
    operation = type(question).__name__.lower()
    return await getattr(provider, operation)(question, up), up


async def found(page: str, market: str = "us", **wish: Any) -> list[Item]:
    answer, _ = await asked(search("thing", marketplaces=[market], **wish), {"/s": page})
    return list(answer.items)


async def read(page: str, market: str = "us") -> Item:
    item, _ = await asked(detail(f"amazon/product/{market}/B000000001"), {"/dp/B000000001": page})
    assert isinstance(item, Item)
    return item


def money(item: Item) -> list[tuple[str, str, float]]:
    return [
        (Price.Type.Name(p.type), p.amount.currency_code, p.amount.units + p.amount.nanos / 1e9) for p in item.prices
    ]


def hosts(up: FakeUpstream) -> list[str]:
    return [urlsplit(request.url).hostname or "" for request in up.requests]


# --- The sample set joins -----------------------------------------------------------------------------------


async def sampled(question: Question) -> Any:
    return await ask_samples(Amazon(), question)


async def test_samples_lead_from_search_to_detail_and_prices() -> None:
    page = await sampled(search("sample lamp"))
    assert [item.source_id for item in page.items] == ["fr/B0SAMPLEA1", "fr/2070000001"]
    assert money(page.items[0]) == [("CURRENT", "EUR", 1024.5), ("LIST", "EUR", 1199.0), ("LOW", "EUR", 899.0)]
    assert (page.items[0].rating.value, page.items[0].rating.votes, page.total) == (4.4, 1532, 1000)
    second = await sampled(search("sample lamp", cursor=page.next))
    assert ([item.source_id for item in second.items], second.next) == (["fr/B0SAMPLEA2"], "")
    lamp = await sampled(detail("amazon/product/fr/B0SAMPLEA1"))
    assert (lamp.title, lamp.product.brand, lamp.product.dimensions.weight_g) == (
        "Veilleuse Échantillon, petit renard",
        "Échantillon",
        1250,
    )
    lamp_in = [related("amazon/product/fr/B0SAMPLEA1", Relation.PRICES, marketplaces=[m]) for m in ("fr", "us", "de")]
    offers = [one for question in lamp_in for one in (await sampled(question)).items]
    assert [(one.offer.marketplace, one.offer.type) for one in offers] == [
        ("fr", OfferType.BUY),
        ("us", OfferType.BUY),
        ("de", OfferType.LINK),
    ]
    assert [one.availability for one in offers] == [
        Availability.IN_STOCK,
        Availability.LIMITED,
        Availability.OUT_OF_STOCK,
    ]


async def test_samples_hold_every_feed_and_look_up() -> None:
    first = await sampled(trending(Feed.CHART, category="toys"))
    second = await sampled(trending(Feed.CHART, category="toys", cursor=first.next))
    assert [item.context.position for item in (*first.items, *second.items)] == [1, 2, 3]
    assert second.next == ""
    assert len((await sampled(trending(Feed.RECENT, category="toys"))).items) == 1
    assert len((await sampled(trending(Feed.TRENDING, category="toys"))).items) == 1
    assert [one.source_id for one in (await sampled(lookup("ean", "3000000000021"))).items] == ["fr/B0SAMPLEA1"]
    assert [one.source_id for one in (await sampled(lookup("asin", "B0SAMPLEA1", region="US"))).items] == [
        "us/B0SAMPLEA1"
    ]
    with pytest.raises(NotFound):
        await sampled(detail("amazon/product/fr/B0SAMPLEX0"))
    with pytest.raises(Blocked):
        await sampled(search("sample lamp", marketplaces=["it"]))


# --- What the upstream is asked -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "host"),
    [
        ({}, "www.amazon.fr"),
        ({"marketplaces": ["jp"]}, "www.amazon.co.jp"),
        ({"region": "GB"}, "www.amazon.co.uk"),
        ({"region": "CA", "language": "fr"}, "www.amazon.ca"),
        ({"language": "de"}, "www.amazon.de"),
        ({"language": "en"}, "www.amazon.com"),
        ({"language": "en-GB"}, "www.amazon.co.uk"),
        ({"language": "nl"}, "www.amazon.fr"),
        ({"marketplaces": ["us"], "region": "FR"}, "www.amazon.com"),
    ],
)
async def test_marketplace_comes_from_the_wish(wish: dict[str, Any], host: str) -> None:
    page, up = await asked(search("thing", **wish), {"/s": hits(card())})
    assert hosts(up) == [host]
    assert page.ignored == ()


@pytest.mark.parametrize(
    ("wish", "params"),
    [
        ({}, {"k": "thing"}),
        ({"category": "all"}, {"k": "thing"}),
        ({"category": "toys"}, {"k": "thing", "i": "toys"}),
        ({"category": "toys", "region": "US"}, {"k": "thing", "i": "toys-and-games"}),
        ({"category": "books", "cursor": "3"}, {"k": "thing", "i": "stripbooks", "page": "3"}),
        ({"order_by": Order.PRICE}, {"k": "thing", "s": "price-asc-rank"}),
        ({"order_by": Order.PRICE, "descending": True}, {"k": "thing", "s": "price-desc-rank"}),
        ({"order_by": Order.RELEASE_DATE, "descending": True}, {"k": "thing", "s": "date-desc-rank"}),
        ({"order_by": Order.RATING}, {"k": "thing", "s": "review-rank"}),
    ],
)
async def test_filters_and_orders_reach_the_shop(wish: dict[str, Any], params: dict[str, str]) -> None:
    page, up = await asked(search("thing", **wish), {"/s": hits(card())})
    assert up.params == params
    assert page.ignored == ()


async def test_what_is_not_honoured_is_told() -> None:
    page, _ = await asked(search("thing", region="BR", order_by=Order.RATING, descending=False), {"/s": hits(card())})
    assert page.ignored == ("descending", "region")


@pytest.mark.parametrize(
    ("wish", "field"), [({"marketplaces": ["br"]}, "marketplaces"), ({"category": "boats"}, "category")]
)
async def test_unknown_choices_are_refused_by_name(wish: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidField) as failure:
        await asked(search("thing", **wish), {})
    assert failure.value.field == field
    assert "toys" in str(failure.value) or "fr, us, uk, de, es, it, ca, jp" in str(failure.value)


async def test_in_other_domains_the_category_goes_with_the_domain() -> None:
    ask = Search(domain=Domain.BOOKS, text="thing", region="US", filters=BooksSearchRequest(author="nobody"))
    _, up = await asked(ask, {"/s": hits(card())})
    assert (up.params, hosts(up)) == ({"k": "thing", "i": "stripbooks"}, ["www.amazon.com"])
    manifest = Amazon.manifest
    assert manifest.domains[0] == Domain.ECOMMERCE
    assert manifest.on_request == set(manifest.domains[1:]) and len(manifest.on_request) == 9
    assert manifest.access is Access.BROWSER


@pytest.mark.parametrize(
    ("feed", "wish", "place"),
    [
        (Feed.CHART, {"category": "toys", "marketplaces": ["uk"]}, "www.amazon.co.uk/gp/bestsellers/kids"),
        (Feed.RECENT, {"category": "books"}, "www.amazon.fr/gp/new-releases/books"),
        (Feed.TRENDING, {"category": "electronics", "region": "DE"}, "www.amazon.de/gp/movers-and-shakers/ce-de"),
    ],
)
async def test_feeds_have_their_place_in_each_shop(feed: Any, wish: dict[str, Any], place: str) -> None:
    page = '<div id="gridItemRoot"><a href="/x/dp/B000000001/ref=1">x</a><img src="/a.jpg" alt="Thing"></div>'
    _, up = await asked(trending(feed, **wish), {f"/{place.split('/', 1)[1]}": page})
    assert up.requests[0].url == f"https://{place}"


async def test_a_feed_needs_a_category_where_the_domain_says_none() -> None:
    with pytest.raises(InvalidField, match="category"):
        await asked(trending(Feed.CHART), {})
    ask = Trending(
        domain=Domain.COLLECTIBLES,
        feed=Feed.CHART,
        kind=Item.PRODUCT,
        period=Period.TYPE_UNSPECIFIED,
        filters=CollectiblesTrendingRequest(),
    )
    _, up = await asked(ask, {"/gp/bestsellers/toys": '<div id="gridItemRoot"></div>'})
    assert up.paths == ["/gp/bestsellers/toys"]


# --- Numbers of eight shops ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("market", "written", "amount"),
    [
        ("fr", "1\u202f234,56\u00a0€", ("EUR", 1234.56)),
        ("us", "$1,234.56", ("USD", 1234.56)),
        ("uk", "£12.00", ("GBP", 12.0)),
        ("de", "1.234,56\u00a0€", ("EUR", 1234.56)),
        ("es", "0,99 €", ("EUR", 0.99)),
        ("it", "1.234 €", ("EUR", 1234.0)),
        ("ca", "$1,234.56", ("CAD", 1234.56)),
        ("jp", "\uffe55,412", ("JPY", 5412.0)),
        ("us", "EUR 7.50", ("EUR", 7.5)),
        ("jp", "¥ 300", ("JPY", 300.0)),
    ],
)
async def test_amounts_are_read_as_each_shop_writes_them(market: str, written: str, amount: tuple[str, float]) -> None:
    (item,) = await found(hits(card(inside=costs(written))), market)
    assert money(item) == [("CURRENT", *amount)]


@pytest.mark.parametrize(
    ("market", "written", "votes", "expected"),
    [
        ("us", "4.4 out of 5 stars", "5,877 ratings", (4.4, 5877)),
        ("fr", "4,4 sur 5 étoiles", "1\u202f234 évaluations", (4.4, 1234)),
        ("de", "4,4 von 5 Sternen", "7.319 Sternebewertungen", (4.4, 7319)),
        ("it", "4 su 5 stelle", "3 voti", (4.0, 3)),
        ("jp", "5つ星のうち3.9", "1,057 レーティング", (3.9, 1057)),
    ],
)
async def test_ratings_are_read_as_each_shop_words_them(
    market: str, written: str, votes: str, expected: tuple[float, int]
) -> None:
    block = (
        f'<div data-cy="reviews-block"><span class="a-icon-alt">{written}</span><a aria-label="{votes}">(1K)</a></div>'
    )
    (item,) = await found(hits(card(inside=block)), market)
    assert (item.rating.value, item.rating.votes, item.rating.scale) == (*expected, 5)


@pytest.mark.parametrize(("shown", "votes"), [("(7,3 mil)", None), ("(5.8K)", None), ("(1057)", 1057)])
async def test_rounded_votes_are_none(shown: str, votes: int | None) -> None:
    block = (
        '<div data-cy="reviews-block"><span class="a-icon-alt">4,8 de 5</span>'
        f'<span class="s-underline-text">{shown}</span></div>'
    )
    (item,) = await found(hits(card(inside=block)), "es")
    assert (item.rating.votes if item.rating.HasField("votes") else None) == votes


@pytest.mark.parametrize(
    ("market", "bar", "total"),
    [
        ("us", "1-48 of over 2,000 results for", 2000),
        ("us", "1-16 of 345 results for", 345),
        ("fr", "1\u202f009-1\u202f056 sur plus de 2\u202f000 résultats pour", 2000),
        ("de", "1-48 von mehr als 10.000 Ergebnissen für", 10000),
        ("jp", "検索結果 6,000 以上 のうち 1-24件", 6000),
        ("us", "5 results for", 5),
        ("us", "", None),
    ],
)
async def test_totals_are_estimates(market: str, bar: str, total: int | None) -> None:
    page, _ = await asked(search("x", marketplaces=[market]), {"/s": hits(card(), bar=bar, after=NEXT)})
    assert (page.total, page.total_is_estimate) == (total, total is not None)


# --- Cards --------------------------------------------------------------------------------------------------


async def test_a_bare_card_leaves_the_rest_unset() -> None:
    (item,) = await found(hits(card()))
    assert {descriptor.name for descriptor, _ in item.ListFields()} == {
        "kind",
        "source_id",
        "title",
        "links",
        "external_ids",
        "language",
        "product",
    }
    assert item.product.marketplace == "us" and not item.product.HasField("prime")


async def test_cards_without_an_article_are_left_out() -> None:
    page = hits(card(), card(asin="B000000002", title=""), card(asin="nonsense"), card(asin=""), card())
    assert [item.source_id for item in await found(page)] == ["us/B000000001"]


async def test_two_headings_are_brand_and_title() -> None:
    (item,) = await found(
        hits(card(title='<h2>Maker</h2><a><h2 aria-label="Sponsored Ad - Thing"><span>Thing</span></h2></a>'))
    )
    assert (item.product.brand, item.title) == ("Maker", "Thing")


async def test_paid_places_only_when_they_are_wanted() -> None:
    label = '<span class="puis-sponsored-label-text">Sponsored</span>'
    page = hits(card(css="AdHolder"), card("B000000002", inside=label), card("B000000003"))
    assert [item.source_id for item in await found(page)] == ["us/B000000003"]
    every = await found(page, include_sponsored=True)
    assert [item.context.sponsored for item in every] == [True, True, False]


async def test_a_subscription_is_no_price() -> None:
    free = costs("0,00 €")
    buy = '<div data-cy="secondary-offer-recipe"><span>O 5,99 € por la compra</span></div>'
    assert money((await found(hits(card(inside=free + buy)), "es"))[0]) == [("CURRENT", "EUR", 5.99)]
    assert money((await found(hits(card(inside=free)), "es"))[0]) == []


async def test_other_offers_are_not_the_price() -> None:
    link = '<a href="/gp/offer-listing/B000000001?condition=used">({} used)</a>'
    others = f'<div data-cy="secondary-offer-recipe">{{}}{link}</div>'
    struck = '<span class="a-price a-text-price" data-a-strike="true"><span class="a-offscreen">$9.00</span></span>'
    (item,) = await found(hits(card(inside=costs("$7.00", struck) + others.format("$4.00", "15+"))))
    assert money(item) == [("CURRENT", "USD", 7.0), ("LIST", "USD", 9.0), ("LOW", "USD", 4.0)]
    assert not item.prices[2].HasField("count") and item.prices[2].condition == Condition.USED
    (item,) = await found(hits(card(inside=costs("") + others.format("$4.00", "3"))))
    assert (money(item), item.prices[0].count) == ([("LOW", "USD", 4.0)], 3)


async def test_the_number_of_a_book_is_its_isbn() -> None:
    (book,) = await found(hits(card("150670574X")))
    assert [(one.scheme, one.value) for one in book.external_ids] == [
        ("asin", "150670574X"),
        ("isbn10", "150670574X"),
        ("isbn13", "9781506705743"),
    ]


# --- Articles -----------------------------------------------------------------------------------------------


PAID = '<div id="corePriceDisplay_desktop_feature_div"><span class="a-price priceToPay">{}</span>{}</div>'
UNIT = '<span class="a-price a-text-price"><span class="a-offscreen">$0.50</span></span>'


@pytest.mark.parametrize(
    ("inside", "prices"),
    [
        (PAID.format('<span class="a-offscreen">$8.99</span>', UNIT), [("CURRENT", "USD", 8.99)]),
        (
            PAID.format(
                '<span class="a-offscreen"> </span><span class="a-price-symbol">$</span>'
                '<span class="a-price-whole">1,008<i>.'
                '</i></span><span class="a-price-fraction">99</span>',
                "",
            ),
            [("CURRENT", "USD", 1008.99)],
        ),
        (
            PAID.format(
                '<span class="a-offscreen">$8.99</span>',
                '<span class="basisPrice"><span class="a-offscreen">$9</span></span>',
            ),
            [("CURRENT", "USD", 8.99), ("LIST", "USD", 9.0)],
        ),
        (
            '<div id="price"><b id="priceblock_ourprice_lbl">Price: 1</b><i id="priceblock_dealprice">$5</i></div>',
            [("CURRENT", "USD", 5.0)],
        ),
        ('<span id="kindle-price">$9.99</span>', [("CURRENT", "USD", 9.99)]),
        ('<span id="kindle-price">$0.00</span>', []),
        (
            '<p id="olpLinkWidget_feature_div"><a href="/gp/offer-listing/B1?condition=NEW">New (1) from $3</a></p>',
            [("LOW", "USD", 3.0)],
        ),
        ("", []),
    ],
)
async def test_each_layout_has_its_price(inside: str, prices: list[tuple[str, str, float]]) -> None:
    assert money(await read(article(inside))) == prices


@pytest.mark.parametrize(
    ("market", "told", "date"),
    [
        ("uk", {"Publisher": "House; 1st edition (7 April 2016)"}, "2016-04-07"),
        ("us", {"Publication_date": "April 7, 2016"}, "2016-04-07"),
        ("fr", {"Éditeur": "Maison (20 août 2023)"}, "2023-08-20"),
        ("de", {"Erscheinungstermin": "1. März 2020"}, "2020-03-01"),
        ("es", {"Fecha_de_publicación": "3 mayo 2019"}, "2019-05-03"),
        ("it", {"Data_di_pubblicazione": "12 giugno 2018"}, "2018-06-12"),
        ("jp", {"発売日": "2016/4/7"}, "2016-04-07"),
        ("us", {"Date_First_Available": "April 7, 2016"}, ""),
    ],
)
async def test_dates_are_read_as_each_shop_writes_them(market: str, told: dict[str, str], date: str) -> None:
    item = await read(article(f'<div id="prodDetails"><table>{rows(**told)}</table></div>'), market)
    assert item.release_date == date
    assert item.HasField("year") == bool(date)


async def test_rows_of_a_book() -> None:
    bullets = "".join(
        f'<li><span class="a-text-bold">{key} \u200f : \u200e</span><span>{value}</span></li>'
        for key, value in {
            "Éditeur": "Maison (7 avril 2016)",
            "Langue": "Français",
            "Broché": "1\u202f176 pages",
            "ISBN-10": "9782070000005",
            "ISBN-13": "978-2070000005",
            "Poids de l'article": "1,5 kg",
            "Commentaires client": "4,4",
        }.items()
    )
    people = (
        '<div id="bylineInfo">de <span class="author notFaded"><a>Ann One</a><span class="contribution">(Auteur, '
        'Illustrations)</span></span><span class="author"><a>Bob Two</a><span class="contribution">(Barde)</span>'
        "</span></div>"
    )
    item = await read(
        article(people + f'<div id="detailBullets_feature_div"><ul>{bullets}</ul></div>', "2070000001"), "fr"
    )
    assert item.source_id == "fr/2070000001", "the article that the shop led to"
    assert [(one.scheme, one.value) for one in item.external_ids] == [
        ("asin", "2070000001"),
        ("isbn10", "2070000001"),
        ("isbn13", "9782070000005"),
    ], "an ISBN-13 in the row of the ISBN-10 is left out"
    assert dict(item.attributes) == {"publisher": "Maison", "language": "Français", "pages": "1176"}
    assert (item.product.format, item.product.dimensions.weight_g, item.product.brand) == ("Broché", 1500, "")
    assert [(one.name, one.role, one.job) for one in item.product.credits] == [
        ("Ann One", CreditRole.AUTHOR, "Auteur, Illustrations"),
        ("Ann One", CreditRole.ILLUSTRATOR, "Auteur, Illustrations"),
        ("Bob Two", CreditRole.OTHER, "Barde"),
    ]


@pytest.mark.parametrize(
    ("market", "line", "brand"),
    [
        ("us", "Visit the X &amp; Y Store", "X & Y"),
        ("fr", "Visiter la boutique X", "X"),
        ("de", "Besuche den X-Store", "X"),
        ("es", "Visita la tienda de X", "X"),
        ("it", "Visita lo Store di X", "X"),
        ("jp", "Xのストアを表示", "X"),
        ("uk", "Brand: X", "X"),
        ("us", "X", "X"),
    ],
)
async def test_the_brand_is_in_the_line_below_the_title(market: str, line: str, brand: str) -> None:
    assert (await read(article(f'<a id="bylineInfo">{line}</a>'), market)).product.brand == brand


@pytest.mark.parametrize(
    ("market", "text", "known"),
    [
        ("us", "In Stock.", Availability.IN_STOCK),
        ("uk", "Only 2 left in stock (more on the way).", Availability.LIMITED),
        ("fr", "Il ne reste plus que 3 exemplaire(s) en stock.", Availability.LIMITED),
        ("fr", "Actuellement indisponible.", Availability.OUT_OF_STOCK),
        ("de", "Auf Lager", Availability.IN_STOCK),
        ("es", "No disponible.", Availability.OUT_OF_STOCK),
        ("it", "Disponibilità immediata", Availability.IN_STOCK),
        ("jp", "在庫切れ", Availability.OUT_OF_STOCK),
        ("us", "Available for Pre-order.", Availability.PREORDER),
        ("us", "Ships in a novel way", Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_availability_is_known_by_its_words(market: str, text: str, known: int) -> None:
    item = await read(
        article(f'<div id="availability"><script>var stock = "no";</script><span>{text}</span></div>'), market
    )
    assert (item.availability, item.availability_text) == (known, text)


async def test_pictures_of_the_page_where_there_is_no_gallery() -> None:
    shown = '<img id="landingImage" src="data:image/gif;base64,AA" data-old-hires="{}">'
    item = await read(article(shown.format("https://m.media-amazon.com/images/I/1.jpg")))
    assert [image.url for image in item.images] == ["https://m.media-amazon.com/images/I/1.jpg"]
    assert not (await read(article(shown.format("")))).images


async def test_the_word_processors_of_sellers_leave_no_markup() -> None:
    text = (
        '<div id="productDescription"><div class="disclaim">Color: Red</div>'
        '<p>One <a:text x="1">two</a:text></p><p>Three</p></div>'
    )
    assert (await read(article(text))).description == "One two\n\nThree"


# --- Several marketplaces -----------------------------------------------------------------------------------


def test_prices_are_compared_over_marketplaces() -> None:
    provider = Amazon()
    question = related("amazon/product/jp/B000000001", Relation.PRICES).build(provider)
    assert list(provider.parts(question)) == ["jp", "fr", "us", "uk", "de"]
    named = related("amazon/product/us/B000000001", Relation.PRICES, marketplaces=["us", "it"]).build(provider)
    assert list(provider.parts(named)) == ["us", "it"]


async def test_a_price_in_one_of_them() -> None:
    paid = article(PAID.format('<span class="a-offscreen">8.99</span>', ""))
    page, up = await asked(
        related("amazon/product/fr/B000000001", Relation.PRICES, marketplaces=["jp"]), {"/dp/B000000001": paid}
    )
    assert hosts(up) == ["www.amazon.co.jp"]
    assert [(one.kind, one.source_id) for one in page.items] == [(Item.OFFER, "jp/B000000001")]
    assert page.items[0].offer.item_id == "amazon/product/jp/B000000001"
    assert page.items[0].prices[0].amount.currency_code == "JPY"


async def test_a_marketplace_that_is_down_says_so() -> None:
    with pytest.raises(Unreachable):
        await asked(
            related("amazon/product/us/B000000001", Relation.PRICES, marketplaces=["us"]), {"/dp/B000000001": DOWN}
        )


async def test_one_marketplace_without_the_article_is_an_error() -> None:
    with pytest.raises(NotFound):
        await asked(
            related("amazon/product/us/B000000001", Relation.PRICES, marketplaces=["it"]), {"/dp/B000000001": NO_SUCH}
        )


@pytest.mark.parametrize(
    ("question", "marketplaces"),
    [
        (search("thing", marketplaces=["us", "de"]), ["us", "de"]),
        (search("thing", region="IT"), ["it"]),
        (search("thing"), ["fr"]),
        (detail("amazon/product/ca/B000000001"), ["ca"]),
        (lookup("ean", "4006381333931", region="DE"), ["de"]),
    ],
)
def test_the_marketplaces_of_a_question(question: Question, marketplaces: list[str]) -> None:
    provider = Amazon()
    assert list(provider.parts(question.build(provider))) == marketplaces


# --- Vocabularies and look-ups ------------------------------------------------------------------------------


async def test_vocabularies() -> None:
    markets, up = await asked(terms(Term.MARKETPLACES), {})
    assert [term.id for term in markets.terms] == ["fr", "us", "uk", "de", "es", "it", "ca", "jp"]
    uk = markets.terms[2]
    assert (uk.name, uk.host, uk.currency, uk.country) == ("Amazon.co.uk", "www.amazon.co.uk", "GBP", "GB")
    categories, _ = await asked(terms(Term.CATEGORIES, term_id="toys"), {})
    assert [(term.id, term.name) for term in categories.terms] == [("toys", "Toys and games")]
    assert up.requests == []


async def test_a_code_counts_only_where_the_page_names_it() -> None:
    named = article('<div id="prodDetails"><table><tr><th>EAN</th><td>4006381333931</td></tr></table></div>')
    question = lookup("ean", "4006381333931", region="DE")
    answers = {
        "/s": hits(card("B000000002"), card()),
        "/dp/B000000002": article(asin="B000000002"),
        "/dp/B000000001": named,
    }
    page, up = await asked(question, answers)
    assert [item.source_id for item in page.items] == ["de/B000000001"]
    assert up.paths == ["/s", "/dp/B000000002", "/dp/B000000001"]
    page, _ = await asked(question, {**answers, "/dp/B000000001": article()})
    assert page.items == []


async def test_a_number_that_nobody_has_is_an_empty_answer() -> None:
    page, _ = await asked(lookup("asin", "B000000001"), {"/dp/B000000001": Answer(NO_SUCH, 404)})
    assert page.items == []


# --- Pages that are no answer -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "No results for",
        "Aucun résultat pour",
        "Keine Ergebnisse für",
        "No hay resultados para",
        "Nessun risultato per",
        "の検索に一致する商品はありませんでした。",
    ],
)
async def test_nothing_found_is_recognised(words: str) -> None:
    page, _ = await asked(
        search("x"), {"/s": f'<span cel_widget_id="MAIN-TOP_BANNER_MESSAGE-0"><b>{words}</b> x</span>'}
    )
    assert (list(page.items), page.next, page.total) == ([], "", 0)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (NO_SUCH, NotFound),
        ("<html><head><title>Seite wurde nicht gefunden</title></head><body>.</body></html>", NotFound),
        ('<form action="/errors/validateCaptcha"><input id="captchacharacters"></form>', Blocked),
        ("<html><head><title>Toutes nos excuses</title></head><body>.</body></html>", Blocked),
        ('<html><body><a href="/ref=cs_503_link/">.</a></body></html>', Blocked),
        ("<html><head><title>Robot Check</title></head><body>.</body></html>", Blocked),
        ("<html><body><p>Something new</p></body></html>", ShapeChanged),
        (article().replace('<div id="navFooter"></div>', ""), ShapeChanged),
    ],
)
async def test_pages_that_are_no_article(body: str, error: type[ProviderError]) -> None:
    with pytest.raises(error):
        await read(body)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('<form action="/errors/validateCaptcha"></form>', Blocked),
        ('<span data-component-type="s-search-results"><div></div></span>', ShapeChanged),
        (NO_SUCH, ShapeChanged),
        (hits(card(), bar="1-48 of over 2,000 results for"), ShapeChanged),
    ],
)
async def test_pages_that_are_no_results(body: str, error: type[ProviderError]) -> None:
    with pytest.raises(error):
        await found(body)


async def test_places_of_a_feed_that_has_changed() -> None:
    with pytest.raises(ShapeChanged):
        await asked(trending(Feed.CHART, category="toys"), {"/gp/bestsellers/toys": "<html><body>.</body></html>"})


@pytest.mark.parametrize(
    "item_id", ["amazon/product/us/short", "amazon/product/xx/B000000001", "amazon/product/B000000001"]
)
async def test_ids_that_are_none(item_id: str) -> None:
    with pytest.raises(InvalidField) as failure:
        await asked(detail(item_id), {})
    assert failure.value.field == "id"


@pytest.mark.parametrize(
    "page",
    [hits(card(title="")), hits(card(inside=card("B000000002", css="AdHolder"), css="AdHolder"))],
)
async def test_results_that_can_not_be_read_are_not_none(page: str) -> None:
    with pytest.raises(ShapeChanged):
        await found(page)
