"""What a service knows of another's matters is what the other knows itself, and follows from its events once."""

from collections.abc import Iterator

from tests.chaos.ledger.findings import Finding, Wrong, exactly_once
from tests.chaos.ledger.rows import Ledger


def judge_projections(ledger: Ledger) -> Iterator[Finding]:
    yield from exactly_once(
        ledger.registrations, ledger.statuses, "households show the status that identification registered"
    )
    yield from exactly_once(
        ledger.households, ledger.known_households, "identification knows the households as they are"
    )
    yield from _tasks(ledger)


def _tasks(ledger: Ledger) -> Iterator[Finding]:
    """One for each cause, kind and office that the rules name; and nobody set out twice to make it."""
    yield from exactly_once(
        [(each.cause_id, each.kind, each.office) for each in ledger.tasks_due],
        [(each.cause_id, each.kind, each.office) for each in ledger.tasks],
        "the tasks are those that the rules make of the events",
    )
    for task in ledger.tasks:
        if task.attempts > 1:
            who = f"{task.kind} {task.office} {task.cause_id}"
            yield Finding(Wrong.DOUBLED, "an event's tasks are made once", who, task.attempts - 1)
