"""Exactly once, in one page: every command answered with success, joined to its effects in every projection."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.chaos.ledger.commands import judge_commands
from tests.chaos.ledger.events import judge_events
from tests.chaos.ledger.findings import Finding, Wrong
from tests.chaos.ledger.projections import judge_projections
from tests.chaos.ledger.rows import Ledger


def judge(ledger: Ledger) -> list[Finding]:
    return [*judge_commands(ledger), *judge_events(ledger), *judge_projections(ledger), *_waiting(ledger)]


def _waiting(ledger: Ledger) -> Iterator[Finding]:
    for each in ledger.unfinished:
        if each.count:
            yield Finding(
                Wrong.STUCK, "left in peace, everything comes to its end", f"{each.service}: {each.what}", each.count
            )


def counted(findings: Sequence[Finding]) -> Counter[Wrong]:
    totals: Counter[Wrong] = Counter()
    for finding in findings:
        totals[finding.wrong] += finding.count
    return totals
