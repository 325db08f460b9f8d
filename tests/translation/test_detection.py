"""Which language a text is in."""

from __future__ import annotations

import asyncio
import time

import pytest

from tako_server.translation.detection import Detector, Spoken
from tako_server.translation.tags import same_language, wanted_tag

_LONG = {
    "en": "A young boy discovers that he is a wizard and goes to a school of magic, where he finds friends, enemies "
    "and a secret that somebody has been keeping from him since he was born.",
    "fr": "Un jeune garçon découvre qu'il est un sorcier et part pour une école de magie, où il se fait des amis, des "
    "ennemis, et apprend un secret qu'on lui cache depuis sa naissance.",
    "de": "Ein Junge entdeckt, dass er ein Zauberer ist, und geht auf eine Schule für Magie, wo er Freunde und Feinde "
    "findet und ein Geheimnis, das man ihm seit seiner Geburt verschwiegen hat.",
    "es": "Un niño descubre que es un mago y va a una escuela de magia, donde encuentra amigos, enemigos y un secreto "
    "que alguien le ha ocultado desde que nació, y que cambiará su vida para siempre.",
    "it": "Un ragazzo scopre di essere un mago e va in una scuola di magia, dove trova amici, nemici e un segreto che "
    "qualcuno gli nasconde da quando è nato, e che cambierà per sempre la sua vita.",
    "pt": "Um menino descobre que é um bruxo e vai para uma escola de magia, onde encontra amigos, inimigos e um "
    "segredo que alguém lhe esconde desde que nasceu.",
}


@pytest.mark.parametrize("language", _LONG)
@pytest.mark.parametrize("claimed", ["", "en", "fr", "ja"])
async def test_a_long_text_speaks_for_itself(language: str, claimed: str) -> None:
    assert await Detector().languages([Spoken(_LONG[language], claimed)], "fr") == [language]


@pytest.mark.parametrize("language", _LONG)
async def test_a_short_text_is_what_its_provider_says_or_what_is_wanted(language: str) -> None:
    detector = Detector()
    short = _LONG[language][:75]
    assert await detector.languages([Spoken(short, language)], "nl") == [language]
    assert await detector.languages([Spoken(short, "en")], language) == [language]


async def test_a_short_text_in_a_third_language_is_not_taken_for_the_wanted_one() -> None:
    assert await Detector().languages([Spoken(_LONG["es"][:75], "en")], "fr") == ["en"]


async def test_a_few_words_tell_nothing() -> None:
    detector = Detector()
    asked = [Spoken("Album de 36 pages.", "en"), Spoken("Figurine articulée", ""), Spoken("日本", "ja")]
    assert await detector.languages(asked, "fr") == ["en", "", "ja"]
    assert detector._all is None
    assert not detector._between


async def test_a_language_that_is_not_told_apart_is_believed() -> None:
    slovak = "Mladý chlapec zistí, že je čarodejník, a odíde do školy mágie, kde si nájde priateľov aj nepriateľov " * 2
    assert await Detector().languages([Spoken(slovak, "sk")], "fr") == ["sk"]


async def test_the_loop_goes_on_while_it_is_loaded() -> None:
    """Loading holds the interpreter; it does so a little at a time. The bound allows for a busy machine."""
    gaps: list[float] = []
    start = time.perf_counter()

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(time.perf_counter() - began)

    ticking = asyncio.create_task(tick())
    await Detector().languages([Spoken(text, "") for text in _LONG.values()], "fr")
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)
    assert max(gaps) < max(0.25, (time.perf_counter() - start) / 2)


async def test_what_was_seen_is_remembered() -> None:
    detector = Detector()
    asked = [Spoken(text, "") for text in _LONG.values()]
    first = await detector.languages(asked, "fr")
    detector._one = None  # type: ignore[method-assign,assignment] # asked again, it would fail
    assert await detector.languages(asked, "fr") == first


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("de-AT", "de"),
        ("pt-BR", "pt-BR"),
        ("pt_pt", "pt-PT"),
        ("pt", "pt"),
        ("en-gb", "en-GB"),
        ("en-AU", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-hant", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-CN", "zh"),
    ],
)
def test_tags(language: str, tag: str) -> None:
    assert wanted_tag(language) == tag


def test_who_reads_one_reads_the_other() -> None:
    assert same_language("pt-BR", "pt")
    assert not same_language("", "fr")
