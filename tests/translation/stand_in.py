"""A server in the place of an engine's: it takes only what the engine's documents allow, and answers as they say.

Its translation of a text is the text in capitals, with the target in brackets before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

KEY = "planted-engine-key"
Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


def capitals(text: str, target: str) -> str:
    """What this engine makes of a text."""
    return f"[{target}] {text.upper()}"


class StandIn:
    """Four engines at one address. ``fault`` answers in their place when it is set."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[dict[str, Any]] = []
        """What was asked, in the words of the engine."""
        self.fault: Answering | None = None
        self.at_once = 0
        self.most_at_once = 0
        self.pause = 0.0

    @property
    def texts(self) -> list[str]:
        """All texts that came."""
        return [text for request in self.requests for text in _listed(request.get("q", request.get("text")))]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as the engine whose path was asked."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            engine = {
                "/translate": self._libretranslate,
                "/v2/translate": self._deepl,
                "/language/translate/v2": self._google,
                "/translate_a/single": self._google_web,
            }[request.path]
            response = await engine(request)
            await asyncio.sleep(self.pause)
            return await self.fault(request) if self.fault is not None else response
        finally:
            self.at_once -= 1

    async def _libretranslate(self, request: web.Request) -> web.Response:
        body = await self._json(request, {"q", "source", "target", "format"}, {"api_key", "alternatives"})
        assert body["format"] in ("text", "html")
        if isinstance(body["q"], str):
            return web.json_response({"translatedText": capitals(body["q"], body["target"])})
        return web.json_response({"translatedText": [capitals(text, body["target"]) for text in body["q"]]})

    async def _deepl(self, request: web.Request) -> web.Response:
        assert request.headers["authorization"] == f"DeepL-Auth-Key {KEY}"
        body = await self._json(request, {"text", "target_lang"}, {"source_lang", "preserve_formatting"})
        assert isinstance(body["text"], list)
        assert len(body["text"]) <= 50
        assert len(await request.read()) <= 128 * 1024
        assert body["target_lang"] == body["target_lang"].upper()
        source = body.get("source_lang", "EN")
        assert len(source) == 2
        answers = [
            {"detected_source_language": source, "text": capitals(text, body["target_lang"])} for text in body["text"]
        ]
        return web.json_response({"translations": answers})

    async def _google(self, request: web.Request) -> web.Response:
        assert request.headers["x-goog-api-key"] == KEY
        assert not request.query_string, "a key in an address ends in logs"
        body = await self._json(request, {"q", "target", "format"}, {"source"})
        assert len(body["q"]) <= 128
        answers = [{"translatedText": capitals(text, body["target"])} for text in body["q"]]
        return web.json_response({"data": {"translations": answers}})

    async def _google_web(self, request: web.Request) -> web.Response:
        form = {str(name): str(value) for name, value in (await request.post()).items()}
        assert (form["client"], form["dt"]) == ("gtx", "t")
        assert form["sl"]
        self.requests.append(form)
        sentences = [part for part in form["q"].split(". ") if part]
        ends = [". "] * (len(sentences) - 1) + [""]
        first = f"[{form['tl']}] "
        said = [
            [(first if not number else "") + (one + end).upper(), one + end, None, None, 3]
            for number, (one, end) in enumerate(zip(sentences, ends, strict=True))
        ]
        return web.json_response([said, None, "en", None, None, None, 1])

    async def _json(self, request: web.Request, needed: set[str], allowed: set[str]) -> dict[str, Any]:
        assert request.method == "POST"
        assert request.content_type == "application/json"
        body: dict[str, Any] = await request.json()
        assert needed <= set(body) <= needed | allowed, body
        self.requests.append(body)
        return body


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@asynccontextmanager
async def listening() -> AsyncIterator[StandIn]:
    """A stand-in that is well."""
    stand_in = StandIn()
    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_route("*", "/{path:.*}", stand_in.answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield stand_in
    finally:
        await runner.cleanup()


# --- How it misbehaves ---------------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Answering:
    """Answers with a status."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": "no"}, status=code, headers=headers)

    return answer


async def silence(request: web.Request) -> web.StreamResponse:
    """Never answers."""
    await asyncio.sleep(60)
    raise AssertionError


def saying(body: str) -> Answering:
    """Answers 200 with this."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(text=body, content_type="application/json")

    return answer
