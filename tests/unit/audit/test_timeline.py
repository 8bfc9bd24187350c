"""Whatever the order of arrival, a timeline tells a case's events in the case's own order."""

from datetime import timedelta
from random import Random
from uuid import uuid4

from services.audit.timelines import Archived, lists_of, merged
from shared.delivery.dispatch import Received
from shared.events import Event
from shared.events.identification import CasePassedGroupPublicity, GroupPublicityEnded, HouseholdSurveyed
from shared.events.notifications import TaskCreated
from shared.events.titles import TEXTS, text_of
from tests.fixtures.happenings import NOON, case_fields, happened

CASE, LIST = uuid4(), uuid4()
PASSED = happened(CasePassedGroupPublicity(**case_fields(CASE, "survey"), list_id=LIST), sequence=5)
SURVEYED = happened(
    HouseholdSurveyed(
        **case_fields(CASE, "village_appraisal"), assessment_id=uuid4(), assessment_version=1, verdict="eligible"
    ),
    sequence=6,
    at=NOON + timedelta(days=3),
)
ENDED = happened(GroupPublicityEnded(list_id=LIST, cases=1), sequence=2)
TASK = happened(
    TaskCreated(task_id=uuid4(), kind="survey_household", case_id=CASE),
    at=NOON + timedelta(days=4),
    cause=PASSED.envelope,
)


def archived(told: Received[Event], position: int) -> Archived:
    envelope = told.envelope
    return Archived(
        position=position,
        event_id=envelope.id,
        type=envelope.type,
        name=envelope.type.split(".")[2],
        subject=envelope.subject,
        division=envelope.division,
        sequence=envelope.sequence,
        time=envelope.time,
        causation_id=envelope.causation_id,
        correlation_id=envelope.correlation_id,
        value=envelope.data,
    )


def test_own_events_stand_in_their_sequence_and_others_behind_what_they_belong_to() -> None:
    random = Random(3)
    for _ in range(20):
        positions = random.sample(range(1, 100), 4)
        passed, surveyed, ended, task = (
            archived(told, position) for told, position in zip((PASSED, SURVEYED, ENDED, TASK), positions, strict=True)
        )
        timeline = merged([passed, surveyed], [task, ended])
        assert [event.name for event in timeline] == [
            "case_passed_group_publicity",
            "group_publicity_ended",
            "household_surveyed",
            "task_created",
        ]


def test_the_lists_of_a_case_are_read_off_its_events() -> None:
    assert lists_of([archived(PASSED, 1), archived(SURVEYED, 2)]) == [str(LIST)]


def test_data_that_cannot_be_read_is_no_data() -> None:
    unreadable = archived(PASSED, 1)
    for value in (b"\xff", b"[1]", b'{"deep": {"er": 1}}'):
        assert not Archived(**{name: getattr(unreadable, name) for name in FIELDS} | {"value": value}).data


FIELDS = Archived.__dataclass_fields__


def test_every_event_has_its_texts() -> None:
    assert TEXTS.keys() == Event.contracts().keys()
    assert all(text.zh and text.en and text.zh != text.en for text in TEXTS.values())


def test_an_event_of_a_later_build_is_called_by_its_name() -> None:
    assert text_of("jingzhun.households.house_painted.v1", "house_painted").en == "house_painted"
