"""Asking an engine over HTTP. Engines are no upstreams: their addresses are the operator's, or their makers' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson

from tako_server.translation.engine import EngineAway, NotTranslatable

_MOST = 4 * 1024 * 1024
"""Bytes of an answer."""
_KEY_REFUSED = 600.0
"""Seconds to leave an engine alone that refuses the key: a person has to mend that."""
_QUOTA = 3600.0
"""Seconds to leave an engine alone whose quota is spent."""
_LONGEST_REST = 3600.0
_TOOK_TOO_LONG = 408
"""What APy says when a translation took it too long."""
_QUOTA_SPENT = 456
"""DeepL's own status."""


class EngineHttp:
    """One engine's way over HTTP. The session is another's; so is the time limit."""

    def __init__(self, session: aiohttp.ClientSession, title: str) -> None:
        self._session = session
        self._title = title

    async def get(self, url: str) -> Any:
        """The JSON at ``url``."""
        return await self._asked("GET", url)

    async def post_json(self, url: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Any:
        """The JSON answer to a JSON body."""
        sent = {"content-type": "application/json", **(headers or {})}
        return await self._asked("POST", url, data=orjson.dumps(body), headers=sent)

    async def post_form(self, url: str, form: Mapping[str, str]) -> Any:
        """The JSON answer to a form."""
        return await self._asked("POST", url, data=dict(form))

    async def _asked(self, method: str, url: str, **more: Any) -> Any:
        try:
            async with self._session.request(method, url, allow_redirects=False, **more) as answer:
                self._check(answer)
                body = await answer.content.read(_MOST + 1)
                while len(body) <= _MOST and (chunk := await answer.content.read(_MOST + 1)):
                    body += chunk
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # Their texts hold addresses.
            raise EngineAway(f"{self._title} can't be reached") from error
        if len(body) > _MOST:
            raise EngineAway(f"{self._title} gave an answer that is too large")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            raise EngineAway(f"{self._title} gave no JSON") from None

    def _check(self, answer: aiohttp.ClientResponse) -> None:
        status = answer.status
        if status == 200:
            return
        if status in (401, 403):
            raise EngineAway(f"{self._title} refuses the key, or has none", _KEY_REFUSED)
        if status == _QUOTA_SPENT:
            raise EngineAway(f"the quota of {self._title} is spent", _QUOTA)
        if status == 429:
            raise EngineAway(f"{self._title} asks for fewer requests", _wait(answer))
        if status == _TOOK_TOO_LONG or status >= 500:
            raise EngineAway(f"{self._title} is out of order ({status})", _wait(answer))
        if 400 <= status < 500:
            raise NotTranslatable(f"{self._title} refuses the text or the languages ({status})")
        raise EngineAway(f"{self._title} answers with status {status}")


def _wait(answer: aiohttp.ClientResponse) -> float | None:
    """The seconds in ``Retry-After``; dates are not worth reading here."""
    said = answer.headers.get("Retry-After", "")
    return min(float(said), _LONGEST_REST) if said.isascii() and said.isdigit() else None


def shape_error(title: str) -> EngineAway:
    """The engine answered in a shape that is not known."""
    return EngineAway(f"{title} answered in a shape that is not known")
