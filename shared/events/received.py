"""An event as a consumer gets it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.events.base import Envelope, Event

EventT_co = TypeVar("EventT_co", bound=Event, covariant=True)


@dataclass(frozen=True)
class Received(Generic[EventT_co]):
    """An event and its envelope. A handler of several passes ``cause=received.envelope`` to ``emit``."""

    event: EventT_co
    envelope: Envelope
