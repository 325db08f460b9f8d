"""The stream over REST, through the gateway: events arrive as they happen, as lines of JSON or server-sent events."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tako.v1.item_pb2 import Item
from tests.faults.serving import tako
from tests.rpc.shelves import never, shelf, thing

FILM = thing(Item.MOVIE, "603", "imdb:tt0133093", title="The Matrix", year=1999)
SAME = thing(Item.MOVIE, "169", "imdb:tt0133093", title="The Matrix")


def told(event: dict[str, Any]) -> str:
    """An event in one word or two."""
    (kind,) = event
    body = event[kind]
    return f"{kind} {body['provider']}" if kind in ("items", "outcome") else kind


@pytest.mark.parametrize(
    ("path", "content_type", "prefix"),
    [("/v1/search:stream", "application/json", ""), ("/v1/search:events", "text/event-stream", "data: ")],
)
async def test_the_first_items_are_there_before_the_slow_provider_ends(
    tmp_path: Path, path: str, content_type: str, prefix: str
) -> None:
    hanging = shelf("hanging", [], before=never, timeout=2)
    providers = (shelf("alpha", [FILM]), shelf("beta", [SAME]), shelf("gamma", []), hanging)
    events: list[dict[str, Any]] = []
    arrived: list[float] = []
    loop = asyncio.get_running_loop()
    async with tako(tmp_path, *providers, rest=True) as server, aiohttp.ClientSession() as session:
        assert server.ready.rest_url
        url = f"{server.ready.rest_url}{path}?query=matrix&domains=media&group=true"
        async with session.get(url, timeout=aiohttp.ClientTimeout(20)) as answer:
            assert (answer.status, answer.headers["content-type"]) == (200, content_type)
            async for line in answer.content:
                if text := line.decode().strip().removeprefix(prefix):
                    events.append(json.loads(text))
                    arrived.append(loop.time())
    assert told(events[0]) == "started"
    assert {told(event) for event in events[1:-2]} == {
        "items alpha",
        "outcome alpha",
        "items beta",
        "outcome beta",
        "outcome gamma",
    }
    assert [told(event) for event in events[-2:]] == ["outcome hanging", "summary"]
    assert arrived[-2] - arrived[-3] > 0.5, "the others must not have waited for it"
    assert events[-2]["outcome"]["status"] == "TIMEOUT"
    (group,) = events[-1]["summary"]["groups"]
    assert group == {
        "bestItemId": "alpha/movie/603",
        "itemIds": ["alpha/movie/603", "beta/movie/169"],
        "sharedIds": [{"scheme": "imdb", "value": "tt0133093"}],
    }


async def test_groups_stand_beside_the_items_over_rest(tmp_path: Path) -> None:
    async with (
        tako(
            tmp_path, shelf("alpha", [FILM], lookups=("imdb",)), shelf("beta", [SAME], lookups=("imdb",)), rest=True
        ) as server,
        aiohttp.ClientSession(server.ready.rest_url) as session,
    ):
        for path in (
            "/v1/media/search?query=x&group=true",
            "/v1/search?query=x&group=true",
            "/v1/lookup/imdb/tt0133093?group=true",
        ):
            async with session.get(path) as answer:
                body = await answer.json()
            assert [item["id"] for item in body["items"]] == ["alpha/movie/603", "beta/movie/169"], path
            assert [group["itemIds"] for group in body["groups"]] == [["alpha/movie/603", "beta/movie/169"]], path
