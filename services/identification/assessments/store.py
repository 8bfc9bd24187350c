"""Assessments and decisions in the database; neither is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

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


async def add_assessments(transaction: Transaction, new: Sequence[NewAssessment]) -> list[Assessment]:
    """The next version of each household's facts in the year, in their order; each household once."""
    rows = await transaction.fetch(
        """INSERT INTO assessments (id, household_id, division, year, version, facts, main_cause, causes, surveyors,
                                    evidence, assessed_by, assessed_at)
           SELECT id, household_id, division, year,
                  1 + coalesce((SELECT max(version) FROM assessments AS earlier
                                WHERE earlier.household_id = new.household_id AND earlier.year = new.year), 0),
                  facts, main_cause, causes::jsonb, surveyors::jsonb, evidence::jsonb, assessed_by, $11
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::jsonb[], $6::text[], $7::text[],
                       $8::text[], $9::text[], $10::uuid[])
             AS new (id, household_id, division, year, facts, main_cause, causes, surveyors, evidence, assessed_by)
           RETURNING id, household_id, version""",
        [new_id() for _ in new],
        [one.household_id for one in new],
        [one.division for one in new],
        [one.year for one in new],
        [dict(one.facts) for one in new],
        [one.main_cause for one in new],
        [_json(one.causes) for one in new],
        [_json([dict(surveyor) for surveyor in one.surveyors]) for one in new],
        [_json(one.evidence) for one in new],
        [one.assessed_by for one in new],
        transaction.now,
    )
    made = {row["household_id"]: (row["id"], row["version"]) for row in rows}
    return [
        Assessment(id_, one.household_id, one.year, version, one.facts, one.main_cause, one.causes)
        for one in new
        for id_, version in [made[one.household_id]]
    ]


def _json(values: Sequence[Any]) -> str:
    """The driver takes a list within a list for a second dimension of an array."""
    return orjson.dumps(list(values)).decode()


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
