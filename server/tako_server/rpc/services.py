"""The servicers: each takes a checked request to the core and gives back its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from types import ModuleType

from tako.v1 import admin_service_pb2, catalog_service_pb2, provider_service_pb2
from tako_providers.sdk.manifest import Domain
from tako_server.core.administration import Administration
from tako_server.core.catalog import Catalog
from tako_server.core.domains import CONTRACTS
from tako_server.core.providers import ProviderDirectory
from tako_server.rpc.call import Call, Handler

Servicers = Mapping[str, Mapping[str, Handler]]
"""Handlers by full service name and method name."""


def servicers(catalog: Catalog, directory: ProviderDirectory, administration: Administration) -> Servicers:
    """Every service of the contract."""
    return {
        **{contract.service: _domain_service(catalog, domain) for domain, contract in CONTRACTS.items()},
        _only_service(catalog_service_pb2): _catalog_service(catalog),
        _only_service(provider_service_pb2): _provider_service(directory),
        _only_service(admin_service_pb2): _admin_service(administration),
    }


def _only_service(module: ModuleType) -> str:
    """Full name of the service in a generated module that holds one."""
    (service,) = module.DESCRIPTOR.services_by_name.values()
    name: str = service.full_name
    return name


def _domain_service(catalog: Catalog, domain: Domain) -> Mapping[str, Handler]:
    async def search(call: Call) -> bytes:
        return call.answered(await catalog.search(domain, call.request, call.deadline))

    async def detail(call: Call) -> bytes:
        return call.answered(await catalog.detail(domain, call.request, call.deadline))

    async def trending(call: Call) -> bytes:
        return call.answered(await catalog.trending(domain, call.request, call.deadline))

    async def related(call: Call) -> bytes:
        return call.answered(await catalog.related(domain, call.request, call.deadline))

    async def terms(call: Call) -> bytes:
        return call.answered(await catalog.terms(domain, call.request, call.deadline))

    return {"Search": search, "Detail": detail, "Trending": trending, "Related": related, "Terms": terms}


def _catalog_service(catalog: Catalog) -> Mapping[str, Handler]:
    async def search(call: Call) -> bytes:
        return call.answered(await catalog.search_all(call.request, call.deadline))

    async def search_stream(call: Call) -> None:
        async with aclosing(catalog.search_stream(call.request, call.deadline)) as events:
            async for event in events:
                await call.write(event)

    async def batch_detail(call: Call) -> bytes:
        return await catalog.batch_detail(call.request, call.deadline)

    async def lookup(call: Call) -> bytes:
        return call.answered(await catalog.lookup(call.request, call.deadline))

    return {"Search": search, "SearchStream": search_stream, "BatchDetail": batch_detail, "Lookup": lookup}


def _provider_service(directory: ProviderDirectory) -> Mapping[str, Handler]:
    async def list_providers(call: Call) -> bytes:
        return directory.list(
            call.request.domain, configured_only=call.request.configured_only, to_operator=call.is_admin
        )

    async def get_provider(call: Call) -> bytes:
        return directory.get(call.request.provider, to_operator=call.is_admin)

    return {"ListProviders": list_providers, "GetProvider": get_provider}


def _admin_service(admin: Administration) -> Mapping[str, Handler]:
    async def get_cache_stats(call: Call) -> bytes:
        return await admin.cache_stats(call.request)

    async def refresh_provider(call: Call) -> bytes:
        return await admin.refresh_provider(call.request, call.deadline)

    async def refresh_expired(call: Call) -> bytes:
        return await admin.refresh_expired(call.request, call.deadline)

    async def purge_cache(call: Call) -> bytes:
        return await admin.purge(call.request)

    async def list_jobs(call: Call) -> bytes:
        return await admin.list_jobs(call.request)

    async def run_job(call: Call) -> bytes:
        return await admin.run_job(call.request)

    async def enable_provider(call: Call) -> bytes:
        return await admin.enable_provider(call.request)

    async def disable_provider(call: Call) -> bytes:
        return await admin.disable_provider(call.request)

    return {
        "GetCacheStats": get_cache_stats,
        "RefreshProvider": refresh_provider,
        "RefreshExpired": refresh_expired,
        "PurgeCache": purge_cache,
        "ListJobs": list_jobs,
        "RunJob": run_job,
        "EnableProvider": enable_provider,
        "DisableProvider": disable_provider,
    }
