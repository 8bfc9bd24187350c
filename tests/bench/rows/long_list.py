"""A list of 5,000 cases appraised in one transaction, beside bare ``INSERT … SELECT`` of the very same rows."""

from datetime import date
from hashlib import sha256
from time import perf_counter
from uuid import UUID

import orjson
from fastapi import Response

from services.identification.appraisals.api import AppraisalBody, hold_appraisal
from services.identification.policies.store import publish_policy
from services.identification.sandbox import PARAMETERS
from shared.auth.principal import Principal
from shared.auth.roles import ROLES
from shared.database.database import Database
from shared.database.transaction import Trace, current_trace
from tests.bench.cases import GROUP, OFFICER, identification, open_cases
from tests.bench.measuring import in_turns
from tests.bench.place import Place
from tests.bench.row import Row

CASES = 5_000
GOAL = 0.5
COUNTY, VILLAGE = "500229000000", "500229001001"
MINUTES = sha256(b"minutes").hexdigest()
CADRE = Principal(str(OFFICER), OFFICER, "village_cadre", VILLAGE, ROLES["village_cadre"])
REQUEST = UUID(int=7)
WRITTEN = ("lists", "list_cases", "case_history", "outbox")
COLUMNS = "shard, topic, key, headers, value, created_at"
BARE = (
    """UPDATE cases SET state = now_so.state, step = now_so.step, stage = now_so.stage, version = now_so.version,
         updated_at = now_so.updated_at
       FROM kept_cases AS now_so WHERE cases.id = now_so.id""",
    "INSERT INTO lists SELECT * FROM kept_lists",
    "INSERT INTO list_cases SELECT * FROM kept_list_cases",
    "INSERT INTO case_history SELECT * FROM kept_case_history",
    f"INSERT INTO outbox ({COLUMNS}) SELECT {COLUMNS} FROM kept_outbox ORDER BY position",
)


async def measure(place: Place) -> list[Row]:
    count = place.scaled(CASES)
    async with identification(place, connections=2) as database:
        await _prepare(database)
        appraisal = Appraisal(database, await open_cases(database, count, "group_appraisal", "appraisal"))
        await appraisal.keep_what_it_writes()
        ours, limit = await in_turns(place, appraisal.ours, appraisal.bare)
    return [Row(f"list of {CASES:,}", ours, limit, "cases/s", GOAL)]


class Appraisal:
    """Both begin with the same cases, at the meeting; ours with the request's body as the door has parsed it."""

    def __init__(self, database: Database, cases: list[UUID]) -> None:
        self._database = database
        self._cases = cases
        self._request = _request(cases)

    async def keep_what_it_writes(self) -> None:
        """The rows that ours writes, kept so that the bare statements write the same."""
        async with self._database.connection() as connection:
            await connection.execute("CREATE TABLE cases_before AS SELECT * FROM cases")
            await self.ours()
            for table in (*WRITTEN, "cases"):
                await connection.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
                await connection.execute(f"VACUUM ANALYZE kept_{table}")

    async def ours(self) -> float:
        await self._as_before()
        current_trace.set(Trace(str(REQUEST)))
        body = AppraisalBody.model_validate_json(self._request)
        began = perf_counter()
        async with self._database.transaction() as transaction:
            await hold_appraisal(body, CADRE, transaction, Response())
        return len(self._cases) / (perf_counter() - began)

    async def bare(self) -> float:
        await self._as_before()
        async with self._database.connection() as connection:
            began = perf_counter()
            async with connection.transaction():
                for statement in BARE:
                    await connection.execute(statement)
            return len(self._cases) / (perf_counter() - began)

    async def _as_before(self) -> None:
        async with self._database.connection() as connection:
            await connection.execute(f"TRUNCATE {', '.join(WRITTEN)}, cases")
            await connection.execute("INSERT INTO cases SELECT * FROM cases_before")
            await connection.execute("VACUUM ANALYZE cases")
            await connection.execute("CHECKPOINT")


async def _prepare(database: Database) -> None:
    """What an appraisal asks for: a policy in force, and its minutes uploaded."""
    async with database.transaction() as transaction:
        await publish_policy(transaction, COUNTY, date.today().year, PARAMETERS, OFFICER)  # noqa: DTZ011
        await transaction.execute(
            "INSERT INTO evidence VALUES ($1, $2, 7, 'application/pdf', $3, now())", MINUTES, VILLAGE, OFFICER
        )


def _request(cases: list[UUID]) -> bytes:
    meeting = {
        "step": "group_appraisal",
        "division": GROUP,
        "held_on": "2026-03-02",
        "place": "院坝",
        "roll": 30,
        "present": {"villager": 25},
        "minutes": MINUTES,
        "results": [{"case_id": case, "in_favour": 20, "against": 0, "abstained": 0} for case in cases],
    }
    return orjson.dumps(meeting)
