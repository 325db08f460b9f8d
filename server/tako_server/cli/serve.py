"""``tako serve``."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.greeting import greeting
from tako_server.cli.options import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from tako_server.app import Ready
    from tako_server.config import Settings


_ADDRESSES = ("TAKO_GRPC_ADDRESS", "TAKO_HTTP_ADDRESS", "PORT")


@click.command(
    epilog=examples(
        "tako serve",
        "tako serve --grpc-address 0.0.0.0:50051 --port 8080 --log-format json",
        "tako serve --no-rest --record captures",
    )
)
@click.option("--no-rest", is_flag=True, help="gRPC only: start no Envoy.")
@click.option("--grpc-address", metavar="HOST:PORT", help="Where gRPC listens.  [TAKO_GRPC_ADDRESS]")
@click.option("--port", "rest_port", type=click.IntRange(0, 65535), help="Port of REST.  [PORT]")
@click.option("--rest-host", metavar="HOST", help="Where REST listens.  [TAKO_REST_HOST]")
@click.option("--http-address", metavar="HOST:PORT", help="Where the web pages listen.  [TAKO_HTTP_ADDRESS]")
@click.option("--replay", metavar="DIR", help="Answer from the captures in DIR, ask no upstream.  [TAKO_REPLAY]")
@click.option("--record", metavar="DIR", help="Record what upstreams answer into DIR.  [TAKO_RECORD]")
@click.option("--cache-path", metavar="FILE", help="The SQLite file of the store.  [TAKO_CACHE_PATH]")
@click.option("--log-format", type=click.Choice(["text", "json"]), help="How log lines look.  [TAKO_LOG_FORMAT]")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), help="[TAKO_LOG_LEVEL]")
def serve(*, no_rest: bool, **options: str | int | None) -> None:
    """Run a server until Ctrl-C or SIGTERM.

    Settings come from the environment and from `.env`; an option overrides them.
    """
    with _without_rich():
        settings = load(overrides=options)
        import tako_server.app  # noqa: F401, PLC0415 - here, where rich is out of the way

    def greet(ready: Ready) -> None:
        # Who collects JSON from a pipe wants nothing else in it.
        if settings.log_format == "text" or sys.stdout.isatty():
            click.echo(greeting(ready, settings.replay))

    sys.exit(run(settings, rest=not no_rest, on_ready=greet))


@contextmanager
def _without_rich() -> Iterator[None]:
    """Nobody finds rich meanwhile. structlog would load it for tracebacks that no server shows: 3 MB of an idle one."""
    if "rich" in sys.modules:
        yield
        return
    sys.modules["rich"] = None  # type: ignore[assignment] # what says that there is none
    try:
        yield
    finally:
        del sys.modules["rich"]


def load(overrides: Mapping[str, Any], *, demo: bool = False) -> Settings:
    """The settings. A demo has placeholders for keys, and takes only addresses from here. Raises Failure."""
    # Only those who serve pay for loading the server.
    from tako_server.config import ConfigError, load_settings  # noqa: PLC0415
    from tako_server.core.registry import RegistryError, load_providers  # noqa: PLC0415

    try:
        secrets = [secret for provider in load_providers().values() for secret in provider.manifest.secrets]
        if demo:
            placeholders = {secret.variable: secret.placeholder for secret in secrets if secret.placeholder}
            addresses = {name: os.environ[name] for name in _ADDRESSES if name in os.environ}
            return load_settings(secrets, environment={**placeholders, **addresses}, dotenv=None, **overrides)
        return load_settings(secrets, **overrides)
    except ConfigError as error:
        raise Failure(str(error), Exit.USAGE) from None
    except RegistryError as error:
        raise Failure(str(error), Exit.OTHER) from None


def run(settings: Settings, *, rest: bool, on_ready: Callable[[Ready], None]) -> int:
    """Serve until told to stop. The exit code. Raises Failure when it can't start."""
    from tako_server import app  # noqa: PLC0415 - as above

    try:
        return app.run(settings, rest=rest, on_ready=on_ready)
    except app.StartError as error:
        raise Failure(str(error), Exit.USAGE) from None
