"""Households alone: its routes, its database, its jobs, and officers to ask it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import orjson

from services.households.divisions import load_divisions
from services.households.service import DEFINITION
from services.wiring.assembly import assemble
from services.wiring.migration import ROOT
from shared.auth.keys import KeyRing
from shared.auth.tokens import GATEWAY, TokenIssuer
from shared.bus.postgres import PostgresBus
from shared.context import ServiceContext
from shared.database.database import Database
from shared.database.migrations import migrate
from shared.identity_numbers import generate
from shared.peers.transport import InProcess
from shared.runtime.jobs import JobWorker
from shared.settings import Settings

COUNTY = "500229000000"
TOWNSHIP = "500229001000"
VILLAGE = "500229001001"
GROUP = "500229001001001"
OTHER_TOWNSHIP = "500229002000"
OTHER_VILLAGE = "500229002001"
OTHER_COUNTY = "500230000000"
DIVISIONS = [
    ("500000000000", "重庆市"),
    ("500200000000", "县"),
    (COUNTY, "城口县"),
    (TOWNSHIP, "葛城街道"),
    (VILLAGE, "土城社区"),
    ("500229001002", "东大街社区"),
    (GROUP, "一组"),
    (OTHER_TOWNSHIP, "复兴街道"),
    (OTHER_VILLAGE, "柿坪村"),
    (OTHER_COUNTY, "丰都县"),
    ("500230001000", "三合街道"),
    ("500230001001", "平都社区"),
]
NDJSON = "application/x-ndjson"


@dataclass
class RegistryOffice:
    client: httpx.AsyncClient
    context: ServiceContext
    gateway: TokenIssuer
    identification: TokenIssuer
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def database(self) -> Database:
        return self.context.database

    def officer(self, role: str, division: str) -> UUID:
        return uuid5(UUID(int=0), f"{role}:{division}")

    def headers(self, role: str, division: str, **more: str) -> dict[str, str]:
        token = self.gateway.officer(
            officer_id=self.officer(role, division), role=role, division=division, lifetime=timedelta(hours=1)
        )
        own = {"authorization": f"Bearer {token}", "idempotency-key": str(uuid4()), "accept-language": "en"}
        return own | {name.replace("_", "-"): value for name, value in more.items()}

    async def get(
        self, path: str, role: str = "county_officer", division: str = COUNTY, /, **parameters: Any
    ) -> httpx.Response:
        return await self.client.get(f"/v1{path}", params=parameters, headers=self.headers(role, division))

    async def post(
        self, path: str, body: Any, role: str = "county_officer", division: str = COUNTY, **headers: str
    ) -> httpx.Response:
        return await self.client.post(f"/v1{path}", json=body, headers=self.headers(role, division, **headers))

    async def patch(
        self, path: str, body: Any, role: str = "county_officer", division: str = COUNTY, **headers: str
    ) -> httpx.Response:
        return await self.client.patch(f"/v1{path}", json=body, headers=self.headers(role, division, **headers))

    async def ask(self, path: str, question: Any) -> httpx.Response:
        """In the name of identification."""
        token = self.identification.issue(
            subject="identification", audience="households", lifetime=timedelta(minutes=1)
        )
        headers = {"authorization": f"Bearer {token}"}
        return await self.client.post(f"/internal/{path}", json=question, headers=headers)

    def id_number(self, birth: date = date(1970, 5, 17)) -> str:
        """A new one every time."""
        serial = next(self.numbers)
        return generate("500229", birth + timedelta(days=serial // 400), "male", serial % 400 + 1)

    def member(self, **values: Any) -> dict[str, Any]:
        own = {"name": "张小三", "sex": "male", "id_number": self.id_number(), "relation": "child"}
        return own | {"registration": "rural"} | values

    def household(self, *members: dict[str, Any], **values: Any) -> dict[str, Any]:
        """A head, and the given members."""
        head = self.member(name="张三丰", relation="head")
        own = {"division": GROUP, "booklet_number": f"B{next(self.numbers):09}", "address": "土城社区一组12号"}
        return own | {"members": [head, *members]} | values

    async def registered(self, *members: dict[str, Any], **values: Any) -> str:
        answer = await self.post("/households", self.household(*members, **values))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def import_lines(self, lines: Sequence[Any], **parameters: str) -> str:
        """The id of an import that has ended."""
        answer = await self.upload(b"\n".join(map(_line, lines)), **parameters)
        assert answer.status_code == 202, answer.text
        await self.work_off()
        return str(answer.json()["id"])

    async def upload(self, content: bytes, key: str | None = None, **parameters: str) -> httpx.Response:
        headers = self.headers("county_officer", COUNTY, content_type=NDJSON)
        headers |= {"idempotency-key": key} if key else {}
        return await self.client.post("/v1/household-imports", content=content, params=parameters, headers=headers)

    async def work_off(self) -> None:
        """Do the jobs that wait."""
        worker = JobWorker(self.context, DEFINITION.jobs)
        async with self.database.own_connection() as lock:
            while await worker._one(lock):
                pass

    async def rows(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    async def events(self, name: str) -> list[dict[str, Any]]:
        """The data and the attributes of the events of that name that wait in the outbox, in order."""
        rows = await self.rows(
            "SELECT headers, value FROM outbox WHERE headers->>'ce_type' = $1 ORDER BY position",
            f"jingzhun.households.{name}.v1",
        )
        return [row["headers"] | orjson.loads(row["value"]) for row in rows]


def _line(line: Any) -> bytes:
    return line if isinstance(line, bytes) else orjson.dumps(line)


@asynccontextmanager
async def open_registry(dsn: str, folder: Path) -> AsyncIterator[RegistryOffice]:
    await migrate(dsn, DEFINITION.metadata, ROOT / DEFINITION.migrations)
    keys = KeyRing(folder / "keys")
    runtime = assemble(DEFINITION, Settings(data=folder), keys, dsn=dsn, bus=PostgresBus(dsn), transport=InProcess())
    await runtime.context.database.open()
    try:
        async with runtime.context.database.transaction() as transaction:
            await load_divisions(transaction, DIVISIONS)
        transport = httpx.ASGITransport(runtime.application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
            gateway, identification = TokenIssuer(keys, GATEWAY), TokenIssuer(keys, "identification")
            yield RegistryOffice(client, runtime.context, gateway, identification)
    finally:
        await runtime.context.database.close()
