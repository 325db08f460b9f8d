"""The services, one module each. Generated from proto/tako/v1."""
