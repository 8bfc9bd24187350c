"""The verdicts of many cases on the newest facts, a few statements for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from services.identification.assessments.store import Assessment, newest_assessments
from services.identification.cases.case import Case
from services.identification.policies.store import lineage, policy_in_force
from services.identification.policy import UNDETERMINED, Evaluation, Household, Policy, evaluate, parse_facts
from shared.database.transaction import Transaction

if TYPE_CHECKING:
    from shared.database.transaction import Connection

ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """``assessment`` is None where the household was never assessed: then the verdict is undetermined."""

    verdict: str
    policy_version: str | None = None
    assessment: Assessment | None = None
    evaluation: Evaluation | None = None


async def evaluate_cases(transaction: Transaction, cases: Sequence[Case]) -> dict[UUID, CaseVerdict]:
    """By case id, on the newest assessment of each household and the policy of its year and division."""
    assessments = await newest_assessments(transaction.connection, [case.household_id for case in cases])
    verdicts = {case.id: CaseVerdict(UNDETERMINED) for case in cases}
    for (division, year), group in (await by_policy(transaction.connection, cases, assessments)).items():
        policy = await policy_in_force(transaction.connection, division, year)
        for case, evaluation in zip(group, await _evaluate(transaction, policy, group, assessments), strict=True):
            assessment = assessments[case.household_id]
            verdicts[case.id] = CaseVerdict(evaluation.verdict, policy.version, assessment, evaluation)
    return verdicts


async def by_policy(
    connection: "Connection", cases: Sequence[Case], assessments: dict[UUID, Assessment]
) -> dict[tuple[str, int], list[Case]]:
    """Cases that share a policy, under the lowest division that has one of its own."""
    rows = await connection.fetch("SELECT DISTINCT division, year FROM policies")
    existing = {(row["division"], row["year"]) for row in rows}
    groups = defaultdict(list)
    for case in cases:
        assessment = assessments.get(case.household_id)
        if assessment is not None:
            own = [division for division in lineage(case.division) if (division, assessment.year) in existing]
            groups[(own[-1] if own else case.division, assessment.year)].append(case)
    return groups


async def _evaluate(
    transaction: Transaction, policy: Policy, cases: Sequence[Case], assessments: dict[UUID, Assessment]
) -> list[Evaluation]:
    households = [Household(str(case.id), parse_facts(assessments[case.household_id].facts)[0]) for case in cases]
    return await evaluate(transaction.connection, policy, policy.criteria.procedures[ENTRY], households)
