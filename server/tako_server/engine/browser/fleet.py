"""Who else runs Tako here: which instances live, and how many browsers all of them may have.

What is swept depends on it, so it never guesses: an instance is DEAD only when that is proven.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Collection, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

import structlog

from tako_server.engine.browser.ids import is_instance

_SUFFIX = ".lock"

log = structlog.get_logger(__name__)


class Fate(Enum):
    """What is known of an instance."""

    LIVES = auto()
    DEAD = auto()
    UNKNOWN = auto()


class Fleet(Protocol):
    """All instances that share something with this one."""

    async def start(self) -> None:
        """Make this instance known."""
        ...

    async def fate(self, instance: str) -> Fate:
        """What is known of another instance."""
        ...

    async def dead(self) -> Collection[str]:
        """Instances that are known to be dead and of which something is left to forget."""
        ...

    async def forget(self, instance: str) -> None:
        """None of its sessions is left."""
        ...

    async def take(self) -> int | None:
        """The right to one more session; None while others have them all."""
        ...

    async def release(self, slot: int) -> None:
        """Give the right back."""
        ...

    def others_wait(self) -> bool:
        """Whether another replica waits for a slot."""
        ...

    async def close(self) -> None:
        """This instance has no session left."""
        ...


class LockFiles:
    """Implements ``Fleet`` for instances of one machine: each keeps a lock on a file of its own.

    The kernel ends a lock with its process, however that dies, so a lock that can be had proves a death, also to a
    container that shares the folder. Where no file can be made, nothing is known of anybody.
    """

    def __init__(self, folder: Path, instance: str) -> None:
        self._folder = folder
        self._instance = instance
        self._held: int | None = None

    async def start(self) -> None:
        """Take the lock."""
        try:
            self._held = await asyncio.to_thread(self._lock_own)
        except OSError as error:
            log.warning("browsers.no_lock_file", folder=str(self._folder), error=error.strerror)

    async def fate(self, instance: str) -> Fate:
        """Whether its lock is held; UNKNOWN when there is no such file."""
        return await asyncio.to_thread(self._fate, instance)

    async def dead(self) -> Collection[str]:
        """Those whose file is there, and whose lock is not held."""
        return await asyncio.to_thread(self._dead)

    async def forget(self, instance: str) -> None:
        """Remove its file."""
        if instance != self._instance:
            await asyncio.to_thread(self._forget, instance)

    async def take(self) -> int | None:
        """Always: the pool itself bounds one process."""
        return 0

    async def release(self, slot: int) -> None:
        """Nothing to do."""

    def others_wait(self) -> bool:
        """Nobody shares slots."""
        return False

    async def close(self) -> None:
        """Let the lock go, and remove its file."""
        held, self._held = self._held, None
        if held is not None:
            await asyncio.to_thread(self._path(self._instance).unlink, missing_ok=True)
            os.close(held)

    def _path(self, instance: str) -> Path:
        return self._folder / f"{instance}{_SUFFIX}"

    def _lock_own(self) -> int:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(self._instance)
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)  # who probes it lets it go at once
                if os.fstat(handle).st_nlink:
                    return handle
            except OSError:
                os.close(handle)
                path.unlink(missing_ok=True)  # a file without a lock would tell of a death
                raise
            os.close(handle)  # before it was locked, another instance took it for one of the dead, and removed it

    def _forget(self, instance: str) -> None:
        """Remove its file under its lock, so that nobody can take the lock meanwhile."""
        try:
            handle = os.open(self._path(instance), os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._path(instance).unlink(missing_ok=True)
        except OSError:
            return  # it lives, or somebody probes it now: the next sweep looks again
        finally:
            os.close(handle)

    def _fate(self, instance: str) -> Fate:
        if instance == self._instance:
            return Fate.LIVES
        try:
            handle = os.open(self._path(instance), os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return Fate.UNKNOWN
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return Fate.LIVES
        except OSError:
            return Fate.UNKNOWN  # a file system without locks
        finally:
            os.close(handle)
        return Fate.DEAD

    def _dead(self) -> list[str]:
        if self._held is None:
            return []
        names = [path.name.removesuffix(_SUFFIX) for path in self._folder.glob(f"*{_SUFFIX}")]
        return [name for name in names if is_instance(name) and self._fate(name) is Fate.DEAD]


class Together:
    """Implements ``Fleet`` by several: what one of them knows, all know. Slots are those of the last one."""

    def __init__(self, fleets: Sequence[Fleet]) -> None:
        self._fleets = fleets
        self._slots = fleets[-1]

    async def start(self) -> None:
        """Start all."""
        for fleet in self._fleets:
            await fleet.start()

    async def fate(self, instance: str) -> Fate:
        """The first that is sure: the lock of a process tells its death at once."""
        for fleet in self._fleets:
            if (fate := await fleet.fate(instance)) is not Fate.UNKNOWN:
                return fate
        return Fate.UNKNOWN

    async def dead(self) -> Collection[str]:
        """Those that one of them knows."""
        found: set[str] = set()
        for fleet in self._fleets:
            found.update(await fleet.dead())
        return found

    async def forget(self, instance: str) -> None:
        """Forget it everywhere; slots first, for without its file its death is not proven any more."""
        for fleet in reversed(self._fleets):
            await fleet.forget(instance)

    async def take(self) -> int | None:
        """A slot of the last."""
        return await self._slots.take()

    async def release(self, slot: int) -> None:
        """Give it back."""
        await self._slots.release(slot)

    def others_wait(self) -> bool:
        """As the last one knows."""
        return self._slots.others_wait()

    async def close(self) -> None:
        """Close all, the last one first."""
        for fleet in reversed(self._fleets):
            await fleet.close()
