"""Identification alone, with a fake households service beside it: its routes, its database, its clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import orjson
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from services.identification import sandbox
from services.identification.models import METADATA
from services.identification.publicities.ending import TIMER, end_publicities
from services.identification.service import DEFINITION
from shared.auth.keys import KeyRing
from shared.auth.tokens import API, GATEWAY, TokenIssuer
from shared.auth.verifier import TokenVerifier
from shared.bus.postgres import PostgresBus
from shared.clock import PolicyClock
from shared.context import ServiceContext
from shared.database.database import Database
from shared.database.migrations import migrate
from shared.http.app import build_application
from shared.peers.client import Peers
from shared.peers.transport import InProcess
from shared.runtime.timers import TimerRunner
from shared.settings import Settings

COUNTY = "500229000000"
TOWNSHIP = "500229001000"
VILLAGE = "500229001001"
GROUP = "500229001001001"
OTHER_TOWNSHIP = "500229002000"
MIGRATIONS = Path(__file__).parents[3] / "services/identification/migrations"
ROUTERS = [*DEFINITION.routers]


def officer_of(role: str, division: str, officer: int = 1) -> UUID:
    return uuid5(UUID(int=0), f"{role}:{division}:{officer}")


@dataclass
class Neighbours:
    """The households service, as far as identification asks it."""

    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    related: set[str] = field(default_factory=set)
    members: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def application(self) -> FastAPI:
        application = FastAPI()

        @application.post("/internal/household")
        async def household(body: dict[str, list[str]]) -> dict[str, Any]:
            return {"households": [self.known[one] for one in body["household_ids"] if one in self.known]}

        @application.post("/internal/kinship")
        async def kinship(body: dict[str, Any]) -> dict[str, Any]:
            return {"related": [one for one in body["household_ids"] if one in self.related]}

        @application.post("/internal/masked-names")
        async def masked_names(body: dict[str, list[str]]) -> dict[str, Any]:
            lines = [
                {"household_id": one, "name": "张*", "id_number": "5002**********1234"} for one in body["household_ids"]
            ]
            return {"households": lines}

        @application.post("/internal/id-numbers")
        async def id_numbers(body: dict[str, Any]) -> StreamingResponse:
            names = ("household_id", "member_id", "id_number")
            return self._lines(body["household_ids"], names)

        @application.post("/internal/member-records")
        async def member_records(body: dict[str, Any]) -> StreamingResponse:
            return self._lines(body["household_ids"], None)

        return application

    def _lines(self, household_ids: list[str], names: tuple[str, ...] | None) -> StreamingResponse:
        async def lines() -> AsyncIterator[bytes]:
            for household_id in household_ids:
                for member in self.members.get(household_id, []):
                    told = {name: member[name] for name in names or member}
                    yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)

        return StreamingResponse(lines(), media_type="application/x-ndjson")


@dataclass
class Office:
    client: httpx.AsyncClient
    database: Database
    issuer: TokenIssuer
    neighbours: Neighbours
    context: ServiceContext

    def headers(self, role: str, division: str = VILLAGE, officer: int = 1, key: str | None = None) -> dict[str, str]:
        officer_id = officer_of(role, division, officer)
        token = self.issuer.officer(officer_id=officer_id, role=role, division=division, lifetime=timedelta(hours=1))
        return {
            "authorization": f"Bearer {token}",
            "idempotency-key": key or str(uuid4()),
            "accept-language": "en",
        }

    async def post(self, path: str, body: Any, role: str, division: str = VILLAGE, **who: Any) -> httpx.Response:
        return await self.client.post(f"/v1{path}", json=body, headers=self.headers(role, division, **who))

    async def get(self, path: str, role: str = "county_officer", division: str = COUNTY) -> httpx.Response:
        return await self.client.get(f"/v1{path}", headers=self.headers(role, division))

    async def household(self, *, division: str = GROUP, in_scope: bool = True) -> str:
        household_id = str(uuid4())
        self.neighbours.known[household_id] = {
            "household_id": household_id,
            "division": division,
            "in_scope": in_scope,
            "version": 1,
        }
        return household_id

    async def evidence(self, content: bytes = b"signed") -> str:
        headers = self.headers("village_cadre") | {"content-type": "text/plain"}
        answer = await self.client.post("/v1/evidence", content=content, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        digest: str = answer.json()["digest"]
        return digest

    async def move_clock(self, days: float) -> None:
        """Forward, and fire what is due."""
        self.database.clock.offset += timedelta(days=days)
        await self.fire_timers()

    async def fire_timers(self) -> None:
        runner = TimerRunner(self.database, {TIMER: end_publicities})
        while await runner.fire_due():
            pass

    async def rows(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    async def events(self) -> list[str]:
        """The short names of the events that wait in the outbox, in order."""
        rows = await self.rows("SELECT headers->>'ce_type' AS type FROM outbox ORDER BY position")
        return [row["type"].split(".")[2] for row in rows]


@asynccontextmanager
async def open_office(dsn: str, folder: Path, **more: Any) -> AsyncIterator[Office]:
    await migrate(dsn, METADATA, MIGRATIONS)
    settings = Settings(data=folder, sandbox=True, **more)
    keys, clock, neighbours = KeyRing(folder / "keys"), PolicyClock(), Neighbours()
    transport = InProcess()
    transport.applications["households"] = neighbours.application()
    database = Database("identification", dsn, clock)
    context = ServiceContext(
        name="identification",
        settings=settings,
        database=database,
        clock=clock,
        bus=PostgresBus(dsn),
        keys=keys,
        verifier=TokenVerifier(keys, audience=API, issuers=frozenset({GATEWAY})),
        internal_verifier=TokenVerifier(keys, audience="identification", issuers=frozenset()),
        issuer=TokenIssuer(keys, "identification"),
        peers=Peers(transport, lambda _: "", frozenset({"households"})),
    )
    application = build_application("identification", "Identification", ROUTERS, settings)
    application.state.context = context
    await database.open()
    try:
        await sandbox.prepare(context)
        transport_to_us = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport_to_us, base_url="http://office") as client:
            yield Office(client, database, TokenIssuer(keys, GATEWAY), neighbours, context)
    finally:
        await database.close()
