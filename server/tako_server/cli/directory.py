"""Who answers for what: the domain that an item id belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from tako.v1 import provider_service_pb2
from tako.v1.item_pb2 import Item
from tako.v1.provider_service_pb2 import ListProvidersRequest, ListProvidersResponse
from tako_server.cli.failure import Exit, Failure
from tako_server.cli.questions import SERVICES

if TYPE_CHECKING:
    from tako.v1.provider_service_pb2 import Provider
    from tako_server.cli.connection import Server

SERVICE = provider_service_pb2.DESCRIPTOR.services_by_name["ProviderService"]


def domain_of_item(server: Server, item_id: str) -> str:
    """The domain whose service takes ``item_id``. Raises Failure when the server has no such provider."""
    provider_id, _, rest = item_id.partition("/")
    kind, _, source_id = rest.partition("/")
    if not provider_id or not source_id:
        raise click.UsageError(f"{item_id!r} is no item id: it looks like provider/kind/source-id, as search gives it.")
    return _home(_provider(server, provider_id), kind)


def _provider(server: Server, provider_id: str) -> Provider:
    answer = server.ask(SERVICE.methods_by_name["ListProviders"], ListProvidersRequest()).message
    for provider in cast("ListProvidersResponse", answer).providers:
        if provider.id == provider_id:
            return provider
    raise Failure(f"no provider {provider_id!r} at this server; `tako providers` lists them", Exit.NOT_FOUND)


def _home(provider: Provider, kind: str) -> str:
    """The first domain in which the provider has the kind; a domain that it serves only on request comes last."""
    known = [domain for domain in (*provider.domains, *provider.on_request_domains) if domain in SERVICES]
    if not known:
        raise Failure(f"{provider.id} answers in no domain that this command knows", Exit.REFUSED)
    for capability in provider.kinds:
        if Item.Kind.Name(capability.kind).lower() == kind and capability.domains:
            return next((domain for domain in known if domain in capability.domains), known[0])
    return known[0]
