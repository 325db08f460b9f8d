"""Lulu-Berlu."""

from __future__ import annotations

from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed
from tako.v1.details_collectibles_pb2 import Collectible
from tako.v1.item_parts_pb2 import Availability, Condition, Image, Price
from tako.v1.item_pb2 import Item
from tako_providers.collectibles.luluberlu import LuluBerlu
from tako_providers.sdk import InvalidField, NotFound, RateLimited, ShapeChanged, Unreachable
from tests.conformance.cases import Question, detail, lookup, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of

SEARCH = "/dhtml/resultat_recherche.php"
GOLDORAK = "luluberlu/collectible/goldorak-a3155"


def block(inside: str = '<a href="/goldorak-a3155.html" title="Goldorak"></a>', number: str = "3155") -> str:
    return f'<div idproduit="{number}">{inside}</div>'


def listed(*blocks: str, count: str = "12 articles sur 87", more: str = "") -> str:
    return f"<html><head><title>x</title></head><body><p>{count}</p>{''.join(blocks)}{more}</body></html>"


def page(body: str = "<h1>Goldorak</h1>", head: str = "", number: str = "3155") -> str:
    return f'<html><head>{head}</head><body><input name="id_article" value="{number}">{body}</body></html>'


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(LuluBerlu(), question, answers)


async def hit(inside: str) -> Item:
    """The item of a block that holds this beside its link."""
    found, _ = await asked(search("x"), {SEARCH: listed(block(f'<a href="/goldorak-a3155.html">Goldorak</a>{inside}'))})
    (item,) = found.items
    assert isinstance(item, Item)
    return item


async def one(body: str = "<h1>Goldorak</h1>", head: str = "") -> Item:
    item, _ = await asked(detail(GOLDORAK), {"/goldorak-a3155.html": page(body, head)})
    assert isinstance(item, Item)
    return item


def amount(item: Item) -> tuple[int, int] | None:
    """Units and cents of the price."""
    return (item.prices[0].amount.units, item.prices[0].amount.nanos // 10_000_000) if item.prices else None


# --- Lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "cursor", "query"),
    [
        ("robot rouge", "", "keywords=robot+rouge&ok=%A1&numPage=1"),
        ("robot", "3", "keywords=robot&ok=%A1&numPage=3"),
        ("Élève à l'œil", "", "keywords=Eleve+a+l%27oeil&ok=%A1&numPage=1"),
        ("a&b=c", "", "keywords=a%26b%3Dc&ok=%A1&numPage=1"),
        ("聖闘士", "", "keywords=%E8%81%96%E9%97%98%E5%A3%AB&ok=%A1&numPage=1"),
    ],
)
async def test_words_go_as_the_form_sends_them(words: str, cursor: str, query: str) -> None:
    _, up = await asked(search(words, cursor=cursor), {SEARCH: listed(block())})
    assert up.requests[0].full_url == f"https://www.lulu-berlu.com{SEARCH}?{query}"


@pytest.mark.parametrize(
    ("more", "following"),
    [
        (f'<a href="{SEARCH}?keywords=x&amp;numPage=3">3</a>', "3"),
        ('<a href="?numPage=3&amp;keywords=x">suivante</a>', "3"),
        ('<a href="?numPage=30">30</a><a href="?numPage=1">1</a>', ""),
        ("", ""),
    ],
)
async def test_pages_go_on_to_the_last(more: str, following: str) -> None:
    found, _ = await asked(search("x", cursor="2"), {SEARCH: listed(block(), more=more)})
    assert (found.next, found.total, found.total_is_estimate) == (following, 87, False)


@pytest.mark.parametrize(
    ("count", "total"), [("1 article sur 1", 1), ("12 articles sur 1\u00a0204", 1204), ("des articles", None)]
)
async def test_totals(count: str, total: int | None) -> None:
    found, _ = await asked(search("x"), {SEARCH: listed(block(), count=count)})
    assert found.total == total


async def test_arrivals_have_pages_too() -> None:
    found, up = await asked(
        trending(Feed.RECENT), {"/nouveautes.html": listed(block(), more='<a href="?numPage=2">2</a>')}
    )
    assert (found.next, up.params) == ("2", {})
    _, up = await asked(trending(Feed.RECENT, cursor="2"), {"/nouveautes.html": listed(block())})
    assert up.params == {"numPage": "2"}


async def test_an_article_that_is_named_often_is_one() -> None:
    button = '<a idproduit="3155" title="Ajouter au panier">+</a>'
    found, _ = await asked(search("x"), {SEARCH: listed(button, block(f"{block()}{button}"), button, block())})
    assert [item.source_id for item in found.items] == ["goldorak-a3155"]


@pytest.mark.parametrize(
    "inside",
    [
        '<a title="Ajouter au panier">+</a><a href="/goldorak-a3155.html" title="Gold &amp;amp; rak">x</a>',
        '<a href="https://www.lulu-berlu.com/goldorak-a3155.html?p=1"><img alt="Gold &amp; rak"></a>',
        '<img alt="Ajouter aux envies"><a href="/goldorak-a3155.html"> Gold &amp;\n rak </a>',
    ],
)
async def test_short_and_odd_titles(inside: str) -> None:
    found, _ = await asked(search("x"), {SEARCH: listed(block(inside))})
    assert [(item.source_id, item.title) for item in found.items] == [("goldorak-a3155", "Gold & rak")]


@pytest.mark.parametrize(
    ("inside", "price"),
    [
        ("<span>49,90 &euro;</span>", (49, 90)),
        ("<span>1 250,00 &euro;</span>", (1250, 0)),
        ("<span>1\u00a0250,00\u00a0€</span>", (1250, 0)),
        ("<span>1\u202f250,50 EUR</span>", (1250, 50)),
        ("<span>12&nbsp;345,00 €</span>", (12345, 0)),
        ("<span>1.250,00 €</span>", (1250, 0)),
        ("<p>Figurine 15</p><p>250,00 €</p>", (250, 0)),
        ("<span>9,90 <sup>€</sup></span>", (9, 90)),
        ("<span>0,00 €</span>", None),
        ("<span>Prix sur demande</span>", None),
    ],
)
async def test_prices_as_the_shop_writes_them(inside: str, price: tuple[int, int] | None) -> None:
    assert amount(await hit(inside)) == price


async def test_a_neighbour_lends_nothing() -> None:
    bare = block('<a href="/bare-a1.html">Bare</a>', "1")
    rich = block('<a href="/rich-a2.html">Rich</a><p class="x bp_marque"><a>Bandai</a></p><b>5,00 €</b>', "2")
    found, _ = await asked(search("x"), {SEARCH: listed(bare, rich)})
    assert (found.items[0].collectible, list(found.items[0].prices)) == (Collectible(), [])
    assert (found.items[0].availability, list(found.items[0].images)) == (Availability.TYPE_UNSPECIFIED, [])
    assert found.items[1].collectible.brand == "Bandai"


@pytest.mark.parametrize(
    ("wording", "availability"),
    [
        ("En stock", Availability.IN_STOCK),
        ("Précommande", Availability.PREORDER),
        ("Épuisé", Availability.OUT_OF_STOCK),
        ("Non disponible", Availability.OUT_OF_STOCK),
        ("Bientôt", Availability.TYPE_UNSPECIFIED),
    ],
)
async def test_availability(wording: str, availability: Availability.Type.ValueType) -> None:
    item = await hit(f'<span class="articleDispo"> <b> {wording}</b> </span>')
    assert (item.availability, item.availability_text) == (availability, wording)


@pytest.mark.parametrize("key", ["data-lazy", "data-url-img"])
async def test_pictures_that_load_late(key: str) -> None:
    item = await hit(f'<img src="/blank.gif" {key}="/upload/image/g-p-image-1-moyenne.jpg">')
    assert [(shown.role, shown.url) for shown in item.images] == [
        (Image.PRIMARY, "https://www.lulu-berlu.com/upload/image/g-p-image-1-grande.jpg"),
        (Image.THUMBNAIL, "https://www.lulu-berlu.com/upload/image/g-p-image-1-moyenne.jpg"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        listed(count="0 articles sur 0"),
        listed(count="Aucun article ne correspond"),
        listed(count="Votre recherche n'a donné aucun résultat"),
    ],
)
async def test_nothing_found_is_recognised(body: str) -> None:
    found, _ = await asked(search("zzz"), {SEARCH: body})
    assert (list(found.items), found.next) == ([], "")


async def test_a_page_behind_the_last_is_empty() -> None:
    found, _ = await asked(search("x", cursor="9"), {SEARCH: listed()})
    assert (list(found.items), found.next, found.total) == ([], "", 87)


@pytest.mark.parametrize(
    "body",
    [
        listed(),
        listed(block("<b>?</b>")),
        "<html><head><title>Recherche</title></head><body></body></html>",
        "<html><body>Bonjour. Panier : 0 article. Aucun article dans votre panier.</body></html>",
    ],
)
async def test_a_list_without_its_articles_is_another_page(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await asked(search("x"), {SEARCH: body})


# --- Articles ---------------------------------------------------------------------------------------------------


async def test_what_is_missing_stays_unset() -> None:
    item = await one()
    assert (item.title, item.language, item.description) == ("Goldorak", "fr", "")
    assert (item.collectible, list(item.prices), list(item.images)) == (Collectible(), [], [])
    assert (item.HasField("year"), item.condition, item.availability) == (False, 0, 0)


async def test_a_title_without_heading_is_that_of_the_page() -> None:
    assert (await one("", "<title>Gold &amp; rak - Lulu Berlu</title>")).title == "Gold & rak"


DETAILS = '<h1>G</h1><div class="x fa_bloc-details">{}</div>'


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Type : Figurine<br>Matière : PVC, métal<br>Origine : Japon", ("Figurine", "PVC, métal", "Japon", "", None)),
        ("Type : FigurineMati&egrave;re : PVC Taille : 15cm Année : 1978", ("Figurine", "PVC", "", "15cm", 1978)),
        ("<p>Prototype : oui</p><p>Matiere: Bois</p><p>Annee : vers 1980</p>", ("", "Bois", "", "", 1980)),
        ("Taille : <br>Année : inconnue", ("", "", "", "", None)),
    ],
)
async def test_values_end_at_the_next_label(text: str, values: tuple[Any, ...]) -> None:
    item = await one(DETAILS.format(text))
    toy = item.collectible
    year = item.year if item.HasField("year") else None
    assert (toy.type, toy.material, toy.origin, toy.size_text, year) == values


async def test_the_description_stands_in_for_missing_details() -> None:
    told = (
        "Type : Robot Mati&egrave;re : M&eacute;tal Condition : Tr&egrave;s bon &eacute;tat. "
        "Un robot &amp;amp; sa bo&icirc;te."
    )
    item = await one("<h1>G</h1>", f'<meta name="description" content="{told}">')
    assert item.description == "Type : Robot Matière : Métal Condition : Très bon état. Un robot & sa boîte."
    assert (item.collectible.type, item.collectible.material) == ("Robot", "Métal")
    assert item.condition == Condition.VERY_GOOD


@pytest.mark.parametrize(
    ("wording", "condition"),
    [
        ("Neuf en boîte", Condition.NEW),
        ("Comme neuf", Condition.LIKE_NEW),
        ("Comme neuve", Condition.LIKE_NEW),
        ("Occasion, état proche du neuf", Condition.LIKE_NEW),
        ("Quasi-neuf", Condition.LIKE_NEW),
        ("Non neuf", Condition.TYPE_UNSPECIFIED),
        ("Très bon état", Condition.VERY_GOOD),
        ("Bon état, boîte usée", Condition.GOOD),
        ("Etat moyen", Condition.FAIR),
        ("Mauvais état", Condition.POOR),
        ("Occasion", Condition.USED),
        ("Loose", Condition.TYPE_UNSPECIFIED),
    ],
)
async def test_conditions(wording: str, condition: Condition.Type.ValueType) -> None:
    item = await one(DETAILS.format(f"Condition : {wording}.") + '<meta itemprop="price" content="5">')
    assert (item.condition, item.prices[0].condition, item.prices[0].condition_text) == (condition, condition, wording)


@pytest.mark.parametrize(
    ("content", "price"),
    [
        ("49.90", (49, 90)),
        ("49,90", (49, 90)),
        ("1 250,00", (1250, 0)),
        ("1,250.00", (1250, 0)),
        ("0", None),
        ("", None),
    ],
)
async def test_prices_as_the_page_writes_them(content: str, price: tuple[int, int] | None) -> None:
    item = await one(f'<h1>G</h1><meta itemprop="price" content="{content}">')
    assert amount(item) == price
    if price:
        assert (item.prices[0].type, item.prices[0].amount.currency_code) == (Price.CURRENT, "EUR")


@pytest.mark.parametrize(
    ("markup", "availability"),
    [
        ('<link itemprop="availability" href="http://schema.org/InStock">', Availability.IN_STOCK),
        ('<meta itemprop="availability" content="PreOrder">', Availability.PREORDER),
        ('<meta itemprop="availability" content="https://schema.org/SoldOut">', Availability.OUT_OF_STOCK),
    ],
)
async def test_stock(markup: str, availability: Availability.Type.ValueType) -> None:
    assert (await one(f"<h1>G</h1>{markup}")).availability == availability


async def test_a_height_is_one_and_a_size_is_not() -> None:
    item = await one(DETAILS.format("Hauteur : 15,5 cm"))
    assert (item.collectible.size.height_cm, item.collectible.size_text) == (15.5, "15,5 cm")
    assert not (await one(DETAILS.format("Taille : 15cm"))).collectible.HasField("size")


async def test_brand_pictures_and_categories() -> None:
    body = (
        '<div class="fil-ariane"><a>Accueil</a> <a>Séries</a> <a>Robots</a> <a>G</a></div><h1>G</h1>'
        '<span itemprop="brand"> Bandai </span><div class="fa_bloc-image"><a href="/u/g-p-image-1-grande.jpg"></a>'
        '<a href="/u/g-p-image-2-grande.jpg"></a><a href="/u/g-p-image-2-grande.jpg"></a><a href="/x.html"></a></div>'
    )
    item = await one(body, '<meta property="og:image" content="/u/g-p-image-1-moyenne.jpg">')
    assert (item.collectible.brand, list(item.collectible.categories)) == ("Bandai", ["Séries", "Robots"])
    assert [(shown.role, shown.url.rpartition("/")[2]) for shown in item.images] == [
        (Image.PRIMARY, "g-p-image-1-grande.jpg"),
        (Image.GALLERY, "g-p-image-2-grande.jpg"),
    ]


@pytest.mark.parametrize("source_id", ["3155", "a3155"])
async def test_a_number_alone_is_searched_for(source_id: str) -> None:
    answers = {
        SEARCH: listed(block('<a href="/x-a13155.html">X</a>', "13155"), block()),
        "/goldorak-a3155.html": page(),
    }
    item, up = await asked(detail(f"luluberlu/collectible/{source_id}"), answers)
    assert (item.source_id, up.paths) == ("goldorak-a3155", [SEARCH, "/goldorak-a3155.html"])
    assert up.requests[0].full_url.endswith("keywords=a3155&ok=%A1&numPage=1")
    with pytest.raises(NotFound):
        await asked(detail("luluberlu/collectible/77"), answers)


async def test_the_number_of_the_shop() -> None:
    body = listed(block('<a href="/x-a13155.html">X</a>', "13155"), block())
    found, _ = await asked(lookup("luluberlu", "3155"), {SEARCH: body})
    assert [item.source_id for item in found.items] == ["goldorak-a3155"]
    found, _ = await asked(lookup("luluberlu", "77"), {SEARCH: listed(count="0 articles sur 0")})
    assert list(found.items) == []


# --- Failures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer("<html><body>Page non trouvée</body></html>", 404), NotFound),
        ("<html><body><h1>Page non trouvée</h1></body></html>", NotFound),
        ("<html><body>Error 404</body></html>", NotFound),
        (page(number="99"), NotFound),
        ("<html><body><h1>Bienvenue</h1></body></html>", ShapeChanged),
        (page(""), ShapeChanged),
        (Answer("", 429), RateLimited),
        (Answer("<html></html>", 503), Unreachable),
    ],
)
async def test_failures_have_their_class(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail(GOLDORAK), {"/goldorak-a3155.html": answer})


async def test_what_is_no_article_is_not_asked_for() -> None:
    with pytest.raises(NotFound):
        await asked(detail("luluberlu/collectible/nouveautes"), {})


async def test_a_token_of_somebody_else() -> None:
    with pytest.raises(InvalidField, match="page_token"):
        await asked(search("x", cursor="b"), {})


async def test_a_page_behind_the_last_leads_to_no_article() -> None:
    question, path = search("robot", cursor="2"), "/dhtml/resultat_recherche.php"
    page, _ = await asked(question, {path: "<p>12 articles sur 12</p>"})
    assert (list(page.items), page.total) == ([], 12)
    with pytest.raises(ShapeChanged):
        await asked(question, {path: '<p>12 articles sur 1</p><a href="/vaisseau-a99004.html">Vaisseau</a>'})


async def test_scripts_say_nothing_of_a_list() -> None:
    with pytest.raises(ShapeChanged):
        await asked(
            search("robot"), {"/dhtml/resultat_recherche.php": "<p>x</p><script>'aucun r\u00e9sultat'</script>"}
        )
