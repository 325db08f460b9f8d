"""JeuxVideo.com."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tako.v1.choices_pb2 import Feed
from tako.v1.item_parts_pb2 import Image, Link, Rating
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Access, Blocked, InvalidField, NotFound, ShapeChanged
from tako_providers.videogames.jvc import Jvc
from tests.conformance.cases import Question, detail, search, trending
from tests.providers.fake_upstream import Answer, FakeUpstream, ask_of, ask_samples

SITE = "https://www.jeuxvideo.com"
PICTURES = "https://image.jeuxvideo.com"
GAME = "jvc/video_game/7"
SEARCH_AT, GAME_AT, LIST_AT = "/rechercher.php", "/jeux/jeu-7/", "/tous-les-jeux/"
TITLE = '<span class="gameHeaderBanner__title">{}</span>'


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def game_page(*blocks: str, head: str = "", title: str = "X") -> str:
    return page(TITLE.format(title) + "".join(blocks), head)


def script(text: str) -> str:
    return f"<script>{text}</script>"


def analytics(**told: Any) -> str:
    return script(f"window.jvc = {{}}; window.jvc.analyticsMetadata = {json.dumps(told)}; go();")


def layer(**told: Any) -> str:
    return script(f"dataLayer = [{json.dumps(told)}]")


def ld(**told: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "VideoGame", **told})}</script>'


def row(label: str, *values: str) -> str:
    cells = "".join(f'<span class="gameCharacteristicsDetailed__characValue">{value}</span>' for value in values)
    return (
        '<div class="gameCharacteristicsDetailed__tr"><div class="gameCharacteristicsDetailed__td '
        f'gameCharacteristicsDetailed__td--th">{label}</div><div class="gameCharacteristicsDetailed__td">{cells}</div>'
        "</div>"
    )


async def asked(question: Question, answers: dict[str, Any]) -> tuple[Any, FakeUpstream]:
    return await ask_of(Jvc(), question, answers)


async def game(*blocks: str, **told: str) -> Item:
    item, _ = await asked(detail(GAME), {GAME_AT: game_page(*blocks, **told)})
    assert isinstance(item, Item)
    return item


async def found(body: str) -> Any:
    answer, _ = await asked(search("x"), {SEARCH_AT: page(body)})
    return answer


async def popular(body: str, cursor: str = "") -> Any:
    answer, _ = await asked(trending(Feed.POPULAR, cursor=cursor), {LIST_AT: page(body)})
    return answer


async def sampled(question: Question) -> Any:
    return await ask_samples(Jvc(), question)


def ids(answer: Any) -> list[str]:
    return [one.source_id for one in answer.items]


# --- The sample set joins -----------------------------------------------------------------------------------


async def test_samples_lead_from_search_to_detail() -> None:
    hits = await sampled(search("robinet"))
    assert ids(hits) == ["700001", "700002"]
    item = await sampled(detail("jvc/video_game/700001"))
    assert (item.title, item.release_date, list(item.video_game.themes)) == (
        "Robinet : La Fuite",
        "2022-03-04",
        ["Humour"],
    )
    assert (item.rating.value, item.rating.votes) == (15.5, 35)
    with pytest.raises(NotFound):
        await sampled(detail("jvc/video_game/799999"))


async def test_samples_of_the_catalogue_go_on_to_the_last() -> None:
    first = await sampled(trending(Feed.POPULAR))
    assert (ids(first), first.next, first.total) == (["700001", "700002"], "2", 28)
    last = await sampled(trending(Feed.POPULAR, cursor=first.next))
    assert (ids(last), last.next) == (["700003"], "")
    assert (last.items[0].release_text, last.items[0].release_date) == ("Date de sortie inconnue", "")


# --- Search -------------------------------------------------------------------------------------------------


async def test_a_search_asks_for_games_only() -> None:
    _, up = await asked(search("l'été"), {SEARCH_AT: page("<p>Aucun résultat.</p>")})
    assert (up.paths, up.params) == ([SEARCH_AT], {"m": "9", "q": "l'été"})
    assert Jvc.manifest.access is Access.DIRECT_THEN_BROWSER


async def test_words_are_needed() -> None:
    with pytest.raises(InvalidField):
        await asked(search(""), {})


def card(inside: str) -> str:
    return f'<div class="card card--small">{inside}</div>'


async def test_cards_hold_when_attributes_move() -> None:
    answer = await found(
        card(f'<a title="T" class="x" href="{SITE}/jeux/ps5/jeu-7/">  </a><img data-src="//image.jeuxvideo.com/a.jpg">')
        + card('<a href="/jeux/jeu-8/">A &amp;amp; B</a><img src="https://ads.example/x.gif">')
        + card('<a href="/news/1/jeu-9.htm">News</a>')
        + card('<a href="/jeux/jeu-7/">again</a>')
    )
    assert [(one.source_id, one.title) for one in answer.items] == [("7", "T"), ("8", "A & B")]
    first, second = answer.items
    assert [(one.role, one.url) for one in first.images] == [(Image.THUMBNAIL, f"{PICTURES}/a.jpg")]
    assert (len(second.images), len(second.video_game.platforms)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PC Xbox Series Switch 2", ["PC", "Xbox Series", "Nintendo Switch 2"]),
        ("Wii U, Wii", ["Wii U", "Wii"]),
        ("PS5 Machine", ["PlayStation 5", "Machine"]),
    ],
)
async def test_machines_in_one_text(text: str, names: list[str]) -> None:
    answer = await found(card(f'<span class="card__contentType">{text}</span><a href="/jeux/jeu-7/">X</a>'))
    assert [one.name for one in answer.items[0].video_game.platforms] == names


@pytest.mark.parametrize("body", ["<h1>Bienvenue</h1>", card('<a href="/news/1/">N</a>'), ""])
async def test_a_page_without_games_must_say_so(body: str) -> None:
    with pytest.raises(ShapeChanged):
        await found(body)


# --- The catalogue ------------------------------------------------------------------------------------------


async def test_the_older_layout_with_its_hashed_classes() -> None:
    answer = await popular(
        '<div class="container__3Ow3zD"><a class="gameTitleLink__196nPy" href="/jeux/jeu-7/"><h2>X sur Y'
        '<span> sur </span><span class="platforms__2 gamePlatforms__27bTXa">PC PS5</span></h2></a>'
        '<span class="releaseDate__1RvUmc">Sortie: <span>1er mars 2017</span></span>'
        '<p class="description__1-Pqha">Un jeu.</p><span class="editorialRating__1tYu_r">16/20</span>'
        '<span class="userRating__1y96su">- -/20</span></div>'
        '<div class="pagination__oJAlxz"><span class="page__3yoZnY">1</span><a class="page__3yoZnY">2</a><a>…</a></div>'
    )
    (item,) = answer.items
    assert (item.title, item.release_date, item.description) == ("X sur Y", "2017-03-01", "Un jeu.")
    assert [one.name for one in item.video_game.platforms] == ["PC", "PlayStation 5"]
    assert item.HasField("rating") is False
    assert [(one.value, one.scale, one.source) for one in item.ratings] == [(16, 20, Rating.CRITICS)]
    assert (answer.next, answer.total) == ("2", None)


ENTRY = '<li class="cardList__item"><a class="cardGameList__gameTitleLink" href="/jeux/jeu-{}/">X</a></li>'


@pytest.mark.parametrize(("cursor", "following"), [("", "2"), ("91", "92"), ("92", "")])
async def test_without_links_the_total_tells_the_last_page(cursor: str, following: str) -> None:
    answer = await popular(f'<span class="cardListHeader__count">2\u202f291</span>{ENTRY.format(7)}', cursor)
    assert (answer.next, answer.total) == (following, 2291)


async def test_the_page_is_asked_by_its_number() -> None:
    _, up = await asked(trending(Feed.POPULAR, cursor="3"), {LIST_AT: page(ENTRY.format(7))})
    assert up.params == {"p": "3"}


async def test_a_page_behind_the_last_is_empty_and_another_page_is_none() -> None:
    answer = await popular('<span class="cardListHeader__count">0</span>')
    assert (list(answer.items), answer.next, answer.total) == ([], "", 0)
    with pytest.raises(ShapeChanged):
        await popular("<h1>Bienvenue</h1>")


# --- A game -------------------------------------------------------------------------------------------------


async def test_what_a_bare_page_does_not_say_stays_unset() -> None:
    item = await game(title="L&#039;X &amp; Y")
    assert item.title == "L'X & Y"
    assert (item.description, item.release_date, item.release_text) == ("", "", "")
    assert not any(item.HasField(name) for name in ("year", "rating"))
    assert [len(some) for some in (item.ratings, item.images, item.age_ratings, item.genres)] == [0, 0, 0, 0]
    assert (item.video_game.players_text, item.video_game.HasField("multiplayer")) == ("", False)
    assert [one.role for one in item.links] == [Link.SOURCE]


async def test_scripts_with_objects_inside_are_read_whole() -> None:
    item = await game(
        head=analytics(
            more={"id": 1, "text": "}"},
            genre_tags_name="R&eacute;flexion| |Action",
            developer_tags_name="A &amp; B",
            publisher_tags_name="C|D",
            pegi_tags_name="PEGI +18",
            masterfiche_game_release_date="2022-02-00",
        )
        + layer(page={"type": "jeu"}, game_usr_rating="14.5", game_tester_rating="--", platform=["xboxseries", "luna"])
    )
    assert list(item.genres) == ["Réflexion", "Action"]
    assert [one.name for one in item.video_game.developers] == ["A & B"]
    assert [one.name for one in item.video_game.publishers] == ["C", "D"]
    assert [one.min_age for one in item.age_ratings] == [18]
    assert (item.release_date, item.rating.value, len(item.ratings)) == ("2022-02", 14.5, 0)
    assert [one.name for one in item.video_game.platforms] == ["Xbox Series", "Amazon Luna"]


async def test_a_script_that_is_cut_off_leaves_the_rest() -> None:
    item = await game(script('window.jvc.analyticsMetadata = {"genre_tags_name": "Act'), row("Genre(s)", "Course"))
    assert list(item.genres) == ["Course"]


async def test_structured_data_comes_first() -> None:
    review = [{"reviewRating": {"ratingValue": 17}}]
    item = await game(
        head=ld(genre="Course", gamePlatform=["PS5"], review=review)
        + analytics(genre_tags_name="Autre")
        + layer(game_tester_rating="12", platform=["pc"])
    )
    assert (list(item.genres), [one.value for one in item.ratings]) == (["Course"], [17])
    assert [one.name for one in item.video_game.platforms] == ["PlayStation 5"]


@pytest.mark.parametrize(
    ("written", "date", "text"),
    [
        ("18 février 2022", "2022-02-18", ""),
        ("1er mars 2017", "2017-03-01", ""),
        ("01 août 2017", "2017-08-01", ""),
        ("mai 2023", "2023-05", ""),
        ("2023", "2023", ""),
        ("3ème trimestre 2024", "2024", "3ème trimestre 2024"),
        ("1er semestre 2025", "2025", "1er semestre 2025"),
        ("Date de sortie inconnue", "", "Date de sortie inconnue"),
    ],
)
async def test_dates_are_known_as_far_as_they_are(written: str, date: str, text: str) -> None:
    item = await game(f'<div class="gameCharacteristicsMain__releaseDate"><span>Sortie : </span>{written}</div>')
    assert (item.release_date, item.release_text) == (date, text)
    assert item.year == (int(date[:4]) if date else 0)


@pytest.mark.parametrize(
    ("told", "value"), [("--", None), ("- -", None), ("0", None), ("14,5", 14.5), ("20", 20), ("85", None)]
)
async def test_marks_of_a_gauge(told: str, value: float | None) -> None:
    item = await game(
        '<div class="gameCharacteristicsMain__reviewContainer--userOpinion"><svg>'
        f'<text class="gameCharacteristicsMain__gaugeText">{told}</text></svg><span class="x__count">(35)</span></div>'
    )
    assert (item.rating.value if item.HasField("rating") else None) == value
    assert item.rating.votes == (35 if value else 0)


@pytest.mark.parametrize(
    ("players", "several"), [("1 à 4", True), ("1", False), ("2 - 8", True), ("Massivement", None)]
)
async def test_players(players: str, several: bool | None) -> None:
    # "multijoueur" stands on nearly every page, in its menu
    item = await game("<nav>multijoueur online</nav>", row("Nombre de joueurs", players))
    assert item.video_game.players_text == players
    assert (item.video_game.multiplayer if item.video_game.HasField("multiplayer") else None) == several


async def test_rows_stand_in_for_scripts() -> None:
    item = await game(
        row("Editeur(s) :", "E"),
        row("Développeur(s)", "D", "D"),
        row("Thème(s)", "T"),
        row("Support(s)", "DVD", "Dématérialisé"),
        row("Classification", "+12 ans"),
    )
    game_of = item.video_game
    assert [one.name for one in game_of.publishers] == ["E"]
    assert [one.name for one in game_of.developers] == ["D"]
    assert (list(game_of.themes), list(game_of.media)) == (["T"], ["DVD", "Dématérialisé"])
    assert item.age_ratings[0].rating == "12"


async def test_makers_that_are_not_parted_are_nobodys() -> None:
    item = await game(row("Editeur(s) / Développeur(s)", "A", "B"))
    assert (len(item.video_game.publishers), len(item.video_game.developers)) == (0, 0)
    assert item.attributes["makers"] == "A, B"


async def test_a_description_of_the_head_loses_its_opening() -> None:
    told = "X : Y : retrouvez toutes les informations et actualités du jeu sur tous ses supports. Un récit."
    assert (await game(head=f'<meta name="description" content="{told}">')).description == "Un récit."


@pytest.mark.parametrize(
    ("tag", "urls"),
    [
        (f'<img class="gameCharacteristicsMain__coverImage" src="{PICTURES}/c.jpg" alt="">', [f"{PICTURES}/c.jpg"]),
        (f'<img class="gameCharacteristicsMain__coverImage" src="{PICTURES}/no.jpg" alt="pas d\'image">', []),
        ("", [f"{PICTURES}/og.jpg"]),
    ],
)
async def test_covers(tag: str, urls: list[str]) -> None:
    item = await game(tag, head=f'<meta property="og:image" content="{PICTURES}/og.jpg">')
    assert [one.url for one in item.images] == urls


# --- What is not there, or is something else ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (Answer(page("<h1>?</h1>"), 404), NotFound),
        (page("<h1>Page introuvable</h1>"), NotFound),
        (page("", "<title>Erreur 404 - jeuxvideo.com</title>"), NotFound),
        (page("<h1>À la une</h1>", f'<link rel="canonical" href="{SITE}/">'), NotFound),
        (page("<h1>404 Sight, le test</h1>"), ShapeChanged),
        (Answer(page("", "<title>Un instant…</title>"), 403), Blocked),
        (page("", "<title>Just a moment...</title>"), Blocked),
    ],
)
async def test_other_pages(body: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        await asked(detail(GAME), {GAME_AT: body})


async def test_what_is_no_number_is_not_asked() -> None:
    with pytest.raises(NotFound):
        await asked(detail("jvc/video_game/x"), {})
