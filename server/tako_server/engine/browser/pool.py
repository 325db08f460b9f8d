"""The pool of browsers: how many there are, who has which, and when each ends.

What holds at every instant: a session is in the books of its endpoint from before it is asked for until it is known
to be gone, and the books never have more than ``rules.sessions``. A session has one request at a time. Whoever waits
gets a session or an error. Nothing here trusts FlareSolverr to end anything by itself: it never does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import structlog

from tako_server.engine.browser.alarm import Alarm
from tako_server.engine.browser.ending import Ending
from tako_server.engine.browser.endpoint import Endpoint
from tako_server.engine.browser.errors import BrowsersAway, BrowsersBusy
from tako_server.engine.browser.flaresolverr import (
    AnswerLost,
    BrowserFault,
    EndpointAway,
    FlareSolverr,
    MixedUp,
    Page,
    Solution,
    reason,
)
from tako_server.engine.browser.fleet import Fleet
from tako_server.engine.browser.ids import session_id
from tako_server.engine.browser.rules import Rules
from tako_server.engine.browser.session import Doubt, Lane, Session, State, Watch, place
from tako_server.engine.browser.waiting import Queue, Waiter

_WAITING_SHARE = 0.6
"""Share of a request's time that may go by waiting: a page needs the rest."""
_LAST_SECONDS = 1.0
"""What is kept of a request's time, so that it hears FlareSolverr's own error."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the pool stands, for /health."""

    sessions: int
    waiting: int
    endpoints: int
    endpoints_up: int


class Pool:
    """All browsers of this instance. ``start`` it, and ``close`` it when nobody asks any more."""

    def __init__(
        self,
        clients: Sequence[FlareSolverr],
        fleet: Fleet,
        instance: str,
        rules: Rules,
        watch: Watch,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rules = rules
        self._fleet = fleet
        self._instance = instance
        self._watch = watch
        self._now = now
        self._endpoints = [
            Endpoint(number, client, fleet, instance, rules, watch, now) for number, client in enumerate(clients, 1)
        ]
        self._queue = Queue()
        self._ending = Ending(fleet, rules, now, self._dispatch)
        self._opening: set[asyncio.Task[None]] = set()
        self._reserved = 0
        self._evicting: set[Session] = set()
        self._made = 0
        self._slots_from = float("-inf")
        self._swept_at = float("-inf")
        self._alarm = Alarm(rules)
        self._keeper: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def standing(self) -> Standing:
        """How it stands now."""
        endpoints = self._endpoints
        live = sum(endpoint.load for endpoint in endpoints)
        return Standing(live, len(self._queue), len(endpoints), sum(endpoint.up for endpoint in endpoints))

    async def start(self) -> None:
        """Make this instance known, and begin to look after things: orphans first, behind the caller."""
        await self._fleet.start()
        self._keeper = asyncio.create_task(self._keep(), name="browsers.keeper")

    async def close(self) -> None:
        """End every session. Who still waits is told."""
        self._closing = True
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        until = self._now() + self._rules.close
        if self._opening:
            await asyncio.wait(set(self._opening), timeout=self._rules.close / 2)
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)
        for waiter in self._queue:
            _tell(waiter, _ending_now())
        for endpoint in self._endpoints:
            for session in list(endpoint.sessions.values()):
                self._end(session, "shutdown")
        if left := await self._ending.close(max(until - self._now(), 0.0)):
            log.error("browsers.left", count=left)
        # A last look: what came later than anybody could expect is nobody's now.
        await asyncio.gather(*(endpoint.contact() for endpoint in self._endpoints if endpoint.up))
        for endpoint in self._endpoints:
            await endpoint.close()
        await self._fleet.close()

    async def solve(self, lane: Lane, page: Page, seconds: float) -> Solution:
        """The page, by a browser of ``lane``, within ``seconds``.

        Raises BrowserFault for what went wrong with the page, BrowsersBusy and BrowsersAway when no browser was had.
        """
        until = self._now() + seconds
        while True:
            left = until - self._now()
            session = await self._lent(lane, min(self._rules.wait, left * _WAITING_SHARE))
            try:
                if session.uses and not await self._is_there(session):
                    self._end(session, "dropped")  # asking in it would make it anew, without its proxy
                    continue
                solution = await self._ask(session, page, until - self._now() - _LAST_SECONDS)
            except BaseException as error:
                self._end(session, reason(error))
                raise
            self._give_back(session)
            return solution

    # --- getting one ---

    async def _lent(self, lane: Lane, wait: float) -> Session:
        """A session for this request alone, in the order of arrival."""
        if self._closing:
            raise _ending_now()
        if len(self._queue) >= self._rules.queue:
            self._refuse(f"all browsers are in use and {self._rules.queue} requests wait already")
        waiter = self._queue.join(lane, self._now())
        self._warn()
        self._dispatch()
        try:
            async with asyncio.timeout(max(wait, 0.0)):
                session = await waiter.future
        except TimeoutError:
            self._withdraw(waiter)
            self._refuse("all browsers are in use, and none became free in time")
        except BaseException:
            self._withdraw(waiter)
            raise
        self._watch.waited(self._now() - waiter.since)
        return session

    def _withdraw(self, waiter: Waiter) -> None:
        """It waits no more; a session that it has just been given goes to the next."""
        if not waiter.future.cancel() and not waiter.future.cancelled() and waiter.future.exception() is None:
            self._rest(waiter.future.result())
        self._dispatch()

    def _refuse(self, why: str) -> NoReturn:
        raise BrowsersBusy(why, retry_after=self._rules.poll + self._rules.wait / 3)

    def _dispatch(self) -> None:
        """Give the first of the queue what there is, as long as there is something."""
        self._evicting = {session for session in self._evicting if session.id in session.endpoint.sessions}
        while not self._closing and (waiter := self._queue.first()) is not None:
            idle = [session for endpoint in self._endpoints if endpoint.up for session in endpoint.idle()]
            fitting = [session for session in idle if session.lane == waiter.lane]
            if fitting:
                self._queue.leave(waiter)
                session = max(fitting, key=lambda one: one.used_at)
                session.state = State.BUSY
                waiter.future.set_result(session)
            elif self._used() < self._rules.sessions and self._now() >= self._slots_from:
                self._queue.leave(waiter)
                self._reserved += 1
                self._spawn(self._open(waiter))
            else:
                if idle and len(self._evicting) < len(self._queue):
                    session = min(idle, key=lambda one: one.used_at)
                    self._evicting.add(session)
                    self._end(session, "made room")
                return

    def _used(self) -> int:
        """Sessions that count: all but those that are being ended at an endpoint that is away."""
        there = (session for endpoint in self._endpoints for session in endpoint.sessions.values())
        counted = sum(session.state is not State.ENDING or session.endpoint.up for session in there)
        return counted + self._reserved

    async def _open(self, waiter: Waiter) -> None:
        """Make a session for ``waiter``, who may be gone by then: the next one takes it."""
        reserved, slot = True, None
        try:
            slot = await self._fleet.take()
            if slot is None:
                self._wait_for_slot(waiter)
                return
            tried: set[Endpoint] = set()
            while (endpoint := await self._endpoint(tried)) is not None:
                if self._used() > self._rules.sessions:  # one that has come back still has some of ours
                    self._queue.put_back(waiter)
                    return
                tried.add(endpoint)
                session = self._enter(endpoint, waiter.lane, slot)
                self._reserved -= 1
                reserved, slot = False, None
                try:
                    await endpoint.client.create(session.id, waiter.lane.proxy)
                except EndpointAway as error:
                    endpoint.went_away(error)
                    del endpoint.sessions[session.id]
                    slot, session.slot = session.slot, None
                    self._reserved += 1
                    reserved = True
                    continue
                except BaseException as error:
                    self._fail(session, waiter, error)
                    raise
                self._opened(session, waiter)
                return
            _tell(waiter, BrowsersAway("no browser can be reached (FSR_URL)", retry_after=self._rules.down))
        except BrowserFault:
            return  # the waiter has been told
        except BaseException:
            _tell(waiter, _ending_now() if self._closing else BrowsersAway("a browser could not be started"))
            raise
        finally:
            self._reserved -= reserved
            if slot is not None:
                await self._fleet.release(slot)
            self._dispatch()

    async def _endpoint(self, tried: set[Endpoint]) -> Endpoint | None:
        """The one with the fewest sessions of those that answer; when none is known to, they are asked."""
        left = [endpoint for endpoint in self._endpoints if endpoint not in tried]
        if not any(endpoint.up for endpoint in left):
            for endpoint in left:
                if await endpoint.contact():
                    break
        return min((endpoint for endpoint in left if endpoint.up), key=lambda one: one.load, default=None)

    def _enter(self, endpoint: Endpoint, lane: Lane, slot: int | None) -> Session:
        """Into the books, before it is asked for."""
        self._made += 1
        session = Session(session_id(self._instance, self._made), endpoint, lane, slot, self._now())
        endpoint.sessions[session.id] = session
        return session

    def _opened(self, session: Session, waiter: Waiter) -> None:
        session.doubt = Doubt.NONE
        self._watch.opened()
        if self._closing:
            _tell(waiter, _ending_now())  # ``close`` ends it
        elif waiter.gone:
            self._rest(session)
        else:
            session.state = State.BUSY
            waiter.future.set_result(session)

    def _fail(self, session: Session, waiter: Waiter, error: BaseException) -> None:
        """It could not be made, or nobody knows whether it was."""
        if isinstance(error, BrowserFault):
            if isinstance(error, AnswerLost):
                session.endpoint.went_away(error)
            else:
                session.doubt = Doubt.NONE  # FlareSolverr says that there is none
            log.warning("browsers.not_made", endpoint=session.endpoint.number, detail=str(error))
            _tell(waiter, BrowsersAway("a browser could not be started", retry_after=self._rules.down))
        self._end(session, "not made")

    def _wait_for_slot(self, waiter: Waiter) -> None:
        """Other replicas have all slots: ask again soon, and see whether one of them has died."""
        self._queue.put_back(waiter)
        self._slots_from = self._now() + self._rules.poll
        asyncio.get_running_loop().call_later(self._rules.poll, self._dispatch)
        self._swept_at = min(self._swept_at, self._now() - self._rules.sweep + self._rules.down)

    # --- using it ---

    async def _is_there(self, session: Session) -> bool:
        """Whether the endpoint still has it: it may have been restarted."""
        try:
            return await session.endpoint.has(session)
        except BrowserFault as error:
            session.endpoint.went_away(error)
            return False

    async def _ask(self, session: Session, page: Page, seconds: float) -> Solution:
        began, outcome = self._now(), "given up"
        session.asking, session.doubt = place(page.url), Doubt.REQUEST
        try:
            solution = await session.endpoint.client.solve(session.id, page, max(min(seconds, self._rules.page), 1.0))
            session.doubt = Doubt.NONE
            self._check(session, solution)
        except BrowserFault as error:
            outcome = reason(error)
            if isinstance(error, EndpointAway | AnswerLost):
                session.endpoint.went_away(error)
            else:
                session.doubt = Doubt.NONE  # it has answered: nothing is under way
            raise
        else:
            outcome = "ok"
            return solution
        finally:
            self._watch.asked(outcome, self._now() - began)
            session.pages.append(session.asking)
            session.asking = ""

    def _check(self, session: Session, solution: Solution) -> None:
        """A browser that two use at once shows both the second page."""
        shown = place(solution.url)
        if shown == session.asking:
            return
        ours = (one for endpoint in self._endpoints for one in endpoint.sessions.values())
        others = {one.asking for one in ours if one is not session}
        if shown in others or shown in session.pages:
            raise MixedUp("the browser shows a page that another request has asked for")

    # --- giving it back ---

    def _give_back(self, session: Session) -> None:
        session.uses += 1
        session.used_at = self._now()
        if worn := self._worn(session):
            self._end(session, worn)
        else:
            self._rest(session)
            self._dispatch()

    def _rest(self, session: Session) -> None:
        session.state = State.IDLE
        session.used_at = self._now()

    def _worn(self, session: Session) -> str:
        """Why a session must end that is in order; "" when it need not."""
        if session.uses >= self._rules.uses:
            return "uses"
        if self._now() - session.opened_at >= self._rules.age:
            return "age"
        if session.state is State.IDLE and self._now() - session.used_at >= self._rules.idle:
            return "idle"
        return "wanted elsewhere" if self._fleet.others_wait() else ""

    def _end(self, session: Session, why: str) -> None:
        if session.state is not State.ENDING:
            self._watch.ended(why)
            log.debug("browsers.session_ended", session=session.id, reason=why)
            self._ending.end(session)

    # --- looking after all ---

    async def _keep(self) -> None:
        while True:
            try:
                await self._look()
            except Exception as error:
                # The rim of a task that must not end: orphans would stay.
                log.error("browsers.keeper_stumbled", exc_info=error)
            await asyncio.sleep(self._rules.tick)

    async def _look(self) -> None:
        now = self._now()
        if now - self._swept_at >= self._rules.sweep:
            self._swept_at = now
            await self._sweep()
        for endpoint in self._endpoints:
            if not endpoint.up and now - endpoint.tried_at >= self._rules.down:
                await endpoint.contact()
            for session in endpoint.idle():
                if worn := self._worn(session):
                    self._end(session, worn)
        self._warn()
        self._dispatch()

    async def _sweep(self) -> None:
        """Look at every endpoint. A dead instance is forgotten once none has a session of its."""
        reached = await asyncio.gather(*(endpoint.contact() for endpoint in self._endpoints))
        if all(reached):
            left = frozenset[str]().union(*(endpoint.others for endpoint in self._endpoints))
            for instance in set(await self._fleet.dead()) - left:
                await self._fleet.forget(instance)

    def _warn(self) -> None:
        self._alarm.look(waiting=len(self._queue), used=self._used(), now=self._now())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="browsers.open")
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)


def _ending_now() -> BrowsersAway:
    return BrowsersAway("this server is ending")


def _tell(waiter: Waiter, error: Exception) -> None:
    if not waiter.gone:
        waiter.future.set_exception(error)
