"""Data issues in the database, and the facts that cleaning looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from services.identification.assessments.store import Assessment
from services.identification.assessments.verdicts import PolicyGroup
from services.identification.cleaning.records import Facts
from services.identification.cleaning.rules import Issue
from services.identification.policy import find_contradictions
from services.identification.workflow import Stage, Step
from shared.areas import prefix
from shared.database.transaction import Transaction
from shared.ids import new_id

if TYPE_CHECKING:
    from shared.database.transaction import Connection


@dataclass(frozen=True, slots=True)
class Changes:
    """By case, the issues newly found or found again, and those no longer there."""

    found: dict[UUID, list[UUID]] = field(default_factory=dict)
    mended: dict[UUID, list[UUID]] = field(default_factory=dict)


async def waiting_households(connection: "Connection", case_ids: Sequence[UUID], area: str) -> list[UUID]:
    """The households of those of the cases that can be cleaned now."""
    rows = await connection.fetch(
        """SELECT household_id FROM cases
           WHERE id = ANY($1::uuid[]) AND division LIKE $2 AND state = 'open' AND step = $3 AND stage = $4""",
        list(case_ids),
        f"{prefix(area)}%",
        Step.DATA_CLEANING,
        Stage.CLEANING,
    )
    return [row["household_id"] for row in rows]


async def facts_by_case(transaction: Transaction, groups: Sequence[PolicyGroup]) -> dict[UUID, Facts]:
    """Of the cases whose household was ever assessed."""
    facts: dict[UUID, Facts] = {}
    for group in groups:
        contradictions = await find_contradictions(transaction.connection, group.policy, group.households)
        for one, contradicted in zip(group.cases, contradictions, strict=True):
            facts[one.case.id] = _facts(one.assessment, contradicted)
    return facts


def _facts(assessment: Assessment, contradictions: Sequence[str]) -> Facts:
    return Facts(assessment.facts, assessment.main_cause, assessment.causes, contradictions)


async def record_issues(transaction: Transaction, issues: Mapping[UUID, Sequence[Issue]]) -> Changes:
    """Write what was found in each case; what stood open there and was not found again is mended."""
    changes = Changes()
    found = [(case_id, issue) for case_id, several in issues.items() for issue in several]
    keys = [case_id for case_id, _ in found], [issue.fingerprint for _, issue in found]
    opened = await transaction.fetch(
        """INSERT INTO data_issues (id, case_id, fingerprint, rule, member_id, state, found_at)
           SELECT told.*, 'open', $6::timestamptz
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[]) AS told
           ON CONFLICT (case_id, fingerprint) DO UPDATE
             SET state = 'open', found_at = excluded.found_at, mended_at = NULL WHERE data_issues.state = 'mended'
           RETURNING id, case_id""",
        [new_id() for _ in found],
        *keys,
        [issue.rule for _, issue in found],
        [issue.member_id for _, issue in found],
        transaction.now,
    )
    mended = await transaction.fetch(
        """UPDATE data_issues SET state = 'mended', mended_at = $4
           WHERE case_id = ANY($1::uuid[]) AND state = 'open' AND NOT EXISTS (
             SELECT FROM unnest($2::uuid[], $3::text[]) AS told (case_id, fingerprint)
             WHERE told.case_id = data_issues.case_id AND told.fingerprint = data_issues.fingerprint)
           RETURNING id, case_id""",
        list(issues),
        *keys,
        transaction.now,
    )
    _collect(changes.found, opened)
    _collect(changes.mended, mended)
    return changes


def _collect(target: dict[UUID, list[UUID]], rows: Sequence[asyncpg.Record]) -> None:
    for row in rows:
        target.setdefault(row["case_id"], []).append(row["id"])


async def issues_of(connection: "Connection", case_id: UUID) -> list[asyncpg.Record]:
    return await connection.fetch(
        """SELECT id, rule, member_id, state, found_at, mended_at FROM data_issues
           WHERE case_id = $1 ORDER BY state DESC, found_at, rule, id""",
        case_id,
    )
