"""Assessments and decisions in the database; neither is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.identification.policy import Evaluation
from shared.database.transaction import Transaction
from shared.ids import new_id

if TYPE_CHECKING:
    from shared.database.transaction import Connection


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """``facts`` in JSON form, checked before; ``causes``: the main one first, then at most two others."""

    household_id: UUID
    division: str
    year: int
    facts: Mapping[str, Any]
    main_cause: str | None
    causes: Sequence[str]
    surveyors: Sequence[Mapping[str, Any]]
    evidence: Sequence[str]
    assessed_by: UUID


@dataclass(frozen=True, slots=True)
class Assessment:
    id: UUID
    household_id: UUID
    year: int
    version: int
    facts: Mapping[str, Any]
    main_cause: str | None
    causes: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A verdict as made: its evaluation, on this assessment, by this policy version."""

    case_id: UUID
    assessment_id: UUID
    policy_version: str
    evaluation: Evaluation


async def add_assessment(transaction: Transaction, new: NewAssessment) -> Assessment:
    """The next version of the household's facts in the year."""
    assessment_id = new_id()
    version: int = await transaction.fetch_value(
        """INSERT INTO assessments (id, household_id, division, year, version, facts, main_cause, causes, surveyors,
                                    evidence, assessed_by, assessed_at)
           SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6, $7, $8, $9, $10, $11
           FROM assessments WHERE household_id = $2 AND year = $4
           RETURNING version""",
        assessment_id,
        new.household_id,
        new.division,
        new.year,
        dict(new.facts),
        new.main_cause,
        list(new.causes),
        [dict(surveyor) for surveyor in new.surveyors],
        list(new.evidence),
        new.assessed_by,
        transaction.now,
    )
    return Assessment(assessment_id, new.household_id, new.year, version, new.facts, new.main_cause, new.causes)


async def newest_assessments(connection: "Connection", household_ids: Sequence[UUID]) -> dict[UUID, Assessment]:
    """By household: the newest version of the newest year."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (household_id) id, household_id, year, version, facts, main_cause, causes
           FROM assessments WHERE household_id = ANY($1::uuid[])
           ORDER BY household_id, year DESC, version DESC""",
        list(household_ids),
    )
    return {row["household_id"]: Assessment(**dict(row)) for row in rows}


async def record_decisions(transaction: Transaction, decisions: Sequence[NewDecision]) -> None:
    await transaction.execute(
        """INSERT INTO decisions (id, case_id, assessment_id, policy_version, procedure, verdict, criteria,
                                  missing_facts, made_at)
           SELECT uuidv7(), case_id, assessment_id, policy_version, 'entry', verdict, criteria,
                  to_jsonb(string_to_array(missing_facts, ',')), $7
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[])
             AS made (case_id, assessment_id, policy_version, verdict, criteria, missing_facts)""",
        [decision.case_id for decision in decisions],
        [decision.assessment_id for decision in decisions],
        [decision.policy_version for decision in decisions],
        [decision.evaluation.verdict for decision in decisions],
        [decision.evaluation.criteria for decision in decisions],
        [",".join(decision.evaluation.missing_facts) for decision in decisions],
        transaction.now,
    )
