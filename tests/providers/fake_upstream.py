"""An upstream for one provider's tests: it answers from bodies written in the test, and remembers what it was asked.

    up = FakeUpstream(Mtg(), {"/cards/search": {"object": "list", "data": []}})
    page = await provider.search(ask, up)
    assert up.params["q"] == "e:mid"

The engine's own Upstream is in front, so statuses, decoding and redirects mean here what they mean in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from tako_providers.sdk import Provider, Request, Response
from tako_providers.sdk.errors import ReplayMiss
from tako_providers.sdk.manifest import Manifest
from tako_server.core.deadline import Deadline
from tako_server.engine.replay import ReplayExchange
from tako_server.engine.upstream import EngineUpstream
from tests.captures import SAMPLES
from tests.conformance.cases import Question


@dataclass(frozen=True)
class Answer:
    """One answer: a JSON value, or text or bytes as they are."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class FakeUpstream(EngineUpstream):
    """Answers by path; several answers for one path are given one after the other, the last one for ever.

    A path that is not among ``answers`` is an upstream failure. A value that is no Answer is a body with status 200.
    """

    def __init__(
        self, provider: Provider, answers: Mapping[str, Any], secrets: Mapping[str, str] | None = None
    ) -> None:
        self.requests: list[Request] = []
        super().__init__(provider, secrets or {}, _Bodies(answers, self.requests), Deadline.after(20))

    @property
    def params(self) -> dict[str, str]:
        """Query parameters of the last request."""
        last = self.requests[-1]
        return {**dict(parse_qsl(urlsplit(last.url).query)), **dict(last.params)}

    @property
    def paths(self) -> list[str]:
        """Paths of all requests, in order."""
        return [unquote(urlsplit(request.url).path) for request in self.requests]


class _Bodies:
    def __init__(self, answers: Mapping[str, Any], requests: list[Request]) -> None:
        self._answers = {path: [*some] if isinstance(some, tuple) else [some] for path, some in answers.items()}
        self._requests = requests

    async def send(self, manifest: Manifest, request: Request, timeout: float) -> Response:
        self._requests.append(request)
        path = unquote(urlsplit(request.url).path)
        answers = self._answers.get(path)
        if not answers:
            raise ReplayMiss(f"no body for {path}", provider=manifest.id)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        body = answer.body
        if isinstance(body, str):
            body = body.encode()
        elif not isinstance(body, bytes):
            body = orjson.dumps(body)
        return Response(answer.status, answer.headers, body, request.full_url)

    async def close(self) -> None:
        """Nothing is held."""


HTML = {"content-type": "text/html; charset=utf-8"}


def html_page(body: str = "", title: str = "", head: str = "") -> Answer:
    """An HTML page as an answer."""
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    return Answer(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", headers=HTML)


async def ask_of(
    provider: Provider, question: Question, answers: Mapping[str, Any], secrets: Mapping[str, str] | None = None
) -> tuple[Any, FakeUpstream]:
    """What the provider makes of ``answers``, and what it asked for them."""
    up = FakeUpstream(provider, answers, secrets)
    return await getattr(provider, question.operation)(question.build(provider), up), up


async def ask_samples(provider: Provider, question: Question) -> Any:
    """What the provider makes of its part of the project's sample set."""
    return await getattr(provider, question.operation)(question.build(provider), sample_upstream(provider))


def sample_upstream(provider: Provider) -> EngineUpstream:
    """The provider's part of the project's sample set, as `make demo` answers from it."""
    return EngineUpstream(provider, _placeholders(provider), ReplayExchange([SAMPLES]), Deadline.after(20))


def _placeholders(provider: Provider) -> dict[str, str]:
    return {secret.variable: secret.placeholder for secret in provider.manifest.secrets if secret.placeholder}
