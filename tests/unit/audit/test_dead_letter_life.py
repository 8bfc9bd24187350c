"""A letter's life ends where it ends, whatever is heard late, twice, or in another order."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.dead_letters.domain import LEADS_TO, Action, LetterState, available_actions, earlier_than, moved
from shared.events import Event, audit, delivery

LIVES: dict[LetterState, list[type[Event]]] = {
    LetterState.SETTLED: [audit.DeadLetterReplayRequested, delivery.DeadLetterReplayed, delivery.DeadLetterSettled],
    LetterState.DIED_AGAIN: [
        audit.DeadLetterReplayRequested,
        delivery.DeadLetterReplayed,
        delivery.DeadLetterDiedAgain,
    ],
    LetterState.SKIPPED: [audit.DeadLetterSkipRequested, delivery.DeadLetterSkipped],
    LetterState.GONE: [audit.DeadLetterSkipRequested, delivery.DeadLetterGone],
}


def end_of(events: Sequence[type[Event]]) -> LetterState:
    state = LetterState.DEAD
    for event in events:
        state = moved(state, event)
    return state


@pytest.mark.parametrize("end", LIVES)
def test_a_life_passes_through_every_state_on_its_way(end: LetterState) -> None:
    states = [end_of(LIVES[end][: heard + 1]) for heard in range(len(LIVES[end]))]
    assert states == [LEADS_TO[event] for event in LIVES[end]]
    assert states[-1] == end


@given(st.data())
def test_late_and_repeated_news_change_no_end(data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(sorted(LIVES)))
    heard = data.draw(st.permutations(LIVES[end] * 2))
    assert end_of(heard) == end


@given(st.lists(st.sampled_from(sorted(LEADS_TO, key=lambda model: model.type()))))
def test_no_news_brings_a_letter_back(events: list[type[Event]]) -> None:
    state = LetterState.DEAD
    for event in events:
        following = moved(state, event)
        assert following == state or state in earlier_than(following)
        assert following != LetterState.DEAD
        state = following


def test_every_event_of_a_letter_leads_somewhere() -> None:
    told = {model for model in Event.contracts().values() if issubclass(model, delivery.DeadLetterEvent)}
    assert set(LEADS_TO) == told - {delivery.EventDeadLettered}
    assert set(LEADS_TO.values()) == set(LetterState) - {LetterState.DEAD}


@pytest.mark.parametrize("state", LetterState)
def test_only_the_dead_are_decided_and_only_by_operators(state: LetterState) -> None:
    may = frozenset({"dead-letters:read", "dead-letters:write"})
    assert available_actions(state, may) == ([Action.REPLAY, Action.SKIP] if state == LetterState.DEAD else [])
    assert available_actions(state, frozenset({"dead-letters:read"})) == []
