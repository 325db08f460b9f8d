"""Whatever bytes arrive at any RPC, the answer is one that the contract knows, and nothing of the inside is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tako.v1 import admin_service_pb2, catalog_service_pb2, provider_service_pb2
from tako.v1.admin_service_pb2 import EnableProviderRequest
from tako_server.core.domains import CONTRACTS
from tako_server.core.registry import load_providers
from tests.captures import SAMPLES
from tests.conformance.cases import secrets_of
from tests.e2e.serving import Served, served
from tests.security.messages import changed, good_questions, messages, nearly_messages

ADMIN_TOKEN = "the-token-of-this-test"
METHODS = {
    f"{service.full_name}/{method.name}": method
    for file in (
        *(contract.search.DESCRIPTOR.file for contract in CONTRACTS.values()),
        catalog_service_pb2.DESCRIPTOR,
        provider_service_pb2.DESCRIPTOR,
        admin_service_pb2.DESCRIPTOR,
    )
    for service in file.services_by_name.values()
    for method in service.methods
    if method.name != "RunJob"  # it would go on when the call has ended
}
KNOWN = {
    grpc.StatusCode.OK,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.UNIMPLEMENTED,
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.UNAVAILABLE,
}
QUESTIONS = {name: question for name, question in good_questions().items() if name in METHODS}
INSIDE = re.compile(r"Traceback|File \"|\.py\b|127\.0\.0\.1|/home/|/root|site-packages|sqlite|asyncpg|" + ADMIN_TOKEN)
bounded = settings(
    max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that answers from the samples. All that a test does to it ends with it."""
    keys = {name: value for provider in load_providers().values() for name, value in secrets_of(provider).items()}
    environment = {"TAKO_REPLAY": str(SAMPLES), "TAKO_ADMIN_TOKEN": ADMIN_TOKEN, "TAKO_JOBS": "false", **keys}
    with served(tmp_path_factory.mktemp("fuzzed"), "--no-rest", **environment) as tako:
        yield tako


@pytest.fixture(scope="module")
def channel(fuzzed: Served) -> Iterator[grpc.Channel]:
    """One connection for all calls."""
    with grpc.insecure_channel(fuzzed.grpc) as channel:
        yield channel


@pytest.fixture(autouse=True)
def all_are_on(request: pytest.FixtureRequest, channel: grpc.Channel) -> Iterator[None]:
    """What a test has switched off is on for the next."""
    yield
    if "DisableProvider" in request.node.name:
        for provider in load_providers():
            raw = EnableProviderRequest(provider=provider).SerializeToString()
            assert _judge(_called(channel, "tako.v1.AdminService/EnableProvider", raw)) == "OK"


@pytest.mark.parametrize("name", METHODS)
def test_any_bytes(channel: grpc.Channel, name: str) -> None:
    @bounded
    @given(st.binary(max_size=200))
    def check(raw: bytes) -> None:
        _judge(_called(channel, name, raw))

    check()


@pytest.mark.parametrize("name", METHODS)
def test_messages_with_any_values(channel: grpc.Channel, name: str) -> None:
    @bounded
    @given(messages(METHODS[name].input_type))
    def check(message: Any) -> None:
        _judge(_called(channel, name, message.SerializeToString()))

    check()


@pytest.mark.parametrize("name", METHODS)
def test_messages_that_were_damaged(channel: grpc.Channel, name: str) -> None:
    @bounded
    @given(nearly_messages(METHODS[name].input_type))
    def check(raw: bytes) -> None:
        _judge(_called(channel, name, raw))

    check()


def test_every_domain_has_good_questions() -> None:
    """The few methods without one are what no provider does yet."""
    wanted = {f"{one.service}/{operation}" for one in CONTRACTS.values() for operation in ("Search", "Detail")}
    assert wanted < set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_good_questions_that_were_changed(channel: grpc.Channel, name: str) -> None:
    """Most of what is made up ends at validation. These do not: they reach providers, and what is made of answers."""
    told: Counter[str] = Counter()

    @settings(bounded, max_examples=20)
    @given(changed(QUESTIONS[name]))
    def check(message: Any) -> None:
        told[_judge(_called(channel, name, message.SerializeToString()))] += 1

    check()
    assert told["OK"], told
    assert told["INVALID_FIELD"] < sum(told.values()) / 2, told


@settings(bounded, max_examples=60)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            header: st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200)
            for header in ("authorization", "x-api-key", "x-request-id", "accept-language", "traceparent", "user-agent")
        },
    )
)
def test_any_metadata(channel: grpc.Channel, metadata: dict[str, str]) -> None:
    raw = catalog_service_pb2.LookupRequest(code="9780441013593").SerializeToString()
    _judge(_called(channel, "tako.v1.CatalogService/Lookup", raw, metadata))


def test_the_server_is_as_well_as_before(fuzzed: Served, channel: grpc.Channel) -> None:
    assert fuzzed.process.poll() is None
    answer = fuzzed.grpcurl("tako.v1.BooksService/Search", {"query": "sample lighthouse"})
    assert answer["items"]
    log = fuzzed.log.read_text()
    assert "Traceback" not in log
    assert "rpc.crashed" not in log, "an error that nobody foresaw"


def _called(
    channel: grpc.Channel, name: str, raw: bytes, metadata: dict[str, str] | None = None
) -> grpc.RpcError | None:
    method: MethodDescriptor = METHODS[name]
    sent = [("authorization", f"Bearer {ADMIN_TOKEN}")] if metadata is None else [*metadata.items()]
    call: Any = channel.unary_stream(f"/{name}") if method.server_streaming else channel.unary_unary(f"/{name}")
    try:
        answer = call(raw, timeout=50, metadata=sent)
        if method.server_streaming:
            for _ in answer:
                pass
    except grpc.RpcError as error:
        return error
    return None


def _judge(error: Any) -> str:
    """An answer, or an error of the contract that tells nothing of the inside: OK, or the reason."""
    if error is None:
        return "OK"
    raw = next((value for key, value in error.trailing_metadata() if key == "grpc-status-details-bin"), b"")
    status = Status.FromString(raw)
    infos = [detail for detail in status.details if detail.Is(ErrorInfo.DESCRIPTOR)]
    assert len(infos) == 1, error
    info = ErrorInfo.FromString(infos[0].value)
    assert info.domain == "tako"
    assert error.code() in KNOWN or info.reason == "PROVIDER_SHAPE_CHANGED", error
    assert not INSIDE.search(f"{error.details()} {status}"), error
    return info.reason
