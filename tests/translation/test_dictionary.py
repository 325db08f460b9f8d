"""The dictionaries: whole, and read as they are meant."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tako_server.translation import dictionary
from tako_server.translation.dictionary import AREAS, LANGUAGES, Dictionaries, Word, spelling

_FOLDER = Path(dictionary.__file__).parent / "dictionaries"


@pytest.fixture(scope="module")
def words() -> Dictionaries:
    return Dictionaries.load()


def test_every_file_is_read() -> None:
    assert {path.stem for path in _FOLDER.glob("*.toml")} == set(AREAS)


@pytest.mark.parametrize("area", AREAS)
def test_every_word_is_in_every_language_once(area: str) -> None:
    told = tomllib.loads((_FOLDER / f"{area}.toml").read_text(encoding="utf-8"))
    same = [spelling(word) for word in told["same"]]
    assert len(same) == len(set(same))
    for row in told["words"]:
        assert set(row) == set(LANGUAGES), row
    english = [spelling(one) for row in told["words"] for one in _forms(row["en"])]
    assert len(english) == len(set(english))
    assert not set(same) & set(english)
    spellings = [one for row in told["words"] for form in row.values() for one in _forms(form)]
    assert all(one == one.strip() and one for one in spellings)


def _forms(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("domain", "text", "target", "claimed", "expected"),
    [
        ("media", "Drama", "fr", "en", Word("Drame", "en")),
        ("media", "drama", "fr", "en", Word("drame", "en")),
        ("media", "SCI-FI & FANTASY", "de", "en", Word("Science-Fiction & Fantasy", "en")),
        ("media", "Krimi", "en", "de", Word("Crime", "de")),
        ("media", "Ciencia ficción", "it", "", Word("Fantascienza", "es")),
        ("media", "Comedy", "pt-BR", "en", Word("Comédia", "en")),
        ("anime-manga", "Slice of Life", "fr", "en", Word("Tranche de vie", "en")),
        ("videogames", "Role-playing (RPG)", "fr", "en", Word("Jeu de rôle", "en")),
        ("videogames", "Bird view / Isometric", "de", "en", Word("Vogelperspektive / isometrisch", "en")),
        ("videogames", "Plate-forme", "en", "fr", Word("Platform", "fr")),
        ("music", "Stage & Screen", "fr", "en", Word("Scène et écran", "en")),
        ("music", "Folk, World, & Country", "fr", "en", Word("Folk, musiques du monde et country", "en")),
        ("books", "Animals / Travel / General", "es", "en", Word("Animales / Viajes / General", "en")),
        ("comics", "Chronique sociale", "en", "fr", Word("Social Chronicle", "fr")),
        ("boardgames", "Deck, Bag, and Pool Building", "de", "en", Word("Deck-, Beutel- und Vorratsbau", "en")),
        ("boardgames", "Action / Dexterity", "fr", "en", Word("Action / adresse", "en")),
        ("construction-toys", "Knights", "fr", "en", Word("Chevaliers", "en")),
        ("collectibles", "Figurine", "en", "fr", Word("Figure", "fr")),
        # what is well as it is
        ("media", "Drama", "es", "en", Word("Drama", "en")),
        ("media", "Drame", "fr", "fr", Word("Drame", "fr")),
        ("media", "Science Fiction", "fr", "en", Word("Science Fiction", "en")),
        ("anime-manga", "Shounen", "fr", "en", Word("Shounen", "")),
        ("music", "Hip Hop", "pt", "en", Word("Hip Hop", "")),
        # what is the word of another area there
        ("books", "Drama", "fr", "en", Word("Théâtre", "en")),
        ("boardgames", "Puzzle", "fr", "en", Word("Casse-tête", "en")),
        # what nobody knows
        ("media", "Zorbnax", "fr", "en", None),
        ("media", "Drama / Zorbnax", "fr", "en", None),
        ("media", "Drama", "ja", "en", None),
        ("tcg", "Drama", "fr", "en", None),
        ("no-domain", "Drama", "fr", "en", None),
    ],
)
def test_words(words: Dictionaries, domain: str, text: str, target: str, claimed: str, expected: Word | None) -> None:
    assert words.word(domain, text, target, claimed) == expected
