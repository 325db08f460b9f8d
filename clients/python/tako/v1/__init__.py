"""The contract, generated from proto/tako/v1."""
