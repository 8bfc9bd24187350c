"""The record that another service was given personal data."""

from collections.abc import Sequence

from services.households.disclosure import record_access
from services.households.questions.schemas import PersonalQuestion
from shared.areas import LEVELS
from shared.auth import Principal
from shared.context import ServiceContext
from shared.events.households import Purpose


async def record_question(
    context: ServiceContext, caller: Principal, question: PersonalQuestion, purpose: Purpose
) -> None:
    """Committed when this returns: before the first line of the answer leaves."""
    by = str(question.requested_by or caller.service or caller.subject)
    async with context.database.transaction() as transaction:
        row = await transaction.fetch_row(
            """SELECT count(*) AS households, min(division) AS first, max(division) AS last
               FROM households WHERE id = ANY($1::uuid[])""",
            question.household_ids,
        )
        if row is not None and row["households"]:
            division = common_division([row["first"], row["last"]])
            record_access(transaction, by=by, division=division, purpose=purpose, households=row["households"])


def common_division(codes: Sequence[str]) -> str:
    """The narrowest division that holds the first and the last code of a sorted row, and so all of them.

    Households of several provinces have none: the country stands for it, twelve zeros.
    """
    first, last = codes
    for length in sorted(LEVELS, reverse=True):
        if len(first) >= length and first[:length] == last[:length]:
            return first[:length].ljust(12, "0")
    return "0" * 12
