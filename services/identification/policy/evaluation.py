"""Decide households in PostgreSQL: one statement for any number of them, three-valued and exact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import orjson

from services.identification.policy.compilation import Compilation, compile_conditions, compile_procedure
from services.identification.policy.criteria import Procedure
from services.identification.policy.expressions import FACTS_TABLE
from services.identification.policy.facts import FACTS, FactValues, Subject
from services.identification.policy.kinds import Kind
from services.identification.policy.missing import missing_facts
from services.identification.policy.policy import Policy

if TYPE_CHECKING:
    import asyncpg

    Connection = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

UNDETERMINED = "undetermined"

COLUMN_TYPES = {
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "bigint",
    Kind.MONEY: "numeric",
    Kind.DATE: "date",
    Kind.CHOICE: "text",
}


@dataclass(frozen=True, slots=True)
class Household:
    """Parsed facts under a reference of the caller's; absent or None is unknown. A village likewise."""

    ref: str
    facts: FactValues


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer for one household. None is unknown; ``missing_facts`` only where it is undetermined."""

    ref: str
    verdict: str
    criteria: dict[str, bool | None]
    missing_facts: tuple[str, ...] = ()


async def evaluate(
    connection: "Connection", policy: Policy, procedure: Procedure, households: Sequence[Household]
) -> list[Evaluation]:
    """Evaluate households by one procedure, answered in the order given."""
    compilation = compile_procedure(policy, procedure)
    verdicts = {True: procedure.holds, False: procedure.fails, None: UNDETERMINED}
    rows = await _decide(connection, compilation, procedure.subject, households)
    evaluations = []
    for household, (scope, *answers, verdict) in zip(households, rows, strict=True):
        criteria = dict(zip(compilation.criteria, answers, strict=True))
        missing = missing_facts(procedure, household.facts, criteria, scope) if verdict is None else ()
        evaluations.append(Evaluation(household.ref, verdicts[verdict], criteria, missing))
    return evaluations


async def find_contradictions(
    connection: "Connection", policy: Policy, households: Sequence[Household]
) -> list[tuple[str, ...]]:
    """For each household, the ids of the policy's contradictions that its facts hold; mostly none."""
    checks = tuple(check for check in policy.criteria.contradictions.values() if check.subject is Subject.HOUSEHOLD)
    if not checks:
        return [() for _ in households]
    compilation = compile_conditions(policy, checks)
    rows = await _decide(connection, compilation, Subject.HOUSEHOLD, households)
    return [
        tuple(id_ for id_, contradicted in zip(compilation.criteria, answers, strict=True) if contradicted)
        for _, *answers, _ in rows
    ]


async def _decide(
    connection: "Connection", compilation: Compilation, subject: Subject, households: Sequence[Household]
) -> Sequence[Sequence[bool | None]]:
    """One row for each household, in order: the scope, every criterion, the verdict."""
    if not households:
        return []
    statement = compilation.sql(_source(compilation, subject))
    rows = await connection.fetch(statement, _document(compilation, households))
    return cast("Sequence[Sequence[bool | None]]", rows)


def _source(compilation: Compilation, subject: Subject) -> str:
    """Rows come out of the document in its own order, which nothing in the statement disturbs."""
    columns = ", ".join(f"{name} {COLUMN_TYPES[FACTS[subject][name].kind]}" for name in compilation.facts)
    return f"json_to_recordset($1::text::json) AS {FACTS_TABLE}({columns})"


def _document(compilation: Compilation, households: Sequence[Household]) -> str:
    wanted = frozenset(compilation.facts)

    def rows() -> Iterator[dict[str, object]]:
        for household in households:
            yield {name: value for name, value in household.facts.items() if name in wanted}

    return orjson.dumps(list(rows()), default=str).decode()
