"""Two real servers on one PostgreSQL: one runs the jobs, and when it dies the other does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.serving import Served, served
from tests.postgres import Database

TOKEN = "planted"
TAKEOVER = 30.0


def jobs(server: Served) -> dict[str, object]:
    """What ListJobs says."""
    listed: dict[str, object] = server.grpcurl(
        "tako.v1.AdminService/ListJobs", {}, "-H", f"authorization: Bearer {TOKEN}"
    )
    return listed


def leads(server: Served) -> bool:
    """Whether it has the lead, by its own log."""
    last = re.findall(r"jobs\.(leading|not_leading)", server.log.read_text())
    return last[-1:] == ["leading"]


def until(condition: Callable[[], bool], seconds: float) -> float:
    """Wait for something to become true. The seconds that it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture
def two(tmp_path: Path, database: Database) -> Iterator[list[Served]]:
    """Two servers."""
    settings = {
        "DB_ENABLED": "true",
        "DB_HOST": database.host,
        "DB_PORT": str(database.port),
        "DB_NAME": database.name,
        "DB_USER": database.user,
        "DB_PASSWORD": database.password,
        "TAKO_ADMIN_TOKEN": TOKEN,
    }
    with ExitStack() as stack:
        yield [stack.enter_context(served(tmp_path / name, "--no-rest", **settings)) for name in ("one", "two")]


@pytest.mark.timeout(150)
def test_when_the_leader_is_killed_the_other_leads(two: list[Served]) -> None:
    until(lambda: leads(two[0]) or leads(two[1]), TAKEOVER)
    leader, other = two if leads(two[0]) else reversed(two)
    assert not leads(other)
    name = jobs(other)["leader"]
    assert name
    assert jobs(leader)["leader"] == name
    leader.process.kill()
    assert until(lambda: leads(other), TAKEOVER) < TAKEOVER
    assert jobs(other)["leader"] not in (name, "")
    assert other.terminate() == 0
    assert not leads(other)


@pytest.mark.timeout(150)
def test_a_leader_that_ends_gives_up_the_lead(two: list[Served]) -> None:
    until(lambda: leads(two[0]) or leads(two[1]), TAKEOVER)
    leader, other = two if leads(two[0]) else reversed(two)
    assert leader.terminate() == 0
    until(lambda: leads(other), TAKEOVER)
    run = other.grpcurl("tako.v1.AdminService/RunJob", {"job": "statistics"}, "-H", f"authorization: Bearer {TOKEN}")[
        "run"
    ]
    assert (run["outcome"], run["runner"]) == ("RUNNING", jobs(other)["leader"])
