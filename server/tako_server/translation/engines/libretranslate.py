"""LibreTranslate, self-hosted or not. https://docs.libretranslate.com/api/operations/translate/"""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from tako_providers.sdk.languages import primary
from tako_server.translation.engine import Limits
from tako_server.translation.http import EngineHttp, shape_error

_TITLE = "LibreTranslate"
_TRADITIONAL = "zt"


class LibreTranslate:
    """Implements ``Engine``."""

    name = "libretranslate"
    limits = Limits(texts=20, characters=2000, request=5000)
    """Below what the public instances allow; a server of one's own has no limit unless it is given one."""

    def __init__(self, session: aiohttp.ClientSession, url: str, key: str = "") -> None:
        self._http = EngineHttp(session, _TITLE)
        self._url = f"{url.rstrip('/')}/translate"
        self._key = key

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        """The texts in ``target``."""
        body: dict[str, object] = {
            "q": list(texts),
            "source": _code(source) or "auto",
            "target": _code(target),
            "format": "text",
        }
        if self._key:
            body["api_key"] = self._key
        answer = await self._http.post_json(self._url, body)
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts) or not all(isinstance(one, str) for one in found):
            raise shape_error(_TITLE)
        return found


def _code(tag: str) -> str:
    return _TRADITIONAL if tag == "zh-Hant" else primary(tag)
