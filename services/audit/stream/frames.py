"""Messages of an event stream (HTML, § 9.2 server-sent events), as bytes. Pure."""

import re

import orjson

from services.audit.domain import UNKNOWN, cloud_event
from services.audit.interest import Row
from services.audit.positions import Position, position_of, write_position
from shared.http.eventstreams import END

RETRY_MILLISECONDS = 2_000
HEARTBEAT = b": heartbeat" + END
_LINE_END = re.compile(r"[\r\n\0]")


def opening(start: Position | None) -> bytes:
    """Whoever began at the archive's head learns where that was: it goes on from there before its first event, too."""
    place = "" if start is None else f"id: {write_position(start)}\n"
    return f"retry: {RETRY_MILLISECONDS}\n{place}\n".encode()


def event_frame(row: Row) -> bytes:
    """A type that would end its line is none."""
    event = cloud_event(row["event_id"], row["topic"], row["headers"], row["value"])
    type_ = UNKNOWN if _LINE_END.search(event["type"]) else event["type"]
    place = write_position(position_of(row["position"], row["event_id"]))
    return b"id: %b\nevent: %b\ndata: %b" % (place.encode(), type_.encode(), orjson.dumps(event)) + END
