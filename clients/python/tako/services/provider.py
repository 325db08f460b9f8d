"""Tells what providers there are, what each can do, and how each is.

Generated from proto/tako/v1/provider_service.proto: change that, and run `make gen`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from tako.async_calling import AsyncCaller
from tako.calling import Caller, Metadata, request_of
from tako.v1.provider_service_pb2 import (
    GetProviderRequest,
    GetProviderResponse,
    ListProvidersRequest,
    ListProvidersResponse,
)
from tako.v1.provider_service_pb2_grpc import ProviderServiceStub

if TYPE_CHECKING:
    from tako.v1.provider_service_pb2_grpc import ProviderServiceAsyncStub


class ListProvidersFields(TypedDict, total=False):
    """Fields of ListProvidersRequest."""

    domain: str
    """Id of a domain, when only its providers are wanted."""

    configured_only: bool
    """Whether to leave out those that cannot answer here."""


class GetProviderFields(TypedDict, total=False):
    """Fields of GetProviderRequest."""

    provider: str
    """Id of the provider."""


class Provider:
    """Tells what providers there are, what each can do, and how each is."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = ProviderServiceStub(caller.channel)

    def list_providers(
        self,
        request: ListProvidersRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[ListProvidersFields],
    ) -> ListProvidersResponse:
        """Lists providers. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.ListProviders, request_of(ListProvidersRequest, request, fields), timeout, metadata
        )

    def get_provider(
        self,
        request: GetProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[GetProviderFields],
    ) -> GetProviderResponse:
        """Gives one provider. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.GetProvider, request_of(GetProviderRequest, request, fields), timeout, metadata
        )


class AsyncProvider:
    """Tells what providers there are, what each can do, and how each is."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: ProviderServiceAsyncStub = ProviderServiceStub(caller.channel)

    async def list_providers(
        self,
        request: ListProvidersRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[ListProvidersFields],
    ) -> ListProvidersResponse:
        """Lists providers. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.ListProviders, request_of(ListProvidersRequest, request, fields), timeout, metadata
        )

    async def get_provider(
        self,
        request: GetProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[GetProviderFields],
    ) -> GetProviderResponse:
        """Gives one provider. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.GetProvider, request_of(GetProviderRequest, request, fields), timeout, metadata
        )
