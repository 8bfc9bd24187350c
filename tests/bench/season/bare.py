"""The same rows without the system: one statement a list and step, in one database, and nothing beside."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.database.database import Database
from shared.ids import new_id
from tests.bench.cases import GROUP, OFFICER
from tests.bench.season.county import FACTS, GROUPS, TOWNSHIPS, VILLAGES

_APPLIED = f"""
    INSERT INTO cases (id, household_id, division, kind, submitted_by, state, step, stage, version, publicity_over,
      open_objections, open_suspects, open_issues, evidence, applied_on, created_at, updated_at)
    SELECT id, gen_random_uuid(), '{GROUP}', 'entry', '{OFFICER}', 'open', $3, 'appraisal', $2, false, 0, 0, 0,
      '["{"0" * 64}"]', '2026-03-01', now(), now() FROM unnest($1::uuid[]) AS id
    RETURNING id, household_id, version"""
_MOVED = """
    UPDATE cases SET step = $3, version = version + $2, updated_at = now() WHERE id = ANY($1::uuid[])
    RETURNING id, household_id, version"""
_TOLD = """
    INSERT INTO outbox (shard, topic, key, headers, value)
    SELECT 0, 'jingzhun.identification.v1', id::text, $4::jsonb, $5::bytea FROM moved, generate_series(1, $2::int)"""
_REMEMBERED = f"""
    INSERT INTO case_history (case_id, sequence, at, event, step, stage, state, officer_id)
    SELECT id, version - $2::int + place, now(), 'CaseAppraisedByVillage', $3, 'appraisal', 'open', '{OFFICER}'
    FROM moved, generate_series(1, $2::int) AS place"""
_LISTED = """
    INSERT INTO list_cases (list_id, case_id, outcome, in_favour, against, abstained)
    SELECT $6::uuid, id, 'passed', 20, 0, 0 FROM moved"""
_ASSESSED = f"""
    INSERT INTO assessments (id, household_id, division, year, version, facts, causes, main_cause, surveyors, evidence,
      assessed_by, assessed_at)
    SELECT gen_random_uuid(), household_id, '{GROUP}', 2026, 1, $7::jsonb, '[]', 'illness', '[]', '["{"0" * 64}"]',
      '{OFFICER}', now() FROM moved"""
_DECIDED = """
    INSERT INTO decisions (id, case_id, assessment_id, policy_version, procedure, verdict, criteria, missing_facts,
      made_at)
    SELECT gen_random_uuid(), id, id, '0123456789abcdef', 'entry', 'eligible', $8::jsonb, '[]', now() FROM moved"""
_REGISTERED = f"""
    INSERT INTO registrations (household_id, version, status, since, division, case_id, policy_version, recorded_at)
    SELECT household_id, 1, 'poor', '2026-03-01', '{GROUP}', id, '0123456789abcdef', now() FROM moved"""
_CRITERIA = dict.fromkeys((f"entry.{number}" for number in range(12)), False)


@dataclass(frozen=True, slots=True)
class Step:
    """``lists``: into how many the county's cases are divided; ``writes`` beside history and outbox."""

    name: str
    lists: int
    events: int = 1
    writes: tuple[str, ...] = (_LISTED,)
    change: str = _MOVED

    @property
    def statement(self) -> str:
        parts = [self.change, _TOLD, _REMEMBERED, *self.writes]
        named = ", ".join(f"{'moved' if part is self.change else f'w{n}'} AS ({part})" for n, part in enumerate(parts))
        # Every statement takes the same parameters; what it has no use for is told its type here.
        return f"WITH {named} SELECT count(*), $6::uuid, $7::jsonb, $8::jsonb FROM moved"


_VILLAGE_LISTS = TOWNSHIPS * VILLAGES
STEPS = (
    Step("application", _VILLAGE_LISTS, 2, (), _APPLIED),
    Step("group_appraisal", _VILLAGE_LISTS * GROUPS),
    Step("group_appraisal", _VILLAGE_LISTS * GROUPS),
    Step("survey", _VILLAGE_LISTS, 2, (_ASSESSED, _DECIDED)),
    Step("village_appraisal", _VILLAGE_LISTS),
    Step("village_appraisal", _VILLAGE_LISTS),
    Step("township_review", TOWNSHIPS, 2),
    Step("county_comparison", 1),
    Step("data_cleaning", TOWNSHIPS),
    Step("announcement", 1, 1, (_LISTED, _REGISTERED)),
)


async def play(database: Database, cases: int, headers: dict[str, str], value: bytes) -> None:
    """``headers`` and ``value`` are of an event as ours writes it; the end of a publicity is told with what follows."""
    ids = [new_id() for _ in range(cases)]
    for step in STEPS:
        lists = _divided(ids, step.lists)
        await asyncio.gather(*(_act(database, step, listed, headers, value) for listed in lists))


async def _act(database: Database, step: Step, listed: Sequence[UUID], headers: dict[str, str], value: bytes) -> None:
    arguments = listed, step.events, step.name, headers, value, new_id(), FACTS, _CRITERIA
    async with database.connection() as connection:
        await connection.execute(step.statement, *arguments)


def _divided(ids: Sequence[UUID], lists: int) -> list[Sequence[UUID]]:
    size = -(-len(ids) // lists)
    return [ids[start : start + size] for start in range(0, len(ids), size)]
