"""One reader's stream: read from the archive as far as it goes, then handed on as it comes, without a gap between."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from services.audit.asking import read_section
from services.audit.interest import Interest
from services.audit.reading import Section
from services.audit.stream import metrics
from services.audit.stream.fanout import PAGE_BYTES, PAGE_ROWS
from services.audit.stream.frames import HEARTBEAT, event_frame, opening
from services.audit.stream.permits import Permit
from services.audit.stream.seat import Seat
from services.audit.stream.streams import streams_of
from shared.context import ServiceContext
from shared.http.eventstreams import ENDLESS, LAST_WORD_SECONDS, MEDIA_TYPE, Closing, closed, hung_up
from shared.observability import places

log = structlog.get_logger()
_CHECK_SECONDS = 5.0
_SLOW_READERS_LAST_WORD_SECONDS = 10.0
_HEADERS = [(b"content-type", MEDIA_TYPE.encode()), (b"x-accel-buffering", b"no")]


@dataclass(frozen=True, slots=True)
class Asked:
    """``first`` is the archive's section with which the stream begins; ``from_head``: nothing older was asked."""

    permit: Permit
    interest: Interest
    first: Section
    from_head: bool


class EventStream(Response):
    """Begins once there is room and the permit is used, as the answer to the request; before that it may be refused."""

    media_type = MEDIA_TYPE

    def __init__(self, context: ServiceContext, asked: Asked) -> None:
        super().__init__()
        self._context = context
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ENDLESS] = True
        with streams_of(self._context).seated(self._asked.permit.reader, self._asked.interest) as seat:
            await self._asked.permit.use()
            following = asyncio.create_task(_Following(self._context, self._asked, seat, send).run())
            hanging_up = asyncio.create_task(hung_up(receive))
            try:
                await asyncio.wait({following, hanging_up}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                following.cancel()
                hanging_up.cancel()
                await asyncio.gather(following, hanging_up, return_exceptions=True)
            if not following.cancelled():
                following.result()


class _Following:
    def __init__(self, context: ServiceContext, asked: Asked, seat: Seat, send: Send) -> None:
        self._context = context
        self._asked = asked
        self._seat = seat
        self._send = send
        self._streams = streams_of(context)
        self._clock = asyncio.get_running_loop().time
        self._quiet_until = self._checked_until = 0.0

    async def run(self) -> None:
        await self._send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await self._hand_over(opening(self._asked.first.end if self._asked.from_head else None))
        try:
            await self._catch_up()
            await self._go_on()
        except Exception as error:
            log.error("a stream of events broke off", error=type(error).__name__, where=places(error))
            self._seat.close(Closing.UNAVAILABLE)
        await self._say_why()

    async def _catch_up(self) -> None:
        """Page after page, until what is still to come is handed on."""
        section = self._asked.first
        while self._seat.closing is None:
            if section.rows:
                await self._hand_over(b"".join(map(event_frame, section.rows)))
                metrics.streamed.inc(len(section.rows))
            await self._check()
            if self._seat.closing is not None:
                return
            if not section.full and self._streams.fanout.take_in(self._seat, section.end):
                return
            async with self._streams.catching_up:
                section = await read_section(self._context, self._asked.interest, section.end, PAGE_ROWS, PAGE_BYTES)

    async def _go_on(self) -> None:
        while self._seat.closing is None:
            await self._seat.wait(min(self._quiet_until - self._clock(), _CHECK_SECONDS))
            if chunk := self._seat.take():
                await self._hand_over(chunk)
            elif self._clock() >= self._quiet_until:
                await self._hand_over(HEARTBEAT)
            await self._check()

    async def _hand_over(self, chunk: bytes) -> None:
        async with self._seat.handing_over(chunk, self._context.settings.stream_patience_seconds):
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        self._quiet_until = self._clock() + self._context.settings.stream_heartbeat_seconds

    async def _check(self) -> None:
        """Whether the reader may still read, from time to time."""
        if self._clock() >= self._checked_until:
            self._checked_until = self._clock() + _CHECK_SECONDS
            if why := await self._asked.permit.ended():
                self._seat.close(why)

    async def _say_why(self) -> None:
        """What still waits, and why it ends. A reader who does not listen to that is cut off without it."""
        if self._seat.closing is None:
            return
        rest = self._seat.take() + closed(self._seat.closing)
        slow = self._seat.closing is Closing.SLOW_READER
        with suppress(TimeoutError):
            async with asyncio.timeout(_SLOW_READERS_LAST_WORD_SECONDS if slow else LAST_WORD_SECONDS):
                await self._send({"type": "http.response.body", "body": rest, "more_body": False})
