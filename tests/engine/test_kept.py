"""What the engine keeps for providers: tables and access tokens."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from tako_providers.sdk.errors import NotConfigured, ReplayMiss, ShapeChanged, Unreachable
from tako_providers.sdk.manifest import Limit, Manifest, Secret
from tako_providers.sdk.provider import ACCESS_TOKEN, Token
from tako_providers.sdk.upstream import Request, Response, Upstream
from tako_server.core.deadline import Deadline
from tako_server.engine.kept import MOST, Kept
from tako_server.engine.upstream import EngineUpstream
from tests.engine.support import ScriptedExchange, answer, manifest


class Clock:
    """Time as a test sets it."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


class Loads:
    """A load that counts, and fails while it is told to."""

    def __init__(self) -> None:
        self.count = 0
        self.fails = False

    async def __call__(self) -> int:
        """The number of this load."""
        self.count += 1
        await asyncio.sleep(0)
        if self.fails:
            raise Unreachable("Acme is away")
        return self.count


class Acme:
    """A provider that signs in with a secret and sends what it got as a bearer token."""

    def __init__(self, **facts: Any) -> None:
        secret = Secret("ACME_SECRET")
        self.manifest: Manifest = manifest(signs_in=True, secrets=(secret,), base_url="https://api.acme.test", **facts)

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """The request with the token, once there is one."""
        token = secrets.get(ACCESS_TOKEN)
        return request.with_header("Authorization", f"Bearer {token}") if token else request

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """A token for the secret."""
        given = await up.json("/login", method="POST", body={"secret": secrets["ACME_SECRET"]}, allow=(400,))
        if "token" not in given:
            raise NotConfigured("Acme refuses the secret", variables=("ACME_SECRET",))
        return Token(given["token"], given["seconds"])


class Service:
    """An upstream that knows one token at a time."""

    def __init__(self) -> None:
        self.logins: list[Any] = []
        self.valid = ""
        self.refuses = False

    def __call__(self, request: Request) -> Response:
        """The answer to one request."""
        if request.url.endswith("/login"):
            self.logins.append(request.json)
            if self.refuses:
                return answer(b'{"message": "invalid secret"}', status=400)
            self.valid = f"t{len(self.logins)}"
            return answer(b'{"token": "%b", "seconds": 1000}' % self.valid.encode())
        if request.headers.get("Authorization") != f"Bearer {self.valid}":
            return answer(b"{}", status=401)
        return answer(b'{"ok": true}')


def asking(service: Service, kept: Kept, provider: Acme | None = None) -> EngineUpstream:
    """An upstream of one call."""
    exchange = ScriptedExchange(service)
    return EngineUpstream(provider or Acme(), {"ACME_SECRET": "s3cret"}, exchange, Deadline.after(60), kept=kept)


# --- tables ---


async def test_a_table_is_loaded_once_and_again_when_it_is_old() -> None:
    clock, loads = Clock(), Loads()
    kept = Kept(clock)
    assert [await kept.table("acme", "genres", loads, 60) for _ in range(3)] == [1, 1, 1]
    clock.now = 60.0
    assert await kept.table("acme", "genres", loads, 60) == 2
    assert await kept.table("other", "genres", loads, 60) == 3


async def test_all_wait_for_the_same_load() -> None:
    kept, loads = Kept(), Loads()
    assert await asyncio.gather(*(kept.table("acme", "genres", loads, 60) for _ in range(50))) == [1] * 50


async def test_an_old_table_is_better_than_none() -> None:
    clock, loads = Clock(), Loads()
    kept = Kept(clock)
    await kept.table("acme", "genres", loads, 60)
    clock.now, loads.fails = 100.0, True
    assert await kept.table("acme", "genres", loads, 60) == 1
    loads.fails = False
    assert await kept.table("acme", "genres", loads, 60) == 3


async def test_a_failed_load_is_not_kept() -> None:
    kept, loads = Kept(), Loads()
    loads.fails = True
    with pytest.raises(Unreachable):
        await kept.table("acme", "genres", loads, 60)
    loads.fails = False
    assert await kept.table("acme", "genres", loads, 60) == 2


async def test_the_first_caller_going_away_leaves_the_others_answered() -> None:
    kept, begun, go = Kept(), asyncio.Event(), asyncio.Event()

    async def load() -> str:
        begun.set()
        await go.wait()
        return "table"

    first = asyncio.create_task(kept.table("acme", "genres", load, 60))
    await begun.wait()
    second = asyncio.create_task(kept.table("acme", "genres", load, 60))
    await asyncio.sleep(0)
    first.cancel()
    go.set()
    assert await second == "table"
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_what_was_read_longest_ago_makes_room() -> None:
    kept, loads = Kept(), Loads()
    for number in range(MOST):
        await kept.table("acme", f"table {number}", loads, 60)
    await kept.table("acme", "table 0", loads, 60)
    await kept.table("acme", "one more", loads, 60)
    before = loads.count
    await kept.table("acme", "table 0", loads, 60)
    assert loads.count == before
    await kept.table("acme", "table 1", loads, 60)
    assert loads.count == before + 1


async def test_a_table_that_is_not_there_is_no_missing_item() -> None:
    exchange = ScriptedExchange(answer(status=404))
    up = EngineUpstream(Acme(), {}, exchange, Deadline.after(60), kept=Kept())
    up._signing_in = True  # no token is needed for what is asked here
    with pytest.raises(ShapeChanged):
        await up.kept("genres", lambda: up.json("/genres"), seconds=60)


# --- access tokens ---


async def test_one_sign_in_serves_all_calls() -> None:
    service, kept = Service(), Kept()
    answers = await asyncio.gather(*(asking(service, kept).json(f"/x{n}") for n in range(20)))
    assert answers == [{"ok": True}] * 20
    assert service.logins == [{"secret": "s3cret"}]


async def test_the_next_token_is_got_before_the_first_ends() -> None:
    clock, service = Clock(), Service()
    kept = Kept(clock)
    await asking(service, kept).json("/x")
    clock.now = 949.0
    await asking(service, kept).json("/x")
    assert len(service.logins) == 1
    clock.now = 951.0
    await asking(service, kept).json("/x")
    assert len(service.logins) == 2


async def test_a_token_that_upstream_ended_is_replaced_once() -> None:
    service, kept = Service(), Kept()
    await asking(service, kept).json("/x")
    service.valid = "another"
    answers = await asyncio.gather(*(asking(service, kept).json(f"/x{n}") for n in range(20)))
    assert answers == [{"ok": True}] * 20
    assert len(service.logins) == 2


async def test_a_new_token_that_is_refused_too_is_told() -> None:
    service, kept = Service(), Kept()

    def refusing(request: Request) -> Response:
        found = service(request)
        return found if request.url.endswith("/login") else answer(b"{}", status=401)

    up = EngineUpstream(Acme(), {"ACME_SECRET": "s"}, ScriptedExchange(refusing), Deadline.after(60), kept=kept)
    with pytest.raises(NotConfigured) as caught:
        await up.json("/x")
    assert caught.value.variables == ("ACME_SECRET",)
    assert len(service.logins) == 2


async def test_a_refused_secret_reaches_all_who_wait() -> None:
    service, kept = Service(), Kept()
    service.refuses = True
    failures = await asyncio.gather(*(asking(service, kept).json("/x") for _ in range(5)), return_exceptions=True)
    assert [type(one) for one in failures] == [NotConfigured] * 5
    assert len(service.logins) == 1


async def test_replay_grants_a_sign_in_that_no_capture_answers() -> None:
    def replayed(request: Request) -> Response:
        if request.url.endswith("/login"):
            raise ReplayMiss("no capture")
        return answer(b'{"ok": true}')

    up = EngineUpstream(Acme(), {"ACME_SECRET": "s"}, ScriptedExchange(replayed), Deadline.after(60), kept=Kept())
    assert await up.json("/x") == {"ok": True}


# --- limits ---


def test_limits_may_depend_on_a_key() -> None:
    facts = manifest(limits=(Limit(25, 60.0),), limits_with={"ACME_KEY": (Limit(60, 60.0),)})
    assert facts.limits_when(()) == (Limit(25, 60.0),)
    assert facts.limits_when({"ACME_KEY": "k"}) == (Limit(60, 60.0),)
