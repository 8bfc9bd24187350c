"""How the archive's answers look."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from services.audit.timelines import Scalar
from shared.http.schemas import Answer


class CloudEvent(Answer):
    """CloudEvents 1.0 in structured JSON; ``data`` as its producer wrote it, ``data_base64`` where it is not JSON."""

    model_config = ConfigDict(extra="allow", frozen=True)

    specversion: str
    id: str
    type: Annotated[str, Field(examples=["jingzhun.identification.case_rejected.v1"])]
    source: Annotated[str, Field(examples=["/jingzhun/identification"])]
    subject: str | None = None
    time: str | None = None
    partitionkey: str | None = None
    division: str | None = None
    sequence: Annotated[int | None, Field(description="The count of the subject's own events")] = None
    correlationid: str | None = None
    causationid: str | None = None
    traceparent: str | None = None
    actingclient: Annotated[str | None, Field(description="The API client that acted, for itself or an officer")] = None
    datacontenttype: str
    data: JsonValue = None
    data_base64: str | None = None


class EventPage(Answer):
    """``next`` is where to go on from: give it as ``after``, whether or not the page was full."""

    items: list[CloudEvent]
    next: str | None


class EventText(Answer):
    zh: str
    en: str


class TimelineEntry(Answer):
    """``subject`` is the case, one of its lists or one of its tasks; ``sequence`` is the subject's own count."""

    id: UUID
    type: str
    name: Annotated[str, Field(examples=["case_rejected"])]
    title: EventText
    subject: str
    sequence: int
    time: datetime
    division: str
    causation_id: str | None
    correlation_id: str | None
    data: dict[str, Scalar]


class Timeline(Answer):
    case_id: UUID
    entries: list[TimelineEntry]
