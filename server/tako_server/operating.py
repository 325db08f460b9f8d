"""What operators do with a running server, and what runs by the clock, built from settings."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tako_server.cache.caching import CachingEngine
from tako_server.cache.memory import Memory
from tako_server.cache.store import PoolCounts
from tako_server.cache.switches import Switches
from tako_server.cache.upkeep import CacheUpkeep
from tako_server.config import Settings
from tako_server.core.administration import Administration
from tako_server.core.providers import ProviderDirectory
from tako_server.core.registry import Registry
from tako_server.engine.asking import UpstreamEngine
from tako_server.jobs.desk import JobDesk
from tako_server.jobs.feeds import Feeds
from tako_server.jobs.leader import Alone, Leadership, OneOfFleet
from tako_server.jobs.refreshing import Refresher
from tako_server.jobs.rounds import Rounds, half_pace
from tako_server.jobs.runs import Runs
from tako_server.jobs.table import nine_jobs
from tako_server.jobs.tidying import Tidying
from tako_server.rpc.interceptors.whole_answers import WholeAnswers
from tako_server.rpc.job_metrics import JobMetrics
from tako_server.storage import Keeping


@dataclass(frozen=True, slots=True)
class Operated:
    """The parts of a server that are operated."""

    registry: Registry
    directory: ProviderDirectory
    upstream: UpstreamEngine
    engine: CachingEngine
    whole: WholeAnswers
    memories: Sequence[Memory[Any]]
    switches: Switches


async def administration(
    stack: AsyncExitStack, settings: Settings, keeping: Keeping, parts: Operated, metrics: JobMetrics
) -> Administration:
    """AdminService and the jobs behind it; ``stack`` ends what they began. With TAKO_JOBS jobs run by the clock."""
    upkeep = CacheUpkeep(
        keeping.store,
        keeping.writer,
        parts.engine,
        parts.memories,
        parts.switches,
        forget_whole=parts.whole.forget,
        pool=_pool(keeping),
    )

    def forget_all() -> None:
        parts.engine.forget()
        parts.whole.forget()

    await parts.switches.start(on_switch=parts.whole.forget, on_purge=forget_all)
    stack.push_async_callback(parts.switches.close)
    # What is replayed asks nobody, and need not be paced.
    rounds = Rounds(parts.engine, pace=(lambda _: 0.0) if settings.replay else half_pace)
    refresher = Refresher(parts.registry, upkeep, rounds)
    name = f"{socket.gethostname()[:40]}-{secrets.token_hex(3)}"
    runs = Runs(keeping.tables, name)
    tidying = Tidying(parts.registry, upkeep, runs, observe=metrics.counted)
    jobs = nine_jobs(Feeds(parts.registry, rounds), refresher, tidying)
    zone = ZoneInfo(settings.timezone)
    desk = JobDesk(jobs, runs, _leadership(keeping, name), zone, settings.timezone, metrics)
    stack.push_async_callback(desk.close)
    if settings.jobs:
        desk.start()
        metrics.scheduled(desk.intervals)
    return Administration(
        parts.registry,
        parts.directory,
        upkeep=upkeep,
        refreshing=refresher,
        jobs=desk,
        switching=parts.switches,
        off_by_setting=parts.upstream.is_off_by_setting,
    )


def _pool(keeping: Keeping) -> Callable[[], PoolCounts] | None:
    postgres = keeping.postgres
    return None if postgres is None else lambda: postgres.pool


def _leadership(keeping: Keeping, name: str) -> Leadership:
    if keeping.postgres is None:
        return Alone(name)
    return OneOfFleet(keeping.postgres.connect_alone, keeping.postgres.lend, name)
