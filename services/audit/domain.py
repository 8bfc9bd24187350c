"""What an archived event is, from a message of any kind, and how it is shown again. Pure."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from shared.areas import is_division
from shared.events.base import MEDIA_TYPE

_OURS = re.compile(r"jingzhun\.[a-z]+\.(?P<name>[a-z_]+)\.v\d+")
_ATTRIBUTE = re.compile(r"ce_[a-z0-9]{1,40}")
_LARGEST = 2**63 - 1
_LONGEST = 400
"""Characters of what can be searched for; an index takes no more than a few thousand bytes."""
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a message's headers; null is what was missing or made no sense."""

    type: str | None
    name: str | None
    subject: str | None
    division: str | None
    sequence: int | None
    time: datetime | None
    correlation_id: str | None
    causation_id: str | None


def read_headers(headers: Mapping[str, str]) -> Reading:
    """Never fails: whatever came is archived."""
    type_ = _short(headers.get("ce_type"))
    division = headers.get("ce_division", "")
    return Reading(
        type=type_,
        name=name_of(type_) if type_ else None,
        subject=_short(headers.get("ce_subject")),
        division=division if is_division(division) else None,
        sequence=_integer(headers.get("ce_sequence", "")),
        time=_moment(headers.get("ce_time", "")),
        correlation_id=_short(headers.get("ce_correlationid")),
        causation_id=_short(headers.get("ce_causationid")),
    )


def name_of(type_: str) -> str:
    """``case_rejected`` of ``jingzhun.identification.case_rejected.v1``; a stranger's type is its own name."""
    found = _OURS.fullmatch(type_)
    return found["name"] if found else type_


def wanted(asked: str) -> tuple[str, str | None]:
    """(name, type) of the filter ``type``: a full type, or an event's short name in either spelling."""
    if "." in asked:
        return name_of(asked), asked
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", asked).lower(), None


def _short(text: str | None) -> str | None:
    return text if text and len(text) <= _LONGEST else None


def _integer(text: str) -> int | None:
    try:
        number = int(text)
    except ValueError:
        return None
    return number if abs(number) <= _LARGEST else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def cloud_event(event_id: UUID, topic: str, headers: Mapping[str, str], value: bytes) -> dict[str, Any]:
    """CloudEvents 1.0 in structured JSON.

    A stranger's message that lacks what CloudEvents requires gets the archive's id and ``unknown``; a value that is
    not JSON is given as ``data_base64``.
    """
    attributes: dict[str, Any] = {
        name.removeprefix("ce_"): text for name, text in headers.items() if _ATTRIBUTE.fullmatch(name)
    }
    attributes["specversion"] = "1.0"
    attributes["id"] = attributes.get("id") or str(event_id)
    attributes["type"] = attributes.get("type") or UNKNOWN
    attributes["source"] = attributes.get("source") or f"/{UNKNOWN}/{topic}"
    if "sequence" in attributes:
        attributes["sequence"] = _integer(attributes["sequence"])
    return attributes | _content(headers.get("content-type", MEDIA_TYPE), value)


def _content(media_type: str, value: bytes) -> dict[str, Any]:
    try:
        return {"datacontenttype": media_type, "data": orjson.loads(value)}
    except orjson.JSONDecodeError:
        return {"datacontenttype": media_type, "data_base64": base64.b64encode(value).decode()}
