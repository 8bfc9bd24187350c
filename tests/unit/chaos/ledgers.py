"""Made-up ledgers: one in which everything is right, to be spoilt by a test."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from tests.chaos.ledger.rows import (
    Archived,
    Command,
    KeptAnswer,
    Ledger,
    Received,
    Standing,
    Task,
    Told,
    Version,
)

HOUSEHOLD, CASE = UUID(int=1), UUID(int=2)
KEY = str(UUID(int=3))
SUBMITTED, ACCEPTED, REJECTED = UUID(int=11), UUID(int=12), UUID(int=13)
TOPIC = "jingzhun.identification.v1"
_EVENTS = {SUBMITTED: "application_submitted", ACCEPTED: "application_accepted", REJECTED: "case_rejected"}
APPLICATION = Command(KEY, "POST", "/v1/applications", 201, str(CASE))


def _told(number: int, event_id: UUID, name: str) -> Told:
    return Told("identification", event_id, TOPIC, name, str(CASE), number, APPLICATION.trace)


GOOD = Ledger(
    commands=(APPLICATION,),
    kept=(KeptAnswer("identification", KEY, 201),),
    made={"cases": frozenset({str(CASE)})},
    told=tuple(_told(number, *event) for number, event in enumerate(_EVENTS.items(), 1)),
    archived=tuple(Archived(event_id, TOPIC, str(CASE), number) for number, event_id in enumerate(_EVENTS, 1)),
    received=(
        *(Received("audit", event_id, 1, 1) for event_id in _EVENTS),
        Received("notifications", REJECTED, times=3, admitted=1),
    ),
    versions=(Version("identification", TOPIC, str(CASE), 3),),
    consumed={
        "audit": frozenset((TOPIC, name) for name in _EVENTS.values()),
        "notifications": frozenset({(TOPIC, "case_rejected")}),
    },
    tasks_due=(Task(REJECTED, "case_moved", "household"),),
    tasks=(Task(REJECTED, "case_moved", "household"),),
    registrations=(Standing(HOUSEHOLD, ("poor", 1)),),
    statuses=(Standing(HOUSEHOLD, ("poor", 1)),),
    households=(Standing(HOUSEHOLD, ("500229001001001", True, 1)),),
    known_households=(Standing(HOUSEHOLD, ("500229001001001", True, 1)),),
)


def spoilt(**changes: Any) -> Ledger:
    return replace(GOOD, **changes)
