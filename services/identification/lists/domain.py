"""What may be done with a list. Pure."""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from services.identification.workflow import SCOPES, Action

PUBLICITY, POSTED = "publicity", "posted"


class ListAction(StrEnum):
    """Of a publicity alone: until its end anyone objects, after it its end is confirmed."""

    OBJECT = Action.OBJECT.value
    CONFIRM_ENDING = "confirm_ending"


_SCOPES = {ListAction.OBJECT: SCOPES[Action.OBJECT], ListAction.CONFIRM_ENDING: SCOPES[Action.POST]}


def available_actions(
    kind: str, state: str, ends_at: datetime | None, scopes: Set[str], now: datetime
) -> list[ListAction]:
    """What the clock has decided counts, whether or not the list's state tells it yet."""
    if kind != PUBLICITY or ends_at is None:
        return []
    possible = ListAction.OBJECT if now < ends_at else ListAction.CONFIRM_ENDING
    done = possible is ListAction.CONFIRM_ENDING and state != POSTED
    return [possible] if _SCOPES[possible] in scopes and not done else []
