"""What the auditor finds in made-up ledgers: nothing in a good one; in a spoilt one just what was spoilt."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.chaos.ledger.findings import Wrong
from tests.chaos.ledger.judgement import counted, judge
from tests.chaos.ledger.promises import Unpromised, promise_of
from tests.chaos.ledger.rows import KeptAnswer, Ledger, Received, Standing, Task, Unfinished
from tests.unit.chaos.ledgers import ACCEPTED, APPLICATION, GOOD, HOUSEHOLD, KEY, REJECTED, spoilt

LOST, DOUBLED, STUCK, DISORDERED = Wrong


def _without_accepted(ledger: Ledger) -> Ledger:
    return replace(ledger, archived=[each for each in ledger.archived if each.event_id != ACCEPTED])


def test_a_good_ledger_has_no_findings_and_counts_its_duplicates() -> None:
    assert judge(GOOD) == []
    assert (GOOD.redelivered, GOOD.duplicates_dropped) == (2, 2)


@pytest.mark.parametrize(
    ("ledger", "wrong", "rule"),
    [
        (spoilt(kept=()), LOST, "kept with its status"),
        (spoilt(kept=(KeptAnswer("identification", KEY, None),)), LOST, "kept with its status"),
        (spoilt(made={"cases": frozenset()}), LOST, "stands in cases"),
        (spoilt(told=(), archived=(), received=(), versions=()), LOST, "event is told"),
        (_without_accepted(GOOD), LOST, "archive equals"),
        (spoilt(versions=[replace(GOOD.versions[0], version=4)]), LOST, "last event's number"),
        (spoilt(received=GOOD.received[:-1]), LOST, "handled once by notifications"),
        (spoilt(tasks=()), LOST, "that the rules make"),
        (spoilt(statuses=()), LOST, "status that identification registered"),
        (spoilt(known_households=()), LOST, "knows the households"),
    ],
)
def test_what_is_lost(ledger: Ledger, wrong: Wrong, rule: str) -> None:
    assert any(each.wrong is wrong and rule in each.rule for each in judge(ledger))
    assert counted(judge(ledger))[wrong] >= 1


@pytest.mark.parametrize(
    ("ledger", "rule"),
    [
        (spoilt(contradicted=[KEY]), "same answer"),
        (spoilt(kept=[*GOOD.kept, KeptAnswer("households", KEY, 201)]), "kept with its status"),
        (spoilt(archived=[*GOOD.archived, GOOD.archived[-1]]), "archive equals"),
        (spoilt(received=[*GOOD.received[:-1], Received("notifications", REJECTED, 3, 2)]), "handled once"),
        (spoilt(tasks=[Task(REJECTED, "case_moved", "household", attempts=2)]), "made once"),
        (spoilt(tasks=[*GOOD.tasks, Task(uuid4(), "case_moved", "household")]), "that the rules make"),
        (spoilt(versions=[replace(GOOD.versions[0], version=2)]), "last event's number"),
    ],
)
def test_what_is_doubled(ledger: Ledger, rule: str) -> None:
    (finding,) = judge(ledger)
    assert (finding.wrong, finding.count) == (DOUBLED, 1)
    assert rule in finding.rule


def test_an_event_told_twice_under_one_command() -> None:
    first = GOOD.told[0]
    twice = spoilt(told=[*GOOD.told, replace(first, event_id=uuid4(), subject=str(uuid4()))])
    assert {(each.wrong, each.rule) for each in judge(twice)} >= {(DOUBLED, "a command's event is told once")}


def test_a_gap_and_a_repeat_in_an_aggregates_numbers() -> None:
    gap = spoilt(told=[GOOD.told[0], GOOD.told[2]])
    repeat = spoilt(told=[*GOOD.told[:2], replace(GOOD.told[2], sequence=2)])
    rule = "an aggregate's events are numbered from 1 without gap or repeat"
    assert {each.wrong for each in judge(gap) if each.rule == rule} == {LOST}
    assert {each.wrong for each in judge(repeat) if each.rule == rule} == {DOUBLED}


def test_events_archived_out_of_order() -> None:
    (finding,) = judge(spoilt(archived=GOOD.archived[::-1]))
    assert finding.wrong is DISORDERED


def test_what_is_stuck_counts_as_often_as_it_waits() -> None:
    waiting = [Unfinished("audit", "events parked or dead", 3), Unfinished("audit", "jobs failed", 0)]
    assert counted(judge(spoilt(unfinished=waiting))) == {STUCK: 3}


def test_a_projection_that_differs_is_both_lost_and_doubled() -> None:
    findings = judge(spoilt(statuses=[Standing(HOUSEHOLD, ("none", 0))]))
    assert counted(findings) == {LOST: 1, DOUBLED: 1}


def test_a_command_that_the_ledger_does_not_know_is_never_passed_over() -> None:
    assert promise_of("POST", APPLICATION.path).makes == "cases"
    with pytest.raises(Unpromised):
        promise_of("POST", "/v1/unheard-of")
