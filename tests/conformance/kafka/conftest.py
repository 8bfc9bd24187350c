"""What is Kafka's alone: strangers, logins, brokers that die, members that stop."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def adapter_name() -> str:
    return "kafka"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.kafka)
