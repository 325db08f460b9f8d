"""One FlareSolverr as the pool knows it: whether it answers, what of ours is in it, and what there is nobody's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from tako_server.engine.browser.flaresolverr import BrowserFault, Failed, FlareSolverr
from tako_server.engine.browser.fleet import Fate, Fleet
from tako_server.engine.browser.ids import instance_of
from tako_server.engine.browser.rules import Rules
from tako_server.engine.browser.session import Session, State, Watch

log = structlog.get_logger(__name__)


class Endpoint:
    """An endpoint, and our sessions in it. ``number`` names it to operators; its address may hold a name of theirs.

    It is not ``up`` before it has answered once, and each time that it comes back its orphans are ended first.
    """

    def __init__(
        self,
        number: int,
        client: FlareSolverr,
        fleet: Fleet,
        instance: str,
        rules: Rules,
        watch: Watch,
        now: Callable[[], float],
    ) -> None:
        self.number = number
        self.client = client
        self.sessions: dict[str, Session] = {}
        self.others: frozenset[str] = frozenset()
        """Instances that had sessions here when it was last looked at."""
        self._fleet = fleet
        self._instance = instance
        self._rules = rules
        self._watch = watch
        self._now = now
        self._up = asyncio.Event()
        self._known_away = False
        self._strangers: dict[str, float] = {}
        self._contacting: asyncio.Task[bool] | None = None
        self._watch.reached(number, up=False)
        self.tried_at = float("-inf")

    @property
    def up(self) -> bool:
        """Whether it has answered, and nothing has gone wrong since."""
        return self._up.is_set()

    @property
    def load(self) -> int:
        """Sessions of ours that are there, or may be."""
        return len(self.sessions)

    async def wait_until_up(self, seconds: float) -> None:
        """Return when it is up, or after so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._up.wait()
        except TimeoutError:
            return

    def went_away(self, error: BrowserFault) -> None:
        """It gave no answer."""
        if self._up.is_set() or not self._known_away:
            self._known_away = True
            log.warning("browsers.endpoint_away", endpoint=self.number, error=type(error).__name__, detail=str(error))
        self._up.clear()
        self._watch.reached(self.number, up=False)

    async def contact(self) -> bool:
        """Whether it answers. Then it is up, and its orphans are gone. Callers at the same time share one look."""
        if self._contacting is None or self._contacting.done():
            self._contacting = asyncio.create_task(self._contact(), name="browsers.contact")
        return await asyncio.shield(self._contacting)

    async def close(self) -> None:
        """Stop looking."""
        if self._contacting is not None:
            self._contacting.cancel()
            await asyncio.gather(self._contacting, return_exceptions=True)

    async def has(self, session: Session) -> bool:
        """Whether a session is still there. Raises BrowserFault."""
        return session.id in await self.client.sessions()

    async def _contact(self) -> bool:
        self.tried_at = self._now()
        try:
            await self._sweep(await self.client.sessions())
        except BrowserFault as error:
            self.went_away(error)
            return False
        if self._known_away:
            self._known_away = False
            log.info("browsers.endpoint_back", endpoint=self.number)
        self._up.set()
        self._watch.reached(self.number, up=True)
        return True

    async def _sweep(self, names: Sequence[str]) -> None:
        """End the sessions that are Tako's and nobody's."""
        left: set[str] = set()
        swept = 0
        strangers: dict[str, float] = {}
        for name in names:
            owner = instance_of(name)
            if owner is None or name in self.sessions:
                continue
            if await self._is_orphan(name, owner, strangers):
                try:
                    swept += await self.client.destroy(name)
                    continue
                except Failed as error:
                    log.warning("browsers.orphan_stays", session=name, detail=str(error))
            left.add(owner)
        self._strangers = strangers
        self.others = frozenset(left)
        if swept:
            self._watch.swept(swept)
            log.warning("browsers.orphans_swept", endpoint=self.number, count=swept)

    async def _is_orphan(self, name: str, owner: str, strangers: dict[str, float]) -> bool:
        """Of this instance, it is one that the books do not have any more. Of another, that must be known to be dead.

        Of one that nobody knows, it must have been there longer than any living instance keeps a session.
        """
        if owner == self._instance:
            return name not in self.sessions
        fate = await self._fleet.fate(owner)
        if fate is not Fate.UNKNOWN:
            return fate is Fate.DEAD
        strangers[name] = self._strangers.get(name, self._now())
        return self._now() - strangers[name] >= self._rules.stranger

    def idle(self) -> list[Session]:
        """Sessions that nobody uses."""
        return [session for session in self.sessions.values() if session.state is State.IDLE]
