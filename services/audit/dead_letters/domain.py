"""A dead letter's life: dead, decided by an operator, and ended by what the consuming service did. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from shared.events import Event, audit, delivery


class State(StrEnum):
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


_STAGES: tuple[frozenset[State], ...] = (
    frozenset({State.DEAD}),
    frozenset({State.REPLAY_REQUESTED, State.SKIP_REQUESTED}),
    frozenset({State.REPLAYED}),
    frozenset({State.SETTLED, State.DIED_AGAIN, State.SKIPPED, State.GONE}),
)
"""A life goes down these and never up again, whatever is heard late or twice."""
LEADS_TO: Mapping[type[Event], State] = {
    audit.DeadLetterReplayRequested: State.REPLAY_REQUESTED,
    audit.DeadLetterSkipRequested: State.SKIP_REQUESTED,
    delivery.DeadLetterReplayed: State.REPLAYED,
    delivery.DeadLetterSettled: State.SETTLED,
    delivery.DeadLetterDiedAgain: State.DIED_AGAIN,
    delivery.DeadLetterSkipped: State.SKIPPED,
    delivery.DeadLetterGone: State.GONE,
}


def earlier_than(state: State) -> list[State]:
    """The states that give way to this one."""
    stage = next(place for place, states in enumerate(_STAGES) if state in states)
    return sorted(frozenset().union(*_STAGES[:stage]))


def moved(state: State, event: type[Event]) -> State:
    """The state once this has been heard."""
    reached = LEADS_TO[event]
    return reached if state in earlier_than(reached) else state


def available_actions(state: State, scopes: frozenset[str]) -> list[Action]:
    return list(Action) if state == State.DEAD and "dead-letters:write" in scopes else []
