"""Fixtures of the tests of deployment."""

from tests.postgres import database, postgres

__all__ = ["database", "postgres"]
