"""An example of any event: the same values for the same fields, today and in ten years."""

from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import NAMESPACE_OID, UUID, uuid5

from shared.events import Envelope, Event

MOMENT = datetime(2016, 7, 1, 8, 30, tzinfo=UTC)
TEXTS = {
    "accessed_by": "identification",  # the subject of a token: an officer's id, a client's or a service's name
    "cause": "builtins.ValueError",  # the class of a failure, never its text
    "client_id": "civil-affairs",  # a system's name, chosen when it was registered
    "consumer": "notifications",
    "event_type": "jingzhun.identification.household_identified.v1",
    "previous_division": "500229001001",
    "role": "village_cadre",
    "topic": "jingzhun.identification.v1",
    "version": "2016.1",
}
"""The only fields of free text: division codes, and words that the system made. A new one needs a reason."""
_VALUES: dict[Any, Any] = {int: 3, bool: True, float: 86_400.0, date: MOMENT.date(), datetime: MOMENT}


def value_of(name: str, annotation: Any) -> Any:
    """Raises ``LookupError`` for a type that might carry personal data."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not NoneType)
        return value_of(name, inner)
    if annotation is UUID:
        return uuid5(NAMESPACE_OID, name)
    if annotation is str and name in TEXTS:
        return TEXTS[name]
    if annotation in _VALUES:
        return _VALUES[annotation]
    raise LookupError(f"no event may carry {name}: {annotation}")


def example_of(model: type[Event]) -> Event:
    return model(**{name: value_of(name, field.annotation) for name, field in model.model_fields.items()})


def envelope_of(event: Event) -> Envelope:
    return Envelope(
        id=UUID("01550000-0000-7000-8000-000000000001"),
        type=event.type(),
        source=f"/jingzhun/{event.service()}",
        subject=event.subject,
        partition_key=event.subject,
        time=MOMENT,
        division="500229001001",
        sequence=3,
        correlation_id="0af7651916cd43dd8448eb211c80319c",
        causation_id="01550000-0000-7000-8000-000000000000",
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        data=event.encoded(),
    )
