"""The client of one FlareSolverr (v1, 3.5).

Every error of it is HTTP 500 with a sentence; never a 4xx. The sentences are told apart here and nowhere else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import aiohttp
import orjson

CREATE_SECONDS = 60.0
"""Most that making a session may take; about 1 s is usual."""
DESTROY_SECONDS = 20.0
LIST_SECONDS = 5.0
SLACK = 30.0
"""Seconds that an answer may come after its own time limit: a limit of 2 s was seen to take 12.8 s."""
MOST_BYTES = 64 * 1024 * 1024
"""Of one answer, page and escapes and all."""

_CHROME_ERROR = re.compile(r"net::(ERR_[A-Z0-9_]+)")


class BrowserFault(Exception):
    """A browser did not do what it was asked. ``str(error)`` is for the log."""


class EndpointAway(BrowserFault):
    """No FlareSolverr answers there: nothing was done."""


class AnswerLost(BrowserFault):
    """It was asked, and no answer came: whether it was done, or is being done, nobody knows."""


class PageTimedOut(BrowserFault):
    """The page, or its challenge, took too long. The session is broken from now on."""


class PageBlocked(BrowserFault):
    """The site refuses this browser."""


class PageUnreachable(BrowserFault):
    """The browser got no page. ``code`` is Chromium's (``ERR_NAME_NOT_RESOLVED``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Failed(BrowserFault):
    """Any other error that FlareSolverr tells."""


class MixedUp(BrowserFault):
    """The browser shows a page that another request has asked for."""


def reason(error: BaseException) -> str:
    """A word for what went wrong, for metrics."""
    match error:
        case MixedUp():
            return "mixed up"
        case PageTimedOut():
            return "timeout"
        case EndpointAway() | AnswerLost():
            return "endpoint away"
        case BrowserFault():
            return "error"
    return "given up"


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie of the browser. ``expires`` is in Unix seconds, None for one of the session."""

    name: str
    value: str
    domain: str
    path: str = "/"
    expires: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser is asked: a URL, with ``form`` a POST of it, and cookies to take along."""

    url: str
    form: str | None = None
    cookies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """What a browser has: where it ended, the page, its cookies and name, and whether there was a challenge."""

    url: str
    html: str
    cookies: tuple[Cookie, ...]
    user_agent: str
    challenged: bool


class FlareSolverr:
    """One endpoint. ``http`` is its owner's, and must keep no cookies."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        """``url`` is that of the service, with or without `/v1`."""
        self._http = http
        self._url = f"{url.rstrip('/').removesuffix('/v1')}/v1"

    async def create(self, session: str, proxy: str = "") -> None:
        """Make a session of this name. The proxy of a session counts only here."""
        command: dict[str, Any] = {"cmd": "sessions.create", "session": session}
        if proxy:
            command["proxy"] = _proxy(proxy)
        await self._told(command, CREATE_SECONDS)

    async def destroy(self, session: str) -> bool:
        """End a session. False when there is none of this name."""
        try:
            await self._told({"cmd": "sessions.destroy", "session": session}, DESTROY_SECONDS)
        except Failed as error:
            if "session doesn't exist" in str(error):
                return False
            raise
        return True

    async def sessions(self) -> Sequence[str]:
        """The names of all sessions, ours or not."""
        told = (await self._told({"cmd": "sessions.list"}, LIST_SECONDS)).get("sessions")
        if not isinstance(told, list):
            raise EndpointAway("no FlareSolverr: it lists no sessions")
        return [name for name in told if isinstance(name, str)]

    async def solve(self, session: str, page: Page, seconds: float) -> Solution:
        """The page, as the browser has it after ``seconds`` at most. The session MUST exist, or one is made."""
        command: dict[str, Any] = {
            "cmd": "request.get" if page.form is None else "request.post",
            "url": page.url,
            "session": session,
            "maxTimeout": max(1, int(seconds * 1000)),
        }
        if page.form is not None:
            command["postData"] = page.form
        if page.cookies:
            command["cookies"] = [{"name": name, "value": value} for name, value in page.cookies]
        told = await self._told(command, seconds + SLACK)
        found = told.get("solution")
        if not isinstance(found, dict) or not isinstance(found.get("response"), str):
            raise Failed("the answer holds no page")
        return Solution(
            url=str(found.get("url") or ""),
            html=found["response"],
            cookies=tuple(_cookies(found.get("cookies"))),
            user_agent=str(found.get("userAgent") or ""),
            challenged=str(told.get("message", "")).startswith("Challenge solved"),
        )

    async def _told(self, command: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a command, when it is a good one."""
        try:
            async with (
                asyncio.timeout(seconds),
                self._http.post(self._url, data=orjson.dumps(command), headers=_JSON, allow_redirects=False) as answer,
            ):
                status, body = answer.status, await _read(answer)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise EndpointAway(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AnswerLost(f"{command['cmd']}: {type(error).__name__}") from error
        try:
            told = orjson.loads(body)
        except orjson.JSONDecodeError:
            told = None
        if status not in (200, 500) or not isinstance(told, dict) or "status" not in told:
            # A gateway speaks, or another program: what was asked may be under way behind it.
            raise AnswerLost(f"{command['cmd']}: status {status}, and no answer of FlareSolverr")
        if status != 200 or told["status"] != "ok":
            raise _fault(str(told.get("message", "")))
        return told


_JSON = {"content-type": "application/json"}


def _fault(message: str) -> BrowserFault:
    """What a sentence of FlareSolverr means. The part behind the first line is a stack trace."""
    line = message.partition("\\n")[0].partition("\n")[0][:300]
    if "Timeout after" in line:
        return PageTimedOut(line)
    if "blocked this request" in line:
        return PageBlocked(line)
    if found := _CHROME_ERROR.search(line):
        return PageUnreachable(found[1])
    return Failed(line)


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(256 * 1024):
        body += chunk
        if len(body) > MOST_BYTES:
            answer.close()
            raise aiohttp.ClientPayloadError("the answer is too large")
    return bytes(body)


def _cookies(told: object) -> list[Cookie]:
    found: list[Cookie] = []
    for one in told if isinstance(told, list) else ():
        if isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("value"), str):
            expires = one.get("expiry", one.get("expires"))
            found.append(
                Cookie(
                    one["name"],
                    one["value"],
                    str(one.get("domain") or ""),
                    str(one.get("path") or "/"),
                    float(expires) if isinstance(expires, int | float) and expires > 0 else None,
                )
            )
    return found


def _proxy(url: str) -> dict[str, str]:
    """A proxy in FlareSolverr's words: Chromium takes no user-info in the address."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    told = {"url": f"{parts.scheme}://{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"}
    if parts.username:
        told |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return told
