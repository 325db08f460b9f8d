"""EngineUpstream: the request that it makes of a call, and what it makes of the answer."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tako_providers.sdk.errors import (
    Blocked,
    InvalidField,
    NotConfigured,
    NotFound,
    ProviderError,
    RateLimited,
    Refused,
    ShapeChanged,
    TimedOut,
    Unreachable,
)
from tako_providers.sdk.manifest import Manifest, Secret
from tako_providers.sdk.provider import Token
from tako_providers.sdk.upstream import Request, Response, Upstream
from tako_server.core.deadline import Deadline
from tako_server.engine.blocks import wall
from tako_server.engine.upstream import EngineUpstream, retry_after_seconds
from tests.engine.support import ScriptedExchange, answer, manifest


@dataclass
class Acme:
    """The part of a provider that is used here; it signs with a header."""

    manifest: Manifest = field(default_factory=manifest)

    def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
        """The request, with the key in a header if there is one."""
        return request.with_header("X-Key", secrets["KEY"]) if "KEY" in secrets else request

    async def sign_in(self, secrets: Mapping[str, str], up: Upstream) -> Token:
        """It has none."""
        raise AssertionError("asked for a token that the manifest does not want")


def upstream(exchange: ScriptedExchange, provider: Acme | None = None, **secrets: str) -> EngineUpstream:
    """An upstream with time enough."""
    return EngineUpstream(provider or Acme(), secrets, exchange, Deadline.after(60))


async def asked(path: str, *args: Any, base_url: str = "https://api.acme.test/3", **kwargs: Any) -> Request:
    """The request that a call becomes."""
    exchange = ScriptedExchange(answer())
    await upstream(exchange, Acme(manifest(base_url=base_url))).fetch(path, *args, **kwargs)
    return exchange.asked[0]


# --- the request ---


@pytest.mark.parametrize(
    ("base_url", "path", "url"),
    [
        ("https://api.acme.test/3", "/search/movie", "https://api.acme.test/3/search/movie"),
        ("https://api.acme.test/3/", "search/movie", "https://api.acme.test/3/search/movie"),
        ("https://api.acme.test/3", "", "https://api.acme.test/3"),
        ("https://www.acme.test", "/", "https://www.acme.test/"),
        ("https://api.acme.test/3", "https://other.test/x", "https://other.test/x"),
        ("https://api.acme.test", "/cards/Elsa - Queen/é", "https://api.acme.test/cards/Elsa%20-%20Queen/%C3%A9"),
        ("https://api.acme.test", "/a%2Fb/c", "https://api.acme.test/a%2Fb/c"),
        ("https://api.acme.test", "/x?ok=%A1&f[a]=b c", "https://api.acme.test/x?ok=%A1&f%5Ba%5D=b%20c"),
        ("https://api.acme.test", "/x#top", "https://api.acme.test/x"),
        ("https://api.acme.test", "//evil.test/x", "https://api.acme.test/evil.test/x"),
    ],
)
async def test_paths(base_url: str, path: str, url: str) -> None:
    assert (await asked(path, base_url=base_url)).full_url == url


async def test_a_service_may_have_moved() -> None:
    exchange = ScriptedExchange(answer())
    facts = manifest(base_url="https://api.acme.test/3", base_url_setting="ACME_BASE_URL")
    up = upstream(exchange, Acme(facts), ACME_BASE_URL="https://acme.example.org/v4/")
    await up.fetch("/x")
    assert exchange.asked[0].full_url == "https://acme.example.org/v4/x"
    assert facts.placed({"ACME_BASE_URL": "https://acme.example.org/v4/"}).asks("acme.example.org")
    assert facts.placed({}) is facts


async def test_parameters() -> None:
    params = {"q": "a b", "n": 0, "f": 1.5, "yes": True, "no": False, "none": None, "empty": "", "many": ["a", 2, ""]}
    request = await asked("/x", params)
    assert request.params == (
        ("q", "a b"),
        ("n", "0"),
        ("f", "1.5"),
        ("yes", "true"),
        ("no", "false"),
        ("many", "a"),
        ("many", "2"),
    )


async def test_parameters_join_a_query_in_the_path() -> None:
    assert (await asked("/x?a=1&b=", {"c": "2"})).full_url == "https://api.acme.test/3/x?a=1&b=&c=2"


async def test_bodies() -> None:
    assert (await asked("/x", method="post", form={"a": 1, "b": None})).form == (("a", "1"),)
    assert (await asked("/x", method="post", form={})).form == ()
    assert (await asked("/x", method="POST", body={"a": 1})).json == {"a": 1}
    request = await asked("/x", method="post", text="fields *;")
    assert (request.method, request.text, request.form, request.json) == ("POST", "fields *;", None, None)


async def test_headers_of_the_call_win_over_the_manifest() -> None:
    exchange = ScriptedExchange(answer())
    provider = Acme(manifest(headers={"accept-language": "fr", "X-App": "1"}))
    await upstream(exchange, provider, KEY="k").fetch("/x", headers={"Accept-Language": "de"})
    assert exchange.asked[0].headers == {"X-App": "1", "Accept-Language": "de", "X-Key": "k"}


async def test_the_time_left_bounds_the_exchange() -> None:
    exchange = ScriptedExchange(answer())
    await upstream(exchange).fetch("/x")
    assert 0 < exchange.timeouts[0] <= 60


async def test_no_time_left() -> None:
    exchange = ScriptedExchange(answer())
    with pytest.raises(TimedOut) as caught:
        await EngineUpstream(Acme(), {}, exchange, Deadline.after(0)).json("/x")
    assert caught.value.provider == "acme"
    assert exchange.asked == []


def test_it_is_an_upstream() -> None:
    typed: Upstream = upstream(ScriptedExchange(answer()))  # mypy is who tests this
    assert isinstance(typed, EngineUpstream)


# --- statuses ---

KEYED = manifest(secrets=(Secret("ACME_KEY"), Secret("ACME_PIN", required=False)))


@pytest.mark.parametrize(
    ("status", "facts", "error"),
    [
        (404, manifest(), NotFound),
        (429, manifest(), RateLimited),
        (401, manifest(), Blocked),
        (403, manifest(), Blocked),
        (401, KEYED, NotConfigured),
        (403, KEYED, NotConfigured),
        (304, manifest(), Unreachable),
        (400, manifest(), Refused),
        (500, KEYED, Unreachable),
        (503, manifest(), Unreachable),
    ],
)
async def test_statuses(status: int, facts: Manifest, error: type[ProviderError]) -> None:
    exchange = ScriptedExchange(answer(status=status, retry_after="7"))
    with pytest.raises(ProviderError) as caught:
        await upstream(exchange, Acme(facts), KEY="k3y").json("/x", {"q": "secret"})
    assert type(caught.value) is error
    assert caught.value.provider == "acme"
    assert "secret" not in str(caught.value)
    if isinstance(caught.value, NotConfigured):
        assert caught.value.variables == ("ACME_KEY", "ACME_PIN")
    elif status != 404:
        assert caught.value.retry_after == 7


@pytest.mark.parametrize("status", [200, 201, 202])
async def test_every_2xx_is_an_answer(status: int) -> None:
    assert await upstream(ScriptedExchange(answer('{"a":1}', status))).json("/x") == {"a": 1}


async def test_a_status_can_be_allowed() -> None:
    exchange = ScriptedExchange(answer('{"error":"no match"}', 400))
    assert await upstream(exchange).json("/x", allow={400}) == {"error": "no match"}
    with pytest.raises(Unreachable):
        await upstream(exchange).json("/x", allow={404})


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 3 ", 3.0),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, datetime(2026, 11, 23, 12, tzinfo=UTC)) == seconds


# --- bodies ---


async def decoded(form: str, body: bytes | str, content_type: str) -> Any:
    """What json(), xml() or html() makes of a body."""
    exchange = ScriptedExchange(answer(body, content_type=content_type))
    return await getattr(upstream(exchange), form)("/x")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"a":"é"}', "application/json"),
        ('{"a":"é"}', "text/html"),
        (b"\xef\xbb\xbf" + '{"a":"é"}'.encode(), "application/json"),
        ('{"a":"é"}'.encode("latin-1"), "application/json; charset=ISO-8859-1"),
    ],
)
async def test_json(body: bytes | str, content_type: str) -> None:
    assert await decoded("json", body, content_type) == {"a": "é"}


@pytest.mark.parametrize("body", [b"", b"{", b"riendutout", b'{"a":NaN}', b"\xff", b"<!DOCTYPE html><p>Hello"])
async def test_no_json(body: bytes) -> None:
    with pytest.raises(ShapeChanged, match=r"Acme answered with .* where JSON was expected") as caught:
        await decoded("json", body, "application/json")
    assert caught.value.provider == "acme"


async def test_xml() -> None:
    root = await decoded("xml", '<?xml version="1.0" encoding="utf-8"?><a><b c="é"/></a>', "text/xml")
    assert root.find("b").get("c") == "é"
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("latin-1")
    assert (await decoded("xml", latin, "text/xml")).text == "é"


@pytest.mark.parametrize("body", ["", "<a>", "{}", "<!DOCTYPE html><html><body/></html>", "<html><body/></html>"])
async def test_no_xml(body: str) -> None:
    with pytest.raises(ShapeChanged, match="where XML was expected"):
        await decoded("xml", body, "text/xml")


async def test_xml_reads_nothing_else_and_expands_nothing(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("s3cret")
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><a>&x;</a>'
    assert "s3cret" not in "".join((await decoded("xml", outside, "text/xml")).itertext())
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'
    try:
        root = await decoded("xml", bomb, "text/xml")
    except ShapeChanged:
        return
    assert len("".join(root.itertext())) < 1000


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<html><p>é€</p>".encode(), "text/html"),
        ("<html><p>é€</p>".encode("cp1252"), "text/html; charset=windows-1252"),
        ("<html><p>é€</p>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ('<html><meta charset="windows-1252"><p>é€</p>'.encode("cp1252"), "text/html"),
        ("<html><p>é€</p>".encode(), "text/html; charset=no-such-thing"),
        ("<html><p>é€</p>".encode("utf-16"), "text/html"),
        ('<?xml version="1.0" encoding="utf-8"?><html><p>é€</p></html>'.encode(), "text/html"),
    ],
)
async def test_html(body: bytes, content_type: str) -> None:
    assert (await decoded("html", body, content_type)).findtext(".//p") == "é€"


@pytest.mark.parametrize("body", [b"", b"   "])
async def test_no_html(body: bytes) -> None:
    with pytest.raises(ShapeChanged, match="where HTML was expected"):
        await decoded("html", body, "text/html")


async def test_a_large_page_is_parsed_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threaded: list[Any] = []
    real = asyncio.to_thread

    async def watch(function: Any, *args: Any) -> Any:
        threaded.append(function)
        return await real(function, *args)

    monkeypatch.setattr(asyncio, "to_thread", watch)
    await decoded("html", "<p>" + "x" * 1000, "text/html")
    assert threaded == []
    root = await decoded("html", "<p>" + "x" * 300_000, "text/html")
    assert len(root.findtext(".//p")) == 300_000
    assert len(threaded) == 1


# --- walls ---

CLOUDFLARE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"


@pytest.mark.parametrize("status", [200, 202, 403, 503])
@pytest.mark.parametrize("form", ["json", "xml", "html", "fetch"])
async def test_a_wall_is_blocked_whatever_was_expected(status: int, form: str) -> None:
    exchange = ScriptedExchange(answer(CLOUDFLARE, status, "text/html"))
    with pytest.raises(Blocked, match="Cloudflare") as caught:
        await getattr(upstream(exchange, Acme(KEYED)), form)("/x", allow={status})
    assert caught.value.provider == "acme"


@pytest.mark.parametrize(
    ("status", "headers", "body", "name"),
    [
        (403, {"cf-mitigated": "challenge"}, b"", "Cloudflare"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "AWS WAF"),
        (200, {}, b"<html><script>AwsWafIntegration.getToken()</script>", "AWS WAF"),
        (403, {}, b"<html><script src='https://geo.captcha-delivery.com/c.js'></script>", "DataDome"),
        (200, {}, b"<html><form action='/errors/validateCaptcha'>", "a bot check"),
        (200, {}, b"<html><div class='g-recaptcha'></div>", "a captcha"),
        (200, {}, b"<html><div class='g-recaptcha'></div>" + b"<p>film</p>" * 1000, None),
        (200, {}, b"<html><script src='https://js.datadome.co/tags.js'></script>", None),
        (200, {}, b"<html><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>", None),
        (200, {}, b"<html><script src='/cdn-cgi/challenge-platform/h/b/scripts/jsd/1f/main.js'></script>", None),
        (200, {}, b"<html><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'>", "Cloudflare"),
        (403, {}, b"<html><script src='/cdn-cgi/challenge-platform/h/g/orchestrate/jsch/v1'>", "Cloudflare"),
        (200, {}, b"<html><input id='cf-chl-widget-a1_response'>", "a captcha"),
        (200, {}, b"<html><input id='cf-chl-widget-a1_response'>" + b"<p>film</p>" * 1000, None),
        (200, {}, b'{"title": "Just a moment...", "html": "<title>Just a moment..."}', None),
        (404, {}, b"<html><title>Not found</title>", None),
        (200, {}, b"", None),
    ],
)
def test_walls(status: int, headers: dict[str, str], body: bytes, name: str | None) -> None:
    assert wall(status, headers, body) == name


# --- what only enriches ---


async def test_what_fails_and_only_enriches_makes_the_answer_partial() -> None:
    def by_path(request: Request) -> Response:
        return answer('{"a":1}', 200 if request.url.endswith("/good") else 500)

    up = upstream(ScriptedExchange(by_path))
    assert await up.optional(up.json("/good")) == {"a": 1}
    assert not up.partial
    assert await up.optional(up.json("/bad")) is None
    assert up.partial


async def test_other_errors_are_not_swallowed() -> None:
    async def mistake() -> None:
        raise InvalidField("query", "empty")

    up = upstream(ScriptedExchange(answer()))
    with pytest.raises(InvalidField):
        await up.optional(mistake())
    assert not up.partial


async def test_some_upstreams_ask_for_fewer_requests_by_another_status() -> None:
    hasty = Acme(manifest(limit_statuses=frozenset((403, 420))))
    for status in (403, 420, 429):
        with pytest.raises(RateLimited):
            await upstream(ScriptedExchange(answer(status=status)), hasty).json("/x")


async def test_the_moment_to_come_back_may_be_told() -> None:
    told = Response(429, {"x-ratelimit-retry-after": str(int(time.time()) + 60)}, b"", "https://api.acme.test/x")
    with pytest.raises(RateLimited) as caught:
        await upstream(ScriptedExchange(told)).json("/x")
    assert caught.value.retry_after == pytest.approx(60, abs=2)


@pytest.mark.parametrize(
    ("status", "error"), [(500, Unreachable), (429, RateLimited), (400, Refused), (404, ShapeChanged)]
)
async def test_an_error_that_may_have_a_body_and_has_another(status: int, error: type[ProviderError]) -> None:
    """It is the error that its status tells; a 404 may mean the item or the address, and nobody knows which."""
    up = upstream(ScriptedExchange(answer(b"<html>Sorry</html>", status, "text/html")))
    with pytest.raises(error):
        await up.json("/x", allow=(status,))


async def test_an_error_of_signing_names_the_provider() -> None:
    class Keyless(Acme):
        def authorize(self, request: Request, secrets: Mapping[str, str]) -> Request:
            raise NotConfigured("Acme needs a key", variables=("ACME_KEY",))

    with pytest.raises(NotConfigured) as caught:
        await upstream(ScriptedExchange(answer()), Keyless()).json("/x")
    assert caught.value.provider == "acme"
