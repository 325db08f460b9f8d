"""DeepL. https://developers.deepl.com/docs/api-reference/translate"""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp

from tako_providers.sdk.languages import primary
from tako_server.translation.engine import Limits
from tako_server.translation.http import EngineHttp, shape_error

_TITLE = "DeepL"
_FREE = "https://api-free.deepl.com"
_PAID = "https://api.deepl.com"
_TARGETS = {"en": "EN-US", "pt": "PT-PT", "no": "NB", "zh": "ZH-HANS"}
"""Targets that DeepL wants to know more precisely than BCP-47 says."""


class DeepL:
    """Implements ``Engine``."""

    name = "deepl"
    limits = Limits(texts=50, characters=20_000, request=40_000)
    """50 texts and 128 KiB a request; a character may take three bytes in JSON."""

    def __init__(self, session: aiohttp.ClientSession, key: str, *, base_url: str = "") -> None:
        """``base_url`` is for tests. Keys of the free API end in ``:fx``, and have a host of their own."""
        self._http = EngineHttp(session, _TITLE)
        self._url = f"{base_url or (_FREE if key.endswith(':fx') else _PAID)}/v2/translate"
        self._headers = {"authorization": f"DeepL-Auth-Key {key}"}

    async def translate(self, texts: Sequence[str], source: str, target: str) -> Sequence[str]:
        """The texts in ``target``."""
        body: dict[str, object] = {
            "text": list(texts),
            "target_lang": _TARGETS.get(target, target.upper()),
            "preserve_formatting": True,
        }
        if source:
            body["source_lang"] = "NB" if source == "no" else primary(source).upper()
        answer = await self._http.post_json(self._url, body, self._headers)
        found = answer.get("translations") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts):
            raise shape_error(_TITLE)
        translated = [one.get("text") if isinstance(one, dict) else None for one in found]
        if not all(isinstance(one, str) for one in translated):
            raise shape_error(_TITLE)
        return [str(one) for one in translated]
