"""The API as a stranger sees it: an officer's token, a key for every act, refusals read in both languages."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from uuid import UUID, uuid5

import httpx

import jingzhun_client
from jingzhun_client import AsyncClient, Page, Request, Witness
from services.season.stopping import Refused, SeasonStopped

Tokens = Callable[[str, str, int], str]
"""Role, division, ordinal → bearer token."""

PATIENCE = 10.0
"""Seconds for which a busy or silent system is asked again."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """The ``ordinal``-th officer of a role in a division."""

    role: str
    division: str
    ordinal: int = 1


@dataclass(frozen=True, slots=True)
class Api:
    """``season`` names the season: every key is derived from it, the actor, the act, its content and its occasion."""

    client: AsyncClient
    tokens: Tokens
    season: UUID
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
        http = httpx.AsyncClient(base_url=base_url, limits=limits, timeout=60, trust_env=False)
        async with AsyncClient(http=http, patience=patience, witness=witness) as client:
            yield cls(client, tokens, season)

    async def ask(self, actor: Actor, question: Request[T]) -> T:
        with _told(question):
            return await self.client.send(question, token=self._bearer(actor))

    async def items(self, actor: Actor, question: Request[Page[T]]) -> list[T]:
        """Every item of a list."""
        with _told(question):
            pages = self.client.pages(question, token=self._bearer(actor))
            return [item async for page in pages for item in page.items]

    async def act(self, actor: Actor, act: Request[T], occasion: object = "") -> T:
        """Twice with the same content on the same occasion, it is done once. Raises ``Refused``."""
        key = self._key(actor, act, occasion)
        trace = {"traceparent": f"00-{key.hex}-{key.hex[16:]}-01"}
        with _told(act):
            return await self.client.send(act, token=self._bearer(actor), key=str(key), headers=trace)

    def _key(self, actor: Actor, act: Request[Any], occasion: object) -> UUID:
        """Also the act's trace: what follows from an act is found by its key."""
        place = f"PATCH {act.path}" if act.method == "PATCH" else f"{act.path}?{sorted(act.query.items())}"
        told = hashlib.sha256(act.content or b"").hexdigest()
        return uuid5(self.season, f"{actor} {place} {told} {occasion}")

    def _bearer(self, actor: Actor) -> str:
        if actor not in self._bearers:
            self._bearers[actor] = self.tokens(actor.role, actor.division, actor.ordinal)
        return self._bearers[actor]


@contextmanager
def _told(request: Request[Any]) -> Iterator[None]:
    """What ends a season, told in both languages."""
    try:
        yield
    except jingzhun_client.Refused as refusal:
        raise Refused(request.path, refusal.status, refusal.problem) from refusal
    except jingzhun_client.NoAnswer as silence:
        raise SeasonStopped("系统没有应答。", "The system does not answer.") from silence
