"""Answering every upstream request from captures, and from nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urljoin

import structlog

from tako_providers.sdk.errors import ReplayMiss, Unreachable
from tako_providers.sdk.manifest import Manifest
from tako_providers.sdk.upstream import Request, Response
from tako_server.engine.captures import Capture, CaptureError, CaptureStore
from tako_server.engine.http import MAX_REDIRECTS, REDIRECTS
from tako_server.engine.matching import compare, normalised
from tako_server.engine.question import Question, of_record, of_request

_CONDITIONS = frozenset({401, 403, 429}) | frozenset(range(500, 600))
"""Statuses that tell of the moment (a key, a limit, an outage) and not of what was asked."""
_NEAREST = 3

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A capture and the question it answers."""

    capture: Capture
    question: Question


class ReplayExchange:
    """An Exchange over directories of captures: no connection, and the browser is answered too.

    ``today`` is the calendar for feeds that move with it. Call ``check`` at start to hear of broken records
    there.
    """

    def __init__(
        self,
        directories: Sequence[Path],
        *,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._store = CaptureStore(directories)
        self._recorded: dict[str, tuple[Recorded, ...]] = {}
        self._today = today

    def check(self) -> None:
        """Read every record. Raises CaptureError that names a broken one."""
        self._store.check()

    async def close(self) -> None:
        """Nothing is held."""

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        """The nearest capture's answer, redirects followed as over HTTP; ReplayMiss where there is none."""
        try:
            recorded = await self._of(manifest.id)
            for _ in range(MAX_REDIRECTS + 1):
                capture = nearest(of_request(request), recorded, manifest.delivery_params, self._today())
                if capture is None:
                    return self._miss(manifest, request, recorded)
                location = capture.headers.get("location")
                if capture.status not in REDIRECTS or not location:
                    body = await asyncio.to_thread(capture.body)
                    return Response(capture.status, capture.headers, body, capture.final_url or request.full_url)
                target = urljoin(request.full_url, location)
                keeps = capture.status in (307, 308) or request.method == "HEAD"
                request = Request(
                    request.method if keeps else "GET",
                    target,
                    headers=request.headers,
                    form=request.form if keeps else None,
                    json=request.json if keeps else None,
                    text=request.text if keeps else None,
                )
        except CaptureError as error:
            log.error("replay.record_broken", provider=manifest.id, error=str(error))
            raise Unreachable(f"a capture of {manifest.title} is broken", provider=manifest.id) from error
        raise Unreachable(f"the captures of {manifest.title} redirect in a circle", provider=manifest.id)

    async def _of(self, provider: str) -> tuple[Recorded, ...]:
        """The provider's captures, read once."""
        if provider not in self._recorded:
            self._recorded[provider] = await asyncio.to_thread(self._read, provider)
        return self._recorded[provider]

    def _read(self, provider: str) -> tuple[Recorded, ...]:
        return tuple(
            Recorded(capture, of_record(capture.method, capture.url, capture.request_headers, capture.request_body))
            for capture in self._store.of(provider)
        )

    def _miss(self, manifest: Manifest, request: Request, recorded: Sequence[Recorded]) -> Response:
        """Say that no capture answers; the nearest ones, and what keeps them from it, go to the log."""
        asked = of_request(request)
        log.warning(
            "replay.missed",
            provider=manifest.id,
            method=asked.method,
            host=asked.host,
            path=asked.path,
            nearest=near_misses(asked, recorded, manifest.delivery_params, self._today()),
        )
        raise ReplayMiss(
            f"no capture of {manifest.title} answers {asked.method} {asked.host}/{asked.path} as it was asked",
            provider=manifest.id,
        )


def nearest(
    asked: Question, recorded: Sequence[Recorded], delivery_params: Collection[str], today: date
) -> Capture | None:
    """The capture that answers, or None.

    The very same request comes first, whatever its answer. Then counts what differs in what is asked, then
    that it is no failure, then what differs in delivery, then the order of the directories and the name. A
    failure of the moment (401, 403, 429, 5xx) counts as one difference more, and answers a list (no text or
    id agrees, in parameters or path) only where nothing that is asked differs.
    """
    delivery = frozenset(map(normalised, delivery_params))
    names_a_thing = any(character.isdigit() for character in asked.path.rpartition("/")[2])
    ranked: list[tuple[tuple[bool, int, bool, int, int], Capture]] = []
    for order, candidate in enumerate(recorded):
        if candidate.question.place != asked.place:
            continue
        capture, found = candidate.capture, compare(asked, candidate.question, delivery, today)
        condition = capture.status in _CONDITIONS
        if found.conflicts or (condition and found.asked and not (found.anchored or names_a_thing)):
            continue
        same = found.asked == 0 and found.delivery == 0
        ranked.append(
            ((not same, found.asked + condition, capture.is_error, found.delivery, order), capture),
        )
    return min(ranked, key=lambda entry: entry[0])[1] if ranked else None


def near_misses(
    asked: Question, recorded: Sequence[Recorded], delivery_params: Collection[str], today: date
) -> list[str]:
    """Names of the captures that come nearest, each with what differs. For the log: names, never values."""
    delivery = frozenset(map(normalised, delivery_params))
    ranked: list[tuple[float, int, str]] = []
    for candidate in recorded:
        question, name = candidate.question, candidate.capture.name
        differs = [part for part in ("method", "host", "path") if getattr(asked, part) != getattr(question, part)]
        differs += compare(asked, question, delivery, today).conflicts
        likeness = SequenceMatcher(None, f"{asked.host}/{asked.path}", f"{question.host}/{question.path}").ratio()
        ranked.append((-likeness, len(differs), f"{name} ({', '.join(differs) or 'a failure of the moment'})"))
    return [text for _, _, text in sorted(ranked)[:_NEAREST]]
