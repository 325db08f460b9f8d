"""``tako envoy-config``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.options import examples
from tako_server.cli.serve import load


@click.command(
    "envoy-config",
    epilog=examples(
        "tako envoy-config > envoy.yaml",
        "tako envoy-config --grpc tako:50051 --web tako:8081 --descriptor /etc/envoy/tako.binpb --admin none",
        "TAKO_CORS_ORIGINS=https://example.org tako envoy-config",
    ),
)
@click.option("--listen", metavar="HOST:PORT", default="0.0.0.0:3000", show_default=True, help="Where REST is served.")
@click.option("--grpc", metavar="HOST:PORT", default="tako:50051", show_default=True, help="gRPC of the server.")
@click.option("--web", metavar="HOST:PORT", default="tako:8081", show_default=True, help="Web pages of the server.")
@click.option(
    "--descriptor",
    metavar="PATH",
    default="/etc/envoy/tako.binpb",
    show_default=True,
    help="Where Envoy finds the descriptor set (envoy/tako.binpb).",
)
@click.option(
    "--admin",
    metavar="PATH|none",
    help="A socket for Envoy's own interface, or none.  [default: 127.0.0.1:9901, of its own container]",
)
def envoy_config(*, listen: str, grpc: str, web: str, descriptor: str, admin: str | None) -> None:
    """Print the configuration of an Envoy of your own, such as one in a container.

    It is envoy/envoy.yaml with these addresses. TAKO_CORS_ORIGINS, TAKO_TLS_CERT and TAKO_TLS_KEY mean what they mean
    to `tako serve`: the certificate and its key are read by Envoy too, at the same paths. `tako gateway` runs the same.
    """
    from tako_server.rest.envoy_config import Endpoint, Front, Places, local_config  # noqa: PLC0415 - YAML is slow

    settings = load(overrides={})
    interface: Path | Literal["as written", "none"] = "as written"
    if admin is not None:
        interface = "none" if admin == "none" else Path(admin)
    try:
        places = Places(
            listen=Endpoint.parse(listen),
            grpc=Endpoint.parse(grpc),
            web=Endpoint.parse(web),
            admin=interface,
            descriptor=Path(descriptor),
        )
    except ValueError as error:
        raise Failure(str(error), Exit.USAGE) from None
    click.echo(local_config(places, Front.of(settings)), nl=False)
