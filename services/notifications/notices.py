"""When the notice of an appraisal's list is posted: once each case that passed was publicised, or needs it no more.

A list's header and its cases' events come in any order, so both sides count under one lock.
"""

from collections.abc import Sequence
from uuid import UUID

from services.notifications.domain import Ending
from services.notifications.rules import AWAITS_NOTICE, NOTICE_SETTLED, POST_NOTICE
from services.notifications.store import settle
from shared.database.transaction import Transaction
from shared.events import Event
from shared.events.identification import (
    CaseAppraisedByGroup,
    CaseAppraisedByVillage,
    GroupAppraisalHeld,
    VillageAppraisalHeld,
)
from shared.events.received import Received

NOTICE_LOCK = 0x6E6F7469
HEADERS = (GroupAppraisalHeld, VillageAppraisalHeld)


async def follow_notices(transaction: Transaction, received: Sequence[Received[Event]]) -> None:
    """``received``: a wave of events of one type. Completes the tasks whose last case they settle."""
    event = type(received[0].event)
    if event in AWAITS_NOTICE:
        await _await(transaction, [one.event for one in received])
        return
    if event in NOTICE_SETTLED:
        causes = await _settle(transaction, {UUID(one.envelope.subject): one for one in received})
    else:
        causes = {one.event.list_id: one for one in received if isinstance(one.event, HEADERS)}
    if causes:
        await _complete(transaction, causes)


async def _await(transaction: Transaction, appraised: Sequence[Event]) -> None:
    passed = [
        (event.list_id, event.case_id)
        for event in appraised
        if isinstance(event, CaseAppraisedByGroup | CaseAppraisedByVillage) and event.passed
    ]
    await transaction.execute(
        """INSERT INTO notice_cases (list_id, case_id, settled)
           SELECT list_id, case_id, false FROM unnest($1::uuid[], $2::uuid[]) AS passed (list_id, case_id)
           ON CONFLICT DO NOTHING""",
        [list_id for list_id, _ in passed],
        [case_id for _, case_id in passed],
    )


async def _settle(transaction: Transaction, by_case: dict[UUID, Received[Event]]) -> dict[UUID, Received[Event]]:
    """The lists that lost a waiting case, each with the event that took it."""
    rows = await transaction.fetch(
        """UPDATE notice_cases SET settled = true WHERE case_id = ANY($1::uuid[]) AND NOT settled
           RETURNING list_id, case_id""",
        list(by_case),
    )
    return {row["list_id"]: by_case[row["case_id"]] for row in rows}


async def _complete(transaction: Transaction, causes: dict[UUID, Received[Event]]) -> None:
    await transaction.execute("SELECT pg_advisory_xact_lock($1)", NOTICE_LOCK)
    rows = await transaction.fetch(
        """SELECT subject_id FROM tasks
           WHERE subject_id = ANY($1::uuid[]) AND kind = $2 AND state = 'open' AND cases <= (
               SELECT count(*) FROM notice_cases WHERE list_id = subject_id AND settled)""",
        list(causes),
        POST_NOTICE.name,
    )
    done = [row["subject_id"] for row in rows]
    await settle(transaction, [Ending(POST_NOTICE.name, list_id, None, causes[list_id]) for list_id in done])
    await transaction.execute("DELETE FROM notice_cases WHERE list_id = ANY($1::uuid[])", done)
