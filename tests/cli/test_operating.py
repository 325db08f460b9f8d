"""What operators do at a terminal: `tako jobs`, `tako cache`, `tako provider`."""

from __future__ import annotations

import json
from pathlib import Path

import grpc
import pytest
from click.testing import CliRunner, Result
from google.protobuf.timestamp_pb2 import Timestamp

from tako.v1 import admin_service_pb2 as admin
from tako.v1.provider_service_pb2 import Provider
from tako_server.cli import main
from tests.cli.conftest import Refusal, Run, StandIn

AT = Timestamp(seconds=1_795_000_000)


@pytest.fixture
def operate(tako: Run) -> Run:
    """Run `tako` with the admin token."""

    def run(*words: str, **environment: str) -> Result:
        return tako(*words, **{"TAKO_ADMIN_TOKEN": "planted", **environment})

    return run


def ran(
    outcome: admin.JobRun.Outcome.ValueType, *, manual: bool = False, message: str = "", **counts: int
) -> admin.JobRun:
    """A run."""
    run = admin.JobRun(started=AT, outcome=outcome, counts=counts, message=message, runner="one", manual=manual)
    if outcome != admin.JobRun.RUNNING:
        run.duration.seconds = 12
    return run


def jobs(*runs: admin.JobRun) -> admin.ListJobsResponse:
    """Two jobs, the second of which never ran."""
    return admin.ListJobsResponse(
        jobs=[
            admin.Job(id="popular", schedule="0 3 * * *", next_run=AT, runs=runs),
            admin.Job(id="statistics", schedule="0 * * * *", next_run=AT),
        ],
        timezone="Europe/Paris",
        leader="one-4711",
    )


def test_the_token_goes_with_the_question(operate: Run, stand_in: StandIn) -> None:
    stand_in.answers["AdminService/ListJobs"] = jobs()
    assert operate("jobs", "list").exit_code == 0
    assert stand_in.metadata["authorization"] == "Bearer planted"


@pytest.mark.parametrize("command", [["jobs", "list"], ["cache", "stats"], ["provider", "enable", "tmdb"]])
def test_without_a_token_nobody_is_asked(
    tako: Run, stand_in: StandIn, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = tako(*command, TAKO_ADMIN_TOKEN="")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: TAKO_ADMIN_TOKEN must hold the admin token of the server.\n",
    )
    assert stand_in.asked == []


def test_the_token_may_stand_where_the_server_finds_it(
    tako: Run, stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("TAKO_ADMIN_TOKEN='in $HOME'\n")
    stand_in.answers["AdminService/ListJobs"] = jobs()
    assert tako("jobs", "list", TAKO_ADMIN_TOKEN="").exit_code == 0
    assert stand_in.metadata["authorization"] == "Bearer in $HOME"


def test_other_commands_keep_the_token_to_themselves(operate: Run, stand_in: StandIn) -> None:
    operate("search", "books", "dune")
    assert "authorization" not in stand_in.metadata


def test_jobs_are_a_table(operate: Run, stand_in: StandIn) -> None:
    stand_in.answers["AdminService/ListJobs"] = jobs(
        ran(admin.JobRun.PARTIAL, message="tmdb: NOT_CONFIGURED: needs a key", refreshed=3, not_configured=6),
        ran(admin.JobRun.SUCCEEDED, manual=True, refreshed=9),
    )
    shown = operate("jobs", "list", "--history", "2").stdout
    lines = shown.splitlines()
    assert "popular" in lines[2]
    assert "partial" in lines[2]
    assert "not configured 6, refreshed 3; tmdb: NOT_CONFIGURED: needs a key" in " ".join(shown.split())
    assert "refreshed 9; by hand" in shown
    assert "never" in shown
    assert "Schedules are in Europe/Paris; run by one-4711." in shown
    assert stand_in.asked[0][1].history == 2
    assert "Schedules are in Europe/Paris" in operate("jobs").stdout, "alone, it is the list"
    assert stand_in.asked[1][1].history == 1


def test_a_job_is_run_and_waited_for(operate: Run, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tako_server.cli.jobs._LOOK_EVERY", 0)
    started = ran(admin.JobRun.RUNNING, manual=True)
    stand_in.answers["AdminService/RunJob"] = admin.RunJobResponse(run=started)
    assert operate("jobs", "run", "popular").stdout == "popular: running by hand\n"
    failed = ran(admin.JobRun.FAILED, manual=True, message="rawg: UNAVAILABLE: no route", failed=1)
    stand_in.answers["AdminService/ListJobs"] = [jobs(started), jobs(failed)]
    waited = operate("jobs", "run", "popular", "--wait")
    assert waited.exit_code == 5
    assert waited.stdout.startswith("popular: failed 12 s, failed 1; rawg: UNAVAILABLE: no route")
    stand_in.answers["AdminService/ListJobs"] = [jobs(ran(admin.JobRun.SUCCEEDED, manual=True))]
    done = operate("jobs", "run", "popular", "--wait", "--json")
    assert (done.exit_code, json.loads(done.stdout)["run"]["outcome"]) == (0, "SUCCEEDED")
    stand_in.answers["AdminService/RunJob"] = Refusal(grpc.StatusCode.NOT_FOUND, "no job", "JOB_UNKNOWN")
    assert operate("jobs", "run", "coffee").exit_code == 3


def test_statistics_are_a_table(operate: Run, stand_in: StandIn) -> None:
    stats = admin.CacheStats(entries=1234, fresh=1000, expired=234, bytes=5 << 20, hits=99, oldest=AT, last_accessed=AT)
    stand_in.answers["AdminService/GetCacheStats"] = admin.GetCacheStatsResponse(
        total=stats,
        providers=[admin.ProviderCacheStats(provider="tmdb", stats=stats)],
        memory=admin.MemoryCacheStats(entries=7, bytes=2048, max_bytes=64 << 20, hits=3, misses=1),
        store=admin.Store.POSTGRESQL,
        store_available=True,
        pool=admin.PoolStats(size=4, idle=3, max=10),
    )
    assert "Store: postgresql" in operate("cache").stdout, "alone, it is the statistics of all"
    assert stand_in.asked.pop()[1].provider == ""
    shown = operate("cache", "stats", "tmdb").stdout
    assert stand_in.asked[0][1].provider == "tmdb"
    assert "tmdb" in shown
    assert "1,234" in shown
    assert "5.0 MB" in shown
    assert "Store: postgresql; 4 connections, 3 idle." in shown
    assert "Memory of this server: 7 entries, 2.0 KB of 64.0 MB; 3 hits, 1 misses." in shown


def test_a_refresh_says_what_it_did(operate: Run, stand_in: StandIn) -> None:
    counts = admin.RefreshCounts(refreshed=5, failed=1, skipped=2)
    counts.duration.seconds = 3
    stand_in.answers["AdminService/RefreshExpired"] = admin.RefreshExpiredResponse(counts=counts)
    stand_in.answers["AdminService/RefreshProvider"] = admin.RefreshProviderResponse(counts=counts)
    assert operate("cache", "refresh", "--max", "8").stdout == "5 refreshed, 1 failed, 2 left alone, in 3 s\n"
    assert operate("cache", "refresh", "--all").exit_code == 0
    assert operate("cache", "refresh", "tmdb").exit_code == 0
    assert operate("cache", "refresh", "tmdb", "--all").exit_code == 2
    asked = [request for _, request in stand_in.asked]
    assert asked == [
        admin.RefreshExpiredRequest(max_entries=8),
        admin.RefreshExpiredRequest(all=True),
        admin.RefreshProviderRequest(provider="tmdb"),
    ]


@pytest.mark.parametrize("words", [[], ["--all", "--provider", "tmdb"], ["--older-than", "yesterday"]])
def test_a_purge_needs_to_know_what(operate: Run, stand_in: StandIn, words: list[str]) -> None:
    assert operate("cache", "purge", *words).exit_code == 2
    assert stand_in.asked == []


def test_a_purge_says_how_much_went(operate: Run, stand_in: StandIn) -> None:
    stand_in.answers["AdminService/PurgeCache"] = admin.PurgeCacheResponse(purged=1200)
    assert operate("cache", "purge", "--provider", "tmdb", "--older-than", "30d").stdout == "1,200 removed\n"
    (_, request), *_ = stand_in.asked
    assert (request.provider, request.older_than.seconds, request.all) == ("tmdb", 30 * 86400, False)
    assert operate("cache", "purge", "--all").exit_code == 0


def test_a_provider_is_switched(operate: Run, stand_in: StandIn) -> None:
    off = Provider(id="coleka", disabled_reason="its owner asked us to")
    stand_in.answers["AdminService/DisableProvider"] = admin.DisableProviderResponse(provider=off)
    assert operate("provider", "disable", "coleka", "--reason", "its owner asked us to").stdout == "coleka is off\n"
    on = admin.EnableProviderResponse(provider=Provider(id="coleka", enabled=True))
    stand_in.answers["AdminService/EnableProvider"] = on
    assert operate("provider", "enable", "coleka").stdout == "coleka is on\n"
    assert [request for _, request in stand_in.asked] == [
        admin.DisableProviderRequest(provider="coleka", reason="its owner asked us to"),
        admin.EnableProviderRequest(provider="coleka"),
    ]


@pytest.mark.parametrize("words", [["jobs", "-h"], ["cache", "--help"], ["provider"]])
def test_a_group_shows_its_commands(words: list[str]) -> None:
    shown = CliRunner().invoke(main, words)
    assert "Commands:" in shown.output
