"""The pure parts of delivery and of the Postgres log."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.bus.port import DEAD_LETTER_ID, Delivery, Message
from shared.bus.postgres import PostgresBus
from shared.bus.postgres.log import shard_of
from shared.bus.postgres.sharing import share_of
from shared.clock import PolicyClock
from shared.database.database import Database
from shared.delivery.assembly import assemble
from shared.delivery.deadletters import clean
from shared.delivery.dispatch import Received, TypedDispatch, common_trace, identity_of
from shared.delivery.failure import RetryPolicy, judge
from shared.delivery.inbox import RetentionTooShort, check_retention
from shared.delivery.persistence import Backoff
from shared.events.base import Envelope, Event, UnknownVersion

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOPICS = {"a": 8, "b": 1, "c": 1, "d": 3}
ALL_SHARDS = [(topic, shard) for topic, shards in TOPICS.items() for shard in range(shards)]


@given(st.dictionaries(st.integers(1, 99), st.lists(st.sampled_from(sorted(TOPICS)), min_size=1), min_size=1))
def test_every_shard_that_someone_wants_has_one_owner(members: Mapping[int, Sequence[str]]) -> None:
    shares = {member: share_of(member, members, ALL_SHARDS) for member in members}
    wanted = {shard for shard in ALL_SHARDS if any(shard[0] in topics for topics in members.values())}
    assert set().union(*shares.values()) == wanted
    assert sum(map(len, shares.values())) == len(wanted)
    assert all(topic in members[member] for member, share in shares.items() for topic, _ in share)


@given(st.integers(1, 8))
def test_a_topic_is_shared_evenly(count: int) -> None:
    members = {member: ["a"] for member in range(count)}
    sizes = [len(share_of(member, members, [("a", shard) for shard in range(8)])) for member in members]
    assert max(sizes) - min(sizes) <= 1


@given(st.text(), st.integers(1, 64))
def test_a_key_has_one_shard(key: str, shards: int) -> None:
    assert shard_of(key, shards) == shard_of(key, shards)
    assert 0 <= shard_of(key, shards) < shards


def test_attempts_double_their_waits_and_end() -> None:
    policy = RetryPolicy(attempts=5, first=timedelta(seconds=1), longest=timedelta(seconds=5))
    for failures, longest in ((1, 1), (2, 2), (3, 4), (4, 5)):
        wait = policy.wait_after(failures)
        assert wait is not None
        assert timedelta(seconds=longest / 2) <= wait <= timedelta(seconds=longest)
    assert policy.wait_after(5) is None


def test_a_failure_keeps_its_first_moment_and_no_text() -> None:
    policy = RetryPolicy(attempts=2)
    first = judge(ValueError("a secret"), policy, NOW)
    assert (first.state, first.attempts, first.first_failed_at, first.cause) == (
        "waiting",
        1,
        NOW,
        "builtins.ValueError",
    )
    last = judge(KeyError("a secret"), policy, NOW + timedelta(1), earlier=1, first_failed_at=NOW)
    assert (last.state, last.attempts, last.first_failed_at, last.next_attempt_at) == ("dead", 2, NOW, None)


def test_the_malformed_dies_at_once() -> None:
    assert judge(UnknownVersion("v9"), RetryPolicy(attempts=8), NOW).state == "dead"


def test_an_inbox_that_forgets_too_early_is_refused_with_all_numbers() -> None:
    check_retention(37, bus_days=30, replay_days=7)
    with pytest.raises(RetentionTooShort, match=r"36 days.*30 days.*7 days.*37 days"):
        check_retention(36, bus_days=30, replay_days=7)


def test_backoff_grows_to_its_limit_and_starts_over() -> None:
    backoff = Backoff(first=1.0, longest=4.0)
    waits = [backoff.next_wait() for _ in range(50)]
    assert waits[0] <= 1.0
    assert all(2.0 <= wait <= 4.0 for wait in waits[2:])
    backoff.reset()
    assert backoff.next_wait() <= 1.0


def delivery(headers: Mapping[str, str], position: int = 1) -> Delivery:
    return Delivery(Message("jingzhun.unknown.v1", "key", headers, b"{}"), 0, position, NOW)


def test_a_delivery_is_known_again_by_its_id_or_its_place() -> None:
    event_id, letter_id = uuid4(), uuid4()
    assert identity_of(delivery({"ce_id": str(event_id)})) == event_id
    assert identity_of(delivery({"ce_id": str(event_id), DEAD_LETTER_ID: str(letter_id)})) == letter_id
    for headers in ({}, {"ce_id": "garbage"}):
        assert identity_of(delivery(headers, 1)) == identity_of(delivery(headers, 1))
        assert identity_of(delivery(headers, 1)) != identity_of(delivery(headers, 2))


def test_a_service_without_handlers_takes_nothing_but_the_unreadable() -> None:
    dispatch = TypedDispatch({})
    assert dispatch.open(delivery(envelope("one").headers())) is None
    parcel = dispatch.open(delivery({}))
    assert parcel is not None
    assert parcel.defect is not None


def envelope(correlation: str) -> Envelope:
    return Envelope(
        id=UUID(int=7),
        type="jingzhun.unknown.event.v1",
        source="/jingzhun/unknown",
        subject="subject",
        partition_key="key",
        time=NOW,
        division="500229000000",
        sequence=1,
        correlation_id=correlation,
        causation_id=None,
        traceparent="00-trace",
        data=b"{}",
    )


def test_a_run_is_traced_to_what_its_events_share() -> None:
    one, same, other = (Received[Event](Event(), envelope(name)) for name in ("one", "one", "other"))
    single = common_trace([one])
    assert single is not None
    assert (single.correlation_id, single.causation_id, single.traceparent) == ("one", str(UUID(int=7)), "00-trace")
    shared = common_trace([one, same])
    assert shared is not None
    assert (shared.correlation_id, shared.causation_id) == ("one", None)
    assert common_trace([one, other]) is None


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_can_be_stored(text: str) -> None:
    assert "\0" not in clean(text + "\0" + "\ud800")
    clean(text + "\ud800").encode()


def test_a_consuming_service_needs_one_kind_of_handler() -> None:
    with pytest.raises(ValueError, match="either"):
        assemble(Database("service", "", PolicyClock()), PostgresBus(""), ["topic"])
