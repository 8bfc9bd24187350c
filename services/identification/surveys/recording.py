"""Recording home visits: each an immutable assessment and its verdict, a few statements for all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.identification.assessments.facts import refuse_contradictions
from services.identification.assessments.store import (
    Assessment,
    NewAssessment,
    NewDecision,
    add_assessments,
    record_decisions,
)
from services.identification.assessments.verdicts import ENTRY
from services.identification.cases.case import Case
from services.identification.cases.domain import survey
from services.identification.cases.store import Act, decide, lock_cases, save
from services.identification.evidence.store import require_all_evidence
from services.identification.policies.store import governing, policy_in_force
from services.identification.policy import Evaluation, FactValues, Household, Policy, evaluate
from shared.auth import Principal
from shared.clock import local_date
from shared.database.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Visit:
    """``raw`` facts as they were told, ``facts`` as they were read; ``pointer``: where it stands in the request."""

    case_id: UUID
    raw: Mapping[str, Any]
    facts: FactValues
    main_cause: str | None
    causes: Sequence[str]
    surveyors: Sequence[Mapping[str, Any]]
    evidence: Sequence[str]
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Surveyed:
    assessment: Assessment
    evaluation: Evaluation


async def record_visits(
    transaction: Transaction, principal: Principal, visits: Sequence[Visit]
) -> dict[UUID, Surveyed]:
    """By case. Whole or not at all: what is wrong with one refuses all."""
    officer = principal.require_officer()
    cases = await lock_cases(transaction, [visit.case_id for visit in visits], principal)
    await require_all_evidence(transaction, {f"{visit.pointer}/evidence": visit.evidence for visit in visits})
    year, told = local_date(transaction.now).year, {visit.case_id: visit for visit in visits}
    evaluations = await _evaluate(transaction, cases, told, year)
    assessments = await add_assessments(
        transaction, [_assessment(case, told[case.id], year, officer) for case in cases]
    )
    surveyed = {
        case.id: Surveyed(assessment, evaluations[case.id][1])
        for case, assessment in zip(cases, assessments, strict=True)
    }
    outcomes = decide(transaction, cases, lambda case: _surveyed(case, surveyed[case.id]))
    await save(transaction, outcomes, Act(officer))
    decisions = [
        NewDecision(id_, surveyed[id_].assessment.id, policy.version, evaluation)
        for id_, (policy, evaluation) in evaluations.items()
    ]
    await record_decisions(transaction, decisions)
    return surveyed


def _surveyed(case: Case, found: Surveyed) -> Any:
    return survey(case, found.assessment.id, found.assessment.version, found.evaluation.verdict)


async def _evaluate(
    transaction: Transaction, cases: Sequence[Case], told: Mapping[UUID, Visit], year: int
) -> dict[UUID, tuple[Policy, Evaluation]]:
    """By case, with the policy that decided. Facts that contradict each other are refused."""
    groups: defaultdict[tuple[str, int], list[Case]] = defaultdict(list)
    governed = await governing(transaction.connection, {(case.division, year) for case in cases})
    for case in cases:
        groups[governed[case.division, year]].append(case)
    decided: dict[UUID, tuple[Policy, Evaluation]] = {}
    for place, several in groups.items():
        policy = await policy_in_force(transaction.connection, *place)
        visits = [told[case.id] for case in several]
        await refuse_contradictions(transaction, policy, {f"{visit.pointer}/facts": visit.facts for visit in visits})
        households = [Household(str(visit.case_id), visit.facts) for visit in visits]
        found = await evaluate(transaction.connection, policy, policy.criteria.procedures[ENTRY], households)
        decided |= {case.id: (policy, one) for case, one in zip(several, found, strict=True)}
    return decided


def _assessment(case: Case, visit: Visit, year: int, officer: UUID) -> NewAssessment:
    return NewAssessment(
        household_id=case.household_id,
        division=case.division,
        year=year,
        facts=visit.raw,
        main_cause=visit.main_cause,
        causes=visit.causes,
        surveyors=visit.surveyors,
        evidence=visit.evidence,
        assessed_by=officer,
    )
