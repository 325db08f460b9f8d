"""Each engine against a server that takes only what its documents allow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from tako_server.translation.engine import Engine, EngineAway, EngineError, NotTranslatable
from tako_server.translation.engines.apertium import route
from tako_server.translation.engines.deepl import DeepL
from tako_server.translation.engines.google_cloud import GoogleCloud
from tako_server.translation.engines.google_web import GoogleWeb
from tako_server.translation.engines.libretranslate import LibreTranslate
from tests.cache.support import until
from tests.translation.stand_in import KEY, StandIn, capitals, saying, status

Maker = Callable[[str], Engine]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(params=["libretranslate", "deepl", "google", "google-web"])
def engine(request: pytest.FixtureRequest, session: aiohttp.ClientSession, stand_in: StandIn) -> Engine:
    """One of the engines, asking the stand-in."""
    makers: dict[str, Callable[[], Engine]] = {
        "libretranslate": lambda: LibreTranslate(session, stand_in.url, KEY),
        "deepl": lambda: DeepL(session, KEY, base_url=stand_in.url),
        "google": lambda: GoogleCloud(session, KEY, base_url=stand_in.url),
        "google-web": lambda: GoogleWeb(session, base_url=stand_in.url),
    }
    made = makers[request.param]()
    assert made.name == request.param
    return made


async def test_texts_come_back_in_their_order(engine: Engine, stand_in: StandIn) -> None:
    given = ["One. Two. Three", 'an & <b> "quote"\n\nand a paragraph', "été 日本"][: engine.limits.texts]
    target = "FR" if engine.name == "deepl" else "fr"
    assert await engine.translate(given, "en", "fr") == [capitals(text, target) for text in given]
    assert stand_in.texts == given


async def test_an_unknown_language_is_found_out_by_the_engine(engine: Engine, stand_in: StandIn) -> None:
    await engine.translate(["hola"], "", "fr")
    (asked,) = stand_in.requests
    assert {asked.get("source", "auto"), asked.get("sl", "auto"), asked.get("source_lang", "auto")} == {"auto"}


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("pt-BR", ("pt", "PT-BR", "pt-BR", "pt-BR")),
        ("pt", ("pt", "PT-PT", "pt", "pt")),
        ("en-GB", ("en", "EN-GB", "en", "en")),
        ("en", ("en", "EN-US", "en", "en")),
        ("zh-Hant", ("zt", "ZH-HANT", "zh-TW", "zh-TW")),
        ("zh", ("zh", "ZH-HANS", "zh-CN", "zh-CN")),
    ],
)
async def test_each_has_its_own_codes(engine: Engine, stand_in: StandIn, target: str, codes: tuple[str, ...]) -> None:
    await engine.translate(["x"], "de", target)
    (asked,) = stand_in.requests
    names = ("libretranslate", "deepl", "google", "google-web")
    sent = asked.get("target") or asked.get("target_lang") or asked.get("tl")
    assert sent == codes[names.index(engine.name)]


@pytest.mark.parametrize(
    ("code", "kind", "rest"),
    [
        (400, NotTranslatable, None),
        (403, EngineAway, 600.0),
        (408, EngineAway, 7.0),
        (429, EngineAway, 7.0),
        (456, EngineAway, 3600.0),
        (500, EngineAway, 7.0),
        (503, EngineAway, 7.0),
        (302, EngineAway, None),
    ],
)
async def test_what_statuses_mean(
    engine: Engine, stand_in: StandIn, code: int, kind: type[EngineError], rest: float | None
) -> None:
    stand_in.fault = status(code, **{"Retry-After": "7"}, Location="http://127.0.0.1:1/elsewhere")
    with pytest.raises(kind) as told:
        await engine.translate(["x"], "en", "fr")
    assert KEY not in str(told.value)
    assert "127.0.0.1" not in str(told.value)
    assert getattr(told.value, "rest", None) == rest


@pytest.mark.parametrize(
    "body", ["", "no json", "{}", "[]", "null", '{"translatedText":7}', '{"translations":[{}]}', "[[[7]]]"]
)
async def test_a_shape_that_is_not_known(engine: Engine, stand_in: StandIn, body: str) -> None:
    stand_in.fault = saying(body)
    with pytest.raises(EngineAway):
        await engine.translate(["x"], "en", "fr")


async def test_an_answer_without_end_is_cut(engine: Engine, stand_in: StandIn) -> None:
    stand_in.fault = saying('"' + "x" * (5 * 1024 * 1024) + '"')
    with pytest.raises(EngineAway, match="too large"):
        await engine.translate(["x"], "en", "fr")


async def test_nobody_there(engine: Engine, stand_in: StandIn, session: aiohttp.ClientSession) -> None:
    gone = LibreTranslate(session, "http://127.0.0.1:1")
    with pytest.raises(EngineAway, match="can't be reached") as told:
        await gone.translate(["x"], "en", "fr")
    assert "127.0.0.1" not in str(told.value)


async def test_keys_of_deepl_choose_their_host(session: aiohttp.ClientSession) -> None:
    assert DeepL(session, "abc:fx")._url == "https://api-free.deepl.com/v2/translate"
    assert DeepL(session, "abc")._url == "https://api.deepl.com/v2/translate"


async def test_a_full_request_of_deepl_fits(session: aiohttp.ClientSession, stand_in: StandIn) -> None:
    limits = DeepL.limits
    size = limits.request // limits.texts
    await DeepL(session, KEY, base_url=stand_in.url).translate(["日" * size] * limits.texts, "ja", "fr")


def test_ways_of_apertium() -> None:
    pairs = frozenset({("eng", "cat"), ("cat", "fra"), ("eng", "spa"), ("spa", "fra"), ("eng", "glg"), ("glg", "por")})
    assert route(pairs, "eng", "cat") == [("eng", "cat")]
    assert route(pairs, "eng", "fra") == [("eng", "cat"), ("cat", "fra")]
    assert route(pairs, "eng", "por") == [("eng", "glg"), ("glg", "por")]
    assert route(pairs - {("cat", "fra")}, "eng", "fra") == [("eng", "spa"), ("spa", "fra")]
    assert route(pairs, "fra", "eng") == []
    assert route(pairs, "eng", "eng") == []


async def test_cancelling_leaves_no_request_behind(engine: Engine, stand_in: StandIn) -> None:
    stand_in.pause = 30
    asking = asyncio.create_task(engine.translate(["x"], "en", "fr"))
    await until(lambda: stand_in.at_once > 0)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await until(lambda: not stand_in.at_once)
