"""A case's timeline: its own events in their sequence, and beside each what its lists and tasks tell. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from shared.events.titles import Text, text_of

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Archived:
    """An event as the archive holds it."""

    position: int
    event_id: UUID
    type: str
    name: str
    subject: str
    division: str
    sequence: int
    time: datetime
    causation_id: str | None
    correlation_id: str | None
    value: bytes

    @property
    def data(self) -> dict[str, Scalar]:
        """Its data's plain values; nothing where the data cannot be read."""
        try:
            data: Any = orjson.loads(self.value)
        except orjson.JSONDecodeError:
            return {}
        if not isinstance(data, dict):
            return {}
        return {name: value for name, value in data.items() if isinstance(value, Scalar)}

    @property
    def text(self) -> Text:
        return text_of(self.type, self.name)


def lists_of(own: Iterable[Archived]) -> list[str]:
    """The ids of the lists that the case was on."""
    return sorted({str(list_id) for event in own if (list_id := event.data.get("list_id"))})


def merged(own: Sequence[Archived], related: Iterable[Archived]) -> list[Archived]:
    """The case's events by sequence; another follows the case's event that caused it, else the last before its time."""
    places = {str(event.event_id): event.sequence for event in own}

    def place(event: Archived) -> int:
        if event.causation_id in places:
            caused = places[event.causation_id]
            return max(caused, _last_before(own, event.time))
        return _last_before(own, event.time)

    entries = [(event.sequence, 0, event) for event in own] + [(place(event), 1, event) for event in related]
    entries.sort(key=lambda entry: (entry[0], entry[1], entry[2].time, entry[2].position))
    return [event for _, _, event in entries]


def _last_before(own: Sequence[Archived], moment: datetime) -> int:
    return max((event.sequence for event in own if event.time <= moment), default=0)
