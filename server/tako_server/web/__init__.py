"""The small web app behind Envoy: what is no RPC."""
