"""Where answers are printed: a table on a terminal, wide plain lines in a pipe, or JSON."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click
from google.protobuf import json_format
from rich.console import Console
from rich.text import Text

from tako_server.cli.wording import plain

if TYPE_CHECKING:
    from google.protobuf.message import Message

_PIPE_WIDTH = 240  # nobody folds lines in a pipe


def screen() -> Console:
    """The terminal or pipe behind stdout. Text is printed as it is: nothing in it is markup."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH
    return Console(markup=False, highlight=False, emoji=False, width=width)


def styled(text: str, style: str = "") -> Text:
    """Text of upstream's, made safe for a terminal."""
    return Text(plain(text), style=style)


def print_json(message: Message) -> None:
    """The message as the REST answer has it, but only what is set."""
    click.echo(json_format.MessageToJson(message, ensure_ascii=False))
