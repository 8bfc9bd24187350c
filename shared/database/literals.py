"""Values written into a statement, for the one protocol that takes several statements but no parameters.

As hexadecimal digits alone: whatever a caller sent, no character of it stands in the statement.
"""

SETTINGS = {"standard_conforming_strings": "on"}
"""So that the backslash before the digits is one."""


def literal(value: bytes) -> str:
    return f"'\\x{value.hex()}'"
