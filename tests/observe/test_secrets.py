"""No secret leaves the process.

A real server over all its providers is given unmistakable secrets for every setting that is one. Its upstreams throw
back what they are sent, in errors, redirects, headers and pages. Then everything that came out of it is searched:
logs, answers and their metadata, records, the store, traces, metrics, health, and what the command line prints.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import aiohttp
import grpc
import pytest

from tako.v1.answers_pb2 import DetailResponse, SearchResponse
from tako_providers import sdk
from tako_server.config import Settings
from tako_server.core.domains import CONTRACTS
from tests.conformance.test_captures import FACTS
from tests.conftest import require_tool
from tests.observe.collector import Collector
from tests.observe.echoes import TROUBLES, Echoes, echoing
from tests.observe.leaks import (
    ADMIN,
    API_KEY,
    DB_PASSWORD,
    FORMS,
    KEYS,
    OWN,
    PROVIDERS,
    WRONG_KEY,
    WRONG_TOKEN,
    Found,
)
from tests.postgres import Database
from tests.rpc.harness import Client


@dataclass
class Planted:
    """The server with the secrets."""

    grpc: str
    rest: str
    web: str


@asynccontextmanager
async def planted(folder: Path, echoes: Echoes, **environment: str) -> AsyncIterator[Planted]:
    """The server, in a process of its own; its output is in ``folder/log``."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    env |= {
        **OWN,
        **KEYS,
        "SSL_CERT_FILE": str(folder / "ca.pem"),
        "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
        "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
        "PORT": "0",
        "TAKO_CACHE_PATH": str(folder / "tako.db"),
        "TAKO_RECORD": str(folder / "records"),
        "TAKO_LOG_LEVEL": "debug",
        "TAKO_LOG_FORMAT": "json",
        "TAKO_JOBS": "false",
        "TAKO_SHUTDOWN_GRACE": "3",
        "TAKO_TRANSLATE_TIMEOUT": "1",
        **environment,
    }
    command = [sys.executable, "-m", "tests.observe.process", str(echoes.port)]
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, env=env, stdout=asyncio.subprocess.PIPE, stderr=log, cwd=Path(__file__).parents[2]
        )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 30)
        assert line, (folder / "log").read_text()[-3000:]
        yield Planted(*line.decode().split())
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)
        assert process.returncode == 0, (folder / "log").read_text()[-3000:]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ask(client: Client, provider: sdk.Provider, text: str, found: Found, *, translate: bool) -> str:
    """Search one provider, and the detail of the first item. The first item's id."""
    manifest = provider.manifest
    contract = CONTRACTS[manifest.domains[0]]
    service = contract.service.removeprefix("tako.v1.")
    headers = {"x_api_key": API_KEY, "authorization": f"Bearer {ADMIN}"}
    request = contract.search(query=text, providers=[manifest.id], page_size=3, translate=translate, language="fr")
    asked = await client(f"{service}/Search", request, SearchResponse, 8, **headers)
    found.add(f"the search of {manifest.id}", f"{asked.answer} {asked.status} {asked.trailers}")
    first = next((item.id for item in asked.answer.items), "") if asked.answer is not None else ""
    if first:
        detailed = await client(
            f"{service}/Detail", contract.detail(id=first, refresh=True), DetailResponse, 8, **headers
        )
        found.add(f"the detail of {first}", f"{detailed.answer} {detailed.status} {detailed.trailers}")
    return first


async def all_in(client: Client, echoes: Echoes, found: Found, modes: Sequence[str] = ()) -> int:
    """Ask every provider once, with the upstreams in these troubles by turns. How many gave something."""
    some = asyncio.Semaphore(16)
    for number, provider in enumerate(PROVIDERS):
        echoes.modes[provider.manifest.id] = modes[number % len(modes)] if modes else "well"

    async def one(provider: sdk.Provider) -> str:
        name = provider.manifest.id
        text = f"{echoes.modes[name]} today" if modes else FACTS[name].walk
        async with some:
            return await ask(client, provider, text, found, translate=not modes)

    return len([first for first in await asyncio.gather(*map(one, PROVIDERS)) if first])


async def by_rest(server: Planted, found: Found) -> None:
    """A few requests over REST, with right and wrong keys, and the pages of the web app."""
    paths = [
        "/v1/media/search?query=planted&providers=tmdb",
        "/v1/books/search?query=planted",
        f"/v1/books/search?query=x&api_key={API_KEY}",
        "/v1/providers",
        "/v1/admin/cache",
        "/v1/admin/jobs",
        "/nothing",
    ]
    heads: Iterable[dict[str, str]] = (
        {"x-api-key": API_KEY, "authorization": f"Bearer {ADMIN}"},
        {"x-api-key": WRONG_KEY, "authorization": f"Bearer {WRONG_TOKEN}"},
        {"x-api-key": f"{WRONG_KEY}\x80", "authorization": f"Basic {WRONG_TOKEN}"},
    )
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        for path in paths:
            for headers in heads:
                if path.endswith(API_KEY) and "request" not in path:
                    continue
                async with session.get(server.rest + path, headers=headers) as answer:
                    found.add(f"GET {path}", f"{answer.headers} {await answer.text()}")
        for path in ("/health", "/version", "/metrics"):
            async with session.get(f"http://{server.web}{path}") as answer:
                found.add(path, f"{answer.headers} {await answer.text()}")


async def by_command_line(server: Planted, folder: Path, found: Found) -> None:
    """What `tako` prints."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "TAKO_GRPC_ADDRESS": server.grpc, **KEYS, **OWN}
    del env["TAKO_API_KEYS"]
    env["TAKO_API_KEY"] = API_KEY
    program = str(Path(sys.executable).with_name("tako"))
    for arguments in (
        *(["providers"], ["providers", "tmdb"], ["cache"], ["jobs"], ["version"]),
        *(["search", "media", "planted", "--provider", "tmdb"], ["detail", "tmdb/movie/1"]),
        ["search", "books", "planted", "--api-key", WRONG_KEY],
    ):
        process = await asyncio.create_subprocess_exec(
            *(program, *arguments), env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        out, _ = await asyncio.wait_for(process.communicate(), 40)
        assert out, arguments
        found.add(f"tako {' '.join(arguments)}", out)


def rows(database: Database) -> bytes:
    """Every row of every table, bytes as they are and as text."""
    tables = database.psql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").split()
    assert "discovery_cache" in tables
    return "\n".join(database.psql(f"SELECT t::text FROM {table} t") for table in tables).encode()  # noqa: S608


def test_every_setting_that_is_secret_is_planted() -> None:
    hidden = {one.metadata["variable"] for one in fields(Settings) if not one.repr and one.metadata}
    assert hidden - {"DB_PASSWORD"} == set(OWN)
    assert set(KEYS) >= {"TMDB_API_KEY", "IGDB_CLIENT_SECRET", "TVDB_PIN", "DISCOGS_TOKEN", "BGG_API_TOKEN"}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_search_finds_a_secret_in_any_form(form: str) -> None:
    found = Found()
    found.add("nowhere", "nothing planted here")
    found.add("somewhere", f"before{form}after")
    assert [leak.partition(" in somewhere")[0] for leak in found.leaks()].count(FORMS[form]) >= 1


@pytest.mark.timeout(180)
async def test_no_secret_leaves_a_server_whose_upstreams_throw_them_back(
    tmp_path: Path, database: Database, collector: Collector
) -> None:
    require_tool("envoy")
    database.psql(f"CREATE ROLE planted LOGIN SUPERUSER PASSWORD '{DB_PASSWORD}'")
    found = Found()
    store = {
        "DB_ENABLED": "true",
        "DB_HOST": database.host,
        "DB_PORT": str(database.port),
        "DB_NAME": database.name,
        "DB_USER": "planted",
        "DB_PASSWORD": DB_PASSWORD,
    }
    try:
        async with echoing(PROVIDERS, tmp_path) as echoes:
            async with (
                planted(tmp_path, echoes, **store, TAKO_OTLP_ENDPOINT=collector.endpoint) as server,
                grpc.aio.insecure_channel(server.grpc) as channel,
            ):
                client = Client(channel)
                assert await all_in(client, echoes, found) > 20, "most answer from their samples"
                await all_in(client, echoes, found, TROUBLES)
                await by_rest(server, found)
                await by_command_line(server, tmp_path, found)
            found.add("PostgreSQL", rows(database))
            (tmp_path / "log").rename(tmp_path / "log of the first")
            # A fresh server, whose breakers are closed. Its store is a file.
            async with (
                planted(tmp_path, echoes, TAKO_STORE="sqlite", DB_PASSWORD=DB_PASSWORD) as server,
                grpc.aio.insecure_channel(server.grpc) as channel,
            ):
                for turn in (4, 8):
                    await all_in(Client(channel), echoes, found, TROUBLES[turn:] + TROUBLES[:turn])
            (tmp_path / "log").rename(tmp_path / "log of the second")
            found.add_files(tmp_path, "tako.db*")
    finally:
        database.psql("DROP OWNED BY planted; DROP ROLE planted")
    assert set(echoes.asked) == {"well", *TROUBLES}
    assert collector.raw
    found.add("traces", b"".join(collector.raw))
    assert found.add_files(tmp_path, "records/**/*") > 100
    assert found.add_files(tmp_path, "log of*") == 2
    leaks = found.leaks()
    assert not leaks, f"{len(leaks)} leaks:\n" + "\n".join(leaks[:20])
