"""Values written into a statement, for the one protocol that takes several statements but no parameters.

As PostgreSQL's own client quotes them: with ``standard_conforming_strings``, which our connections insist on, a quote
is the only character that means anything within quotes.
"""

SETTINGS = {"standard_conforming_strings": "on"}


def text_literal(value: str) -> str:
    """Raises ``ValueError`` for what no text of PostgreSQL can hold."""
    if "\0" in value:
        raise ValueError("a text holds no NUL")
    return "'" + value.replace("'", "''") + "'"


def bytes_literal(value: bytes) -> str:
    return f"'\\x{value.hex()}'"
