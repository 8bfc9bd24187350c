"""What waits for a reader: in order, bounded, and never handed to one who was cut off."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.interest import Interest
from services.audit.stream.seat import Seat
from shared.http.eventstreams import Closing

ANYTHING = Interest("500000000000", unplaced=True, exact=())
LIMIT = 100


def seat() -> Seat:
    return Seat(ANYTHING, LIMIT)


@given(st.lists(st.one_of(st.binary(min_size=1, max_size=40), st.none()), max_size=30))
def test_what_is_offered_is_taken_in_order_up_to_the_limit(steps: list[bytes | None]) -> None:
    """None stands for the reader's turn."""
    reader, offered, taken, waiting = seat(), b"", b"", 0
    for step in steps:
        if step is None:
            taken += reader.take()
            waiting = 0
        elif reader.closing is None:
            waiting += len(step)
            reader.offer(step)
            assert (reader.closing is Closing.SLOW_READER) == (waiting > LIMIT)
            offered += step
    if reader.closing is None:
        assert taken + reader.take() == offered
    else:
        assert reader.take() == b""
        assert offered.startswith(taken)


async def test_what_is_under_way_counts() -> None:
    reader = seat()
    async with reader.handing_over(b"x" * 60, 60):
        reader.offer(b"x" * 40)
        assert reader.closing is None
        reader.offer(b"x")
        assert reader.closing is Closing.SLOW_READER
        await asyncio.sleep(0)


async def test_a_reader_who_takes_nothing_is_slow() -> None:
    reader = seat()
    async with reader.handing_over(b"x", 0.01):
        await asyncio.Event().wait()
    assert reader.closing is Closing.SLOW_READER


@pytest.mark.parametrize("why", [Closing.SLOW_READER, Closing.STOPPING])
async def test_closing_ends_what_is_under_way(why: Closing) -> None:
    reader = seat()
    async with reader.handing_over(b"x", 60):
        reader.offer(b"rest")
        reader.close(why)
        await asyncio.Event().wait()
    assert reader.closing is why
    assert reader.take() == (b"" if why is Closing.SLOW_READER else b"rest")
    await reader.wait(60)


async def test_the_first_reason_stays() -> None:
    reader = seat()
    reader.close(Closing.STOPPING)
    reader.close(Closing.UNAVAILABLE)
    reader.offer(b"x")
    assert (reader.closing, reader.take()) == (Closing.STOPPING, b"")


async def test_waiting_ends_with_news_or_in_time() -> None:
    reader = seat()
    waiting = asyncio.create_task(reader.wait(60))
    await asyncio.sleep(0)
    reader.offer(b"x")
    await waiting
    assert reader.take() == b"x"
    await reader.wait(0.01)
