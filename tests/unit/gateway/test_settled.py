"""When a system has nothing left to do."""

from services.gateway.clock import is_settled

IDLE = {"outbox": 0, "lag": 0, "parked": 0, "timers": 0, "jobs": 0, "activity": 3}


def test_drained_twice_with_nothing_between() -> None:
    assert is_settled({"a": IDLE, "b": IDLE}, {"a": IDLE, "b": IDLE})
    assert not is_settled({"a": IDLE}, {"a": IDLE | {"activity": 4}})
    for kind in ("outbox", "lag", "parked", "timers", "jobs"):
        assert not is_settled({"a": IDLE | {kind: 1}}, {"a": IDLE})
        assert not is_settled({"a": IDLE}, {"a": IDLE | {kind: 1}})
