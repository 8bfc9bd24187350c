"""Callers who know the API's document and nothing else, and what is true of every refusal they meet."""

from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import orjson

from services.wiring.sandbox import officer_of
from shared.auth.keys import KeyRing
from shared.auth.tokens import GATEWAY, TokenIssuer
from shared.database.database import Database
from shared.ids import new_id
from tests.fixtures.services import RunningSystem

Json = dict[str, Any]
COUNTY = "500229000000"
_VERSIONED = ("cases", "households", "lists")


@dataclass(frozen=True)
class Stranger:
    """Speaks to the gateway alone. ``traces`` looks behind it: into every database and folder."""

    system: RunningSystem

    def headers(self, role: str, division: str, officer: int = 1, media_type: str | None = None) -> dict[str, str]:
        named = {} if media_type is None else {"Content-Type": media_type}
        return self.system.tokens.officer(role, division, officer) | named

    def promoted(self, role: str, division: str, formerly: tuple[str, str]) -> dict[str, str]:
        """The headers of an officer who had another role, and keeps their id."""
        issuer = TokenIssuer(KeyRing(self.system.settings.keys), GATEWAY)
        officer = officer_of(*formerly)
        token = issuer.officer(officer_id=officer, role=role, division=division, lifetime=timedelta(hours=1))
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}

    async def post(self, path: str, body: Any, role: str, division: str, officer: int = 1) -> httpx.Response:
        headers = self.headers(role, division, officer, media_type="application/json")
        return await self.system.client.post(f"/v1{path}", content=orjson.dumps(body), headers=headers)

    async def made(self, path: str, body: Any, role: str, division: str, officer: int = 1) -> Json:
        """What a command answers that is not refused."""
        answer = await self.post(path, body, role, division, officer)
        assert answer.is_success, answer.text
        found: Json = answer.json()
        return found

    async def upload(self, path: str, content: Any, media_type: str, role: str, division: str) -> httpx.Response:
        headers = self.headers(role, division, media_type=media_type)
        return await self.system.client.post(f"/v1{path}", content=content, headers=headers)

    async def get(self, path: str, role: str = "county_officer", division: str = COUNTY) -> httpx.Response:
        return await self.system.client.get(f"/v1{path}", headers=self.headers(role, division))

    async def settled(self) -> None:
        clock = (await self.get("/sandbox/clock?wait=30", "operator")).json()
        assert clock["settled"], clock

    async def pass_days(self, days: int) -> None:
        await self.made("/sandbox/clock", {"advance_days": days}, "operator", COUNTY)
        await self.settled()

    async def refused(
        self, sending: Awaitable[httpx.Response], status: int, code: str, *, unsaid: tuple[str, ...] = ()
    ) -> Json:
        """The problem answered: it has this code, repeats nothing of what was sent, and nothing has changed."""
        before = await self.traces()
        answer = await sending
        assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == f"urn:jingzhun:problem:{code}"
        assert not [text for text in (*_said(answer.request), *unsaid) if text in answer.text]
        assert await self.traces() == before
        problem: Json = answer.json()
        return problem

    async def traces(self) -> Json:
        """All that a command could leave: rows of every table, versions, events archived, files."""
        await self.settled()
        services = self.system.system.services.values()
        found: Json = {one.context.name: await _rows(one.context.database) for one in services}
        return found | {
            "files": _files(self.system.settings.uploads),
            "evidence": _files(self.system.settings.evidence),
        }


async def _rows(database: Database) -> Json:
    async with database.connection() as connection:
        tables = [row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname='public'")]
        counting = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in sorted(tables))
        found: Json = dict(map(tuple, await connection.fetch(counting)))
        for table in set(_VERSIONED) & set(tables):
            rows = await connection.fetch(f"SELECT id, version FROM {table} ORDER BY id")
            found[f"versions of {table}"] = [tuple(row) for row in rows]
    return found


def _files(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*") if path.is_file())


def _said(request: httpx.Request) -> Iterator[str]:
    """The texts of a JSON body, without the ids by which a problem names cases and households."""
    if request.headers.get("content-type") != "application/json" or not isinstance(request.stream, httpx.ByteStream):
        return
    if len(request.content) < 1_000_000:
        try:
            yield from _texts(orjson.loads(request.content))
        except orjson.JSONDecodeError:
            return


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and len(value) > 1 and not is_id(value):
        yield value


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
