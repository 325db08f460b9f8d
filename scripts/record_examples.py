"""Record the answers that the description of the REST API shows, into scripts/openapi/examples.json.

    python -m scripts.record_examples

A server on the project's own samples is asked over REST. Its answers are trimmed, and their times are moved to one
moment, so that asking again gives the same file. `make gen` puts them into the document.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from scripts.describe_api import EXAMPLES
from scripts.openapi.questions import Question, questions
from tako_server import log
from tako_server.app import running
from tako_server.config import load_settings
from tako_server.core.registry import load_providers

SAMPLES = Path(__file__).resolve().parent.parent / "server" / "tako_server" / "samples"
TOKEN = "example"  # noqa: S105 - of a server that lives for seconds
_KEPT = {"outcomes": 3, "results": 2}
"""Entries of a list that are shown; of others it is one."""
_MAPS = ("attributes", "counts")
"""Their entries come in any order."""
_MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_AROUND = timedelta(days=400)
"""Further away from now is a time of an upstream's."""
_VARYING = {
    "bytes": "193024",
    "latency": "0.120s",
    "duration": "0.120s",
    "nextPageToken": "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789",
    "nextRun": "2026-01-02T02:00:00Z",
    "leader": "tako-1",
    "runner": "tako-1",
}
"""What is another each time, and what is shown for it."""


@asynccontextmanager
async def server() -> AsyncIterator[aiohttp.ClientSession]:
    """A server on the samples with every key set, and a client of its REST API that has the admin token."""
    secrets = [secret for provider in load_providers().values() for secret in provider.manifest.secrets]
    with tempfile.TemporaryDirectory(prefix="tako-examples-") as folder:
        settings = load_settings(
            secrets,
            environment={
                "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
                "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
                "PORT": "0",
                "TAKO_CACHE_PATH": f"{folder}/tako.db",
                "TAKO_REPLAY": str(SAMPLES),
                "TAKO_ADMIN_TOKEN": TOKEN,
                "TAKO_LOG_LEVEL": "error",
                **{secret.variable: "example" for secret in secrets if not secret.is_address},
            },
            dotenv=None,
        )
        async with (
            running(settings, rest=True) as tako,
            aiohttp.ClientSession(
                tako.ready.rest_url,
                headers={"authorization": f"Bearer {TOKEN}"},
                timeout=aiohttp.ClientTimeout(total=30),
            ) as session,
        ):
            yield session


async def recorded(session: aiohttp.ClientSession) -> dict[str, Any]:
    """The examples by operationId. Raises SystemExit where the server has no answer."""
    found = {}
    for question in questions():
        asked_at = datetime.now(UTC)
        async with session.request(question.verb, question.url, data=question.body or None) as reply:
            text = await reply.text()
            if reply.status != 200:
                raise SystemExit(f"{question.told}: {reply.status} {text}")
            answer = answers(reply.content_type, text)
        found[question.operation_id] = {"request": question.told, "answer": _shown(answer, question, asked_at)}
    return dict(sorted(found.items()))


def answers(content_type: str, text: str) -> Any:
    """The answer, or the list of events of a stream."""
    if content_type == "text/event-stream":
        return [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line]
    lines = text.splitlines()
    return [json.loads(line) for line in lines] if len(lines) > 1 else json.loads(text)


def _shown(answer: Any, question: Question, asked_at: datetime) -> Any:
    if isinstance(answer, list):
        events = [event for event in answer if "items" in event]
        answer = (events or answer)[0]
    shown = _trimmed(answer, asked_at)
    is_event = question.url.startswith("/v1/search:events")
    return {"data": json.dumps(shown, ensure_ascii=False)} if is_event else shown


def _trimmed(value: Any, asked_at: datetime, name: str = "") -> Any:
    if name in _VARYING:
        return _VARYING[name]
    if isinstance(value, dict):
        entries = sorted(value.items()) if name in _MAPS else value.items()
        return {key: _trimmed(inner, asked_at, key) for key, inner in entries}
    if isinstance(value, list):
        return [_trimmed(inner, asked_at) for inner in value[: _KEPT.get(name, 1)]]
    if isinstance(value, str) and _TIME.fullmatch(value):
        return _moved(value, asked_at)
    return value


def _moved(text: str, asked_at: datetime) -> str:
    """A time near to now as far from the one moment as it was from the question, in whole minutes."""
    time = datetime.fromisoformat(text)
    if abs(time - asked_at) > _AROUND:
        return text
    minutes = round((time - asked_at) / timedelta(minutes=1))
    return (_MOMENT + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def _main() -> None:
    log.configure("error", "text")
    async with server() as session:
        found = await recorded(session)
    EXAMPLES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_main())
