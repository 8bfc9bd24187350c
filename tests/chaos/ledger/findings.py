"""What an auditor may find. Nothing of it may be found."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Wrong(StrEnum):
    LOST = "lost"
    DOUBLED = "doubled"
    STUCK = "stuck"
    DISORDERED = "disordered"


@dataclass(frozen=True, slots=True)
class Finding:
    """``rule``: what should have held; ``who``: of what it does not hold."""

    wrong: Wrong
    rule: str
    who: str
    count: int = 1


def exactly_once(wanted: Iterable[T], found: Iterable[T], rule: str) -> Iterator[Finding]:
    """Whatever is wanted is found as often as it is wanted, and nothing else is found."""
    wants, finds = Counter(wanted), Counter(found)
    for each, count in (wants - finds).items():
        yield Finding(Wrong.LOST, rule, str(each), count)
    for each, count in (finds - wants).items():
        yield Finding(Wrong.DOUBLED, rule, str(each), count)
