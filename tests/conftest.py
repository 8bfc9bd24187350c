"""Fixtures of every test."""

from hypothesis import settings

from tests.fixtures.kafka import kafka_bootstrap, private_broker
from tests.fixtures.postgres import database_server
from tests.fixtures.services import running_service, templates

__all__ = ["database_server", "kafka_bootstrap", "private_broker", "running_service", "templates"]

# A machine under load is no reason for a test to fail.
settings.register_profile("jingzhun", deadline=None)
settings.load_profile("jingzhun")
