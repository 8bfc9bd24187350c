"""Quotas a minute: exact over every minute's beginning, even afterwards, and bounded in memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.rates import SECOND, WINDOW_SECONDS, Buckets, Cost, Rates, cost_of


@pytest.mark.parametrize(
    ("method", "path", "cost"),
    [
        ("GET", "/v1/households", Cost.READS),
        ("HEAD", "/v1/evidence/abc", Cost.READS),
        ("OPTIONS", "/v1/households", Cost.READS),
        ("POST", "/v1/households/searches", Cost.SEARCHES),
        ("POST", "/v1/households", Cost.COMMANDS),
        ("PUT", "/v1/policies/500229000000/2016", Cost.COMMANDS),
        ("DELETE", "/v1/webhooks/1", Cost.COMMANDS),
        ("POST", "/v1/policies/500229000000/2016/evaluations", Cost.BULK),
        ("POST", "/v1/household-imports", Cost.BULK),
        ("POST", "/v1/household-exports", Cost.BULK),
        ("POST", "/v1/comparison-datasets", Cost.BULK),
        ("POST", "/v1/comparisons", Cost.BULK),
        ("POST", "/v1/simulations", Cost.BULK),
        ("POST", "/v1/evidence", Cost.BULK),
    ],
)
def test_what_a_request_costs(method: str, path: str, cost: Cost) -> None:
    assert cost_of(method, path) is cost


def test_a_full_bucket_lasts_for_its_quota_and_then_fills_evenly() -> None:
    buckets = Buckets(Cost.COMMANDS, 60)
    taken = [buckets.take("a", 100 * SECOND) for _ in range(61)]
    assert [each.wait_seconds for each in taken] == [0] * 60 + [1]
    assert taken[0].headers == (
        (b"ratelimit-policy", b'"commands";q=60;w=60'),
        (b"ratelimit", b'"commands";r=59;t=1'),
    )
    assert taken[-1].headers[1] == (b"ratelimit", b'"commands";r=0;t=1')
    assert buckets.take("b", 100 * SECOND).wait_seconds == 0
    assert [buckets.take("a", 101 * SECOND).wait_seconds for _ in range(2)] == [0, 1]
    assert [buckets.take("a", (100 + 3 * WINDOW_SECONDS) * SECOND).wait_seconds for _ in range(61)] == [0] * 60 + [1]


def test_what_is_refused_costs_nothing() -> None:
    buckets = Buckets(Cost.BULK, 1)
    assert [buckets.take("a", moment * SECOND).wait_seconds for moment in (0, 1, 59, 60)] == [0, 59, 1, 0]


@given(st.integers(1, 50), st.lists(st.integers(0, 20 * SECOND), max_size=300))
def test_no_more_than_a_bucket_and_what_flows_into_it(quota: int, pauses: list[int]) -> None:
    buckets, now, passed = Buckets(Cost.READS, quota), 0, 0
    for pause in pauses:
        now += pause
        passed += buckets.take("a", now).wait_seconds == 0
        assert passed <= quota + now / (WINDOW_SECONDS * SECOND // quota)


@given(st.integers(1, 50), st.lists(st.integers(0, 5 * SECOND), max_size=200))
def test_who_waits_as_long_as_told_may_pass(quota: int, pauses: list[int]) -> None:
    buckets, now = Buckets(Cost.READS, quota), 0
    for pause in pauses:
        now += pause
        wait = buckets.take("a", now).wait_seconds
        if wait:
            now += wait * SECOND
            assert buckets.take("a", now).wait_seconds == 0


def test_the_callers_not_seen_for_longest_are_forgotten() -> None:
    buckets = Buckets(Cost.ANONYMOUS, 1, callers=3)
    for caller in ("a", "b", "a", "c", "d", "e"):
        buckets.take(caller, 0)
    assert len(buckets) == 3
    assert buckets.take("e", 0).wait_seconds
    assert not buckets.take("b", 0).wait_seconds


def test_no_quota_is_no_limit_and_no_header() -> None:
    rates = Rates({Cost.READS: 0})
    assert {rates.take(cost, "a", 0) for cost in Cost for _ in range(100)} == {(0, ())}
