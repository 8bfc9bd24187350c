"""A comparison's work: members asked for, joined with the extracts, and one transaction for the whole list.

Taken up again after a death, it begins anew: until the last transaction nothing was changed, after it the list is
no longer running.
"""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from services.identification.cases.case import Case, Outcome
from services.identification.cases.domain import compare
from services.identification.cases.store import Act, decide, lock_cases, save
from services.identification.comparison import store
from services.identification.comparison.datasets import KINDS
from services.identification.comparison.domain import awaits_comparison
from services.identification.comparison.files import duck, extract_path, incoming, workshop
from services.identification.comparison.matching import Hits, Matching, PolicyOfTheDay
from services.identification.policies.store import policy_in_force
from services.identification.problems import POLICY_UNKNOWN
from services.identification.workflow import Stage
from shared.clock import local_date
from shared.context import ServiceContext
from shared.database.outage import OUTAGE
from shared.database.transaction import Transaction
from shared.events.identification import CountyComparisonCompleted
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE
from shared.runtime.jobs import Job, report_progress

_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 16.0, 16.0)
_NAMED = 50


async def compare_with_extracts(context: ServiceContext, job: Job) -> dict[str, Any]:
    """The job ``comparison`` with the argument ``list_id``."""
    list_id = UUID(job.arguments["list_id"])
    try:
        result = await _earlier_result(context, list_id) or await _compare(context, job, list_id)
    except OUTAGE:
        raise  # the worker takes the job up again
    except Exception as error:
        await _fail(context, list_id, error)
        raise
    await _remove_extracts(context, list_id)
    return result


async def _earlier_result(context: ServiceContext, list_id: UUID) -> dict[str, Any] | None:
    async with context.database.connection() as connection:
        row = await store.find_comparison(connection, list_id)
    return row["details"].get("result") if row is not None else None


async def _compare(context: ServiceContext, job: Job, list_id: UUID) -> dict[str, Any]:
    today = local_date((await context.database.policy_clock()).now())
    async with context.database.connection() as connection:
        row = await store.find_comparison(connection, list_id)
        if row is None:
            raise RuntimeError("the comparison of a job is not in the database")
        cases = await store.compared_households(connection, list_id)
        kinds = await store.dataset_kinds(connection, [UUID(one) for one in row["details"]["datasets"]])
        policy = await _policy_of_the_day(connection, row["division"], today)
    with workshop(context.settings, list_id) as folder:
        members = folder / "members.ndjson"
        await _ask_members(context, job, list(cases), members)
        hits = await _join(context, job, members, policy, kinds)
    return await _conclude(context, job, list_id, hits)


async def _policy_of_the_day(connection: Any, division: str, today: date) -> PolicyOfTheDay:
    """Without a policy its parameters are unknown, and what depends on them is verified rather than dropped."""
    try:
        parameters = (await policy_in_force(connection, division, today.year)).parameters
    except Problem as problem:
        if problem.type is not POLICY_UNKNOWN:
            raise
        return PolicyOfTheDay(today)
    cutoff, average = parameters.get("home_cutoff"), parameters.get("local_average_income")
    return PolicyOfTheDay(
        today,
        cutoff if isinstance(cutoff, date) else None,
        average if isinstance(average, Decimal) else None,
    )


async def _ask_members(context: ServiceContext, job: Job, household_ids: Sequence[UUID], target: Path) -> None:
    """Write the members' lines to a file of the workshop, waiting for a service that is away for a while."""
    question = {"household_ids": [str(one) for one in household_ids], "requested_by": str(job.requested_by)}
    for pause in (*_PAUSES, None):
        try:
            return await _write_lines(context, question, target)
        except Problem as problem:
            if problem.type is not UNAVAILABLE or pause is None:
                raise
            await asyncio.sleep(pause)
    return None


async def _write_lines(context: ServiceContext, question: dict[str, Any], target: Path) -> None:
    with target.open("wb") as file:
        async for line in context.peers.stream("households", "id-numbers", question):
            file.write(line + b"\n")


async def _join(
    context: ServiceContext, job: Job, members: Path, policy: PolicyOfTheDay, kinds: dict[UUID, str]
) -> Hits:
    found = Hits()
    with duck(incoming(context.settings)) as connection:
        matching = await asyncio.to_thread(Matching, connection, members, policy)
        for done, (dataset_id, kind) in enumerate(kinds.items()):
            await report_progress(context.database, job.id, done, len(kinds) + 1)
            extract = extract_path(context.settings, dataset_id)
            hits = await asyncio.to_thread(matching.hits, KINDS[kind], extract)
            found.bearing += hits.bearing
            found.irrelevant += hits.irrelevant
    await report_progress(context.database, job.id, len(kinds), len(kinds) + 1)
    return found


async def _conclude(context: ServiceContext, job: Job, list_id: UUID, hits: Hits) -> dict[str, Any]:
    """Every case compared, in one transaction. A case that moved meanwhile is left out and told."""
    async with context.database.transaction() as transaction:
        row = await store.lock_comparison(transaction, list_id)
        if row["state"] != "running":
            earlier: dict[str, Any] = row["details"]["result"]
            return earlier
        listed = list((await store.compared_households(transaction.connection, list_id)).values())
        cases = await lock_cases(transaction, listed, None)
        waiting = [case for case in cases if awaits_comparison(case)]
        raised = await _raise_suspects(transaction, list_id, waiting, hits)
        outcomes = decide(transaction, waiting, lambda case: compare(case, list_id, raised.get(case.id, ())))
        await save(transaction, outcomes, Act(job.requested_by, list_id))
        moved = {case.id for case in cases} - {case.id for case in waiting}
        flagged = sum(outcome.case.stage is Stage.VERIFICATION for outcome in outcomes)
        result = {
            "compared": len(outcomes),
            "flagged": flagged,
            "suspects": sum(map(len, raised.values())),
            "irrelevant_hits": hits.irrelevant,
            "moved": sorted(map(str, moved))[:_NAMED],
        }
        told = dict.fromkeys(moved, "moved") | {outcome.case.id: _told(outcome) for outcome in outcomes}
        await store.end_comparison(transaction, list_id, "done", {"result": result}, told)
        await _release(transaction, list_id, row["details"])
        event = CountyComparisonCompleted(list_id=list_id, cases=len(outcomes), flagged=flagged)
        transaction.emit(event, division=row["division"], sequence=row["version"] + 1)
    return result


def _told(outcome: Outcome) -> str:
    return "suspect" if outcome.case.stage is Stage.VERIFICATION else "clear"


async def _raise_suspects(
    transaction: Transaction, list_id: UUID, waiting: Sequence[Case], hits: Hits
) -> dict[UUID, list[UUID]]:
    by_household = {case.household_id: case for case in waiting}
    suspects = [
        store.NewSuspect(by_household[hit.household_id].id, by_household[hit.household_id].division, hit)
        for hit in hits.bearing
        if hit.household_id in by_household
    ]
    return await store.raise_suspects(transaction, list_id, suspects)


async def _release(transaction: Transaction, list_id: UUID, details: dict[str, Any]) -> None:
    if not details["keep_extracts"]:
        await store.release_datasets(transaction, list_id, [UUID(one) for one in details["datasets"]])


async def _remove_extracts(context: ServiceContext, list_id: UUID) -> None:
    """After the commit: an extract's rows that match nobody are kept nowhere."""
    async with context.database.connection() as connection:
        row = await store.find_comparison(connection, list_id)
        datasets = [UUID(one) for one in row["details"]["datasets"]] if row is not None else []
        removed = await store.removed_datasets(connection, datasets)
    for dataset_id in removed:
        extract_path(context.settings, dataset_id).unlink(missing_ok=True)


async def _fail(context: ServiceContext, list_id: UUID, error: Exception) -> None:
    """Nothing was changed but the list itself; its cases may be compared again, its extracts are still there."""
    code = error.type.code if isinstance(error, Problem) else "internal-error"
    async with context.database.transaction() as transaction:
        if (await store.lock_comparison(transaction, list_id))["state"] == "running":
            await store.end_comparison(transaction, list_id, "failed", {"problem": code}, {})
