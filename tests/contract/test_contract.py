"""The contract holds to its own rules: those that buf cannot know."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator

import protovalidate
import pytest
from google.api.annotations_pb2 import http
from google.api.http_pb2 import HttpRule
from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FileDescriptor, MethodDescriptor

import tako.v1
from tako_providers.sdk.errors import TakoError
from tako_server.core.domains import CONTRACTS, OPERATIONS
from tako_server.core.error_table import meaning
from tako_server.core.registry import load_providers

FILES: list[FileDescriptor] = [
    importlib.import_module(f"tako.v1.{module.name}").DESCRIPTOR
    for module in pkgutil.iter_modules(tako.v1.__path__)
    if module.name.endswith("_pb2")
]
MESSAGES: list[Descriptor] = [message for file in FILES for message in file.message_types_by_name.values()]
METHODS: list[MethodDescriptor] = [
    method for file in FILES for service in file.services_by_name.values() for method in service.methods
]
DOMAIN_REQUESTS = [
    contract.request(operation).DESCRIPTOR for contract in CONTRACTS.values() for operation in OPERATIONS
]


def rules(method: MethodDescriptor) -> list[HttpRule]:
    """The REST bindings of an RPC."""
    rule: HttpRule = method.GetOptions().Extensions[http]  # type: ignore[index] # the stubs know no extensions
    return [rule, *rule.additional_bindings]


def test_there_are_fifteen_services_and_seventy_four_rpcs() -> None:
    assert sum(len(file.services_by_name) for file in FILES) == 15
    assert len(METHODS) == 12 * 5 + 4 + 2 + 8


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.full_name)
def test_every_rpc_has_a_rest_url(method: MethodDescriptor) -> None:
    for rule in rules(method):
        path = rule.get or rule.post
        assert path.startswith("/v1/")
        assert (rule.body == "*") == bool(rule.post)


def test_no_url_means_two_rpcs() -> None:
    urls = [(rule.WhichOneof("pattern"), rule.get or rule.post) for method in METHODS for rule in rules(method)]
    assert len(urls) == len(set(urls))


def test_domains_and_urls_agree() -> None:
    for domain, contract in CONTRACTS.items():
        service = next(m.containing_service for m in METHODS if m.containing_service.full_name == contract.service)
        assert [method.name for method in service.methods] == list(OPERATIONS)
        assert all(rules(method)[0].get.startswith(f"/v1/{domain}/") for method in service.methods)


def test_common_fields_have_one_number_and_one_type_everywhere() -> None:
    seen: dict[int, set[tuple[str, int, bool]]] = defaultdict(set)
    catalog = [m for m in MESSAGES if m.name in ("CatalogSearchRequest", "BatchDetailRequest", "LookupRequest")]
    for message in [*DOMAIN_REQUESTS, *catalog]:
        for field in message.fields:
            if field.number < 30:
                seen[field.number].add((field.name, field.type, field.is_repeated))
    assert {number: fields for number, fields in seen.items() if len(fields) > 1} == {}
    assert {fields.copy().pop()[0] for number, fields in seen.items() if number <= 16} == {
        *("query", "providers", "kind", "page_size", "page_token", "language", "region", "include_slow", "translate"),
        *("max_age", "refresh", "group", "adult", "order_by", "descending", "enrich"),
    }


def test_a_domains_own_field_has_one_number_in_all_its_requests() -> None:
    for contract in CONTRACTS.values():
        numbers: dict[str, set[int]] = defaultdict(set)
        for operation in OPERATIONS:
            for field in contract.request(operation).DESCRIPTOR.fields:
                numbers[field.name].add(field.number)
        assert {name: found for name, found in numbers.items() if len(found) > 1} == {}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.name)
def test_the_rules_of_every_message_compile(message: Descriptor) -> None:
    validator = protovalidate.Validator()
    validator.collect_violations(message_factory.GetMessageClass(message)())


def enums() -> Iterator[EnumDescriptor]:
    """Every enum, all of which live in a message."""
    pending = list(MESSAGES)
    while pending:
        message = pending.pop()
        pending.extend(message.nested_types)
        yield from message.enum_types


def test_no_enum_names_a_provider() -> None:
    providers = {name.upper() for name in load_providers()}
    assert not any(value.name in providers for enum in enums() for value in enum.values)


def test_every_enum_lives_in_a_message_and_starts_with_nothing_said() -> None:
    assert not any(file.enum_types_by_name for file in FILES)
    for enum in enums():
        assert enum.values[0].number == 0
        assert enum.values[0].name.endswith("_UNSPECIFIED")


def _errors(base: type[TakoError]) -> Iterator[type[TakoError]]:
    for error in base.__subclasses__():
        yield error
        yield from _errors(error)


def test_every_error_has_a_meaning() -> None:
    for error in _errors(TakoError):
        instance = error.__new__(error)
        assert meaning(instance).reason != "INTERNAL" or error.__name__ == "ProviderError"
