"""A command and an event taken in, each with all that delivery needs in one transaction, beside one bare statement."""

import itertools
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID, uuid4

from shared.database.database import Database
from shared.database.idempotency import Answer, CommandKey
from shared.database.outbox import outbox_shard
from shared.database.transaction import Transaction
from shared.delivery.dispatch import Parcel
from shared.delivery.inbox import admit
from shared.events.base import Envelope
from shared.events.identification import CaseAppraisedByGroup
from shared.ids import new_id
from tests.bench.cases import GROUP, OFFICER, identification, open_cases
from tests.bench.measuring import in_turns, rate_of_writers
from tests.bench.place import Place
from tests.bench.row import Row
from tests.fixtures.happenings import delivered, happened, message_of

WRITERS = 32
CASES = 1_000
TIMES = 6_000
GOAL = 0.5
LIST = UUID(int=7)
ROUTE = "POST /v1/cases/{case_id}/survey"
DIGEST = sha256(b"a request").digest()
ANSWER = Answer(200, {"content-type": "application/json"}, b'{"id":"01890a5d-ac96-774b-bcce-b302099a8057"}' * 4)
TOPIC = "jingzhun.identification.v1"
UPDATE = "UPDATE cases SET version = version + 1, updated_at = $2 WHERE id = $1 RETURNING household_id, version"

BARE_COMMAND = """
    WITH command AS (
        INSERT INTO idempotency_keys (principal, route, key, request_digest, status, headers, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)),
    told AS (
        INSERT INTO outbox (shard, topic, key, headers, value) VALUES ($8, $9, $10, $11, $12))
    UPDATE cases SET version = version + 1, updated_at = now() WHERE id = $13"""

BARE_INTAKE = """
    WITH admitted AS (INSERT INTO inbox (event_id) VALUES ($1)),
    told AS (
        INSERT INTO outbox (shard, topic, key, headers, value) VALUES ($2, $3, $4, $5, $6))
    UPDATE cases SET version = version + 1, updated_at = now() WHERE id = $7"""


async def measure(place: Place) -> list[Row]:
    async with identification(place, WRITERS) as database:
        cases = itertools.cycle(await open_cases(database, CASES, "survey", "survey"))
        times = place.scaled(TIMES, at_least=WRITERS)
        command = Commands(database, cases)
        intake = Intakes(database, cases)
        return [
            await _row("command transaction", place, command, times),
            await _row("event taken in, one a transaction", place, intake, times),
        ]


async def _row(name: str, place: Place, rivals: "Commands | Intakes", times: int) -> Row:
    ours, limit = await in_turns(
        place,
        lambda: rate_of_writers(rivals.ours, writers=WRITERS, times=times),
        lambda: rate_of_writers(rivals.bare, writers=WRITERS, times=times),
    )
    return Row(name, ours, limit, "transactions/s", GOAL)


class Commands:
    """As ``shared.http.commands`` does it: the key claimed, the state changed, an event told, the answer kept."""

    def __init__(self, database: Database, cases: Iterator[UUID]) -> None:
        self._database = database
        self._cases = cases
        self._told = _told(next(cases))

    async def ours(self) -> None:
        command = CommandKey(str(OFFICER), ROUTE, str(uuid4()), DIGEST)
        async with self._database.transaction(command) as transaction:
            await _change(transaction, next(self._cases))
            transaction.remember(command, ANSWER)

    async def bare(self) -> None:
        key, case_id = str(uuid4()), next(self._cases)
        answer = (ANSWER.status, ANSWER.headers, ANSWER.body)
        outbox = (outbox_shard(str(case_id), 2), TOPIC, str(case_id), self._told.headers(), self._told.data)
        async with self._database.connection() as connection:
            await connection.execute(BARE_COMMAND, str(OFFICER), ROUTE, key, DIGEST, *answer, *outbox, case_id)


class Intakes:
    """As a handler does it that is given one event: admitted, the state changed, an event told."""

    def __init__(self, database: Database, cases: Iterator[UUID]) -> None:
        self._database = database
        self._cases = cases
        self._told = _told(next(cases))
        self._delivery = delivered(message_of(happened(_event(next(cases), LIST))))

    async def ours(self) -> None:
        async with self._database.transaction() as transaction:
            assert await admit(transaction, [Parcel(new_id(), self._delivery)])
            await _change(transaction, next(self._cases))

    async def bare(self) -> None:
        event_id, case_id = new_id(), next(self._cases)
        outbox = (outbox_shard(str(case_id), 2), TOPIC, str(case_id), self._told.headers(), self._told.data)
        async with self._database.connection() as connection:
            await connection.execute(BARE_INTAKE, event_id, *outbox, case_id)


async def _change(transaction: Transaction, case_id: UUID) -> None:
    row = await transaction.fetch_row(UPDATE, case_id, transaction.now)
    assert row is not None
    transaction.emit(_event(case_id, row["household_id"]), division=GROUP, sequence=row["version"])


def _event(case_id: UUID, household_id: UUID) -> CaseAppraisedByGroup:
    return CaseAppraisedByGroup(
        case_id=case_id,
        household_id=household_id,
        kind="entry",
        step="group_appraisal",
        state="open",
        list_id=LIST,
        passed=True,
    )


def _told(case_id: UUID) -> Envelope:
    """An envelope of the size that ours writes."""
    return happened(_event(case_id, LIST), division=GROUP).envelope
