"""The verdicts of many cases on the newest facts, a few statements for all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.identification.assessments.store import Assessment, newest_assessments
from services.identification.cases.case import Case
from services.identification.policies.store import governing, policy_in_force
from services.identification.policy import (
    UNDETERMINED,
    Evaluation,
    FactValues,
    Household,
    Policy,
    evaluate,
    parse_facts,
)
from shared.database.transaction import Transaction

ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class AssessedCase:
    case: Case
    assessment: Assessment
    facts: FactValues


@dataclass(frozen=True, slots=True)
class PolicyGroup:
    """Cases that one policy decides, each with the newest facts of its household."""

    policy: Policy
    cases: Sequence[AssessedCase]

    @property
    def households(self) -> list[Household]:
        return [Household(str(one.case.id), one.facts) for one in self.cases]


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """``assessment`` is None where the household was never assessed: then the verdict is undetermined."""

    verdict: str
    policy_version: str | None = None
    assessment: Assessment | None = None
    evaluation: Evaluation | None = None


async def by_policy(transaction: Transaction, cases: Sequence[Case]) -> list[PolicyGroup]:
    """The cases whose household was ever assessed, with the policy of the assessment's year and of their division."""
    assessments = await newest_assessments(transaction.connection, [case.household_id for case in cases])
    groups = defaultdict(list)
    for case in cases:
        if (assessment := assessments.get(case.household_id)) is not None:
            assessed = AssessedCase(case, assessment, parse_facts(assessment.facts)[0])
            groups[case.division, assessment.year].append(assessed)
    joined: defaultdict[tuple[str, int], list[AssessedCase]] = defaultdict(list)
    for place, governed in (await governing(transaction.connection, groups)).items():
        joined[governed] += groups[place]
    return [
        PolicyGroup(await policy_in_force(transaction.connection, *governed), several)
        for governed, several in joined.items()
    ]


async def evaluate_cases(
    transaction: Transaction, cases: Sequence[Case], groups: Sequence[PolicyGroup]
) -> Mapping[UUID, CaseVerdict]:
    """By case id; ``groups`` as ``by_policy`` makes them of the cases."""
    verdicts = {case.id: CaseVerdict(UNDETERMINED) for case in cases}
    for group in groups:
        policy = group.policy
        evaluations = await evaluate(
            transaction.connection, policy, policy.criteria.procedures[ENTRY], group.households
        )
        for one, evaluation in zip(group.cases, evaluations, strict=True):
            verdicts[one.case.id] = CaseVerdict(evaluation.verdict, policy.version, one.assessment, evaluation)
    return verdicts
