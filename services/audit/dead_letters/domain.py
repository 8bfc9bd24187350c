"""A dead letter's life: dead, decided by an operator, and ended by what the consuming service did. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from shared.events import Event, audit, delivery


class LetterState(StrEnum):
    DEAD = "dead"
    REPLAY_REQUESTED = "replay_requested"
    SKIP_REQUESTED = "skip_requested"
    REPLAYED = "replayed"
    SETTLED = "settled"
    DIED_AGAIN = "died_again"
    SKIPPED = "skipped"
    GONE = "gone"


class Action(StrEnum):
    REPLAY = "replay"
    SKIP = "skip"


_STAGES: tuple[frozenset[LetterState], ...] = (
    frozenset({LetterState.DEAD}),
    frozenset({LetterState.REPLAY_REQUESTED, LetterState.SKIP_REQUESTED}),
    frozenset({LetterState.REPLAYED}),
    frozenset({LetterState.SETTLED, LetterState.DIED_AGAIN, LetterState.SKIPPED, LetterState.GONE}),
)
"""A life goes down these and never up again, whatever is heard late or twice."""
LEADS_TO: Mapping[type[Event], LetterState] = {
    audit.DeadLetterReplayRequested: LetterState.REPLAY_REQUESTED,
    audit.DeadLetterSkipRequested: LetterState.SKIP_REQUESTED,
    delivery.DeadLetterReplayed: LetterState.REPLAYED,
    delivery.DeadLetterSettled: LetterState.SETTLED,
    delivery.DeadLetterDiedAgain: LetterState.DIED_AGAIN,
    delivery.DeadLetterSkipped: LetterState.SKIPPED,
    delivery.DeadLetterGone: LetterState.GONE,
}


def earlier_than(state: LetterState) -> list[LetterState]:
    """The states that give way to this one."""
    stage = next(place for place, states in enumerate(_STAGES) if state in states)
    return sorted(frozenset().union(*_STAGES[:stage]))


def moved(state: LetterState, event: type[Event]) -> LetterState:
    """The state once this has been heard."""
    reached = LEADS_TO[event]
    return reached if state in earlier_than(reached) else state


def available_actions(state: LetterState, scopes: frozenset[str]) -> list[Action]:
    return list(Action) if state == LetterState.DEAD and "dead-letters:write" in scopes else []
