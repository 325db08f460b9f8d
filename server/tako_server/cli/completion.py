"""``tako completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from tako_server.cli import options

_VARIABLE = "_TAKO_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog=options.examples(
        'eval "$(tako completion bash)"       # in ~/.bashrc',
        'eval "$(tako completion zsh)"        # in ~/.zshrc',
        "tako completion fish > ~/.config/fish/completions/tako.fish",
    )
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options and their values.

    SHELL is bash, zsh or fish.
    """
    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 - click has these three
    click.echo(script(ctx.find_root().command, {}, "tako", _VARIABLE).source())
