"""What a browser was given for passing a challenge, for plain HTTP to show again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from tako_server.engine.browser.flaresolverr import Cookie, Solution

MOST = 128
"""Clearances of all providers; the one that was used longest ago goes first."""
LONGEST = 3600.0
"""Seconds that one is used at most, whatever its cookies say."""
USELESS_FOR = 900.0
"""Seconds that plain HTTP is not tried where a fresh clearance has just failed."""
_WALL_COOKIES = frozenset({"cf_clearance", "datadome", "aws-waf-token", "_px3", "_pxhd", "_abck", "reese84"})
"""The cookies that walls give; when one of them expires, the clearance does."""

Where = tuple[str, str, str]
"""Provider, host, and the way out (a proxy, or none): a wall binds its cookies to all of them."""


@dataclass(slots=True, eq=False)
class Clearance:
    """Cookies, and the name of the browser that they were given to. ``worked``: upstream has taken them once."""

    cookies: tuple[Cookie, ...]
    user_agent: str
    until: float
    worked: bool = False

    def header(self, host: str, path: str, now: float) -> str:
        """The Cookie header for a page."""
        fitting = (
            cookie
            for cookie in self.cookies
            if _covers(cookie, host, path) and (cookie.expires is None or cookie.expires > now)
        )
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting)


class Clearances:
    """Those that are held, and where they turned out to be of no use. In memory only."""

    def __init__(self, now: Callable[[], float]) -> None:
        """``now`` gives Unix seconds: cookies expire by the calendar."""
        self._now = now
        self._held: OrderedDict[Where, Clearance] = OrderedDict()
        self._useless: OrderedDict[Where, float] = OrderedDict()

    def get(self, where: Where) -> Clearance | None:
        """The one that holds there."""
        held = self._held.get(where)
        if held is None or held.until <= self._now():
            self._held.pop(where, None)
            return None
        self._held.move_to_end(where)
        return held

    def keep(self, where: Where, solution: Solution) -> None:
        """Keep what a browser has, when there is something to show."""
        now = self._now()
        cookies = tuple(cookie for cookie in solution.cookies if cookie.expires is None or cookie.expires > now)
        if not cookies or not solution.user_agent or self.useless(where):
            return
        ends = [c.expires for c in cookies if c.expires is not None and c.name.lower() in _WALL_COOKIES]
        self._held[where] = Clearance(cookies, solution.user_agent, min([now + LONGEST, *ends]))
        _bound(self._held, where)

    def failed(self, where: Where, clearance: Clearance) -> None:
        """Upstream did not take it. One that it has never taken shows that plain HTTP is idle there."""
        if self._held.get(where) is clearance:
            del self._held[where]
        if not clearance.worked:
            self._useless[where] = self._now() + USELESS_FOR
            _bound(self._useless, where)

    def useless(self, where: Where) -> bool:
        """Whether plain HTTP is idle there for now."""
        return self._useless.get(where, 0.0) > self._now()


def _bound(entries: OrderedDict[Where, Clearance] | OrderedDict[Where, float], latest: Where) -> None:
    entries.move_to_end(latest)
    while len(entries) > MOST:
        entries.popitem(last=False)


def _covers(cookie: Cookie, host: str, path: str) -> bool:
    domain = cookie.domain.lstrip(".").lower()
    if domain and host != domain and not (cookie.domain.startswith(".") and host.endswith(f".{domain}")):
        return False
    start = cookie.path or "/"
    return path == start or path.startswith(start if start.endswith("/") else f"{start}/")
