"""What an event is: a frozen, versioned fact in the past tense, and the CloudEvents envelope around it."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict

MEDIA_TYPE = "application/json"
_TYPE = re.compile(r"jingzhun\.(?P<service>[a-z]+)\.(?P<name>[a-z_]+)\.v(?P<version>\d+)")


@lru_cache(maxsize=64)
def _written(moment: datetime) -> str:
    """Thousands of events of one transaction share their moment."""
    return moment.isoformat()


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Event(BaseModel):
    """Base of every event's data. A subclass stands in the module named after the service that owns it.

    ``AGGREGATE`` names the field that identifies what the event is about; its value is the CloudEvents
    ``subject`` and ``partitionkey``. ``ABSTRACT`` marks a base of several events. Events carry opaque ids, division
    codes, steps, outcomes and counts only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    AGGREGATE: ClassVar[str]
    ABSTRACT: ClassVar[bool] = True
    VERSION: ClassVar[int] = 1
    TYPE: ClassVar[str] = ""
    registry: ClassVar[dict[str, type["Event"]]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        cls.TYPE = f"jingzhun.{cls.service()}.{_snake_case(cls.__name__)}.v{cls.VERSION}"
        if not cls.__dict__.get("ABSTRACT", False):
            cls.registry[cls.type()] = cls

    @classmethod
    def contracts(cls) -> "dict[str, type[Event]]":
        """The published ones, by type: those of this package, without what a test adds for itself."""
        package = __name__.rpartition(".")[0]
        return {type_: model for type_, model in cls.registry.items() if model.__module__.startswith(f"{package}.")}

    @classmethod
    def service(cls) -> str:
        return cls.__module__.rsplit(".", 1)[-1]

    @classmethod
    def type(cls) -> str:
        """For example ``jingzhun.identification.application_submitted.v1``."""
        return cls.TYPE

    @property
    def subject(self) -> str:
        return str(getattr(self, self.AGGREGATE))

    def encoded(self) -> bytes:
        return self.__pydantic_serializer__.to_json(self)


class Envelope(NamedTuple):
    """CloudEvents 1.0 attributes with our extensions, and the data's bytes exactly as first written."""

    id: UUID
    type: str
    source: str
    subject: str
    partition_key: str
    time: datetime
    division: str
    sequence: int
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    data: bytes
    acting_client: str | None = None
    """The API client whose request the event comes from: a system's name, never a person's."""

    def headers(self) -> dict[str, str]:
        """The attributes as Kafka binary binding headers (``ce_`` prefix, ``content-type``)."""
        attributes = {
            "content-type": MEDIA_TYPE,
            "ce_specversion": "1.0",
            "ce_id": str(self.id),
            "ce_type": self.type,
            "ce_source": self.source,
            "ce_subject": self.subject,
            "ce_time": _written(self.time),
            "ce_partitionkey": self.partition_key,
            "ce_division": self.division,
            "ce_sequence": str(self.sequence),
            "ce_correlationid": self.correlation_id,
        }
        if self.causation_id is not None:
            attributes["ce_causationid"] = self.causation_id
        if self.traceparent is not None:
            attributes["ce_traceparent"] = self.traceparent
        if self.acting_client is not None:
            attributes["ce_actingclient"] = self.acting_client
        return attributes

    @classmethod
    def read(cls, headers: Mapping[str, str], data: bytes) -> Self:
        """The envelope of a received message. Raises ``MalformedEvent`` where an attribute is missing or wrong."""
        try:
            if headers["ce_specversion"] != "1.0":
                raise MalformedEvent("specversion is not 1.0")
            return cls(
                id=UUID(headers["ce_id"]),
                type=headers["ce_type"],
                source=headers["ce_source"],
                subject=headers["ce_subject"],
                partition_key=headers["ce_partitionkey"],
                time=datetime.fromisoformat(headers["ce_time"]),
                division=headers["ce_division"],
                sequence=int(headers["ce_sequence"]),
                correlation_id=headers["ce_correlationid"],
                causation_id=headers.get("ce_causationid"),
                traceparent=headers.get("ce_traceparent"),
                acting_client=headers.get("ce_actingclient"),
                data=data,
            )
        except KeyError as missing:
            raise MalformedEvent(f"attribute {missing} is missing") from None
        except ValueError:
            raise MalformedEvent("an attribute has a wrong form") from None

    def structured(self) -> dict[str, Any]:
        """CloudEvents structured JSON."""
        attributes = {key.removeprefix("ce_"): value for key, value in self.headers().items()}
        attributes.pop("content-type")
        return attributes | {
            "sequence": self.sequence,
            "datacontenttype": MEDIA_TYPE,
            "data": orjson.loads(self.data),
        }


class MalformedEvent(ValueError):
    """The message is not a CloudEvent in our form. The text never quotes what was received."""


class UnknownEvent(ValueError):
    """A type that this build does not know: archived by audit, skipped by everyone else."""


class UnknownVersion(MalformedEvent):
    """A known type in a version that this build cannot read: dead-lettered."""


def parse(envelope: Envelope) -> Event:
    """The event inside. Raises ``UnknownEvent``, ``UnknownVersion`` or ``MalformedEvent``."""
    model = Event.registry.get(envelope.type)
    if model is None:
        raise _unknown(envelope.type)
    try:
        return model.model_validate_json(envelope.data)
    except ValueError:
        raise MalformedEvent("the data does not fit the event's model") from None


def _unknown(type_: str) -> ValueError:
    found = _TYPE.fullmatch(type_)
    if found is None:
        return UnknownEvent("the type is not ours")
    stem = type_.rsplit(".v", 1)[0]
    known = any(candidate.rsplit(".v", 1)[0] == stem for candidate in Event.registry)
    return UnknownVersion("the version is not known") if known else UnknownEvent("the type is not known")
