"""What holds when Tako is scaled out: three processes, one PostgreSQL, one Envoy."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import grpc
import pytest

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.books_service_pb2 import BooksSearchRequest
from tako_server.rpc.interceptors.draining import NOT_BEGUN
from tests.cache.support import until
from tests.deploy.fleet import Fleet, fleet
from tests.deploy.replica import LIMIT
from tests.faults.serving import SEARCH
from tests.faults.upstream import listening
from tests.flaresolverr.site import visited
from tests.flaresolverr.stand_in import running
from tests.postgres import Database

ENVOY = Path(__file__).resolve().parents[2] / "envoy" / "envoy.yaml"
TAKEOVER = 30.0
"""Seconds in which another server has the jobs."""


async def handled(fleet: Fleet) -> list[float]:
    """How many calls each server has answered, by its own metrics."""
    counts = []
    for replica in fleet.replicas:
        async with fleet.http.get(f"http://{replica.web}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        counts.append(
            sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith("grpc_server_handled_total{"))
        )
    return counts


def test_the_gateway_knows_the_words_of_a_server_that_ends() -> None:
    assert f"{{name: grpc-message, string_match: {{exact: {NOT_BEGUN}}}}}" in ENVOY.read_text()


@pytest.mark.timeout(120)
async def test_three_are_one_service(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        listening() as upstream,
        visited() as site,
        running() as browsers,
        fleet(
            tmp_path, database, upstream.port, site.port, monkeypatch,
            FSR_URL=browsers.url, FSR_MAX_SESSIONS="2", TAKO_JOBS="false",
        ) as three,
    ):  # fmt: skip
        # Whoever asks the same is answered from what one of them has fetched once.
        answers = await asyncio.gather(*(three.search("dune", page_size="2") for _ in range(30)))
        assert {status for status, _ in answers} == {200}
        assert upstream.requests == 1
        assert min(await handled(three)) > 0, "the calls did not spread"

        # A page token of one is good at the others.
        request = BooksSearchRequest(query="pages", providers=["library"], page_size=1)
        titles = []
        for number in range(4):
            asked = await three.replicas[number % 3].client(SEARCH, request, SearchResponse, 20)
            assert asked.code is grpc.StatusCode.OK
            assert isinstance(asked.answer, SearchResponse)
            titles += [item.title for item in asked.answer.items]
            request.page_token = asked.answer.next_page_token
        assert titles == ["pages 1a", "pages 1b", "pages 2a", "pages 2b"]

        # They keep one limit, not one each.
        await asyncio.sleep(1.1)
        upstream.came.clear()
        await asyncio.gather(*(three.search(f"limited {number}", page_size="2") for number in range(4 * LIMIT)))
        assert len(upstream.came) == 4 * LIMIT
        # One limit takes 3 s for these, three would take 1 s. A busy machine lets single ones come late, so that some
        # come together: the engine's own tests look at each second.
        assert max(upstream.came) - min(upstream.came) > 2

        # They share two browsers, not two each.
        most = 0

        async def watch() -> None:
            nonlocal most
            while True:
                most = max(most, browsers.live)
                await asyncio.sleep(0.005)

        watching = asyncio.create_task(watch())
        books = [three.get("/v1/books/search", query=f"walled {n}", providers="shop") for n in range(6)]
        assert {status for status, _ in await asyncio.gather(*books)} <= {200, 500}
        watching.cancel()
        assert most == 2


@pytest.mark.timeout(180)
async def test_one_is_killed_and_one_is_ended_under_load(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        listening() as upstream,
        visited() as site,
        fleet(tmp_path, database, upstream.port, site.port, monkeypatch) as three,
    ):
        seen: Counter[str] = Counter()
        stop = asyncio.Event()

        async def callers(name: str) -> None:
            number = 0
            while not stop.is_set():
                number += 1
                status, body = await three.search(f"{name} {number // 40}")
                seen["OK" if status == 200 else body["details"][0]["reason"]] += 1

        load = [asyncio.create_task(callers(f"caller {n}")) for n in range(6)]
        await until(lambda: any(one.leads for one in three.replicas), TAKEOVER)
        (leader,) = [one for one in three.replicas if one.leads]
        others = [one for one in three.replicas if one is not leader]
        await until(lambda: seen["OK"] > 200, 30)

        await leader.kill()
        three.names.addresses.remove(leader.host)
        await until(lambda: any(one.leads for one in others), TAKEOVER)
        assert not all(one.leads for one in others)
        # What it had begun is lost, and said to be so: a call or two of each caller. Then the others have it all.
        assert set(seen) <= {"OK", "SERVER_UNREACHABLE"}
        assert seen["SERVER_UNREACHABLE"] <= 2 * len(load)
        lost, ok = seen["SERVER_UNREACHABLE"], seen["OK"]
        await until(lambda: seen["OK"] > ok + 200, 30)
        assert seen["SERVER_UNREACHABLE"] == lost, "calls fail long after the death"

        # Who ends in good order loses nothing, although its name goes only later, as names do.
        ending, ok = others[0], seen["OK"]
        assert await ending.end() == 0
        await until(lambda: seen["OK"] > ok + 200, 30)
        three.names.addresses.remove(ending.host)
        ok = seen["OK"]
        await until(lambda: seen["OK"] > ok + 200, 30)
        stop.set()
        await asyncio.gather(*load)
        assert set(seen) <= {"OK", "SERVER_UNREACHABLE"}
        assert seen["SERVER_UNREACHABLE"] == lost
