"""Whatever arrives can be archived, and is shown again as a CloudEvent."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.domain import Reading, cloud_event, read_headers, wanted
from services.audit.schemas import CloudEvent
from shared.events.identification import CaseRejected
from tests.fixtures.happenings import VILLAGE, case_fields, happened

NOTHING = Reading(None, None, None, None, None, None, None, None)


def rejected() -> CaseRejected:
    return CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible")


def test_our_own_event_is_read_whole() -> None:
    told = happened(rejected(), sequence=7)
    read = read_headers(told.envelope.headers())
    assert read == Reading(
        type="jingzhun.identification.case_rejected.v1",
        name="case_rejected",
        subject=told.envelope.subject,
        division=VILLAGE,
        sequence=7,
        time=told.envelope.time,
        correlation_id=told.envelope.correlation_id,
        causation_id=None,
    )


def test_our_own_event_is_shown_as_it_was_sent() -> None:
    told = happened(rejected(), cause=happened(rejected()).envelope)
    shown = cloud_event(uuid4(), "any", told.envelope.headers(), told.envelope.data)
    assert shown == told.envelope.structured()
    assert CloudEvent.model_validate(shown).model_dump(exclude_unset=True) == shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_division", "50022900100"),
        ("ce_division", "somewhere"),
        ("ce_sequence", "many"),
        ("ce_sequence", str(2**63)),
        ("ce_sequence", "9" * 5000),
        ("ce_time", "yesterday"),
        ("ce_time", "2026-03-02T12:00:00"),
        ("ce_time", "0001-01-01T00:00:00+08:00"),
        ("ce_type", ""),
        ("ce_subject", "s" * 3000),
    ],
)
def test_what_makes_no_sense_is_left_out(name: str, value: str) -> None:
    assert read_headers({name: value}) == NOTHING


def test_a_strangers_type_is_its_own_name() -> None:
    assert read_headers({"ce_type": "org.example.thing"}).name == "org.example.thing"


def test_garbage_gets_what_cloudevents_requires() -> None:
    own_id = UUID(int=5)
    shown = cloud_event(own_id, "topic", {"X-Odd Header": "1", "ce_UPPER": "2", "ce_sequence": "x"}, b"\xff\x00")
    assert shown == {
        "specversion": "1.0",
        "id": str(own_id),
        "type": "unknown",
        "source": "/unknown/topic",
        "sequence": None,
        "datacontenttype": "application/json",
        "data_base64": "/wA=",
    }
    CloudEvent.model_validate(shown)


@given(st.dictionaries(st.sampled_from(["ce_time", "ce_sequence", "ce_division", "ce_type", "ce_id"]), st.text()))
def test_reading_never_fails(headers: dict[str, str]) -> None:
    read = read_headers(headers)
    assert read.time is None or read.time.tzinfo is UTC
    CloudEvent.model_validate(cloud_event(uuid4(), "topic", headers, b"{"))


@pytest.mark.parametrize(
    ("asked", "name", "type_"),
    [
        ("case_rejected", "case_rejected", None),
        ("CaseRejected", "case_rejected", None),
        (CaseRejected.type(), "case_rejected", CaseRejected.type()),
        ("org.example.thing", "org.example.thing", "org.example.thing"),
    ],
)
def test_types_can_be_asked_for_in_full_or_in_short(asked: str, name: str, type_: str | None) -> None:
    assert wanted(asked) == (name, type_)


def test_moments_are_kept_in_utc() -> None:
    read = read_headers({"ce_time": "2026-03-02T12:00:00+08:00"})
    assert read.time == datetime(2026, 3, 2, 4, tzinfo=UTC)
