"""Writing behind: a hit never writes, and who fills the cache never waits for the store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import islice

import structlog

from tako_server.cache.store import Entry, Store, StoreError

_CLOSING = 2.0
_LOOK_AGAIN = 0.05
_MOST_COUNTED = 10_000
"""Keys whose uses are counted between two flushes."""

log = structlog.get_logger(__name__)


class WriteBehind:
    """What the cache writes to a store, which should be a resilient one.

    ``put`` and ``touch`` return at once. Entries wait in a queue that is bounded in number and bytes; when it is full
    its oldest are dropped, and counted. A store that is away gets what waits when it is back.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], float] = time.time,
        most: int = 1000,
        most_bytes: int = 32 * 1024 * 1024,
        batch: int = 50,
        batch_bytes: int = 2 * 1024 * 1024,
        linger: float = 0.02,
        every: float = 5.0,
    ) -> None:
        self._store = store
        self._clock = clock
        self._most = most
        self._most_bytes = most_bytes
        self._batch = batch
        self._batch_bytes = batch_bytes
        self._linger = linger
        self._every = every
        self._waiting: dict[str, Entry] = {}
        self._bytes = 0
        self._uses: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None
        self.dropped = 0
        """Entries that were never written."""

    @property
    def waiting(self) -> int:
        """Entries that are not written yet."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin to write."""
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_on(), name="store-writer")

    def put(self, entry: Entry) -> None:
        """Keep an entry in the store, soon."""
        self._forget(self._waiting.get(entry.key))
        self._waiting[entry.key] = entry
        self._bytes += len(entry.data)
        while len(self._waiting) > self._most or (self._bytes > self._most_bytes and len(self._waiting) > 1):
            self._forget(next(iter(self._waiting.values())))
            self.dropped += 1
        self._wake.set()

    def touch(self, key: str, times: int = 1) -> None:
        """Count uses of an entry; they are written with others, some seconds later."""
        counted = self._uses.get(key, 0)
        if counted or len(self._uses) < _MOST_COUNTED:
            self._uses[key] = counted + times

    def peek(self, key: str) -> Entry | None:
        """The entry of ``key`` if it still waits: newer than the one in the store."""
        return self._waiting.get(key)

    async def purge(
        self, *, provider: str | None = None, older_than: float | None = None, key: str | None = None
    ) -> int:
        """Remove what fits from the store, and of what waits: it must not come back. How many went from the store."""
        async with self._writing:
            for entry in list(self._waiting.values()):
                if (
                    (provider is None or entry.provider == provider)
                    and (older_than is None or entry.fetched_at < older_than)
                    and (key is None or entry.key == key)
                ):
                    self._forget(entry)
            return await self._store.purge(provider=provider, older_than=older_than, key=key)

    async def flush(self) -> None:
        """Write all that waits now, entries and uses. While the store is away they go on waiting."""
        async with self._writing:
            await self._write_entries()
            await self._write_uses()

    async def close(self) -> None:
        """Write what waits, within two seconds. The store stays open: it has another owner."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSING):
                # A busy moment looks like an outage; the store's own probe brings it back.
                while self._waiting and not self._is_there():  # noqa: ASYNC110 - a store has a flag, and no event
                    await asyncio.sleep(_LOOK_AGAIN)
                await self.flush()
        if self._waiting:
            self._lost(len(self._waiting), "the server ends")

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        flushed = loop.time()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._wake.wait()
            await asyncio.sleep(self._linger)  # others may follow: one statement for all of them
            self._wake.clear()
            async with self._writing:
                await self._write_entries()
                if loop.time() - flushed >= self._every:
                    flushed = loop.time()
                    await self._write_uses()

    async def _write_entries(self) -> None:
        while self._waiting and self._is_there():
            some = self._next_batch()
            try:
                await self._store.put(*some)
            except StoreError as error:
                self._lost(len(some), str(error))
            else:
                if not self._is_there():
                    return  # it went away over this: they wait on
            for entry in some:
                self._forget(entry)

    async def _write_uses(self) -> None:
        if not self._uses or not self._is_there():
            return
        uses, self._uses = self._uses, {}
        try:
            await self._store.touch(uses, self._clock())
        except StoreError as error:
            log.warning("store.uses_lost", store=self._store.name, keys=len(uses), error=str(error))
        else:
            if not self._is_there():
                for key, times in uses.items():
                    self.touch(key, times)

    def _is_there(self) -> bool:
        return self._store.available

    def _next_batch(self) -> list[Entry]:
        some: list[Entry] = []
        size = 0
        for entry in islice(self._waiting.values(), self._batch):
            size += len(entry.data)
            if some and size > self._batch_bytes:
                break
            some.append(entry)
        return some

    def _forget(self, entry: Entry | None) -> None:
        """Take an entry out of the queue, unless it has been replaced meanwhile."""
        if entry is not None and self._waiting.get(entry.key) is entry:
            del self._waiting[entry.key]
            self._bytes -= len(entry.data)

    def _lost(self, entries: int, why: str) -> None:
        self.dropped += entries
        log.warning("store.entries_lost", store=self._store.name, entries=entries, error=why)
