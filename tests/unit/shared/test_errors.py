"""What a caller is told when something that the service needs is away: to come again."""

import asyncpg
import httpx
import pytest
from fastapi import APIRouter

from shared.bus.port import BusUnavailable
from shared.http.app import build_application
from shared.settings import Settings


@pytest.mark.parametrize("away", [BusUnavailable("Kafka"), asyncpg.CannotConnectNowError("starting"), OSError()])
async def test_a_dependency_that_is_away_is_asked_for_again(away: Exception) -> None:
    router = APIRouter()

    @router.get("/failing")
    async def failing() -> None:
        raise away

    transport = httpx.ASGITransport(build_application("test", "Test", [router], Settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://jingzhun.test") as client:
        answer = await client.get("/failing")
    assert (answer.status_code, answer.json()["code"]) == (503, "service-unavailable")
    assert answer.headers["retry-after"] == "1"
