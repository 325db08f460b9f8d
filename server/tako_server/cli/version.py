"""``tako version``."""

from __future__ import annotations

import platform
from importlib.metadata import version as version_of

import click


@click.command()
def version() -> None:
    """Print the versions that a bug report needs."""
    click.echo(f"tako {version_of('tako-server')}")
    libraries = ", ".join(f"{name} {version_of(name)}" for name in ("grpcio", "protobuf"))
    click.echo(f"Python {platform.python_version()}, {libraries}, {platform.system()} {platform.machine()}")
