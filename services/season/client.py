"""The API as a stranger sees it: an officer's token, a key for every act, pages followed, refusals read."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID, uuid5

import httpx
import orjson

Json = dict[str, Any]
Tokens = Callable[[str, str, int], str]
"""Role, division, ordinal → bearer token."""

Witness = Callable[[httpx.Response], None]
"""Hears every answer, the refusals of a busy system among them."""

PATIENCE = 10.0
"""Seconds for which a busy or silent system is asked again."""
_BUSY = frozenset({429, 503})
_PAUSE_SECONDS = 0.2
_PAGE = 1_000
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Actor:
    """The ``ordinal``-th officer of a role in a division."""

    role: str
    division: str
    ordinal: int = 1


class SeasonStopped(RuntimeError):
    """The season cannot go on; both texts say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class Refused(SeasonStopped):
    """The API refused an act: ``problem`` is its answer, ``code`` the problem's code."""

    def __init__(self, act: str, status: int, problem: Json) -> None:
        self.code = str(problem.get("code", status))
        self.problem = problem
        super().__init__(f"被拒绝：{act}（{status} {self.code}）", f"Refused: {act} ({status} {self.code})")


@dataclass(frozen=True, slots=True)
class Api:
    """``season`` names the season: every key is derived from it, the actor, the act, its content and its occasion."""

    http: httpx.AsyncClient
    tokens: Tokens
    season: UUID
    patience: float = PATIENCE
    witness: Witness | None = None
    _bearers: dict[Actor, str] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def opened(
        cls,
        base_url: str,
        tokens: Tokens,
        season: UUID,
        *,
        patience: float = PATIENCE,
        witness: Witness | None = None,
    ) -> AsyncIterator[Self]:
        limits = httpx.Limits(max_connections=32, max_keepalive_connections=32, keepalive_expiry=3)
        async with httpx.AsyncClient(base_url=base_url, limits=limits, timeout=60, trust_env=False) as http:
            yield cls(http, tokens, season, patience, witness)

    async def get(self, actor: Actor, path: str, **query: Any) -> Json:
        return self._read((await self._send(actor, "GET", path, query=query)), path)

    async def items(self, actor: Actor, path: str, **query: Any) -> list[Json]:
        """Every item of a paged list."""
        page = await self.get(actor, path, **query, limit=_PAGE)
        found: list[Json] = page["items"]
        while page["next"] is not None:
            page = await self.get(actor, path, **query, limit=_PAGE, cursor=page["next"])
            found += page["items"]
        return found

    async def archive(self, actor: Actor) -> list[Json]:
        """Every event that was archived, in the archive's order."""
        page = await self.get(actor, "/v1/events", limit=_PAGE)
        found: list[Json] = page["items"]
        while len(page["items"]) == _PAGE:
            page = await self.get(actor, "/v1/events", limit=_PAGE, after=page["next"])
            found += page["items"]
        return found

    async def post(self, actor: Actor, path: str, body: Json, occasion: object = "", **query: Any) -> Json:
        """An act. Twice with the same content on the same occasion, it is done once. Raises ``Refused``."""
        return self._read(await self._act(actor, path, orjson.dumps(body), _JSON, occasion, query), path)

    async def upload(
        self, actor: Actor, path: str, content: bytes, media_type: str, occasion: object = "", **query: Any
    ) -> tuple[Json, str]:
        """(the answer, the location of what was made)."""
        answer = await self._act(actor, path, content, media_type, occasion, query)
        return self._read(answer, path), answer.headers.get("location", "")

    async def patch(self, actor: Actor, path: str, body: Json, version: int) -> Json:
        """A correction of what stands at ``version``. Raises ``Refused``."""
        content = orjson.dumps(body)
        named = self._named(actor, f"PATCH {path}", content, version)
        headers = {"If-Match": f'"{version}"', "Content-Type": _JSON} | named
        return self._read(await self._send(actor, "PATCH", path, content, headers), path)

    async def _act(
        self, actor: Actor, path: str, content: bytes, media_type: str, occasion: object, query: Mapping[str, Any]
    ) -> httpx.Response:
        named = self._named(actor, f"{path}?{sorted(query.items())}", content, occasion)
        return await self._send(actor, "POST", path, content, {"Content-Type": media_type} | named, query)

    def _named(self, actor: Actor, place: str, content: bytes, occasion: object) -> dict[str, str]:
        """The act's key, and as its trace the same once more: what follows from an act is found by its key."""
        told = hashlib.sha256(content).hexdigest()
        key = uuid5(self.season, f"{actor} {place} {told} {occasion}")
        return {"Idempotency-Key": str(key), "traceparent": f"00-{key.hex}-{key.hex[16:]}-01"}

    async def _send(
        self,
        actor: Actor,
        method: str,
        path: str,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """Tried again where the system was busy or hung up: its key makes a repeated act the same act."""
        asked = {**(headers or {}), "Authorization": f"Bearer {self._bearer(actor)}"}
        deadline = time.monotonic() + self.patience
        while True:
            try:
                answer = await self.http.request(method, path, content=content, headers=asked, params=query)
            except httpx.TransportError as error:
                if time.monotonic() > deadline:
                    raise SeasonStopped("系统没有应答。", "The system does not answer.") from error
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            if self.witness is not None:
                self.witness(answer)
            if answer.status_code not in _BUSY or time.monotonic() > deadline:
                return answer
            await asyncio.sleep(float(answer.headers.get("retry-after", 1)))

    def _bearer(self, actor: Actor) -> str:
        if actor not in self._bearers:
            self._bearers[actor] = self.tokens(actor.role, actor.division, actor.ordinal)
        return self._bearers[actor]

    @staticmethod
    def _read(answer: httpx.Response, act: str) -> Json:
        if answer.is_success:
            read: Json = orjson.loads(answer.content)
            return read
        told = answer.headers.get("content-type", "").startswith("application/problem+json")
        raise Refused(act, answer.status_code, orjson.loads(answer.content) if told else {})
