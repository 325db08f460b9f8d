"""Arguments and options that several commands share."""

from __future__ import annotations

import functools
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click
from dotenv import dotenv_values

from tako.v1.answers_pb2 import Term
from tako.v1.calendar_pb2 import Period
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_server.cli.connection import Server
from tako_server.cli.failure import Exit, Failure
from tako_server.cli.questions import SERVICES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

F = TypeVar("F", bound="Callable[..., Any]")

_ADMIN_TOKEN = "TAKO_ADMIN_TOKEN"  # noqa: S105 - the name of a variable
DEFAULT_ADDRESS = "127.0.0.1:50051"
_PATIENCE = 65.0
"""Seconds. A little longer than a server works on one answer, so that it is the server who says what was late."""


class EnumWord(click.ParamType[str]):
    """A value of an enum of the contract: any case, ``-`` or ``_``."""

    def __init__(self, name: str, values: Iterable[tuple[str, int]]) -> None:
        self.name = name
        self.words = [word.lower() for word, number in values if number]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as the contract spells it."""
        word = str(value).lower().replace("-", "_")
        if word not in self.words:
            self.fail(f"{value!r} is not one of {', '.join(self.words)}.", param, ctx)
        return word.upper()


ALL = "all"
"""Stands for every domain."""
domain_argument = click.argument("domain", type=click.Choice(list(SERVICES)), metavar="DOMAIN")
domain_or_all_argument = click.argument("domain", type=click.Choice([*SERVICES, ALL]), metavar="DOMAIN")
relation_argument = click.argument("relation", type=EnumWord("relation", Relation.Type.items()))
terms_argument = click.argument("terms", type=EnumWord("terms", Term.Type.items()))
kind_option = click.option(
    "--kind", type=EnumWord("kind", Item.Kind.items()), help="Kind wanted, such as movie or tcg's card_set."
)
kinds_option = click.option(
    "--kind", "kinds", type=EnumWord("kind", Item.Kind.items()), multiple=True, help="Kind wanted. Repeatable."
)
feed_option = click.option(
    "--feed", type=EnumWord("feed", Feed.Type.items()), help="The list wanted, such as popular or upcoming."
)
period_option = click.option(
    "--period", type=EnumWord("period", Period.Type.items()), help="The span that the feed looks back on, such as week."
)
providers_option = click.option(
    "--provider", "providers", multiple=True, metavar="ID", help="Ask only this provider. Repeatable."
)
language_option = click.option("--language", metavar="CODE", help="Language wanted for texts, such as fr or pt-BR.")
region_option = click.option("--region", metavar="CODE", help="Shop, market or country wanted, such as FR.")
slow_option = click.option(
    "--slow", is_flag=True, help="Ask providers that need a browser too. They take many seconds."
)
group_option = click.option(
    "--group", is_flag=True, help="Say which items are certainly the same thing at several providers."
)
filters_option = click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A filter of the domain. Repeatable; a wrong name lists those that there are.",
)


def _configured_address() -> str:
    """Where a server that is started in this directory listens."""
    return dotenv_values(".env").get("TAKO_GRPC_ADDRESS") or DEFAULT_ADDRESS


def reachable(address: str) -> str:
    """An address to listen on, as one to ask: ``0.0.0.0:50051`` is everywhere, ``127.0.0.1:50051`` is here."""
    host, _, port = address.rpartition(":")
    return f"127.0.0.1:{port}" if host in {"", "0.0.0.0"} else f"[::1]:{port}" if host == "[::]" else address  # noqa: S104


_PAGING = (
    click.option(
        "--page-size", type=click.IntRange(min=0), metavar="N", help="Items a page: 20 when not said, 100 at most."
    ),
    click.option("--page-token", metavar="TOKEN", help="Token of the page wanted, from the answer before."),
    click.option("--pages", type=click.IntRange(1, 100), default=1, metavar="N", help="Give up to N pages."),
)
_ASKING = (
    click.option("--json", "as_json", is_flag=True, help="Print the answer's exact JSON; of several pages one by one."),
    click.option(
        "--server",
        metavar="HOST:PORT",
        envvar="TAKO_GRPC_ADDRESS",
        default=_configured_address,
        show_default=DEFAULT_ADDRESS,
        show_envvar=True,
        help="gRPC address of the server.",
    ),
    click.option(
        "--api-key",
        metavar="KEY",
        envvar="TAKO_API_KEY",
        default="",
        show_envvar=True,
        help="API key, where the server asks for one.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Longest wait. When not said, as long as the server tries: a minute.",
    ),
    click.option("--tls", is_flag=True, help="The server speaks TLS."),
    click.option("--ca", metavar="FILE", type=click.Path(), help="Certificate (PEM) to trust; implies --tls."),
)


def examples(*commands: str) -> str:
    """The last part of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def paged(function: F) -> F:
    """The options of a command whose answer has pages."""
    return _with(_PAGING, function)


def asks(function: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that asks a server. The function gets ``server`` and ``as_json``."""

    @functools.wraps(function)
    def command(
        *args: Any, server: str, api_key: str, timeout: float | None, tls: bool, ca: str | None, **options: Any
    ) -> None:
        function(*args, server=Server(reachable(server), timeout or _PATIENCE, api_key, tls, ca), **options)

    return _with(_ASKING, command)


def operates(function: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that asks as an operator. The function gets ``server`` and ``as_json``.

    The token is no option: a command line is seen by all who share the machine.
    """

    @functools.wraps(function)
    def command(*args: Any, server: Server, **options: Any) -> None:
        token = os.environ.get(_ADMIN_TOKEN) or dotenv_values(".env", interpolate=False).get(_ADMIN_TOKEN)
        if not token:
            raise Failure(f"{_ADMIN_TOKEN} must hold the admin token of the server.", Exit.USAGE)
        function(*args, server=replace(server, admin_token=token.strip()), **options)

    return asks(command)


def _with(options: Sequence[Callable[[F], F]], function: F) -> F:
    for option in reversed(options):
        function = option(function)
    return function
