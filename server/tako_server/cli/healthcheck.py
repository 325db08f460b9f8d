"""``tako healthcheck``: what a container's health check runs."""

from __future__ import annotations

import os
import socket
import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import click
from dotenv import dotenv_values
from grpc_health.v1 import health_pb2

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.options import asks, examples

if TYPE_CHECKING:
    from tako_server.cli.connection import Server

_CHECK = health_pb2.DESCRIPTOR.services_by_name["Health"].methods_by_name["Check"]
_PATIENCE = 3.0
"""Seconds. Health is answered at once or something is wrong."""
_CERTIFICATE = "TAKO_TLS_CERT"


@click.command(
    epilog=examples("tako healthcheck", "tako healthcheck --service tako.v1.BooksService --server 127.0.0.1:50051")
)
@click.option("--service", metavar="NAME", default="", help="One service; when not said, the server as a whole.")
@asks
def healthcheck(*, server: Server, as_json: bool, service: str) -> None:
    """Ask a server for its health (grpc.health.v1). The exit code is 0 when it serves.

    It waits 3 s, unless --timeout says another time. Health needs no API key. Where TAKO_TLS_CERT is set, as for the
    server itself, it speaks TLS and trusts exactly that certificate, by whatever name it asks.
    """
    if click.get_current_context().params.get("timeout") is None:
        server = replace(server, timeout=_PATIENCE)
    own = os.environ.get(_CERTIFICATE) or dotenv_values(".env", interpolate=False).get(_CERTIFICATE)
    if own and not server.tls and server.ca is None:
        server = replace(server, ca=own, name=_name_in(own, server))
    answer = server.ask(_CHECK, health_pb2.HealthCheckRequest(service=service)).message
    assert isinstance(answer, health_pb2.HealthCheckResponse)  # noqa: S101 - its type is the method's
    status = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
    click.echo(f'{{"status":"{status}"}}' if as_json else status)
    if answer.status != health_pb2.HealthCheckResponse.SERVING:
        raise Failure(f"the server at {server.address} is {status}", Exit.NO_ANSWER)


def _name_in(certificate: str, server: Server) -> str:
    """A name that the server's certificate is for: 127.0.0.1, where a probe asks, is hardly one. Raises Failure."""
    host, _, port = server.address.rpartition(":")
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # that certificate itself is trusted, whoever signed it
        context.load_verify_locations(certificate)
        address = (host.strip("[]"), int(port))
        with (
            socket.create_connection(address, timeout=server.timeout) as plain,
            context.wrap_socket(plain) as wrapped,
        ):
            told = wrapped.getpeercert() or {}
    except OSError as error:  # ssl.SSLError too
        reason = getattr(error, "verify_message", "") or error.strerror or type(error).__name__
        raise Failure(f"no TLS with {server.address} by {_CERTIFICATE}: {reason}", Exit.NO_SERVER) from None
    names = cast("tuple[tuple[str, str], ...]", told.get("subjectAltName", ()))
    for kind, name in names:
        if kind in ("DNS", "IP Address"):
            return name.replace("*", "any")
    raise Failure(f"{_CERTIFICATE} holds no name", Exit.USAGE)
