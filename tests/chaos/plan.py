"""What will go wrong, drawn from a seed. Pure: the same seed and the same targets, the same faults."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeAlias


class Kind(StrEnum):
    KILL = "kill"
    PAUSE = "pause"
    STARVE = "starve"


@dataclass(frozen=True, slots=True)
class Fault:
    """``after`` the fault before it, seconds; a pause and a starvation last some, a kill is a moment."""

    kind: Kind
    target: str
    after: float
    lasts: float = 0.0


Wave: TypeAlias = tuple[Fault, ...]
"""Faults in quick succession, several at once; after each wave the system is left in peace for a while."""

KILLS_A_WAVE = 20
DATABASE, BROKER = "database", "broker"
_WEIGHTS = {DATABASE: 3, BROKER: 3}
"""Against one for each replica of a service."""
_GAP = (0.2, 2.0)
_BESIDE = ((Kind.PAUSE, 0.30), (Kind.STARVE, 0.15))
"""How often another fault stands beside a kill."""
_PAUSE = (0.5, 5.0)
_LONG_PAUSE = (11.0, 14.0)
"""Longer than Kafka waits for a silent member: it wakes up replaced."""
_LONG_ONE_IN = 5
_STARVED = (2.0, 6.0)


def waves(seed: int, targets: Sequence[str], kills: int) -> Iterator[Wave]:
    """Waves that kill so often altogether. ``targets`` in an order of their own."""
    random = Random(seed)
    for first in range(0, kills, KILLS_A_WAVE):
        yield _wave(random, targets, min(KILLS_A_WAVE, kills - first))


def _wave(random: Random, targets: Sequence[str], kills: int) -> Wave:
    weights = [_WEIGHTS.get(target, 1) for target in targets]
    faults: list[Fault] = []
    for _ in range(kills):
        for kind, chance in _BESIDE:
            if random.random() < chance:
                faults.append(Fault(kind, random.choices(targets, weights)[0], 0.0, _lasting(random, kind)))
        gap = round(random.uniform(*_GAP), 2)
        faults.append(Fault(Kind.KILL, random.choices(targets, weights)[0], gap))
    return tuple(faults)


def _lasting(random: Random, kind: Kind) -> float:
    if kind is Kind.STARVE:
        return round(random.uniform(*_STARVED), 2)
    long = random.randrange(_LONG_ONE_IN) == 0
    return round(random.uniform(*(_LONG_PAUSE if long else _PAUSE)), 2)
