"""``tako gateway``."""

from __future__ import annotations

import sys

import click

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.options import examples
from tako_server.cli.serve import load


@click.command(
    epilog=examples(
        "tako gateway --grpc tako:50051 --web tako:8081",
        "tako gateway --listen 0.0.0.0:3000 --grpc tako:50051 --web tako:8081 --concurrency 4",
    )
)
@click.option(
    "--listen", metavar="HOST:PORT", help="Where REST is served.  [TAKO_REST_HOST, PORT; default: 127.0.0.1:3000]"
)
@click.option("--grpc", metavar="HOST:PORT", help="gRPC of the servers.  [TAKO_GRPC_ADDRESS]")
@click.option("--web", metavar="HOST:PORT", help="Web pages of the servers.  [TAKO_HTTP_ADDRESS]")
@click.option(
    "--concurrency", type=click.IntRange(1, 64), default=1, show_default=True, metavar="N", help="Threads of Envoy."
)
def gateway(*, listen: str | None, grpc: str | None, web: str | None, concurrency: int) -> None:
    """Run only the gateway, Envoy, before servers that run elsewhere with `tako serve --no-rest`.

    A name that stands for several servers spreads calls over all of them; one that goes is left out within seconds.
    CORS and TLS are served as TAKO_CORS_ORIGINS, TAKO_TLS_CERT and TAKO_TLS_KEY say; the servers have the same
    certificate. Calls are traced as TAKO_OTLP_ENDPOINT and TAKO_TRACE_SAMPLE say.
    """
    from tako_server import log  # noqa: PLC0415 - only who runs a gateway pays for them
    from tako_server.rest.envoy_config import Front  # noqa: PLC0415
    from tako_server.rest.envoy_process import EnvoyStartError  # noqa: PLC0415
    from tako_server.rest.gateway import run  # noqa: PLC0415
    from tako_server.secret_values import secret_values  # noqa: PLC0415

    settings = load(overrides={})
    log.configure(settings.log_level, settings.log_format, secret_values(settings))
    try:
        code = run(
            listen=listen or f"{settings.rest_host}:{settings.rest_port}",
            grpc=grpc or settings.grpc_address,
            web=web or settings.http_address,
            front=Front.of(settings),
            concurrency=concurrency,
            grace=settings.shutdown_grace,
        )
    except EnvoyStartError as error:
        raise Failure(str(error), Exit.USAGE) from None
    sys.exit(code)
