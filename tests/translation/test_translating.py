"""What a caller who asks for a translation sees."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.answers_pb2 import (
    BatchDetailResponse,
    LookupResponse,
    ProviderOutcome,
    RelatedResponse,
    SearchEvent,
    SearchResponse,
    TrendingResponse,
)
from tako.v1.catalog_service_pb2 import BatchDetailRequest, CatalogSearchRequest, LookupRequest
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_parts_pb2 import TranslatedField
from tako.v1.item_pb2 import Item
from tako.v1.media_service_pb2 import MediaRelatedRequest, MediaTrendingRequest
from tako_providers.sdk import Page
from tako_server.app import StartError
from tako_server.rpc.metrics import Metrics
from tako_server.translation.engines.libretranslate import LibreTranslate
from tako_server.translation.sentences import bare, pieces
from tests.cache.support import until
from tests.postgres import Database
from tests.rpc.harness import provider as books
from tests.rpc.harness import server
from tests.translation.library import FRENCH, SHIP, WIZARD, English, detail, film, notes, search, texts, translating
from tests.translation.stand_in import StandIn, capitals, silence, status

IN_FRENCH = capitals(WIZARD, "fr")


def engine(stand_in: StandIn, **more: str) -> dict[str, str]:
    """Settings that name the stand-in."""
    return {"TAKO_LIBRETRANSLATE_URL": stand_in.url, "TAKO_TRANSLATE_ENGINES": "libretranslate", **more}


# --- Which fields ----------------------------------------------------------------------------------------------


async def test_prose_is_translated_titles_and_names_are_not(tmp_path: Path, stand_in: StandIn) -> None:
    given = film(subtitle="Part one", original_title="The School", tags=["magic"])
    given.movie.tagline = "Every pupil of this school has something to hide from the others, and so have the teachers."
    given.movie.cast.add(name="A Person")
    async with translating(tmp_path, English(given), **engine(stand_in)) as call:
        (item,) = (await search(call)).answer.items
    assert (item.title, item.subtitle, item.original_title) == ("The School 1", "Part one", "The School")
    assert (item.movie.cast[0].name, list(item.tags), item.language) == ("A Person", ["magic"], "en")
    assert item.description == IN_FRENCH
    assert item.movie.tagline == capitals(given.movie.tagline, "fr")
    told = notes(item)
    assert set(told) == {"genres[0]", "description", "movie.tagline"}
    assert {note.from_language for note in told.values()} == {"en"}
    assert told["movie.tagline"].original == given.movie.tagline
    assert told["movie.tagline"].engine == "libretranslate"


async def test_each_field_falls_back_by_itself(tmp_path: Path, stand_in: StandIn) -> None:
    """A native description, a genre of the dictionary, and one that only an engine may know."""
    given = film(description=FRENCH, genres=["Drama", "Zorbnax", "Comédie"])
    async with translating(tmp_path, English(given), **engine(stand_in)) as call:
        (item,) = (await search(call)).answer.items
    assert item.description == FRENCH
    assert item.genres == ["Drame", "[fr] ZORBNAX", "Comédie"]
    told = notes(item)
    assert {name: note.method for name, note in told.items()} == {
        "genres[0]": TranslatedField.DICTIONARY,
        "genres[1]": TranslatedField.MACHINE,
    }
    assert stand_in.texts == ["Zorbnax"]


async def test_a_native_item_costs_no_request(tmp_path: Path, stand_in: StandIn) -> None:
    given = film(description=FRENCH, genres=["Drame"], language="fr")
    async with translating(tmp_path, English(given), **engine(stand_in)) as call:
        (item,) = (await search(call)).answer.items
    assert (item.description, list(item.translated)) == (FRENCH, [])
    assert not stand_in.requests


async def test_lists_and_things_within_things(tmp_path: Path, stand_in: StandIn) -> None:
    season = Item(kind=Item.MOVIE, source_id="1", title="Season 1", language="en")
    season.season.episodes.add(title="One", description=WIZARD)
    season.season.episodes.add(title="Two")
    season.season.episodes.add(title="Three", description=SHIP)
    async with translating(tmp_path, English(season), **engine(stand_in)) as call:
        item = (await detail(call)).answer.item
    assert [episode.description for episode in item.season.episodes] == [IN_FRENCH, "", capitals(SHIP, "fr")]
    assert [episode.title for episode in item.season.episodes] == ["One", "Two", "Three"]
    assert set(notes(item)) == {"season.episodes[0].description", "season.episodes[2].description"}


# --- Which calls -----------------------------------------------------------------------------------------------


async def test_every_call_that_has_the_field(tmp_path: Path, stand_in: StandIn) -> None:
    asked: dict[str, Any] = {"language": "fr", "translate": True}
    batch = BatchDetailRequest(ids=["english/movie/1", "no/movie/1", "english/movie/2"], **asked)
    stream = CatalogSearchRequest(query="school", domains=["media"], **asked)
    lookup = LookupRequest(scheme="imdb", code="tt0133093", **asked)
    async with translating(tmp_path, English(film(1), film(2, SHIP)), **engine(stand_in)) as call:
        found = [
            (await search(call)).answer.items,
            (await call("CatalogService/Search", stream, SearchResponse)).answer.items,
            (
                await call("MediaService/Trending", MediaTrendingRequest(feed=Feed.POPULAR, **asked), TrendingResponse)
            ).answer.items,
            (
                await call(
                    "MediaService/Related",
                    MediaRelatedRequest(id="english/movie/1", relation=Relation.SIMILAR, **asked),
                    RelatedResponse,
                )
            ).answer.items,
            (await call("CatalogService/Lookup", lookup, LookupResponse)).answer.items,
            [(await detail(call, number)).answer.item for number in (1, 2)],
        ]
        results = (await call("CatalogService/BatchDetail", batch, BatchDetailResponse)).answer.results
        events = [event async for event in _stream(call.channel, stream)]
    for items in found:
        assert texts(items) == [IN_FRENCH, capitals(SHIP, "fr")]
    assert [result.item.description for result in results] == [IN_FRENCH, "", capitals(SHIP, "fr")]
    assert results[1].HasField("error")
    streamed = [item for event in events if event.HasField("items") for item in event.items.items]
    assert texts(streamed) == [IN_FRENCH, capitals(SHIP, "fr")]
    assert len(stand_in.texts) == 2  # each text once for all of these calls


async def test_who_does_not_ask_gets_the_originals(tmp_path: Path, stand_in: StandIn) -> None:
    given = English()
    async with translating(tmp_path, given, **engine(stand_in)) as call:
        translated = (await search(call)).answer
        plain = (await search(call, translate=False)).answer
        german = (await search(call, language="de")).answer
    assert texts(translated.items) == [IN_FRENCH]
    assert (texts(plain.items), plain.items[0].genres[0]) == ([WIZARD], "Drama")
    assert texts(german.items) == [capitals(WIZARD, "de")]
    assert given.asked == 2  # what is kept of the provider is not translated: one question for each language


# --- When nothing can be translated ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "fields"), [({"AUTO_TRAD_ENABLED": "false"}, {}), ({}, {"language": ""})], ids=["off", "no language"]
)
async def test_what_is_not_honoured_is_told(
    tmp_path: Path, stand_in: StandIn, settings: dict[str, str], fields: dict[str, Any]
) -> None:
    async with translating(tmp_path, English(), **engine(stand_in, **settings)) as call:
        found = (await search(call, **fields)).answer
        one = (await detail(call, **fields)).answer
    assert texts(found.items) == [WIZARD]
    assert "translate" in found.outcomes[0].ignored_fields
    assert "translate" in one.outcome.ignored_fields
    assert not stand_in.requests


async def test_the_language_of_the_server_is_meant_where_none_is_named(tmp_path: Path, stand_in: StandIn) -> None:
    settings = engine(stand_in, DEFAULT_LOCALE="fr_FR.UTF-8")
    async with translating(tmp_path, English(), **settings) as call:
        assert texts((await search(call, language="")).answer.items) == [IN_FRENCH]


async def test_without_an_engine_the_dictionary_still_serves(tmp_path: Path) -> None:
    async with translating(tmp_path, English()) as call:
        answer = (await search(call)).answer
    (item,) = answer.items
    assert (item.genres[0], item.description) == ("Drame", WIZARD)
    assert "no translation engine is set up" in notes(item)["description"].failure
    assert not answer.outcomes[0].partial


# --- When an engine fails --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [403, 429, 500])
async def test_an_engine_that_fails_leaves_the_original_and_says_so(
    tmp_path: Path, stand_in: StandIn, code: int
) -> None:
    stand_in.fault = status(code)
    key = "planted-engine-key"
    settings = engine(stand_in, TAKO_LIBRETRANSLATE_KEY=key)
    async with translating(tmp_path, English(film(1), film(2, SHIP)), **settings) as call:
        asked = await search(call)
        again = await search(call)
        one = (await detail(call)).answer
        batch = BatchDetailRequest(ids=["english/movie/1"], language="fr", translate=True)
        (of_batch,) = (await call("CatalogService/BatchDetail", batch, BatchDetailResponse)).answer.results
    assert asked.code is grpc.StatusCode.OK
    assert texts(asked.answer.items) == [WIZARD, SHIP]
    for item in asked.answer.items:
        told = notes(item)["description"]
        assert (told.original, told.method) == ("", TranslatedField.MACHINE)
        assert told.failure.startswith("LibreTranslate")
        assert item.genres[0] == "Drame"
    for outcome in (asked.answer.outcomes[0], one.outcome, of_batch.outcome):
        assert (outcome.status, outcome.partial, outcome.reason) == (ProviderOutcome.OK, True, "TRANSLATION_FAILED")
    assert again.trailers["tako-cache"] == "hit"  # of the part; the whole was not kept
    assert key not in str(asked.answer)
    assert stand_in.url.rpartition("/")[2] not in str(asked.answer)
    assert len(stand_in.requests) == 1  # then it is left alone


async def test_a_failure_is_not_kept(tmp_path: Path, stand_in: StandIn) -> None:
    async with translating(tmp_path, English(), **engine(stand_in)) as call:
        stand_in.fault = status(429, **{"Retry-After": "0"})
        assert texts((await search(call)).answer.items) == [WIZARD]
        stand_in.fault = None
        assert texts((await search(call)).answer.items) == [IN_FRENCH]


async def test_a_silent_engine_costs_the_time_of_one_call(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.fault = silence
    settings = engine(stand_in, TAKO_TRANSLATE_TIMEOUT="2")
    async with translating(tmp_path, English(), **settings) as call:
        began = time.monotonic()
        first = await search(call)
        assert 1.9 < time.monotonic() - began < 10
        began = time.monotonic()
        second = await search(call)
        assert time.monotonic() - began < 1.5
    for asked in (first, second):
        assert texts(asked.answer.items) == [WIZARD]
        assert "did not answer in time" in notes(asked.answer.items[0])["description"].failure


async def test_the_deadline_of_the_call_comes_first_and_the_work_is_not_lost(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.pause = 2.5
    async with translating(tmp_path, English(), **engine(stand_in)) as call:
        hasty = await search(call, timeout=2)
        assert (hasty.code, texts(hasty.answer.items)) == (grpc.StatusCode.OK, [WIZARD])
        assert "no time was left" in notes(hasty.answer.items[0])["description"].failure
        patient = await search(call)
    assert texts(patient.answer.items) == [IN_FRENCH]
    assert len(stand_in.requests) == 1


async def test_the_next_engine_does_what_the_first_can_not(tmp_path: Path, stand_in: StandIn) -> None:
    settings = {
        "TAKO_APERTIUM_URL": "http://127.0.0.1:1",
        "TAKO_LIBRETRANSLATE_URL": stand_in.url,
        "TAKO_TRANSLATE_ENGINES": "apertium,libretranslate",
    }
    async with translating(tmp_path, English(), **settings) as call:
        answer = (await search(call)).answer
    assert texts(answer.items) == [IN_FRENCH]
    assert notes(answer.items[0])["description"].engine == "libretranslate"
    assert not answer.outcomes[0].partial


async def test_a_stream_does_not_wait_for_a_slow_engine(tmp_path: Path, stand_in: StandIn) -> None:
    """Native items come while another provider's are being translated."""
    stand_in.pause = 1.0

    async def native(ask: Any) -> Page:
        return Page([Item(kind=Item.BOOK, source_id="1", title="Roman", description=FRENCH, language="fr")])

    request = CatalogSearchRequest(query="x", domains=["media", "books"], language="fr", translate=True)
    async with server(tmp_path, English(), books("native", native), **engine(stand_in)) as call:
        arrived = [event.items.provider async for event in _stream(call.channel, request) if event.HasField("items")]
    assert arrived == ["native", "english"]


# --- How engines are asked -------------------------------------------------------------------------------------


async def test_texts_are_asked_in_batches_each_once(tmp_path: Path, stand_in: StandIn) -> None:
    items = [film(number, f"{WIZARD} Chapter {number % 30}.") for number in range(60)]
    async with translating(tmp_path, English(*items), **engine(stand_in)) as call:
        found = (await search(call, page_size=60)).answer.items
    assert texts(found) == [capitals(item.description, "fr") for item in items]
    assert len(stand_in.texts) == 30
    assert len(stand_in.requests) == 2  # of 20 texts at most, and of 5,000 characters


async def test_requests_at_once_are_bounded(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.pause = 0.05
    items = [film(number, f"{WIZARD * 20} Chapter {number}.") for number in range(20)]
    settings = engine(stand_in, TAKO_TRANSLATE_AT_ONCE="3")
    async with translating(tmp_path, English(*items), **settings) as call:
        found = (await search(call)).answer.items
    assert texts(found) == [capitals_of_pieces(item.description) for item in items]
    assert len(stand_in.requests) > 6
    assert stand_in.most_at_once == 3


def capitals_of_pieces(text: str) -> str:
    """What comes of a text that is longer than the engine takes."""
    parts = [bare(piece) for piece in pieces(text, LibreTranslate.limits.characters)]
    return "".join(before + (capitals(inner, "fr") if inner else "") + after for before, inner, after in parts)


async def test_a_crowd_asks_once(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.pause = 0.2
    async with translating(tmp_path, English(), **engine(stand_in)) as call:
        many = await asyncio.gather(*(search(call, page_size=1 + number % 9) for number in range(40)))
    assert {texts(asked.answer.items)[0] for asked in many} == {IN_FRENCH}
    assert len(stand_in.requests) == 1


async def test_a_text_beyond_all_bounds_stays(tmp_path: Path, stand_in: StandIn) -> None:
    async with translating(tmp_path, English(film(description="A word. " * 7000)), **engine(stand_in)) as call:
        (item,) = (await search(call)).answer.items
    assert notes(item)["description"].failure == "it is too long to be translated"
    assert not stand_in.requests


# --- What is kept ----------------------------------------------------------------------------------------------


async def test_translations_outlive_the_server(tmp_path: Path, stand_in: StandIn) -> None:
    for _ in range(2):
        async with translating(tmp_path, English(), **engine(stand_in)) as call:
            assert texts((await search(call)).answer.items) == [IN_FRENCH]
    assert len(stand_in.requests) == 1
    with closing(sqlite3.connect(tmp_path / "tako.db")) as connection:
        rows = connection.execute("SELECT engine, source, target, translated FROM tako_translation").fetchall()
        kept = connection.execute("SELECT data FROM discovery_cache").fetchall()
    assert rows == [("libretranslate", "en", "fr", IN_FRENCH)]
    assert all(IN_FRENCH.encode() not in data for (data,) in kept)


async def test_what_is_too_old_is_translated_anew(tmp_path: Path, stand_in: StandIn) -> None:
    async with translating(tmp_path, English(), **engine(stand_in)) as call:
        await search(call)
    with closing(sqlite3.connect(tmp_path / "tako.db")) as connection:
        connection.execute("UPDATE tako_translation SET kept = kept - 91 * 86400")
        connection.commit()
    async with translating(tmp_path, English(), **engine(stand_in)) as call:
        assert texts((await search(call)).answer.items) == [IN_FRENCH]
    assert len(stand_in.requests) == 2


_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tako' AND datname = current_database()"


async def test_replicas_share_them(tmp_path: Path, stand_in: StandIn, database: Database) -> None:
    for replica in ("one", "two"):
        async with translating(tmp_path / replica, English(), database, **engine(stand_in)) as call:
            # The start does not wait for a database; two connections are the least that a store has when it is open.
            await until(lambda: int(database.psql(_CONNECTIONS)) >= 2)
            assert texts((await search(call)).answer.items) == [IN_FRENCH]
    assert len(stand_in.requests) == 1
    assert database.psql("SELECT engine, target FROM tako_translation") == "libretranslate|fr"


async def test_a_server_that_keeps_nothing_translates_all_the_same(tmp_path: Path, stand_in: StandIn) -> None:
    settings = engine(stand_in, TAKO_STORE="none")
    async with translating(tmp_path, English(), **settings) as call:
        assert texts((await search(call)).answer.items) == [IN_FRENCH]
        assert texts((await search(call, page_size=3)).answer.items) == [IN_FRENCH]
    assert len(stand_in.requests) == 1


# --- How it is set up ------------------------------------------------------------------------------------------


async def test_an_engine_without_its_setting_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="TAKO_TRANSLATE_ENGINES: deepl needs TAKO_DEEPL_KEY"):
        async with translating(tmp_path, English(), TAKO_TRANSLATE_ENGINES="deepl"):
            raise AssertionError


async def test_metrics_count_texts(tmp_path: Path, stand_in: StandIn) -> None:
    metrics = Metrics()
    metrics.translated("deepl", "made", 3)
    assert b'tako_translated_texts_total{engine="deepl",state="made"} 3.0' in metrics.exposition()


async def _stream(channel: grpc.aio.Channel, request: CatalogSearchRequest) -> Any:
    call: Any = channel.unary_stream(
        "/tako.v1.CatalogService/SearchStream",
        request_serializer=CatalogSearchRequest.SerializeToString,
        response_deserializer=SearchEvent.FromString,
    )
    async for event in call(request, timeout=30):
        yield event
