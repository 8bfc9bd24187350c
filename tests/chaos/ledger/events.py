"""An event that was told is archived once, numbered without gap, and handled once by everyone whom it concerns."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.chaos.ledger.findings import Finding, Wrong, exactly_once
from tests.chaos.ledger.rows import Archived, Ledger, Told


def judge_events(ledger: Ledger) -> Iterator[Finding]:
    yield from exactly_once(
        [each.event_id for each in ledger.told],
        [each.event_id for each in ledger.archived],
        "the archive equals what the outboxes told",
    )
    yield from _numbered(ledger.told)
    yield from _versions(ledger)
    yield from _in_order(ledger.archived)
    yield from _handled(ledger)


def _numbered(told: Sequence[Told]) -> Iterator[Finding]:
    """Each aggregate counts its events from 1, without gap and without repeat."""
    for (topic, subject), numbers in _sequences(told).items():
        yield from exactly_once(
            [(topic, subject, number) for number in range(1, max(numbers) + 1)],
            [(topic, subject, number) for number in numbers],
            "an aggregate's events are numbered from 1 without gap or repeat",
        )


def _versions(ledger: Ledger) -> Iterator[Finding]:
    """The state counts as many events as were told of it."""
    newest = {place: max(numbers) for place, numbers in _sequences(ledger.told).items()}
    for each in ledger.versions:
        told = newest.get((each.topic, each.subject), 0)
        rule, who = "the state's version is its last event's number", f"{each.service} {each.subject}"
        if told < each.version:
            yield Finding(Wrong.LOST, rule, who, each.version - told)
        if told > each.version:
            yield Finding(Wrong.DOUBLED, rule, who, told - each.version)


def _in_order(archived: Sequence[Archived]) -> Iterator[Finding]:
    for (topic, subject), numbers in _sequences(archived).items():
        if numbers != sorted(numbers):
            yield Finding(
                Wrong.DISORDERED, "an aggregate's events reach the archive in their order", f"{topic} {subject}"
            )


def _sequences(events: Sequence[Told] | Sequence[Archived]) -> dict[tuple[str, str], list[int]]:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for event in events:
        found[event.topic, event.subject].append(event.sequence)
    return found


def _handled(ledger: Ledger) -> Iterator[Finding]:
    """By every service that acts upon it, in the transaction that let it in: once."""
    for service, concerns in ledger.consumed.items():
        admitted = [
            event_id
            for each in ledger.received
            if each.service == service
            for event_id in [each.event_id] * each.admitted
        ]
        wanted = [event.event_id for event in ledger.told if (event.topic, event.name) in concerns]
        yield from exactly_once(wanted, admitted, f"an event is handled once by {service}")
