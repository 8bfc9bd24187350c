"""Guessing is slow, and a right client is not locked out by the guesses of others."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.throttling.domain import LIMITS, Count, Tallies, Tally, fresh, succeeded, tried, wait_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECOND, NONE = timedelta(seconds=1), timedelta(0)


def _fresh(now: datetime = NOW) -> Tallies:
    return {count: fresh(now) for count in Count}


def _failed(times: int, tallies: Tallies, now: datetime = NOW) -> Tallies:
    for _ in range(times):
        tallies = tried(tallies, now)
    return tallies


def test_the_first_failures_cost_nothing_and_then_each_twice_as_much() -> None:
    free = LIMITS[Count.PAIR].free
    tallies = _failed(free, _fresh())
    assert wait_of(tallies, NOW) == NONE
    waits = []
    for _ in range(5):
        tallies = tried(tallies, NOW)
        waits.append(wait_of(tallies, NOW))
    assert waits == [SECOND * 2**n for n in range(5)]


@given(st.integers(0, 10_000))
def test_nobody_waits_for_ever(failures: int) -> None:
    for limit in LIMITS.values():
        assert NONE <= limit.wait(failures) <= limit.longest
        assert limit.wait(failures) <= limit.wait(failures + 1)


def test_a_success_begins_anew() -> None:
    tallies = succeeded(_failed(LIMITS[Count.PAIR].free + 3, _fresh()), NOW)
    assert wait_of(tallies, NOW) == NONE
    assert tallies[Count.PAIR].failures == 0


def test_guesses_from_elsewhere_make_a_known_client_wait_for_nothing() -> None:
    mine = succeeded(tried(_fresh(), NOW), NOW)
    guessed = mine | {Count.SUBJECT: _failed(10_000, mine)[Count.SUBJECT]}
    assert wait_of(guessed, NOW) == NONE
    unknown = guessed | {Count.PAIR: fresh(NOW)}
    assert NONE < wait_of(unknown, NOW) <= timedelta(seconds=30)


def test_an_address_that_tries_many_waits_whomever_it_tries() -> None:
    address = _failed(LIMITS[Count.ADDRESS].free + 1, _fresh())[Count.ADDRESS]
    assert wait_of(dict(_fresh()) | {Count.ADDRESS: address}, NOW) == SECOND


def test_who_succeeds_for_one_does_not_begin_anew_for_others() -> None:
    """Else a guesser with an account of their own would never wait."""
    tallies = _failed(LIMITS[Count.ADDRESS].free + 5, _fresh())
    after = succeeded(tried(tallies, NOW), NOW)
    assert after[Count.ADDRESS].failures == tallies[Count.ADDRESS].failures
    assert after[Count.ADDRESS].waits_until > NOW


def test_failures_are_forgotten_after_an_hour() -> None:
    tallies = _failed(LIMITS[Count.PAIR].free + 3, _fresh())
    later = NOW + timedelta(hours=2)
    assert tried(tallies, later)[Count.PAIR] == Tally(1, later, later)
