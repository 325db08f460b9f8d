"""The endpoint that Google's own web pages translate with.

It has no documents and no terms of its own, and turns away who asks much. So nobody gets it who has not named it.
"""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from tako_providers.sdk.languages import primary
from tako_server.translation.engine import Limits
from tako_server.translation.engines.google_cloud import CODES
from tako_server.translation.http import EngineHttp, shape_error

_TITLE = "Google's web endpoint"
_BASE = "https://translate.googleapis.com"


class GoogleWeb:
    """Implements ``Engine``."""

    name = "google-web"
    limits = Limits(texts=1, characters=4500, request=4500)

    def __init__(self, session: aiohttp.ClientSession, *, base_url: str = _BASE) -> None:
        """``base_url`` is for tests."""
        self._http = EngineHttp(session, _TITLE)
        self._url = f"{base_url}/translate_a/single"

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        """The text in ``target``: one a request."""
        return [await self._one(text, source, target) for text in texts]

    async def _one(self, text: str, source: str, target: str) -> str:
        form = {
            "client": "gtx",
            "dt": "t",
            "sl": CODES.get(source, primary(source)) or "auto",
            "tl": CODES.get(target, target),
            "q": text,
        }
        answer = await self._http.post_form(self._url, form)
        # [[["translated", "original", ...], ...one for each sentence], null, "en", ...]
        sentences = answer[0] if isinstance(answer, list) and answer else None
        if not isinstance(sentences, list):
            raise shape_error(_TITLE)
        parts = [one[0] for one in sentences if isinstance(one, list) and one]
        if not parts or not all(isinstance(part, str) for part in parts):
            raise shape_error(_TITLE)
        return "".join(parts)
