"""REST: an Envoy of our own in front of the gRPC server and the web app."""

from tako_server.rest.envoy_process import EnvoyProcess, EnvoyStartError

__all__ = ["EnvoyProcess", "EnvoyStartError"]
