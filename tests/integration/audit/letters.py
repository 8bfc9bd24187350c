"""Dead letters as the consuming services tell of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.delivery.dispatch import Received
from shared.events import Event
from shared.events.delivery import EventDeadLettered
from shared.ids import new_id
from tests.fixtures.happenings import NOON, VILLAGE, happened

HOUSEHOLDS, IDENTIFICATION = "jingzhun.households.v1", "jingzhun.identification.v1"
MOVED = "jingzhun.households.household_moved.v9"


def death(division: str = VILLAGE, letter_id: UUID | None = None, **changes: Any) -> Received[Event]:
    told: dict[str, Any] = {
        "letter_id": letter_id or new_id(),
        "consumer": "identification",
        "topic": HOUSEHOLDS,
        "event_id": new_id(),
        "event_type": MOVED,
        "event_subject": new_id(),
        "cause": "builtins.ValueError",
        "attempts": 8,
        "behind": 2,
        "first_failed_at": NOON,
        "died_at": NOON + timedelta(minutes=9),
        "predecessor": None,
    }
    return happened(EventDeadLettered(**told | changes), division=division)
