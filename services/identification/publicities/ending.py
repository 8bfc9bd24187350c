"""The end of a publicity: announced by its timer, decided by the clock."""

from collections.abc import Sequence
from uuid import UUID

from services.identification.cases.case import Case, Outcome
from services.identification.cases.store import COLUMNS, Act, case_of, decide, save
from services.identification.workflow import Step
from shared.database.transaction import Transaction
from shared.events import identification as contract

TIMER = "publicity"


async def end_publicities(transaction: Transaction, list_ids: Sequence[UUID]) -> None:
    """End what is over and not ended yet: its cases go on, or are held by their open objections."""
    lists = await transaction.fetch(
        """UPDATE lists SET state = 'ended', version = version + 1, updated_at = $2
           WHERE id = ANY($1::uuid[]) AND state = 'posted' AND ends_at <= $2
           RETURNING id, step, division, cases, version""",
        list(list_ids),
        transaction.now,
    )
    rows = await transaction.fetch(
        f"""SELECT {COLUMNS} FROM cases
            WHERE list_id = ANY($1::uuid[]) AND state = 'open' AND NOT publicity_over AND publicity_ends_at <= $2
            ORDER BY id FOR UPDATE""",  # noqa: S608
        [row["id"] for row in lists],
        transaction.now,
    )
    # Deciding begins with what the clock has decided: nothing is left to do after that.
    await save(transaction, decide(transaction, [case_of(row) for row in rows], _as_the_clock_decided), Act())
    for row in lists:
        in_village = row["step"] == Step.VILLAGE_APPRAISAL
        header = contract.VillagePublicityEnded if in_village else contract.GroupPublicityEnded
        event = header(list_id=row["id"], cases=row["cases"])
        transaction.emit(event, division=row["division"], sequence=row["version"])


def _as_the_clock_decided(case: Case) -> Outcome:
    return Outcome(case)
