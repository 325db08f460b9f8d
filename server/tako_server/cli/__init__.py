"""The command line: ``tako serve`` runs a server, ``tako doctor`` asks an upstream, the others ask a running server.

Exit codes, the same for every command (``doctor`` ends with 1 when an operation failed):

====  ===================================================================================
0     answered, also when there is nothing to show
1     something that nobody foresaw
2     wrong usage, or a setting that is wrong
3     no such item or provider
4     refused: a field breaks its rule, the provider lacks what was asked, the key is wrong
5     no answer now or here: upstream fails, its budget is spent, its key is missing
6     no Tako server at the address
130   stopped with Ctrl-C
====  ===================================================================================
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from tako_server.cli.failure import Exit, Failure

__all__ = ["main"]

_COMMANDS = {
    "serve": "serve",
    "demo": "demo",
    "search": "search",
    "detail": "detail",
    "trending": "trending",
    "related": "related",
    "terms": "terms",
    "lookup": "lookup",
    "providers": "providers",
    "provider": "provider",
    "cache": "cache",
    "jobs": "jobs",
    "doctor": "doctor",
    "gateway": "gateway",
    "envoy-config": "envoy_config",
    "healthcheck": "healthcheck",
    "completion": "completion",
    "version": "version",
}
"""Command -> module of this package that holds it, under the module's name. Loaded when needed: each starts fast."""


class _Commands(click.Group):
    r"""The commands in the order of the table, and what Ctrl-C means."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), module)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            asked = error.ctx.command_path if error.ctx is not None else ctx.command_path
            raise Failure(f"{error.format_message()} See `{asked} --help`.", Exit.USAGE) from None
        except KeyboardInterrupt:
            click.echo(err=True)
            ctx.exit(Exit.INTERRUPTED)


_EPILOG = """\b
Try it without keys and without a network:
  tako demo
Or in two terminals:
  tako serve
  tako search books "harry potter"

Exit codes: 0 answered (also with no results), 2 wrong usage or setting, 3 not found, 4 refused, 5 no answer from
upstream, 6 no Tako server at the address, 130 Ctrl-C, 1 anything else.
"""


@click.group(
    name="tako",
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=_EPILOG,
)
def main() -> None:
    """Tako: one API over the sources of books, films, games, cards and other collectables.

    `tako serve` runs a server. The other commands ask a running one; `doctor` asks an upstream itself.
    """
    # Before a command loads gRPC: its C core writes lines of its own to stderr, beside the one that says what is wrong.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter shows `?`
