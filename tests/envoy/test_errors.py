"""Every error of REST has one form: google.rpc.Status as JSON, whoever made it."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator

import aiohttp
import grpc
import pytest
import pytest_asyncio
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import (
    BadRequest,
    ErrorInfo,
    PreconditionFailure,
    ResourceInfo,
    RetryInfo,
)

from tako.v1.answers_pb2 import SearchEvent, SearchResponse
from tako_server.rest import EnvoyProcess, envoy_process
from tako_server.rest.envoy_config import Front as EnvoyFront
from tako_server.rest.envoy_config import Places, local_config
from tests.envoy.conftest import Front
from tests.envoy.stand_ins import Backend, Context, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

TYPE = "type.googleapis.com/google.rpc."


# --- made by the server


async def test_a_rich_error_arrives_with_all_its_details(front: Front) -> None:
    front.backend.fail(
        "MediaService/Search",
        status(
            grpc.StatusCode.INVALID_ARGUMENT,
            'page_size: "-1" é <b>',
            ErrorInfo(reason="INVALID_FIELD", domain="tako", metadata={"field": "page_size"}),
            BadRequest(field_violations=[{"field": "page_size", "description": "must not be negative"}]),
            ResourceInfo(resource_type="item", resource_name="tmdb/movie/1"),
            PreconditionFailure(violations=[{"type": "KEY", "subject": "TMDB_API_KEY"}]),
            RetryInfo(retry_delay=Duration(seconds=7, nanos=500_000_000)),
        ),
    )
    reply = await front.get("/v1/media/search?query=x&page_size=-1")
    assert reply.status == 400
    assert reply.json == {
        "code": 3,
        "message": 'page_size: "-1" é <b>',
        "details": [
            {
                "@type": TYPE + "ErrorInfo",
                "reason": "INVALID_FIELD",
                "domain": "tako",
                "metadata": {"field": "page_size"},
            },
            {
                "@type": TYPE + "BadRequest",
                "fieldViolations": [{"field": "page_size", "description": "must not be negative"}],
            },
            {"@type": TYPE + "ResourceInfo", "resourceType": "item", "resourceName": "tmdb/movie/1"},
            {"@type": TYPE + "PreconditionFailure", "violations": [{"type": "KEY", "subject": "TMDB_API_KEY"}]},
            {"@type": TYPE + "RetryInfo", "retryDelay": "7.500s"},
        ],
    }
    assert not [name for name in reply.headers if name.startswith("grpc-")], reply.headers


@pytest.mark.parametrize(
    ("code", "http"),
    [
        (grpc.StatusCode.INVALID_ARGUMENT, 400),
        (grpc.StatusCode.FAILED_PRECONDITION, 400),
        (grpc.StatusCode.UNAUTHENTICATED, 401),
        (grpc.StatusCode.PERMISSION_DENIED, 403),
        (grpc.StatusCode.NOT_FOUND, 404),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, 429),
        (grpc.StatusCode.CANCELLED, 499),
        (grpc.StatusCode.INTERNAL, 500),
        (grpc.StatusCode.UNIMPLEMENTED, 501),
        (grpc.StatusCode.UNAVAILABLE, 503),
        (grpc.StatusCode.DEADLINE_EXCEEDED, 504),
    ],
)
async def test_each_code_has_its_http_status_and_keeps_its_reason(
    front: Front, code: grpc.StatusCode, http: int
) -> None:
    front.backend.fail("MediaService/Search", status(code, "Because.", ErrorInfo(reason="WHY", domain="tako")))
    assert (await front.get("/v1/media/search?query=x")).error() == (http, code.value[0], "WHY", "Because.")


async def test_retry_after_of_the_server_becomes_a_header(front: Front) -> None:
    limited = status(
        grpc.StatusCode.RESOURCE_EXHAUSTED, "Later.", ErrorInfo(reason="PROVIDER_RATE_LIMITED", domain="tako")
    )
    front.backend.fail("MediaService/Search", limited, trailing=[("retry-after", "7")])
    reply = await front.get("/v1/media/search?query=x")
    assert reply.error() == (429, 8, "PROVIDER_RATE_LIMITED", "Later.")
    assert reply.headers["retry-after"] == "7"


async def test_an_error_of_the_server_without_details_is_still_a_status(front: Front) -> None:
    async def crash(_request: bytes, context: Context) -> Message:
        await context.abort(grpc.StatusCode.INTERNAL, 'Say "no".')
        raise AssertionError

    front.backend.answers["/tako.v1.MediaService/Search"] = crash
    reply = await front.get("/v1/media/search?query=x")
    assert (reply.status, reply.json) == (500, {"code": 13, "message": 'Say "no".'})


async def test_envoy_adds_nothing_to_what_an_uncaught_exception_says(front: Front) -> None:
    """Keeping the text from the caller is the server's outermost interceptor's job: Envoy passes it on."""

    async def crash(_request: bytes, _context: Context) -> Message:
        msg = "inner text"
        raise ValueError(msg)

    front.backend.answers["/tako.v1.MediaService/Search"] = crash
    reply = await front.get("/v1/media/search?query=x")
    assert reply.status == 500
    assert reply.json.keys() == {"code", "message"}
    assert "Traceback" not in reply.json["message"]


# --- made by Envoy


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("colour=red", 'Could not find field "colour" in the type "tako.v1.MediaSearchRequest".'),
        ("query.x=1", None),
        ("kind=bogus", 'kind: invalid value "bogus" for type type.googleapis.com/tako.v1.Item.Kind'),
        ("page_size=abc", 'page_size: invalid value "abc" for type TYPE_INT32'),
        ("page_size=99999999999", 'page_size: invalid value "99999999999" for type TYPE_INT32'),
        ("year=1999.5", 'year: invalid value "1999.5" for type TYPE_INT32'),
        ("min_rating=high", 'min_rating: invalid value "high" for type TYPE_DOUBLE'),
        ("descending=maybe", 'descending: invalid value "maybe" for type TYPE_BOOL'),
        ("max_age=1", None),
        ("page_size=", 'page_size: invalid value "" for type TYPE_INT32'),
    ],
)
async def test_a_bad_parameter_is_named(front: Front, query: str, message: str | None) -> None:
    reply = await front.get(f"/v1/media/search?{query}")
    http, code, reason, text = reply.error()
    assert (http, code, reason) == (400, 3, "INVALID_FIELD")
    assert query.partition("=")[0].partition(".")[0] in text
    if message is not None:
        assert text == message
    assert front.backend.calls == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("%22", '"'),
        ("%5C", "\\"),
        ("%22%7D%2C%7B%22x%22:%22", '"},{"x":"'),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a%0Ab%0D%0Ac%09%01", "a\nb\r\nc\t\x01"),
        ("%C3%A9%F0%9F%90%99", "é🐙"),
        ("%25LOCAL_REPLY_BODY%25", "%LOCAL_REPLY_BODY%"),
        ("%25REQ(:PATH)%25", "%REQ(:PATH)%"),
        ("a+b", "a b"),
    ],
)
async def test_a_strange_value_stays_inside_its_json_string(front: Front, written: str, shown: str) -> None:
    reply = await front.get(f"/v1/media/search?page_size={written}")
    expected = f'page_size: invalid value "{shown}" for type TYPE_INT32'
    assert reply.error() == (400, 3, "INVALID_FIELD", expected)
    reply = await front.get(f"/v1/media/search?x{written}=1")
    assert reply.error()[:3] == (400, 3, "INVALID_FIELD")


async def test_bytes_that_are_no_text_make_no_broken_json(front: Front) -> None:
    reply = await front.get("/v1/media/search?page_size=%FF%FE")
    assert reply.status == 400
    reply.body.decode("utf-8")
    assert reply.error()[:3] == (400, 3, "INVALID_FIELD")


@pytest.mark.parametrize("body", ['{"ids": [', "[]", '{"ids": 3}', '{"language": {}}', "nonsense"])
async def test_a_broken_body_is_said_to_be_one(front: Front, body: str) -> None:
    reply = await front.ask("POST", "/v1/items:batchGet", data=body, headers={"content-type": "application/json"})
    http, code, reason, message = reply.error()
    assert (http, code, reason) == (400, 3, "INVALID_FIELD")
    assert message


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/media", "/v1/media/search/more", "/v1/admin/nothing", "/v1/"])
async def test_an_unknown_path_is_404(front: Front, path: str) -> None:
    http, code, reason, message = (await front.get(path)).error()
    assert (http, code, reason) == (404, 5, "PATH_UNKNOWN")
    assert message


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/media/search", "GET"),
        ("POST", "/v1/search:stream", "GET"),
        ("PUT", "/v1/items:batchGet", "GET, POST"),
        ("DELETE", "/v1/admin/cache", "GET"),
        ("PATCH", "/v1/media/items/a/b/c", "GET"),
        ("OPTIONS", "/v1/media/search", "GET"),
        ("POST", "/v1/admin/cache", "GET"),
        ("GET", "/v1/admin/cache:purge", "POST"),
        ("PUT", "/v1/admin/providers/tmdb:enable", "POST"),
    ],
)
async def test_a_method_that_is_not_allowed_is_405(front: Front, method: str, path: str, allowed: str) -> None:
    reply = await front.ask(method, path, data="{}")
    assert reply.error()[:3] == (405, 12, "METHOD_NOT_ALLOWED")
    assert reply.headers["allow"] == allowed
    assert front.backend.calls == []


@pytest.mark.parametrize("path", ["/v1/media/search?query=x", "/v1/media/items/a/b/c", "/v1/search:stream?query=x"])
async def test_head_is_refused_without_a_body(front: Front, path: str) -> None:
    reply = await front.ask("HEAD", path)
    assert (reply.status, reply.headers["allow"], reply.body) == (405, "GET", b"")
    assert front.backend.calls == []


async def test_json_can_not_be_posted_to_an_rpc(front: Front) -> None:
    reply = await front.ask("POST", "/tako.v1.MediaService/Search", json={"query": "x"})
    assert reply.error()[:3] == (404, 5, "PATH_UNKNOWN")
    assert front.backend.calls == []


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/items:batchGet"), ("GET", "/v1/items:batchGet"), ("GET", "/v1/search:events")]
)
async def test_a_body_that_is_too_large_is_413(front: Front, method: str, path: str) -> None:
    body = json.dumps({"ids": ["a/b/" + "x" * 400] * 3000}).encode()
    reply = await front.ask(method, path, data=io.BytesIO(body), headers={"content-type": "application/json"})
    assert reply.error()[:3] == (413, 3, "REQUEST_TOO_LARGE")


async def test_a_url_that_is_too_long_is_431(front: Front) -> None:
    reply = await front.get("/v1/media/search?query=" + "x" * 50_000)
    assert reply.status == 200
    reply = await front.get("/v1/media/search?query=" + "x" * 70_000)
    assert reply.error()[:3] == (431, 3, "REQUEST_TOO_LARGE")


@pytest.mark.parametrize(
    ("request_line", "http"),
    [
        (b"GET /v1/media/search HTTP/1.1\r\n\r\n", 400),  # no Host
        (b"GET /v1/media/search HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n", 400),
        (b"GET /v1/media/search?query=\xc3\xa9 HTTP/1.1\r\nhost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 426),
    ],
)
async def test_what_is_no_http_is_refused_in_the_same_form(front: Front, request_line: bytes, http: int) -> None:
    host, _, port = front.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request_line)
    answer = await reader.read()  # Envoy closes the connection
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % http)
    error = json.loads(body)
    assert (error["code"], error["details"][0]["reason"]) == (3, "INVALID_REQUEST")
    assert error["message"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def alone(envoy_binary: object) -> AsyncIterator[EnvoyProcess]:
    """An Envoy with nobody behind it."""
    nobody = socket.socket()
    nobody.bind(("127.0.0.1", 0))  # taken, but nobody listens
    address = f"127.0.0.1:{nobody.getsockname()[1]}"
    envoy = await EnvoyProcess.start(listen="127.0.0.1:0", grpc=address, web=address)
    try:
        yield envoy
    finally:
        await envoy.stop()
        nobody.close()


@pytest.mark.parametrize(
    "path", ["/v1/media/search?query=x", "/v1/search:stream?query=x", "/v1/search:events?query=x", "/health"]
)
async def test_a_server_that_is_gone_is_503(front: Front, alone: EnvoyProcess, path: str) -> None:
    reply = await Front(alone, front.backend, front.session).get(path)
    assert reply.error()[:3] == (503, 14, "SERVER_UNREACHABLE")
    assert reply.headers["retry-after"] == "1"
    assert reply.json["details"][1] == {"@type": TYPE + "RetryInfo", "retryDelay": "1s"}
    assert b"connect" not in reply.body


async def test_a_grpc_client_gets_no_json_when_the_server_is_gone(alone: EnvoyProcess) -> None:
    async with grpc.aio.insecure_channel(alone.address) as channel:
        call = channel.unary_unary("/tako.v1.MediaService/Search", bytes, bytes)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await call(b"", timeout=10)
    assert raised.value.code() == grpc.StatusCode.UNAVAILABLE
    assert "{" not in (raised.value.details() or "")


async def test_the_deadline_that_a_rest_caller_sets_is_the_servers_too(front: Front) -> None:
    async def slow(_request: bytes, context: Context) -> Message:
        assert context.time_remaining() < 2
        return SearchResponse()

    front.backend.answers["/tako.v1.MediaService/Search"] = slow
    assert (await front.get("/v1/media/search?query=x", grpc_timeout="1S")).status == 200


# --- limits, with shorter times than envoy.yaml has


@pytest.fixture
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Envoy's limits, small enough for a test."""

    def config(places: Places, front: EnvoyFront) -> str:
        text = local_config(places, front)
        for written, short in (
            ("timeout: 125s", "timeout: 0.3s"),
            ("max_stream_duration: 300s", "max_stream_duration: 0.3s"),
            ("max_requests: 4000", "max_requests: 1"),
            ("max_stream_duration: 150s", "max_stream_duration: 0.6s"),
        ):
            assert written in text
            text = text.replace(written, short)
        return text

    monkeypatch.setattr(envoy_process, "local_config", config)


@pytest_asyncio.fixture(loop_scope="session")
async def limited(front: Front, shorter: None) -> AsyncIterator[Front]:
    """The same backend behind an Envoy with little patience."""
    backend = Backend()
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((backend,))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    envoy = await EnvoyProcess.start(listen="127.0.0.1:0", grpc=f"127.0.0.1:{port}", web="127.0.0.1:1")
    try:
        yield Front(envoy, backend, front.session)
    finally:
        await envoy.stop()
        await server.stop(None)


def _hang(backend: Backend) -> asyncio.Event:
    cancelled = asyncio.Event()

    async def hang(_request: bytes, _context: Context) -> Message:
        try:
            await asyncio.sleep(30)
        finally:
            cancelled.set()
        raise AssertionError

    async def hanging_stream(_request: bytes, _context: Context) -> AsyncIterator[Message]:
        yield SearchEvent()
        await asyncio.sleep(30)

    backend.answers["/tako.v1.MediaService/Search"] = hang
    backend.streams["/tako.v1.CatalogService/SearchStream"] = hanging_stream
    return cancelled


async def test_a_server_that_hangs_is_504_and_is_told_to_stop(limited: Front) -> None:
    cancelled = _hang(limited.backend)
    reply = await limited.get("/v1/media/search?query=x")
    assert reply.error() == (504, 4, "DEADLINE", "The server did not answer in time.")
    await asyncio.wait_for(cancelled.wait(), 5)


async def test_a_stream_that_never_ends_is_ended(limited: Front) -> None:
    _hang(limited.backend)
    with pytest.raises(aiohttp.ClientPayloadError):
        await limited.get("/v1/search:stream?query=x")


async def test_too_much_at_once_is_429(limited: Front) -> None:
    _hang(limited.backend)
    replies = await asyncio.gather(*(limited.get("/v1/media/search?query=x") for _ in range(3)))
    refused = [reply for reply in replies if reply.status != 504]
    assert len(refused) == 2
    for reply in refused:
        assert reply.error() == (429, 8, "OVERLOADED", "Too much at once. Try again.")
        assert reply.headers["retry-after"] == "1"


async def test_a_body_that_never_comes_is_408(limited: Front) -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(2)

    reply = await limited.ask("POST", "/v1/items:batchGet", data=slowly())
    assert reply.error()[:3] == (408, 4, "DEADLINE")
