"""Through a real engine: Apertium's web service, over a language in between."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.item_parts_pb2 import TranslatedField
from tako_server.translation.engines.apertium import Apertium as Engine
from tests.translation.apertium import Apertium
from tests.translation.library import WIZARD, English, film, notes, search, translating


async def test_an_english_provider_answers_in_french_and_once_is_enough(tmp_path: Path, apertium: Apertium) -> None:
    provider = English()
    async with translating(tmp_path, provider, TAKO_APERTIUM_URL=apertium.url) as call:
        first = (await search(call)).answer
        used = apertium.uses()
        again = (await search(call)).answer
        other_size = (await search(call, page_size=5)).answer
    async with translating(tmp_path, provider, TAKO_APERTIUM_URL=apertium.url) as call:
        after_restart = (await search(call, page_size=7)).answer
    assert apertium.uses() == used

    (item,) = first.items
    assert item.title == "The School 1"
    assert item.genres == ["Drame", "Science Fiction"]
    assert "Un garçon jeune découvre" in item.description
    assert "une école de" in item.description
    told = notes(item)
    assert set(told) == {"genres[0]", "description"}
    assert told["description"].original == WIZARD
    assert (told["description"].engine, told["description"].from_language) == ("apertium", "en")
    assert told["description"].method == TranslatedField.MACHINE
    assert told["genres[0]"].original == "Drama"
    assert told["genres[0]"].method == TranslatedField.DICTIONARY
    (outcome,) = first.outcomes
    assert (outcome.status, outcome.partial, list(outcome.ignored_fields)) == (ProviderOutcome.OK, False, ["language"])
    for answer in (again, other_size, after_restart):
        assert list(answer.items) == list(first.items)


async def test_a_pair_that_it_lacks_leaves_the_original(tmp_path: Path, apertium: Apertium) -> None:
    async with translating(tmp_path, English(), TAKO_APERTIUM_URL=apertium.url) as call:
        answer = (await search(call, language="ja")).answer
    (item,) = answer.items
    assert item.description == WIZARD
    told = notes(item)["description"]
    assert "does not lead from en to ja" in told.failure
    assert (told.original, told.engine) == ("", "")
    assert not answer.outcomes[0].partial  # asking again would change nothing


async def test_paragraphs_and_signs_survive(apertium: Apertium) -> None:
    text = 'He goes to a "school" & stays.\n\nIt costs $5 [a lot]; a zorbnax^2 too.'
    async with aiohttp.ClientSession() as session:
        (translated,) = await Engine(session, apertium.url).translate([text], "en", "fr")
    first, empty, second = translated.split("\n")
    assert (first.count('"'), empty) == (2, "")
    assert "école" in first
    assert "zorbnax^2" in second
    assert "*" not in translated  # its mark of words that it does not know


async def test_long_texts_come_through_in_pieces(tmp_path: Path, apertium: Apertium) -> None:
    long = " ".join(f"The house {number} is in the city." for number in range(180))
    assert len(long) > Engine.limits.characters
    async with translating(tmp_path, English(film(description=long)), TAKO_APERTIUM_URL=apertium.url) as call:
        (item,) = (await search(call)).answer.items
    assert "La maison 0 " in item.description
    assert "La maison 179 " in item.description
    assert item.description.count("maison") == 180
