"""Values written into a statement."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shared.database.literals import literal


@given(st.binary())
def test_nothing_of_a_value_stands_in_the_statement_but_digits(value: bytes) -> None:
    written = literal(value)
    assert re.fullmatch(r"'\\x[0-9a-f]*'", written)
    assert bytes.fromhex(written[3:-1]) == value
