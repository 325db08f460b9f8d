"""What goes wrong, in one line and an exit code."""

from __future__ import annotations

from enum import IntEnum
from typing import IO, Any

import click


class Exit(IntEnum):
    """Exit codes. The table in the package's docstring says what each means."""

    OTHER = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    NO_ANSWER = 5
    NO_SERVER = 6
    INTERRUPTED = 130


class Failure(click.ClickException):
    """Ends the command with one line on stderr."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(" ".join(message.split()))
        vars(self)["exit_code"] = int(code)  # declared as a class variable, and meant to differ

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line."""
        click.echo(f"Error: {self.format_message()}", file=file, err=file is None)
