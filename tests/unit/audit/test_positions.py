from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.positions import BEGINNING, Position, position_of, read_position, write_position

NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)


@given(NUMBERS, st.uuids())
def test_a_position_is_read_as_written(number: int, event_id: UUID) -> None:
    position = position_of(number, event_id)
    assert read_position(write_position(position)) == position


@given(NUMBERS, st.uuids(), st.uuids())
def test_it_bears_the_mark_of_its_event(number: int, event_id: UUID, other: UUID) -> None:
    assert (position_of(number, event_id) == position_of(number, other)) == (event_id == other)


@given(st.text(max_size=100))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a position"):
        read_position(text)


@pytest.mark.parametrize("position", [BEGINNING, position_of(4711, uuid4())])
def test_an_altered_position_is_refused(position: Position) -> None:
    written = write_position(position)
    for place in range(len(written)):
        altered = written[:place] + ("A" if written[place] != "A" else "B") + written[place + 1 :]
        with pytest.raises(ValueError, match="not a position"):
            read_position(altered)
    with pytest.raises(ValueError, match="not a position"):
        read_position(written + "=")
