"""What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`;
without one set on the server the service is off.

Generated from proto/tako/v1/admin_service.proto: change that, and run `make gen`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from google.protobuf.duration_pb2 import Duration

from tako.async_calling import AsyncCaller
from tako.calling import Caller, Metadata, request_of
from tako.v1.admin_service_pb2 import (
    DisableProviderRequest,
    DisableProviderResponse,
    EnableProviderRequest,
    EnableProviderResponse,
    GetCacheStatsRequest,
    GetCacheStatsResponse,
    ListJobsRequest,
    ListJobsResponse,
    PurgeCacheRequest,
    PurgeCacheResponse,
    RefreshExpiredRequest,
    RefreshExpiredResponse,
    RefreshProviderRequest,
    RefreshProviderResponse,
    RunJobRequest,
    RunJobResponse,
)
from tako.v1.admin_service_pb2_grpc import AdminServiceStub

if TYPE_CHECKING:
    from tako.v1.admin_service_pb2_grpc import AdminServiceAsyncStub


class GetCacheStatsFields(TypedDict, total=False):
    """Fields of GetCacheStatsRequest."""

    provider: str
    """Id of a provider, when only its entries count."""


class RefreshProviderFields(TypedDict, total=False):
    """Fields of RefreshProviderRequest."""

    provider: str
    """Id of the provider."""

    max_entries: int
    """Most entries to refresh; 0 means the server's bound."""


class RefreshExpiredFields(TypedDict, total=False):
    """Fields of RefreshExpiredRequest."""

    max_entries: int
    """Most entries to refresh; 0 means the server's bound."""

    all: bool
    """Whether to refresh fresh entries too."""


class PurgeCacheFields(TypedDict, total=False):
    """Fields of PurgeCacheRequest."""

    provider: str
    """Id of a provider: only its entries."""

    older_than: Duration | timedelta
    """Only entries made longer ago."""

    cache_key: str
    """Only the entry of this key."""

    all: bool
    """Everything; no other condition may be set."""


class ListJobsFields(TypedDict, total=False):
    """Fields of ListJobsRequest."""

    history: int
    """Past runs to give of each job; 0 means the last one."""


class RunJobFields(TypedDict, total=False):
    """Fields of RunJobRequest."""

    job: str
    """Id of the job."""


class EnableProviderFields(TypedDict, total=False):
    """Fields of EnableProviderRequest."""

    provider: str
    """Id of the provider."""


class DisableProviderFields(TypedDict, total=False):
    """Fields of DisableProviderRequest."""

    provider: str
    """Id of the provider."""

    reason: str
    """Why, for the other operators."""


class Admin:
    """What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer
    TOKEN`; without one set on the server the service is off.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = AdminServiceStub(caller.channel)

    def get_cache_stats(
        self,
        request: GetCacheStatsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[GetCacheStatsFields],
    ) -> GetCacheStatsResponse:
        """Tells what the cache holds. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.GetCacheStats, request_of(GetCacheStatsRequest, request, fields), timeout, metadata
        )

    def refresh_provider(
        self,
        request: RefreshProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[RefreshProviderFields],
    ) -> RefreshProviderResponse:
        """Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.RefreshProvider, request_of(RefreshProviderRequest, request, fields), timeout, metadata
        )

    def refresh_expired(
        self,
        request: RefreshExpiredRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[RefreshExpiredFields],
    ) -> RefreshExpiredResponse:
        """Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.RefreshExpired, request_of(RefreshExpiredRequest, request, fields), timeout, metadata
        )

    def purge_cache(
        self,
        request: PurgeCacheRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[PurgeCacheFields],
    ) -> PurgeCacheResponse:
        """Removes entries from the cache. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.PurgeCache, request_of(PurgeCacheRequest, request, fields), timeout, metadata
        )

    def list_jobs(
        self,
        request: ListJobsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[ListJobsFields],
    ) -> ListJobsResponse:
        """Lists the jobs. Errors: docs/errors.md."""
        return self._caller.unary(self._stub.ListJobs, request_of(ListJobsRequest, request, fields), timeout, metadata)

    def run_job(
        self,
        request: RunJobRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[RunJobFields],
    ) -> RunJobResponse:
        """Runs a job now. Errors: docs/errors.md."""
        return self._caller.unary(self._stub.RunJob, request_of(RunJobRequest, request, fields), timeout, metadata)

    def enable_provider(
        self,
        request: EnableProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[EnableProviderFields],
    ) -> EnableProviderResponse:
        """Switches a provider on. It is kept over restarts. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.EnableProvider, request_of(EnableProviderRequest, request, fields), timeout, metadata
        )

    def disable_provider(
        self,
        request: DisableProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[DisableProviderFields],
    ) -> DisableProviderResponse:
        """Switches a provider off. It is kept over restarts. Errors: docs/errors.md."""
        return self._caller.unary(
            self._stub.DisableProvider, request_of(DisableProviderRequest, request, fields), timeout, metadata
        )


class AsyncAdmin:
    """What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer
    TOKEN`; without one set on the server the service is off.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: AdminServiceAsyncStub = AdminServiceStub(caller.channel)

    async def get_cache_stats(
        self,
        request: GetCacheStatsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[GetCacheStatsFields],
    ) -> GetCacheStatsResponse:
        """Tells what the cache holds. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.GetCacheStats, request_of(GetCacheStatsRequest, request, fields), timeout, metadata
        )

    async def refresh_provider(
        self,
        request: RefreshProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[RefreshProviderFields],
    ) -> RefreshProviderResponse:
        """Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.RefreshProvider, request_of(RefreshProviderRequest, request, fields), timeout, metadata
        )

    async def refresh_expired(
        self,
        request: RefreshExpiredRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[RefreshExpiredFields],
    ) -> RefreshExpiredResponse:
        """Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.RefreshExpired, request_of(RefreshExpiredRequest, request, fields), timeout, metadata
        )

    async def purge_cache(
        self,
        request: PurgeCacheRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[PurgeCacheFields],
    ) -> PurgeCacheResponse:
        """Removes entries from the cache. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.PurgeCache, request_of(PurgeCacheRequest, request, fields), timeout, metadata
        )

    async def list_jobs(
        self,
        request: ListJobsRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[ListJobsFields],
    ) -> ListJobsResponse:
        """Lists the jobs. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.ListJobs, request_of(ListJobsRequest, request, fields), timeout, metadata
        )

    async def run_job(
        self,
        request: RunJobRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[RunJobFields],
    ) -> RunJobResponse:
        """Runs a job now. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.RunJob, request_of(RunJobRequest, request, fields), timeout, metadata
        )

    async def enable_provider(
        self,
        request: EnableProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[EnableProviderFields],
    ) -> EnableProviderResponse:
        """Switches a provider on. It is kept over restarts. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.EnableProvider, request_of(EnableProviderRequest, request, fields), timeout, metadata
        )

    async def disable_provider(
        self,
        request: DisableProviderRequest | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[DisableProviderFields],
    ) -> DisableProviderResponse:
        """Switches a provider off. It is kept over restarts. Errors: docs/errors.md."""
        return await self._caller.unary(
            self._stub.DisableProvider, request_of(DisableProviderRequest, request, fields), timeout, metadata
        )
