"""The contracts: every event of every service, one module per owner. Importing the package registers them all."""

from shared.events import audit, delivery, gateway, households, identification, notifications
from shared.events.base import Envelope, Event, MalformedEvent, UnknownEvent, UnknownVersion, parse

__all__ = [
    "Envelope",
    "Event",
    "MalformedEvent",
    "UnknownEvent",
    "UnknownVersion",
    "audit",
    "delivery",
    "gateway",
    "households",
    "identification",
    "notifications",
    "parse",
]
