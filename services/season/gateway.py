"""The gateway as a client sees it: one officer's token for every act, one idempotency key for every act."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from hashlib import sha256
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid5

import httpx
import orjson

Tokens = Callable[[str, str, int], str]
"""The bearer token of the officer with this role, division code and ordinal."""

_ACTS = UUID("6f7f9f0e-6c7d-5c39-9f3a-0d5b5a3d2c11")
_AT_ONCE = 12
_PAGE = 1000
_SETTLING_SECONDS = 30
_PATIENCE = 40


@dataclass(frozen=True, slots=True)
class Officer:
    role: str
    division: str
    ordinal: int = 1


class Refused(RuntimeError):
    """The system answered with a problem; ``code`` is its stable code, ``problem`` the whole of it."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        self.code = str(problem.get("code", status))
        super().__init__(f"{status} {self.code}")


class Gateway:
    """Keys are drawn from what is sent, so that a season played again repeats no act."""

    def __init__(self, base_url: str, tokens: Tokens, *, season: str) -> None:
        self._client = httpx.AsyncClient(base_url=base_url, timeout=120, limits=httpx.Limits(max_connections=_AT_ONCE))
        self._tokens = tokens
        self._kept: dict[Officer, str] = {}
        self._season = season
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    def _headers(self, officer: Officer) -> dict[str, str]:
        if officer not in self._kept:
            self._kept[officer] = self._tokens(officer.role, officer.division, officer.ordinal)
        return {"authorization": f"Bearer {self._kept[officer]}", "accept-language": "en"}

    async def get(self, officer: Officer, path: str, **parameters: Any) -> Any:
        wanted = {name: value for name, value in parameters.items() if value is not None}
        return (await self._send("GET", path, self._headers(officer), b"", wanted)).json()

    async def pages(self, officer: Officer, path: str, **parameters: Any) -> AsyncIterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        cursor: str | None = None
        while True:
            page = await self.get(officer, path, limit=_PAGE, cursor=cursor, **parameters)
            for item in page["items"]:
                yield item
            cursor = page["next"]
            if cursor is None:
                return

    async def post(self, officer: Officer, path: str, body: Any, *, occasion: object = "") -> Any:
        """``occasion`` tells apart acts that are equal to the letter and yet meant twice."""
        return (await self.post_bytes(officer, path, orjson.dumps(body), "application/json", occasion=occasion)).json()

    async def post_bytes(
        self,
        officer: Officer,
        path: str,
        content: bytes,
        media_type: str,
        *,
        occasion: object = "",
        **parameters: Any,
    ) -> httpx.Response:
        meant = f"{self._season} {officer} {path} {sorted(parameters.items())} {occasion} {sha256(content).hexdigest()}"
        headers = self._headers(officer) | {
            "content-type": media_type,
            "idempotency-key": str(uuid5(_ACTS, meant)),
        }
        return await self._send("POST", path, headers, content, parameters)

    async def patch(self, officer: Officer, path: str, body: Any, etag: str) -> Any:
        headers = self._headers(officer) | {"content-type": "application/json", "if-match": etag}
        return (await self._send("PATCH", path, headers, orjson.dumps(body), {})).json()

    async def etag(self, officer: Officer, path: str) -> tuple[str, Any]:
        """What stands there, and its version."""
        answer = await self._send("GET", path, self._headers(officer), b"", {})
        return answer.headers["etag"], answer.json()

    async def _send(
        self, method: str, path: str, headers: dict[str, str], content: bytes, parameters: dict[str, Any]
    ) -> httpx.Response:
        async with self._places:
            answer = await self._client.request(
                method, path, headers=headers, content=content or None, params=parameters or None
            )
        if answer.is_success:
            return answer
        is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
        raise Refused(answer.status_code, answer.json() if is_problem else {})

    async def job(self, officer: Officer, path: str) -> Any:
        """What became of long work, once it has ended. The clock's answer holds until nothing is left to do."""
        for _ in range(_PATIENCE):
            found = await self.get(officer, path)
            if found["state"] not in {"queued", "running"}:
                return found
            await self.settled()
        raise TimeoutError(f"{path} does not end")

    async def settled(self) -> dict[str, Any]:
        """The sandbox's clock, once due timers, outboxes, consumers and jobs are drained."""
        for _ in range(_PATIENCE):
            clock: dict[str, Any] = await self.get(OPERATOR, "/v1/sandbox/clock", wait=_SETTLING_SECONDS)
            if clock["settled"]:
                return clock
        raise TimeoutError("the system does not settle")

    async def pass_days(self, days: int) -> None:
        """Move the sandbox's clock forward and wait for what the clock decides."""
        await self.settled()
        clock = await self.get(OPERATOR, "/v1/sandbox/clock")
        await self.post(OPERATOR, "/v1/sandbox/clock", {"advance_days": days}, occasion=clock["offset_seconds"])
        await self.settled()


OPERATOR = Officer("operator", "500229000000")
PROVINCE = Officer("county_officer", "500000000000")
COUNTY = Officer("county_officer", "500229000000")


def village_of(division: str) -> str:
    return division[:12]


def township_of(division: str) -> str:
    return f"{division[:9]}000"


def cadre(division: str, ordinal: int = 1) -> Officer:
    return Officer("village_cadre", village_of(division), ordinal)


def resident(division: str) -> Officer:
    return Officer("resident_cadre", village_of(division))


def agent(division: str) -> Officer:
    return Officer("household_agent", village_of(division))


def clerk(division: str) -> Officer:
    return Officer("township_clerk", township_of(division))


def township(division: str, ordinal: int = 1) -> Officer:
    return Officer("township_officer", township_of(division), ordinal)
