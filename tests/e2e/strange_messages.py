"""What a stranger might put on the bus."""

from collections.abc import Iterator
from uuid import uuid4

from shared.bus.port import Message
from shared.events.households import HouseholdRegistered
from tests.fixtures.happenings import happened, message_of


def strange_messages() -> Iterator[tuple[Message, bool]]:
    """(message, whether its readers give it up): a version of tomorrow, damage, and what is nobody's business."""

    def event() -> Message:
        return message_of(happened(HouseholdRegistered(household_id=uuid4(), in_scope=True, members=1)))

    tomorrow, damaged, weather = event(), event(), event()
    type_ = tomorrow.headers["ce_type"].removesuffix("v1") + "v999"
    yield tomorrow._replace(headers={**tomorrow.headers, "ce_type": type_}), True
    yield damaged._replace(value=b'{"household_id": 7}'), True
    yield Message(damaged.topic, "garbage", {}, b"\xff\x00\xfe"), True
    yield weather._replace(headers={**weather.headers, "ce_type": "com.example.weather.v1"}, value=b"rain"), False
