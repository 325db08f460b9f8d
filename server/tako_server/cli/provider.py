"""``tako provider``: switch a provider off or on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from tako.v1.admin_service_pb2 import DisableProviderRequest, EnableProviderRequest
from tako_server.cli import options
from tako_server.cli.jobs import SERVICE
from tako_server.cli.screen import print_json, screen

if TYPE_CHECKING:
    from tako.v1.admin_service_pb2 import DisableProviderResponse, EnableProviderResponse
    from tako_server.cli.connection import Server


@click.group(epilog=options.examples("tako provider disable coleka --reason 'asked by its owner'"))
def provider() -> None:
    """Switch a provider off or on, on all servers of a store. Needs the admin token, in TAKO_ADMIN_TOKEN.

    `tako providers` lists them.
    """


@provider.command(epilog=options.examples("tako provider enable coleka"))
@click.argument("provider", metavar="ID")
@options.operates
def enable(provider: str, *, server: Server, as_json: bool) -> None:
    """Switch a provider on."""
    _switch(server, "EnableProvider", EnableProviderRequest(provider=provider), as_json=as_json)


@provider.command(epilog=options.examples("tako provider disable coleka --reason 'asked by its owner'"))
@click.argument("provider", metavar="ID")
@click.option("--reason", default="", metavar="TEXT", help="Why, for the other operators.")
@options.operates
def disable(provider: str, *, reason: str, server: Server, as_json: bool) -> None:
    """Switch a provider off. It stays off until it is switched on, also over restarts."""
    _switch(server, "DisableProvider", DisableProviderRequest(provider=provider, reason=reason), as_json=as_json)


def _switch(server: Server, method: str, request: Any, *, as_json: bool) -> None:
    answer = server.ask(SERVICE.methods_by_name[method], request).message
    if as_json:
        print_json(answer)
        return
    one = cast("EnableProviderResponse | DisableProviderResponse", answer).provider
    screen().print(f"{one.id} is {'on' if one.enabled else 'off'}")
