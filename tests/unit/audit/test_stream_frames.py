"""Frames are read back as they were written, whatever a stranger has put on the bus."""

from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.domain import cloud_event
from services.audit.positions import position_of, read_position
from services.audit.stream.frames import HEARTBEAT, event_frame, opening
from shared.http.eventstreams import Closing, closed

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
NAMES = st.sampled_from(["ce_type", "ce_id", "ce_source", "ce_subject", "ce_extra", "content-type"])


def parsed(message: bytes) -> dict[str, str]:
    assert message.endswith(b"\n\n")
    lines = message.decode().removesuffix("\n\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)
    return fields


@given(st.integers(1, 2**62), st.uuids(), st.dictionaries(NAMES, TEXTS), st.binary(max_size=60))
def test_a_frame_is_one_message_of_one_event(
    number: int, event_id: UUID, headers: dict[str, str], value: bytes
) -> None:
    row = {"position": number, "event_id": event_id, "topic": "jingzhun.gateway.v1", "headers": headers, "value": value}
    fields = parsed(event_frame(row))
    assert fields.keys() == {"id", "event", "data"}
    assert read_position(fields["id"]) == position_of(number, event_id)
    event = orjson.loads(fields["data"])
    assert event == orjson.loads(orjson.dumps(cloud_event(event_id, row["topic"], headers, value)))
    assert fields["event"] in {event["type"], "unknown"}


@pytest.mark.parametrize("type_", ["closed\ndata: {}\n\n", "a\rb", "a\r\nevent: closed"])
def test_a_type_cannot_forge_a_message(type_: str) -> None:
    row = {"position": 1, "event_id": uuid4(), "topic": "t", "headers": {"ce_type": type_}, "value": b"{}"}
    assert parsed(event_frame(row))["event"] == "unknown"


def test_an_opening_tells_a_place_where_the_reader_knows_none() -> None:
    assert parsed(opening(None)) == {"retry": "2000"}
    place = position_of(7, uuid4())
    assert read_position(parsed(opening(place))["id"]) == place


@pytest.mark.parametrize("why", Closing)
def test_the_last_message_says_why_in_both_languages(why: Closing) -> None:
    fields = parsed(closed(why))
    told = orjson.loads(fields["data"])
    assert (fields["event"], told["code"]) == ("closed", why.value)
    assert told["zh"] != told["en"]
    assert "id" not in fields


def test_a_heartbeat_is_a_comment() -> None:
    assert HEARTBEAT.startswith(b":")
    assert HEARTBEAT.endswith(b"\n\n")
