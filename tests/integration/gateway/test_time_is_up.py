"""A request whose time is up is told so, and what its transaction had done is undone."""

import asyncio

from fastapi import APIRouter

from shared.http.access import Context
from shared.http.app import build_application
from tests.fixtures.services import RunningService, client_of

KEPT = "SELECT count(*) FROM clock_moves WHERE principal = 'slow'"
router = APIRouter()


@router.post("/slow")
async def slow(context: Context) -> None:
    async with context.database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO clock_moves (principal, key, request, seconds) VALUES ('slow', '', '', 0)"
        )
        assert await transaction.fetch_value(KEPT) == 1
        await transaction.execute("SELECT pg_sleep(60)")


async def test_its_transaction_rolls_back(gateway: RunningService) -> None:
    settings = gateway.context.settings.model_copy(update={"answer_seconds": 0.5})
    application = build_application("test", "Test", [router], settings)
    application.state.context = gateway.context
    async with client_of(application) as client:
        answers = await asyncio.gather(*(client.post("/slow") for _ in range(8)))
    assert {(each.status_code, each.json()["code"]) for each in answers} == {(503, "answer-timeout")}
    pool = gateway.context.database.pool
    assert await pool.fetchval(KEPT) == 0
    assert (await gateway.client.get("/readyz/gateway")).json()["status"] == "ready"
