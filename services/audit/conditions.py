"""Conditions of a statement, collected with their arguments."""

from typing import Any

from shared.areas import prefix

UNPLACED = frozenset({"operator", "auditor"})
"""The roles that see what belongs to no division: messages that could not be read, matters of the system."""


class Conditions:
    """Texts hold ``{}`` for their own arguments; ``arguments`` already hold those of the statement's frame."""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = list(arguments)
        self.texts: list[str] = []

    def add(self, text: str, *arguments: Any) -> None:
        numbers = range(len(self.arguments) + 1, len(self.arguments) + len(arguments) + 1)
        self.arguments += arguments
        self.texts.append(text.format(*(f"${number}" for number in numbers)))

    def within(self, area: str, *, unplaced: bool) -> None:
        """In the area, or with ``unplaced`` in no division at all."""
        digits = prefix(area)
        inside = "division >= {} AND division < {}"
        text = f"(({inside}) OR division IS NULL)" if unplaced else inside
        self.add(text, digits, digits + ":")  # the colon follows the digits

    @property
    def text(self) -> str:
        return " AND ".join(self.texts) or "true"
