"""Who is turned away again and again is told of by the minute; a database that is away costs no refusal."""

import asyncpg
import pytest

from services.gateway.refusals import ledger_of, tell
from shared.database.outage import OUTAGE
from shared.http.refusals import opaque_id
from tests.fixtures.fronts import officer, system
from tests.fixtures.services import RunningService


async def _reports(gateway: RunningService) -> dict[str, int]:
    rows = await gateway.context.database.pool.fetch("SELECT principal_id, sequence FROM refusal_reports")
    return {str(row["principal_id"]): row["sequence"] for row in rows}


async def test_every_principal_has_reports_of_its_own_count(gateway: RunningService) -> None:
    ledger = ledger_of(gateway.context)
    await tell(gateway.context)
    assert await _reports(gateway) == {}
    for caller in (officer(1), officer(1), system("bureau")):
        ledger.count(caller, 403)
    await tell(gateway.context)
    ledger.count(officer(1), 404)
    await tell(gateway.context)
    assert await _reports(gateway) == {str(opaque_id(officer(1))): 2, str(opaque_id(system("bureau"))): 1}


async def test_what_could_not_be_told_is_told_later(gateway: RunningService, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = ledger_of(gateway.context)
    ledger.count(officer(1), 429)
    with monkeypatch.context() as patched:
        patched.setattr(gateway.context.database, "transaction", _away)
        with pytest.raises(OUTAGE):
            await tell(gateway.context)
    ledger.count(officer(1), 429)
    [tally] = ledger.take().values()
    assert tally.statuses == {429: 2}


def _away() -> None:
    raise asyncpg.CannotConnectNowError("starting up")
