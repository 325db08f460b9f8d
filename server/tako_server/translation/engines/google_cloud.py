"""Google Cloud Translation, Basic (v2). https://cloud.google.com/translate/docs/reference/rest/v2/translate"""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from tako_providers.sdk.languages import primary
from tako_server.translation.engine import Limits
from tako_server.translation.http import EngineHttp, shape_error

_TITLE = "Google Cloud Translation"
_BASE = "https://translation.googleapis.com"
CODES = {"zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en-US": "en", "en-GB": "en", "nb": "no"}
"""Google's codes where they are not those of BCP-47."""


class GoogleCloud:
    """Implements ``Engine``."""

    name = "google"
    limits = Limits(texts=128, characters=5000, request=20_000)
    """128 texts a request; 5,000 characters are what Google advises for one."""

    def __init__(self, session: aiohttp.ClientSession, key: str, *, base_url: str = _BASE) -> None:
        """``base_url`` is for tests."""
        self._http = EngineHttp(session, _TITLE)
        self._url = f"{base_url}/language/translate/v2"
        self._headers = {"x-goog-api-key": key}

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        """The texts in ``target``."""
        # With "text" nothing comes back as an entity of HTML.
        body: dict[str, object] = {"q": list(texts), "target": CODES.get(target, target), "format": "text"}
        if source:
            body["source"] = CODES.get(source, primary(source))
        answer = await self._http.post_json(self._url, body, self._headers)
        data = answer.get("data") if isinstance(answer, dict) else None
        found = data.get("translations") if isinstance(data, dict) else None
        if not isinstance(found, list) or len(found) != len(texts):
            raise shape_error(_TITLE)
        translated = [one.get("translatedText") if isinstance(one, dict) else None for one in found]
        if not all(isinstance(one, str) for one in translated):
            raise shape_error(_TITLE)
        return [str(one) for one in translated]
