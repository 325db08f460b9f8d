"""The JSON that the server makes is the JSON that Envoy's transcoder would make of the same answer."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import grpc
import pytest
import pytest_asyncio
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc.error_details_pb2 import ErrorInfo

from tako.v1.admin_service_pb2 import ListJobsResponse
from tako.v1.answers_pb2 import BatchDetailResponse, BatchDetailResult, DetailResponse, SearchResponse
from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import ListProvidersRequest, ListProvidersResponse
from tako_providers.sdk.manifest import Domain
from tako_server.app import running
from tako_server.config import load_settings
from tako_server.core.domains import CONTRACTS
from tako_server.core.registry import load_providers
from tako_server.rest import EnvoyProcess
from tests.captures import SAMPLES
from tests.conformance.test_captures import FACTS
from tests.envoy.conftest import Front
from tests.envoy.http_bindings import http_bindings
from tests.envoy.plain_descriptors import MODULES, plain_descriptors
from tests.envoy.stand_ins import Backend, status

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def transcoding(running_front: Front, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A second Envoy that transcodes typed answers, before a backend that gives them."""
    backend = Backend(ready=False)
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((backend,))
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    descriptor = plain_descriptors(tmp_path_factory.mktemp("plain"))
    envoy = await EnvoyProcess.start(listen="127.0.0.1:0", grpc=address, web=address, descriptor=descriptor)
    try:
        yield replace(running_front, envoy=envoy, backend=backend)
    finally:
        await envoy.stop()
        await server.stop(None)


SETTINGS = {
    "TAKO_GRPC_ADDRESS": "127.0.0.1:0",
    "TAKO_HTTP_ADDRESS": "127.0.0.1:0",
    "PORT": "0",
    "TAKO_JOBS": "false",
}
URLS = {rpc.removeprefix("/tako.v1."): (verb, path) for rpc, verb, path in reversed(http_bindings())}


async def _same(front: Front, transcoding: Front, method: str, answer: Message) -> Any:
    """The JSON of an answer, which must be the same, field by field, however it is made."""
    verb, path = URLS[method]
    found = []
    for one in (front, transcoding):
        one.backend.reset()
        one.backend.answer(method, answer)
        reply = await one.ask(verb, path, json={} if verb == "POST" else None)
        assert reply.status == 200, reply
        found.append(reply.json)
    made, transcoded = found
    assert _differences(made, transcoded) == []
    assert made == transcoded
    return made


def _differences(made: Any, transcoded: Any, path: str = "") -> list[str]:
    """Where two documents differ. Python takes 1 and 1.0 and True for the same; readers of JSON may not."""
    if isinstance(made, dict) and isinstance(transcoded, dict):
        names = made.keys() | transcoded.keys()
        absent = [f"{path}.{n}: in one only" for n in names if (n in made) != (n in transcoded)]
        common = [n for n in names if n in made and n in transcoded]
        return absent + [d for n in common for d in _differences(made[n], transcoded[n], f"{path}.{n}")]
    if isinstance(made, list) and isinstance(transcoded, list) and len(made) == len(transcoded):
        return [
            d for n, pair in enumerate(zip(made, transcoded, strict=True)) for d in _differences(*pair, f"{path}[{n}]")
        ]
    same = made == transcoded and type(made) is type(transcoded)
    return [] if same else [f"{path}: {made!r} and {transcoded!r}"]


# --- every field of every answer

_TEXTS = ('plain "quoted" \\ back', "é ü 東京 🎲 \u2028 </script>\n\t\x01", "0")
_NUMBERS: dict[int, tuple[Any, ...]] = {
    FieldDescriptor.CPPTYPE_INT32: (1, -1, 2**31 - 1, -(2**31)),
    FieldDescriptor.CPPTYPE_UINT32: (1, 2**32 - 1),
    FieldDescriptor.CPPTYPE_INT64: (1, -1, 2**53 + 1, 2**63 - 1, -(2**63)),
    FieldDescriptor.CPPTYPE_UINT64: (1, 2**64 - 1),
    FieldDescriptor.CPPTYPE_DOUBLE: (1.0, 0.1, -1e14, -7.25, 1e21, 5e-324, 1.7976931348623157e308, math.inf, -math.inf),
    FieldDescriptor.CPPTYPE_FLOAT: (1.0, 0.5, -7.25, 3.4028234663852886e38),
    FieldDescriptor.CPPTYPE_BOOL: (True, False),
}
_TIMES = {
    "google.protobuf.Timestamp": (
        (1, 0),
        (1_800_000_000, 500_000_000),
        (1_800_000_000, 123_456_000),
        (-1, 999_999_999),
    ),
    "google.protobuf.Duration": ((0, 0), (1, 500_000_000), (-1, -500_000_000), (86_400, 1_000)),
}


def _value(field: FieldDescriptor, turn: int, depth: int) -> Any:
    """A value for a field, another one each turn."""
    kind = field.cpp_type
    if kind == FieldDescriptor.CPPTYPE_STRING:
        text = _TEXTS[turn % len(_TEXTS)]
        return text.encode() if field.type == FieldDescriptor.TYPE_BYTES else text
    if kind == FieldDescriptor.CPPTYPE_ENUM:
        values = field.enum_type.values
        return values[turn % len(values)].number if turn % 7 else 99  # one that this contract does not know
    if kind == FieldDescriptor.CPPTYPE_MESSAGE:
        return _message(field.message_type, turn, depth + 1)
    return _NUMBERS[kind][turn % len(_NUMBERS[kind])]


def _message(descriptor: Any, turn: int, depth: int = 0) -> Any:
    """A message with all its fields set, and of each oneof another one each turn."""
    message: Any = GetMessageClass(descriptor)()
    if times := _TIMES.get(descriptor.full_name):
        message.seconds, message.nanos = times[turn % len(times)]
        return message
    if descriptor.full_name == "google.protobuf.Any":
        message.Pack(ErrorInfo(reason="WHY", domain="tako", metadata={"a": "b"}))
        return message
    skipped = {
        field.name
        for oneof in descriptor.oneofs
        for number, field in enumerate(oneof.fields)
        if number != turn % len(oneof.fields)
    }
    for number, field in enumerate(descriptor.fields):
        if field.name in skipped or (depth > 6 and field.message_type is not None):
            continue
        turn_of_field = turn + number
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            value = field.message_type.fields_by_name["value"]
            entries = getattr(message, field.name)
            for key in ("b", "a é", ""):
                if value.message_type is not None:
                    entries[key].CopyFrom(_value(value, turn_of_field, depth))
                else:
                    entries[key] = _value(value, turn_of_field, depth)
        elif field.is_repeated:
            getattr(message, field.name).extend(
                _value(field, turn_of_field + n, depth) for n in range(2 if depth < 3 else 1)
            )
        elif field.message_type is not None:
            getattr(message, field.name).CopyFrom(_value(field, turn_of_field, depth))
        else:
            setattr(message, field.name, _value(field, turn_of_field, depth))
    return message


def _answers() -> Iterator[tuple[str, Any]]:
    """Of each type of answer in the contract, one unary method that gives it."""
    seen = set()
    for module in MODULES:
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                if not method.server_streaming and method.output_type.full_name not in seen:
                    seen.add(method.output_type.full_name)
                    yield f"{service.name}/{method.name}", method.output_type


ANSWERS = dict(_answers())


async def test_all_answers_are_looked_at() -> None:
    names = {descriptor.name for descriptor in ANSWERS.values()}
    assert {
        "SearchResponse",
        "DetailResponse",
        "BatchDetailResponse",
        "ListProvidersResponse",
        "TermsResponse",
    } <= names
    assert len(names) >= 12


@pytest.mark.parametrize("method", sorted(ANSWERS))
@pytest.mark.parametrize("turn", range(4))
async def test_every_field_is_written_alike(front: Front, transcoding: Front, method: str, turn: int) -> None:
    assert await _same(front, transcoding, method, _message(ANSWERS[method], turn))


async def test_what_is_unset_is_absent(front: Front, transcoding: Front) -> None:
    for method, descriptor in ANSWERS.items():
        assert await _same(front, transcoding, method, GetMessageClass(descriptor)()) == {}


async def test_zeros_that_are_set_are_there(front: Front, transcoding: Front) -> None:
    answer = SearchResponse(items=[Item(year=0, title="", kind=Item.KIND_UNSPECIFIED)])
    made = await _same(front, transcoding, "MediaService/Search", answer)
    assert made == {"items": [{"year": 0}]}


async def test_each_kind_of_details_is_written_alike(front: Front, transcoding: Front) -> None:
    details = Item.DESCRIPTOR.oneofs_by_name["details"].fields
    assert len(details) > 20
    for number in range(len(details)):
        answer = DetailResponse(item=_message(Item.DESCRIPTOR, number))
        made = await _same(front, transcoding, "MediaService/Detail", answer)
        assert details[number].json_name in made["item"]


async def test_an_error_within_a_batch_keeps_its_details(front: Front, transcoding: Front) -> None:
    error = status(grpc.StatusCode.NOT_FOUND, "No such film.", ErrorInfo(reason="ITEM_NOT_FOUND", domain="tako"))
    answer = BatchDetailResponse(results=[BatchDetailResult(id="a/b/c", error=error)])
    made = await _same(front, transcoding, "CatalogService/BatchDetail", answer)
    assert made["results"][0]["error"]["details"][0]["reason"] == "ITEM_NOT_FOUND"
    assert await _same(front, transcoding, "AdminService/ListJobs", ListJobsResponse()) == {}


async def test_answers_of_every_provider_are_written_alike(
    running_front: Front, transcoding: Front, tmp_path: Path
) -> None:
    providers = load_providers()
    secrets = [secret for provider in providers.values() for secret in provider.manifest.secrets]
    keys = {secret.variable: secret.placeholder for secret in secrets if secret.placeholder}
    settings = load_settings(
        secrets,
        environment={**keys, **SETTINGS, "TAKO_REPLAY": str(SAMPLES), "TAKO_CACHE_PATH": str(tmp_path / "tako.db")},
        dotenv=None,
    )
    compared: set[str] = set()
    async with (
        running(settings, rest=True) as tako,
        grpc.aio.insecure_channel(tako.ready.grpc_address) as channel,
    ):
        assert tako.envoy is not None
        real = replace(running_front, envoy=tako.envoy)
        for name, provider in providers.items():
            domain = provider.manifest.domains[0]
            contract = CONTRACTS[domain]
            service = contract.service.removeprefix("tako.v1.")
            query = FACTS[name].walk
            question = contract.search(query=query, providers=[name])
            found = await _typed(channel, f"{service}/Search", question, SearchResponse)
            if found is None:  # it needs a browser
                continue
            url = f"/v1/{domain}/search?query={quote_plus(query)}&providers={name}"
            await _as_transcoded(real, transcoding, f"{service}/Search", url, found)
            compared.add(name)
            for item in found.items[:2]:
                detail = await _typed(channel, f"{service}/Detail", contract.detail(id=item.id), DetailResponse)
                if detail is not None:
                    url = f"/v1/{domain}/items/{item.id}"
                    await _as_transcoded(real, transcoding, f"{service}/Detail", url, detail)
        listed = await _typed(channel, "ProviderService/ListProviders", ListProvidersRequest(), ListProvidersResponse)
        assert len(listed.providers) == len(providers)
        await _same(running_front, transcoding, "ProviderService/ListProviders", listed)
    assert len(compared) > 20
    assert {domain for name in compared for domain in providers[name].manifest.domains} == set(Domain)


async def _typed(channel: grpc.aio.Channel, method: str, request: Message, response: type[Message]) -> Any:
    """The answer over gRPC; None for an error."""
    asking: Any = channel.unary_unary(f"/tako.v1.{method}", response_deserializer=response.FromString)
    try:
        return await asking(request.SerializeToString(), timeout=20)
    except grpc.aio.AioRpcError:
        return None


async def _as_transcoded(real: Front, transcoding: Front, method: str, url: str, answer: Message) -> None:
    """Whether the URL of a server gives what the transcoder makes of its typed answer."""
    reply = await real.get(url)
    assert reply.headers["tako-cache"] == "hit", url  # else it is another answer, with other times
    transcoding.backend.reset()
    transcoding.backend.answer(method, answer)
    transcoded = await transcoding.get(url)
    assert _differences(reply.json, transcoded.json) == []
