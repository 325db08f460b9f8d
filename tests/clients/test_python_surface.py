"""Both Python clients cover the whole contract, and take no name from it."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor

from tako.client import AsyncTakoClient, TakoClient
from tests.contract.test_contract import METHODS


def attribute(method: MethodDescriptor) -> str:
    """The attribute of the client that a method's service is."""
    stem: str = method.containing_service.file.name.rpartition("/")[2].removesuffix("_service.proto")
    return {"provider": "providers"}.get(stem, stem)


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_every_rpc_is_a_method_of_both_clients(method: MethodDescriptor) -> None:
    with TakoClient("127.0.0.1:1") as tako:
        found = getattr(getattr(tako, attribute(method)), snake(method.name))
    hints = inspect.get_annotations(found)
    assert hints["request"] == f"{method.input_type.name} | None"
    assert method.output_type.name in hints["return"]
    assert found.__doc__


async def test_the_clients_have_the_same_methods() -> None:
    def surface(client: Any) -> dict[str, set[str]]:
        return {
            name: {one for one in dir(service) if not one.startswith("_")}
            for name, service in vars(client).items()
            if type(service).__module__.startswith("tako.services.")
        }

    with TakoClient("127.0.0.1:1") as tako:
        async with AsyncTakoClient("127.0.0.1:1") as other:
            assert surface(tako) == surface(other)
            assert len(surface(tako)) == len({method.containing_service for method in METHODS})


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_no_field_is_called_like_an_argument_of_every_call(method: MethodDescriptor) -> None:
    message = descriptor_pool.Default().FindMessageTypeByName(method.input_type.full_name)  # type: ignore[no-untyped-call] # untyped
    assert not {field.name for field in message.fields} & {"self", "request", "timeout", "metadata"}


def test_a_field_that_is_not_there_is_refused_before_anything_is_sent() -> None:
    with TakoClient("127.0.0.1:1") as tako, pytest.raises(ValueError, match="colour"):
        tako.books.search(query="x", colour="red")  # type: ignore[call-arg] # that mypy sees it is part of the test
