"""A FlareSolverr for tests: it answers as the real one (3.5) was recorded to, and misbehaves as a test says.

It really visits pages, with a cookie jar for each session, but by plain HTTP. What counts is `live`, the browsers that
are there, and `peak`, the most that ever were. As with the real one: every error is a 500; an id may be chosen, and
chosen again; a request in an unknown session makes it; a session has no end of its own; who goes away does not stop the
work; two requests at once in one session both give the second page; after a timeout a session is slow for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from aiohttp import web
from yarl import URL

HOST = "127.0.0.1"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
_GONE = "Error: The session doesn't exist."
_CRASHED = "Error: Error solving the challenge. Message: invalid session id\\n  (Session info: chrome=156.0.8078.79)"
_NO_CHROME = "Error: Error creating the session. Message: session not created: Chrome instance exited"


class Fault(Enum):
    """What goes wrong with one command."""

    ERROR = auto()
    """It answers 500, and does nothing."""
    LOSE = auto()
    """It does what it is told, and breaks the connection instead of answering."""
    LATE = auto()
    """It breaks the connection, and does what it was told a little later."""
    HANG = auto()
    """It takes the command, and neither does nor says anything until it is let go."""
    GATEWAY = auto()
    """Somebody in front of it answers 502."""
    CRASH = auto()
    """The browser of the session dies in the middle."""


Command = dict[str, Any]
Faults = Callable[[Command], Fault | None]


class _Refused(Exception):
    """An error that FlareSolverr tells."""


@dataclass(eq=False)
class Browser:
    """One browser: a session's, or of one request."""

    http: aiohttp.ClientSession
    proxy: str = ""
    page: str = ""
    broken: bool = False
    dead: asyncio.Event = field(default_factory=asyncio.Event)


class StandIn:
    """The program. ``faults`` says what goes wrong, ``starting`` how long a browser takes to start."""

    def __init__(self) -> None:
        self.faults: Faults = lambda _: None
        self.starting = 0.005
        self.late = 0.05
        self.hangs: dict[str, float] = {}
        """Seconds after which what hangs goes on by itself, by command."""
        self.solving = 0.02
        self.sessions: dict[str, Browser] = {}
        self.peak = 0
        self.commands: list[Command] = []
        self.port = 0
        self._browsers: set[Browser] = set()
        self._go = asyncio.Event()
        self._down = False
        self._working: set[asyncio.Task[Any]] = set()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Its address, as FSR_URL has it."""
        return f"http://{HOST}:{self.port}"

    @property
    def live(self) -> int:
        """Browsers that are there."""
        return len(self._browsers)

    def told(self, command: str) -> list[Command]:
        """The commands of one kind that came."""
        return [one for one in self.commands if one.get("cmd") == command]

    def let_go(self) -> None:
        """What hangs goes on."""
        self._go.set()
        self._go = asyncio.Event()

    async def start(self) -> None:
        """Listen, on the same port again after ``stop``."""
        application = web.Application()
        application.router.add_post("/v1", self._answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """End as a container does: with all its browsers."""
        await self._end()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def restart(self, seconds: float = 0.02) -> None:
        """End, and start anew with nothing. Whoever asks meanwhile is cut off."""
        self._down = True
        await self._end()
        await asyncio.sleep(seconds)
        self._down = False

    async def _end(self) -> None:
        working, self._working = self._working, set()
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        self.sessions.clear()
        for browser in list(self._browsers):
            await self._kill(browser)

    async def drop(self) -> None:
        """Lose all sessions, as a crash inside does; the program goes on."""
        lost, self.sessions = self.sessions, {}
        for browser in lost.values():
            await self._kill(browser)

    # --- answering ---

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        began = time.time()
        try:
            command = orjson.loads(await request.read())
        except orjson.JSONDecodeError:
            return web.json_response({"error": "(400, 'Invalid JSON')"}, status=500)
        if self._down:
            return _cut(request)
        self.commands.append(command)
        fault = self.faults(command)
        match fault:
            case Fault.ERROR:
                return _told(began, error=_NO_CHROME if command.get("cmd") == "sessions.create" else "Error: unknown")
            case Fault.GATEWAY:
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case _:
                pass
        # It has a task of its own: who goes away does not stop it, and only ``stop`` does.
        work = asyncio.create_task(self._work(command, fault))
        self._working.add(work)
        work.add_done_callback(self._working.discard)
        if fault is Fault.LATE:
            return _cut(request)
        await asyncio.wait({work})
        if fault is Fault.LOSE or work.cancelled():
            return _cut(request)
        told = work.result()
        return _told(began, error=told) if isinstance(told, str) else _told(began, **told)

    async def _work(self, command: Command, fault: Fault | None) -> dict[str, Any] | str:
        """What it comes to: an answer, or the sentence of an error."""
        if fault is Fault.LATE:
            await asyncio.sleep(self.late)
        if fault is Fault.HANG:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.hangs.get(str(command.get("cmd")))):
                    await self._go.wait()
        try:
            return await self._do(command, crash=fault is Fault.CRASH)
        except _Refused as error:
            return str(error)

    async def _do(self, command: Command, *, crash: bool = False) -> dict[str, Any]:
        name = command.get("session")
        match command.get("cmd"):
            case None:
                raise _Refused("Error: Request parameter 'cmd' is mandatory.")
            case "sessions.list":
                return {"message": "", "sessions": list(self.sessions)}
            case "sessions.create":
                name = str(name or f"auto-{len(self.commands)}")
                made = await self._session(name, (command.get("proxy") or {}).get("url", ""))
                told = "Session created successfully." if made else "Session already exists."
                return {"message": told, "session": name}
            case "sessions.destroy":
                browser = self.sessions.pop(str(name), None)
                if browser is None:
                    raise _Refused(_GONE)
                await self._kill(browser)
                return {"message": "The session has been removed."}
            case "request.get" | "request.post":
                return await self._request(command, crash=crash)
            case other:
                raise _Refused(f"Error: Request parameter 'cmd' = '{other}' is invalid.")

    async def _session(self, name: str, proxy: str = "") -> bool:
        """Make a session; whether there was none."""
        if name in self.sessions:
            return False
        self.sessions[name] = await self._browser(proxy)
        return True

    async def _browser(self, proxy: str) -> Browser:
        browser = Browser(aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)), proxy)
        self._browsers.add(browser)
        self.peak = max(self.peak, self.live)
        if self.starting:
            await asyncio.sleep(self.starting)
        return browser

    async def _kill(self, browser: Browser) -> None:
        browser.dead.set()
        self._browsers.discard(browser)
        await browser.http.close()

    # --- visiting a page ---

    async def _request(self, command: Command, *, crash: bool) -> dict[str, Any]:
        if "url" not in command:
            raise _Refused(f"Error: Request parameter 'url' is mandatory in '{command['cmd']}' command.")
        name = command.get("session")
        if name is not None:
            await self._session(name)
        browser = self.sessions[name] if name is not None else await self._browser("")
        try:
            if crash:
                self.sessions.pop(str(name), None)
                await self._kill(browser)
            return await self._visit(browser, command)
        finally:
            if name is None:
                await self._kill(browser)

    async def _visit(self, browser: Browser, command: Command) -> dict[str, Any]:
        limit = command.get("maxTimeout", 60_000) / 1000
        browser.page = str(command["url"])
        visiting = asyncio.ensure_future(self._load(browser, command))
        dying = asyncio.ensure_future(browser.dead.wait())
        try:
            await asyncio.wait({visiting, dying}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            if browser.dead.is_set():
                raise _Refused(_CRASHED)
            if not visiting.done():
                browser.broken = True
                raise _Refused(f"Error: Error solving the challenge. Timeout after {limit} seconds.")
            return visiting.result()
        finally:
            for task in (visiting, dying):
                task.cancel()
            await asyncio.gather(visiting, dying, return_exceptions=True)

    async def _load(self, browser: Browser, command: Command) -> dict[str, Any]:
        if browser.broken:
            await asyncio.sleep(18)
        url = URL(str(command["url"]))
        for cookie in command.get("cookies", ()):
            browser.http.cookie_jar.update_cookies({cookie["name"]: cookie["value"]}, url)
        form = command.get("postData")
        headers = {"user-agent": AGENT, "sec-fetch-mode": "navigate"}
        challenged = False
        while True:
            try:
                async with browser.http.request(
                    "GET" if form is None else "POST",
                    url,
                    data=form,
                    headers=headers | ({} if form is None else {"content-type": "application/x-www-form-urlencoded"}),
                ) as answer:
                    text, content_type, ended = await answer.text(), answer.content_type, str(answer.url)
            except aiohttp.ClientError:
                code = "net::ERR_CONNECTION_REFUSED"
                raise _Refused(f"Error: Error solving the challenge. Message: unknown error: {code}\\n#0 0x0") from None
            if "<title>Just a moment...</title>" not in text:
                break
            challenged = True
            await asyncio.sleep(self.solving)
            if "cf_clearance=ok" in text:  # what its script does
                browser.http.cookie_jar.update_cookies({"cf_clearance": "ok"}, url)
        if browser.page != str(command["url"]):
            # Another request has taken the browser on: both see where it is now.
            ended, text = browser.page, text.replace(urlsplit(str(command["url"])).path, urlsplit(browser.page).path)
        cookies = browser.http.cookie_jar.filter_cookies(URL(ended))
        return {
            "message": "Challenge solved!" if challenged else "Challenge not detected!",
            "solution": {
                "url": ended,
                "status": 200,
                "cookies": [_cookie(url, name, morsel.value) for name, morsel in cookies.items()],
                "userAgent": AGENT,
                "turnstile_token": None,
                "headers": {},
                "response": _shown(text, content_type),
            },
        }


def _cookie(url: URL, name: str, value: str) -> dict[str, Any]:
    told = {"domain": url.host, "httpOnly": False, "name": name, "path": "/", "sameSite": "Lax", "secure": False}
    expiry = {"expiry": int(time.time()) + 3600} if name == "cf_clearance" else {}
    return {**told, **expiry, "value": value}


def _shown(text: str, content_type: str) -> str:
    """As Chromium shows it."""
    scheme = '<meta name="color-scheme" content="light dark">'
    escaped = html.escape(text, quote=False)
    if content_type == "application/json":
        head, pre, more = f'{scheme}<meta charset="utf-8">', "<pre>", '<div class="json-formatter-container"></div>'
    elif content_type == "text/plain":
        head, pre, more = scheme, '<pre style="word-wrap: break-word; white-space: pre-wrap;">', ""
    else:
        return text.removeprefix("<!DOCTYPE html>")
    return f"<html><head>{head}</head><body>{pre}{escaped}</pre>{more}</body></html>"


def _told(began: float, *, error: str = "", **told: Any) -> web.Response:
    times = {"startTimestamp": int(began * 1000), "endTimestamp": int(time.time() * 1000), "version": "3.5.0"}
    if error:
        return web.json_response({"status": "error", "message": error, **times}, status=500)
    return web.json_response({"status": "ok", **told, **times})


def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@asynccontextmanager
async def running() -> AsyncIterator[StandIn]:
    """A stand-in on a free port."""
    solver = StandIn()
    await solver.start()
    try:
        yield solver
    finally:
        solver.let_go()
        await solver.stop()
