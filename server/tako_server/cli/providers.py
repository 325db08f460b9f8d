"""``tako providers``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click
from rich import box
from rich.table import Table

from tako.v1.provider_service_pb2 import GetProviderRequest, ListProvidersRequest, ProviderHealth
from tako_server.cli import options
from tako_server.cli.card import print_provider
from tako_server.cli.directory import SERVICE
from tako_server.cli.questions import SERVICES
from tako_server.cli.screen import print_json, screen, styled
from tako_server.cli.wording import enum, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from tako.v1.provider_service_pb2 import GetProviderResponse, ListProvidersResponse, Provider
    from tako_server.cli.connection import Server

_FEW = 2
"""Domains on request that are named in the table."""


@click.command(
    epilog=options.examples(
        "tako providers",
        "tako providers --domain music",
        "tako providers tmdb",
    )
)
@click.argument("provider", required=False, metavar="[ID]")
@click.option("--domain", type=click.Choice(list(SERVICES)), metavar="DOMAIN", help="Only those of this domain.")
@options.asks
def providers(provider: str | None, *, domain: str | None, server: Server, as_json: bool) -> None:
    """List the providers, or say all of one: what it can do, what it needs, how it is."""
    if provider and domain:
        raise click.UsageError("--domain is for the list; leave it out with an ID.")
    if provider:
        one = server.ask(SERVICE.methods_by_name["GetProvider"], GetProviderRequest(provider=provider)).message
        if as_json:
            print_json(one)
        else:
            print_provider(screen(), cast("GetProviderResponse", one).provider)
        return
    answer = server.ask(SERVICE.methods_by_name["ListProviders"], ListProvidersRequest(domain=domain or "")).message
    if as_json:
        print_json(answer)
    else:
        _print_list(cast("ListProvidersResponse", answer).providers)


def _print_list(found: Sequence[Provider]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in ("ID", "Name", "Domains", "Access", "State"):
        table.add_column(heading, overflow="fold")
    for one in found:
        domains = ", ".join([*one.domains, *_on_request(one.on_request_domains)])
        table.add_row(styled(one.id, "cyan"), styled(one.title), styled(domains), enum(one, "access"), _state(one))
    out = screen()
    out.print(table)
    out.print()
    ready = sum(_can_answer(one) for one in found)
    out.print(styled(f"{ready} of {len(found)} can answer here. Domains in parentheses: only when named.", "dim"))


def _can_answer(one: Provider) -> bool:
    return one.configured and one.enabled and one.health.state != ProviderHealth.SUSPENDED


def _state(one: Provider) -> Text:
    if not one.enabled:
        return styled("switched off", "yellow")
    if not one.configured:
        missing = [s.variable for s in one.settings if s.required and not s.configured]
        return styled(f"needs {', '.join(missing)}" if missing else "not configured", "yellow")
    if one.health.state == ProviderHealth.SUSPENDED:
        until = f" until {moment(one.health.suspended_until)}" if one.health.HasField("suspended_until") else ""
        return styled(f"suspended{until}", "red")
    return styled("ready", "green")


def _on_request(domains: Sequence[str]) -> list[str]:
    """The domains in which it answers only when it is named; many of them by their number."""
    return [f"({len(domains)} others)"] if len(domains) > _FEW else [f"({domain})" for domain in domains]
