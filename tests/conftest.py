"""Fixtures of every test."""

from tests.fixtures.postgres import database_server
from tests.fixtures.services import running_service, templates

__all__ = ["database_server", "running_service", "templates"]
