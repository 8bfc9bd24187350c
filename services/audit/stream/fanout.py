"""One reader of the archive's news in this process, however many streams there are: each gets what it asked for."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

import asyncpg
import structlog

from services.audit.asking import read_section
from services.audit.head import head_of
from services.audit.interest import Interest
from services.audit.positions import BEGINNING, Position
from services.audit.stream import metrics
from services.audit.stream.frames import event_frame
from services.audit.stream.seat import Seat
from shared.context import ServiceContext
from shared.http.eventstreams import Closing
from shared.observability import places
from shared.problems import Problem

log = structlog.get_logger()
PAGE_ROWS, PAGE_BYTES = 500, 256 * 1024
_GATHERING_SECONDS = 0.02
"""After news: what is archived meanwhile goes along, where each event alone would wake every reader."""
_LOOK_SECONDS = 1.0
_AGAIN_SECONDS = 0.5


class Fanout:
    """Reads as long as there are seats. Readers of equal interest share what is made for them."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._seats: defaultdict[Interest, set[Seat]] = defaultdict(set)
        self._last = BEGINNING
        self._reading: asyncio.Task[None] | None = None

    def take_in(self, seat: Seat, position: Position) -> bool:
        """From now on the seat gets all behind the position. False where some of it has been handed out already."""
        if self._reading is None:
            self._last = position
            self._reading = asyncio.create_task(self._read_on(), name="event fan-out")
        if position.number < self._last.number:
            return False
        seat.floor = position.number
        self._seats[seat.interest].add(seat)
        return True

    def let_go(self, seat: Seat) -> None:
        seats = self._seats.get(seat.interest, set())
        seats.discard(seat)
        if not seats:
            self._seats.pop(seat.interest, None)

    def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    async def _read_on(self) -> None:
        try:
            while self._seats:
                if await head_of(self._context).beyond(self._last.number, _LOOK_SECONDS):
                    await asyncio.sleep(_GATHERING_SECONDS)
                    await self._read()
        finally:
            self._reading = None

    async def _read(self) -> None:
        try:
            news = await read_section(self._context, None, self._last, PAGE_ROWS, PAGE_BYTES)
        except Problem:  # another archive was put in the place of this one
            self._close_all(Closing.UNAVAILABLE)
        except Exception as error:
            log.error("the archive does not answer", error=type(error).__name__, where=places(error))
            await asyncio.sleep(_AGAIN_SECONDS)
        else:
            self._hand_out(news.rows)
            self._last = news.end

    def _hand_out(self, rows: Sequence[asyncpg.Record]) -> None:
        frames: dict[int, bytes] = {}

        def framed(row: asyncpg.Record) -> bytes:
            position = row["position"]
            if position not in frames:
                frames[position] = event_frame(row)
            return frames[position]

        for interest, seats in self._seats.items():
            wanted = [row for row in rows if interest.covers(row)]
            if not wanted:
                continue
            whole = b"".join(map(framed, wanted))
            for seat in seats:
                later = [row for row in wanted if row["position"] > seat.floor] if _begins(wanted, seat) else wanted
                if later:
                    seat.offer(whole if later is wanted else b"".join(map(framed, later)))
                    metrics.streamed.inc(len(later))

    def _close_all(self, why: Closing) -> None:
        for seats in self._seats.values():
            for seat in seats:
                seat.close(why)
        self._seats.clear()


def _begins(rows: Sequence[asyncpg.Record], seat: Seat) -> bool:
    """Whether the reader has the first of them already."""
    return bool(rows[0]["position"] <= seat.floor)
