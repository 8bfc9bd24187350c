"""The answers of commands are kept for so long and no longer."""

from datetime import timedelta

from shared.runtime.sweeping import KeySweeper
from tests.fixtures.services import RunningService

COUNTY = "500229000000"


async def test_only_the_oldest_answers_are_forgotten(gateway: RunningService) -> None:
    for _ in range(2):
        headers = gateway.tokens.officer("operator", COUNTY)
        answer = await gateway.client.post("/v1/sandbox/clock", json={"advance_days": 1}, headers=headers)
        assert answer.status_code == 200
    pool, sweeper = gateway.context.database.pool, KeySweeper(gateway.context.database, timedelta(days=45))
    assert await sweeper.sweep() == 0
    await pool.execute(
        "UPDATE idempotency_keys SET created_at = now() - interval '46 days' WHERE key <> $1",
        headers["Idempotency-Key"],
    )
    assert await sweeper.sweep() == 1
    assert await pool.fetchval("SELECT key FROM idempotency_keys") == headers["Idempotency-Key"]
