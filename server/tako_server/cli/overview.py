"""A command with parts, one of which is meant when none is named."""

from __future__ import annotations

from typing import Any

import click


class Overview(click.Group):
    """A group that runs its part ``shows`` when no part is named: `tako jobs` is `tako jobs list`."""

    def __init__(self, *args: Any, shows: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._shows = shows

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the part that was left out."""
        first = args[0] if args else "-"
        if first.startswith("-") and first not in ctx.help_option_names and not ctx.resilient_parsing:
            args = [self._shows, *args]
        return super().parse_args(ctx, args)
