"""What a sandbox begins with: the demo county's policy."""

from typing import Any
from uuid import UUID, uuid5

from services.identification.policies.store import publish_policy, years_with_policy
from shared.clock import local_date
from shared.context import ServiceContext

COUNTY = "500229000000"
YEAR = 2026
PARAMETERS: dict[str, Any] = {
    "national_standard": "7500.00",
    "local_average_income": "21000.00",
    "home_cutoff": "2025-01-01",
    "away_months": 12,
    "away_income_factor": "1.5",
}
_PUBLISHER = uuid5(UUID(int=0), "sandbox")


async def prepare(context: ServiceContext) -> None:
    """Publish the demo county's policy for 2026, and for the years that the clock may reach in a season."""
    if not context.settings.sandbox:
        return
    async with context.database.transaction() as transaction:
        this_year = local_date(transaction.now).year
        await transaction.execute("SELECT pg_advisory_xact_lock(hashtext('sandbox policy'))")
        existing = await years_with_policy(transaction.connection, COUNTY)
        for year in sorted({YEAR, this_year, this_year + 1} - set(existing)):
            await publish_policy(transaction, COUNTY, year, PARAMETERS, _PUBLISHER)
