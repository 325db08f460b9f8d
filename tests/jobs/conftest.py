"""Fixtures of the jobs' tests: a real PostgreSQL."""

from tests.postgres import _fresh_server, database, postgres, postgres_to_kill

__all__ = ["_fresh_server", "database", "postgres", "postgres_to_kill"]
