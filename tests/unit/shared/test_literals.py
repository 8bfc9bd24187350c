"""Values written into a statement."""

import pytest

from shared.database.literals import bytes_literal, text_literal


def test_a_quote_is_the_only_character_that_means_anything() -> None:
    assert text_literal("it's a \\ and a \"") == "'it''s a \\ and a \"'"


def test_a_text_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        text_literal("a\0b")


def test_bytes_are_hexadecimal() -> None:
    assert bytes_literal(b"\x00'") == "'\\x0027'"
