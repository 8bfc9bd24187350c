"""A command answered with success was done, once: its answer is kept, its row is made, its events are told."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.chaos.ledger.findings import Finding, Wrong, exactly_once
from tests.chaos.ledger.promises import promise_of
from tests.chaos.ledger.rows import Command, Ledger


def judge_commands(ledger: Ledger) -> Iterator[Finding]:
    yield from _kept(ledger)
    yield from _answered_alike(ledger)
    yield from _made(ledger)
    yield from _told(ledger)


def _kept(ledger: Ledger) -> Iterator[Finding]:
    """One row of one service, with the status that was answered."""
    answered = {each.key for each in ledger.commands}
    yield from exactly_once(
        [(each.key, each.status) for each in ledger.commands],
        [(each.key, each.status) for each in ledger.kept if each.key in answered],
        "an answered command is kept with its status",
    )


def _answered_alike(ledger: Ledger) -> Iterator[Finding]:
    for key in ledger.contradicted:
        yield Finding(Wrong.DOUBLED, "the same command gets the same answer", key)


def _made(ledger: Ledger) -> Iterator[Finding]:
    for command in ledger.commands:
        table = promise_of(command.method, command.path).makes
        if table and command.made not in ledger.made[table]:
            yield Finding(Wrong.LOST, f"what a command made stands in {table}", _name(command))


def _told(ledger: Ledger) -> Iterator[Finding]:
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event in ledger.told:
        names[event.trace][event.name] += 1
    for command in ledger.commands:
        promise = promise_of(command.method, command.path)
        if not promise.tells:
            continue
        times = sum(names[command.trace][name] for name in promise.tells)
        if not times:
            yield Finding(Wrong.LOST, "a command's event is told under its trace", _name(command))
        if times > 1 and not promise.many:
            yield Finding(Wrong.DOUBLED, "a command's event is told once", _name(command), times - 1)


def _name(command: Command) -> str:
    return f"{command.method} {command.path} {command.key}"
