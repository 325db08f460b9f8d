"""Ending a session for good: it leaves the books only when it is known to be gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from tako_server.engine.browser.flaresolverr import BrowserFault, Failed
from tako_server.engine.browser.fleet import Fleet
from tako_server.engine.browser.rules import Rules
from tako_server.engine.browser.session import Doubt, Session, State

_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 2.0
_LAST_TRIES = 3
"""How often an endpoint that is away is tried at the end of the process."""

log = structlog.get_logger(__name__)


class Ending:
    """Ends sessions behind their users, who need not wait and may be cancelled."""

    def __init__(self, fleet: Fleet, rules: Rules, now: Callable[[], float], on_gone: Callable[[], None]) -> None:
        """``on_gone`` is called when there is room for another one."""
        self._fleet = fleet
        self._rules = rules
        self._now = now
        self._on_gone = on_gone
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._left = 0

    def end(self, session: Session) -> None:
        """End it, from now on."""
        if session.state is State.ENDING:
            return
        session.state = State.ENDING
        task = asyncio.create_task(self._end(session), name=f"browsers.end {session.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, seconds: float) -> int:
        """Wait until all are gone, ``seconds`` at most. The number of those that may be left."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        left = len(self._tasks) + self._left
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return left

    async def _end(self, session: Session) -> None:
        began, pause, last_tries = self._now(), _FIRST_PAUSE, _LAST_TRIES
        while not await self._is_gone(session, began):
            if not session.endpoint.up:
                # Its browser can't be reached, and others need not wait for it: it is ended when the endpoint is back.
                await self.give_slot_back(session)
                self._on_gone()
                last_tries -= self._closing
                if not last_tries:
                    self._left += 1
                    return
                await session.endpoint.wait_until_up(min(self._rules.down, 1.0) if self._closing else self._rules.down)
            else:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            if self._now() - began > self._rules.stranger:
                log.error("browsers.session_lost", endpoint=session.endpoint.number, session=session.id)
                break
        await self.give_slot_back(session)
        session.endpoint.sessions.pop(session.id, None)
        self._on_gone()

    async def _is_gone(self, session: Session, began: float) -> bool:
        """Whether it is gone and can't come again, once it has been told to go."""
        waited = self._now() - began  # until it is asked: what may come later than that is not answered for
        try:
            was_there = await session.endpoint.client.destroy(session.id)
        except Failed as error:
            log.warning("browsers.session_stays", endpoint=session.endpoint.number, detail=str(error))
            return False
        except BrowserFault as error:
            session.endpoint.went_away(error)
            return False
        if not session.endpoint.up:
            await session.endpoint.contact()  # it answers, so what it has counts
        match session.doubt:
            case Doubt.NONE:
                return True
            case Doubt.CREATE:  # made once at most: what was destroyed does not come
                return was_there or waited >= self._rules.create_doubt
            case Doubt.REQUEST:
                return not was_there and waited >= self._rules.request_doubt

    async def give_slot_back(self, session: Session) -> None:
        """Let other replicas have its slot."""
        slot, session.slot = session.slot, None
        if slot is not None:
            await self._fleet.release(slot)
