"""The streams that are open in this process: how many there may be, and their end when the service stops."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from services.audit.interest import Interest
from services.audit.problems import STREAMS_EXHAUSTED, TOO_MANY_STREAMS
from services.audit.stream import metrics
from services.audit.stream.fanout import Fanout
from services.audit.stream.seat import Seat
from shared.context import ServiceContext
from shared.http.eventstreams import Closing
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE

_STREAMS = "event streams"
_STOPPING_GRACE_SECONDS = 1.0
_READING_AT_ONCE = 3


class Streams:
    def __init__(self, context: ServiceContext) -> None:
        self.fanout = Fanout(context)
        self.catching_up = asyncio.Semaphore(_READING_AT_ONCE)
        """So that readers far behind leave connections to others."""
        self._settings = context.settings
        self._readers: dict[Seat, str] = {}
        self._stopping = False

    @contextmanager
    def seated(self, reader: str, interest: Interest) -> Iterator[Seat]:
        """A seat for as long as the block runs. Raises ``too-many-streams``, ``streams-exhausted``."""
        self._require_room(reader)
        seat = Seat(interest, self._settings.stream_buffer_bytes)
        self._readers[seat] = reader
        metrics.open_streams.set(len(self._readers))
        try:
            yield seat
        finally:
            self.fanout.let_go(seat)
            del self._readers[seat]
            metrics.open_streams.set(len(self._readers))
            metrics.ended.labels(seat.closing or "hung-up").inc()

    def _require_room(self, reader: str) -> None:
        if self._stopping:
            raise Problem(UNAVAILABLE, headers={"Retry-After": "1"})
        if len(self._readers) >= self._settings.streams_per_process:
            raise Problem(STREAMS_EXHAUSTED, headers={"Retry-After": "10"})
        if list(self._readers.values()).count(reader) >= self._settings.streams_per_principal:
            raise Problem(TOO_MANY_STREAMS, headers={"Retry-After": "10"})

    def leave(self) -> None:
        """The service is stopping: what waits is still handed over, then every stream ends."""
        self._stopping = True
        self.fanout.close()
        for seat in self._readers:
            seat.close(Closing.STOPPING, _STOPPING_GRACE_SECONDS)


def prepare_streams(context: ServiceContext) -> None:
    context.extras[_STREAMS] = Streams(context)


def streams_of(context: ServiceContext) -> Streams:
    streams: Streams = context.extras[_STREAMS]
    return streams
