"""Fixtures of every test."""

from tests.fixtures.postgres import database_server

__all__ = ["database_server"]
