"""`tako doctor`: on the samples, and against an upstream on this machine that misbehaves."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk import (
    Access,
    Attribution,
    Domain,
    FeedSpec,
    InvalidField,
    KindSpec,
    Limit,
    Manifest,
    Page,
    Provider,
    RelationSpec,
    Secret,
    ShapeChanged,
    TermSpec,
)
from tako_providers.sdk.provider import TermPage
from tako_server import log
from tako_server.cli import doctor as command
from tako_server.cli import main
from tako_server.cli.doctor import Wish, diagnose
from tako_server.cli.findings import Report
from tako_server.cli.samples import SAMPLES
from tako_server.config import Settings, load_settings
from tako_server.core.registry import load_providers
from tako_server.doctor.advice import advice
from tako_server.doctor.choices import WORDS
from tako_server.doctor.finding import EMPTY, NOT_ASKED, OK, Diagnosis, Operation
from tako_server.engine.egress import Egress
from tests.captures import ROOT
from tests.conformance.test_captures import FACTS
from tests.faults.upstream import CHALLENGE, HOST, Upstream, listening, says
from tests.flaresolverr.serving import shop as behind_a_wall
from tests.flaresolverr.site import visited
from tests.flaresolverr.stand_in import running as browsers

KEY = "k3y-that-nobody-may-see"
KEY_NAME = "SHOP_API_KEY"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` and no keys of this machine, and a log that is nobody else's."""
    monkeypatch.chdir(tmp_path)
    for provider in load_providers().values():
        for secret in provider.manifest.settings:
            monkeypatch.delenv(secret.variable, raising=False)
    for name in ("TAKO_REPLAY", "TAKO_RECORD", "FLARESOLVERR_URL", "TAKO_PROVIDERS_DISABLED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(log, "configure", lambda *_: None)


def doctor(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *words], env=environment)


def on_samples(*words: str) -> Result:
    return doctor(*words, "--replay", str(SAMPLES))


# --- On the samples ----------------------------------------------------------------------------------------


def test_all_that_a_provider_can_do_is_asked_once() -> None:
    result = on_samples("deezer", "--query", "sample tide")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith('Deezer: "sample tide", from the captures in ')
    rows = [line.split()[0] for line in lines[4:] if "OK" in line]
    assert rows == ["search", "detail", "trending", "trending", "related", "terms", "lookup"]
    assert "7 of 7 answered." in lines
    assert "deezer/album/800001" in result.stdout and "Sample Tide" in result.stdout
    assert "Not asked: related top tracks, albums, similar (no hit of artist); lookup ean, isrc" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_a_narrow_terminal_keeps_words_whole(columns: int) -> None:
    result = doctor("deezer", "--query", "sample tide", "--replay", str(SAMPLES), COLUMNS=str(columns))
    rows = result.stdout.splitlines()
    assert sum(line.startswith("trending ") for line in rows) == 2
    assert (" First" in result.stdout) is (columns >= 80)


def test_json_tells_the_same() -> None:
    result = on_samples("deezer", "--query", "sample tide", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (told["provider"], told["query"], told["replay"], told["healthy"]) == ("deezer", "sample tide", True, True)
    assert told["advice"] == {}
    first = told["operations"][0]
    assert first.pop("milliseconds") >= 0
    assert first == {
        "operation": "search",
        "asked": 'album "sample tide"',
        "outcome": "OK",
        "items": 2,
        "total": 2,
        "first": "Sample Tide",
    }


def test_one_operation_asks_only_what_it_needs() -> None:
    told = json.loads(on_samples("deezer", "--query", "sample tide", "--operation", "related", "--json").stdout)
    assert [row["operation"] for row in told["operations"] if row["outcome"] == OK] == ["search", "related"]


def test_a_kind_that_is_no_default() -> None:
    result = on_samples("deezer", "--query", "sample harbour", "--kind", "artist", "--operation", "related", "--json")
    asked = [row["asked"] for row in json.loads(result.stdout)["operations"] if row["outcome"] == OK]
    assert asked[0] == 'artist "sample harbour"'
    assert [one.partition(" deezer/artist/")[0] for one in asked[1:]] == ["top tracks", "albums", "similar"]


def test_what_a_list_cannot_do_without_is_given() -> None:
    result = on_samples("tvdb", "--query", "sample ferry", "--operation", "trending")
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())  # a narrow screen breaks the line
    assert "popular series region=GB," in told
    assert "language=en" in told


def test_a_part_that_has_not_the_item_is_no_failure() -> None:
    result = on_samples("amazon", "--query", "sample lamp", "--operation", "related", "--json")
    assert result.exit_code == 0, result.output
    parts = {row["asked"][-3:-1]: row["outcome"] for row in json.loads(result.stdout)["operations"][1:]}
    assert parts["fr"] == OK and parts["uk"] == EMPTY


def test_what_no_capture_answers_fails_and_says_what_to_do() -> None:
    result = on_samples("deezer", "--query", "never recorded")
    assert result.exit_code == 1
    assert "no capture of Deezer answers" in result.stdout
    assert "-> No capture answers this." in result.stdout
    assert "No search found anything" not in result.stdout, "it has failed, which is told already"


def test_a_search_that_finds_nothing_leaves_the_rest_unknown() -> None:
    result = on_samples("deezer", "--query", "nothing")
    assert result.exit_code == 1
    assert "EMPTY" in result.stdout
    assert "No search found anything to go on from. Name something that it has: --query TEXT." in result.stdout
    assert on_samples("deezer", "--query", "nothing", "--operation", "search").exit_code == 0


@pytest.mark.parametrize("name", list(load_providers()))
async def test_every_provider_can_be_examined(name: str) -> None:
    provider = load_providers()[name]
    some = {secret.variable: secret.placeholder for secret in provider.manifest.secrets if secret.placeholder}
    settings = load_settings(provider.manifest.secrets, environment=some, dotenv=None, replay=(SAMPLES,))
    found = await diagnose(settings, provider, Wish(FACTS[name].walk))
    assert not found.stuck
    assert found.findings[0].answered
    # Samples need not answer all; but nothing is asked that may not be, and whatever answers is understood.
    assert {one.outcome for one in found.findings} <= {OK, EMPTY, NOT_ASKED, "REPLAY_MISS"}
    for operation in (Operation.SEARCH, Operation.DETAIL):
        assert any(one.outcome == OK for one in found.findings if one.operation is operation)


def test_for_real() -> None:
    words = ["doctor", "deezer", "--replay", str(SAMPLES), "--query", "sample tide"]
    program = [str(Path(sys.executable).with_name("tako")), *words]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "7 of 7 answered." in done.stdout


# --- Wrong use ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dezer"], "no provider is called 'dezer'. Did you mean deezer?"),
        (["deezer", "--kind", "book"], "--kind book: Deezer searches album, artist, track."),
        (["deezer", "--operation", "dance"], "--operation"),
        (["deezer", "--replay", "nowhere"], "no directory at nowhere"),
        (["deezer", "--replay", str(SAMPLES), "--record", "there"], "--record and --replay"),
        ([], "PROVIDER"),
    ],
)
def test_wrong_use_is_one_line_and_2(words: list[str], told: str) -> None:
    result = doctor(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1


def test_what_cannot_be_recorded_to_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = doctor("deezer", "--record", "file/folder")
    assert result.exit_code == 2
    assert "TAKO_RECORD: can't write to file/folder" in result.stderr


def test_a_key_that_is_missing_is_named_with_where_to_get_it() -> None:
    result = doctor("rawg")
    assert result.exit_code == 1
    assert "-> Set RAWG_API_KEY (https://rawg.io/apidocs)." in result.stdout
    assert result.stdout.count("RAWG: ") == 1, "one reason is told once"


def test_a_browser_that_is_missing_is_named() -> None:
    result = doctor("lego", "--operation", "search")
    assert result.exit_code == 1
    assert "-> Set FSR_URL (docs/configuration.md)." in result.stdout


def test_sigterm_ends_it_in_good_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    async def hangs(*_: object, **__: object) -> Diagnosis:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(30)
        finally:
            ended.append("cleaned up")
        raise AssertionError

    monkeypatch.setattr(command, "diagnose", hangs)
    assert on_samples("deezer").exit_code == 130
    assert ended == ["cleaned up"]


def test_recording_that_is_set_elsewhere_has_no_effect_in_a_replay(tmp_path: Path) -> None:
    words = ["deezer", "--query", "sample tide", "--replay", str(SAMPLES)]
    result = doctor(*words, TAKO_RECORD=str(tmp_path / "captures"))
    assert result.exit_code == 0, result.output
    assert "Recorded" not in result.stdout
    assert not (tmp_path / "captures").exists()


def test_every_domain_has_a_word() -> None:
    assert set(WORDS) == set(Domain)


# --- Against an upstream that misbehaves -------------------------------------------------------------------


class _Shop(Provider):
    """It can do everything, and asks `/search` for all of it: `q` says what."""

    async def _items(self, what: str, up: Any) -> list[Item]:
        found = await up.json("/search", {"q": what, "page": 1}, headers={"x-api-key": KEY})
        if not isinstance(found, dict) or "titles" not in found:
            raise ShapeChanged("Shop gave no titles")
        items = [Item(kind=Item.BOOK, source_id=title, title=title) for title in found["titles"]]
        for item in items:
            item.external_ids.add(scheme="isbn13", value="9780140328721")
        return items

    async def search(self, ask: Any, up: Any) -> Page:
        return Page(await self._items(ask.text, up), total=2)

    async def detail(self, ask: Any, up: Any) -> Item:
        return (await self._items("detail", up))[0]

    async def trending(self, ask: Any, up: Any) -> Page:
        if not ask.region:
            raise InvalidField("region", "is needed")
        return Page(await self._items("recent", up))

    async def related(self, ask: Any, up: Any) -> Page:
        return Page(await self._items("versions", up))

    async def terms(self, ask: Any, up: Any) -> TermPage:
        return TermPage([Term(id=one.title, name=one.title) for one in await self._items(f"terms{ask.parent}", up)])

    async def lookup(self, ask: Any, up: Any) -> Page:
        return Page(await self._items(ask.code, up))


def shop(upstream: Upstream, **facts: Any) -> Provider:
    """A provider that asks ``upstream``."""

    class Shop(_Shop):
        manifest = Manifest(
            id="shop",
            title="Shop",
            domains=(Domain.BOOKS,),
            homepage="https://example.org",
            base_url=f"http://{HOST}:{upstream.port}",
            hosts=frozenset({HOST}),
            attribution=Attribution("Data from nobody", "https://example.org"),
            secrets=(Secret(KEY_NAME, url="https://example.org/key", placeholder="demo"),),
            kinds=(KindSpec(Item.BOOK, search=True, default=True, detail=True),),
            feeds=(FeedSpec(Feed.RECENT, (Item.BOOK,)),),
            relations=(RelationSpec(Relation.VERSIONS, (Item.BOOK,), (Item.BOOK,)),),
            terms=(TermSpec(Term.SUBTHEMES, parent=True, parent_required=True), TermSpec(Term.THEMES)),
            lookups=("isbn13", "oclc"),
            **facts,
        )

    return Shop()


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with listening() as upstream:
        yield upstream


def settings_with(**fields: Any) -> Settings:
    secrets = (Secret(KEY_NAME),)
    return load_settings(secrets, environment={KEY_NAME: KEY}, dotenv=None, **fields)


async def examined(provider: Provider, settings: Settings | None = None, *operations: Operation) -> Diagnosis:
    wish = Wish("dune", operations)
    return await diagnose(settings or settings_with(), provider, wish, egress=Egress(open_to_loopback=True))


def outcomes(diagnosis: Diagnosis) -> list[tuple[str, str]]:
    return [(str(one.operation), one.outcome) for one in diagnosis.findings]


async def test_a_real_upstream_is_asked_for_everything(upstream: Upstream) -> None:
    found = await examined(shop(upstream))
    assert found.healthy
    assert outcomes(found) == [
        ("search", OK),
        ("detail", OK),
        ("trending", OK),
        ("related", OK),
        ("terms", OK),
        ("terms", OK),
        ("lookup", OK),
        ("lookup", NOT_ASKED),
    ]
    asked = [one.asked for one in found.findings]
    assert asked[2] == "recent book region=GB"
    assert asked[4:6] == ["themes", "subthemes of terms 1a"]
    assert asked[6:] == ["isbn13 9780140328721", "oclc"]
    assert upstream.requests == 7, "each was asked once"
    assert (found.findings[0].items, found.findings[0].total) == (2, 2)


async def test_changed_answers_do_not_stop_the_examination(
    upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    upstream.behaviour = says(body=b'{"results": []}')
    provider = shop(upstream)
    found = await examined(provider)
    asked = [outcome for _, outcome in outcomes(found) if outcome != NOT_ASKED]
    assert asked == ["PROVIDER_SHAPE_CHANGED"] * 3, "search, feed, vocabulary"
    assert not found.healthy
    Report(provider.manifest, settings_with(), "dune").print_findings(found)
    told = capsys.readouterr().out
    assert "Shop gave no titles" in told
    assert "--record DIR" in told and "open an issue" in told


async def test_a_wall_is_left_alone_at_once(upstream: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    upstream.behaviour = says(503, CHALLENGE, {"Content-Type": "text/html"})
    provider = shop(upstream)
    found = await examined(provider)
    assert outcomes(found)[0] == ("search", "PROVIDER_BLOCKED")
    assert ("terms", "PROVIDER_SUSPENDED") in outcomes(found)
    assert upstream.requests == 1
    Report(provider.manifest, settings_with(), "dune").print_findings(found)
    assert "A bot wall" in capsys.readouterr().out


async def test_a_key_that_is_refused(upstream: Upstream) -> None:
    upstream.behaviour = says(401)
    provider = shop(upstream)
    found = await examined(provider, None, Operation.SEARCH)
    (finding,) = found.findings
    assert finding.outcome == "PROVIDER_NOT_CONFIGURED"
    told = advice(provider.manifest, finding.outcome, found.findings, {KEY_NAME})
    assert told == f"Check {KEY_NAME}: it is set, and refused (https://example.org/key)."


async def test_an_upstream_that_is_away(upstream: Upstream) -> None:
    await upstream.stop()
    found = await examined(shop(upstream), None, Operation.TRENDING)
    assert outcomes(found) == [("trending", "PROVIDER_UNREACHABLE")]


async def test_its_limits_hold_and_are_waited_for(upstream: Upstream) -> None:
    # A budget that the engine itself does not wait for: its answer would come too late.
    provider = shop(upstream, limits=(Limit(1, 0.7),), timeout=0.6)
    began = time.monotonic()
    found = await examined(provider, None, Operation.TERMS)
    assert outcomes(found) == [("terms", OK), ("terms", OK)]
    assert upstream.came[1] - upstream.came[0] >= 0.69
    assert time.monotonic() - began < 5


async def test_records_can_be_replayed(upstream: Upstream, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    provider, folder = shop(upstream), tmp_path / "captures"
    recording = settings_with(record=folder)
    live = await examined(provider, recording)
    Report(provider.manifest, recording, "dune").print_findings(live)
    assert f"Recorded in {folder / 'shop'}." in capsys.readouterr().out
    files = list((folder / "shop").iterdir())
    assert len(files) == 2 * upstream.requests, "a record and a body each"
    assert not [file for file in files if KEY.encode() in file.read_bytes()]
    requests = upstream.requests
    again = await examined(provider, settings_with(replay=(folder,)))
    assert outcomes(again) == outcomes(live) and again.healthy
    assert upstream.requests == requests


async def test_a_browser_is_used_where_there_is_one_and_ended(tmp_path: Path) -> None:
    async with visited() as site, browsers() as solver:
        provider = behind_a_wall(site.port)
        settings = settings_with(fsr_urls=(solver.url,), cache_path=tmp_path / "tako.db")
        found = await examined(provider, settings, Operation.SEARCH)
        assert outcomes(found) == [("search", OK)]
        assert solver.told("request.get")
        assert solver.live == 0, "no browser stays behind"


async def test_without_a_browser_the_setting_is_named(tmp_path: Path) -> None:
    async with visited() as site:
        provider = behind_a_wall(site.port)
        found = await examined(provider, settings_with(), Operation.SEARCH)
        assert found.findings[0].variables == ("FSR_URL",)
        half = behind_a_wall(site.port, "half", Access.DIRECT_THEN_BROWSER)
        found = await examined(half, settings_with(), Operation.SEARCH)
    assert outcomes(found) == [("search", "PROVIDER_BLOCKED")]
    assert "set FSR_URL" in advice(half.manifest, "PROVIDER_BLOCKED", found.findings, set())
    assert "did not pass" in advice(half.manifest, "PROVIDER_BLOCKED", found.findings, {"FSR_URL"})


async def test_nothing_is_kept(upstream: Upstream, tmp_path: Path) -> None:
    await examined(shop(upstream), settings_with(cache_path=tmp_path / "tako.db", store="sqlite"))
    assert not (tmp_path / "tako.db").exists()


async def test_no_key_is_ever_shown(upstream: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    async def echoes(request: web.Request) -> web.StreamResponse:
        key = request.headers["x-api-key"]
        return web.json_response({"titles": [f"Book of {key}"], "next": ""})

    upstream.behaviour = echoes
    provider, settings = shop(upstream), settings_with(vpn_proxy_url="http://user:pa55word-of-it@127.0.0.1:9")
    found = await examined(provider, settings)
    assert KEY in str(found.findings[0].first)
    report = Report(provider.manifest, settings, f"{KEY} pa55word-of-it")
    report.print_head()
    report.print_findings(found)
    report.print_json(found)
    told = capsys.readouterr()
    assert KEY not in told.out + told.err
    assert "pa55word-of-it" not in told.out + told.err
    assert "Book of REDACTED" in told.out


def test_the_operations_to_choose_from_are_all_there_are() -> None:
    assert tuple(Operation) == command._OPERATIONS
