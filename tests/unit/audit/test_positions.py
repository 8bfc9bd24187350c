import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.positions import read_position, write_position


@given(st.integers(min_value=0, max_value=2**63 - 1))
def test_a_position_is_read_as_written(position: int) -> None:
    assert read_position(write_position(position)) == position


@given(st.text(max_size=100))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a position"):
        read_position(text)


def test_an_altered_position_is_refused() -> None:
    written = write_position(4711)
    for place in range(len(written)):
        altered = written[:place] + ("A" if written[place] != "A" else "B") + written[place + 1 :]
        with pytest.raises(ValueError, match="not a position"):
            read_position(altered)
