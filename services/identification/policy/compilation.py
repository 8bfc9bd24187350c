"""A procedure as one SQL statement over many households: every criterion, and the verdict, as true, false or null.

The statement is neutral: written out for PostgreSQL it decides a call or a table, for DuckDB a snapshot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from typing import Literal

from sqlglot import exp

from services.identification.policy.criteria import Criterion, Procedure
from services.identification.policy.expressions import FACTS_TABLE, Term, bind
from services.identification.policy.kinds import Kind
from services.identification.policy.policy import Policy

Dialect = Literal["postgres", "duckdb"]

SCOPE, VERDICT = "scope", "verdict"
_DECIDED = "decided"
_EVERYWHERE = Term(Kind.BOOLEAN, exp.Boolean(this=True))


@dataclass(frozen=True, eq=False)
class Compilation:
    """``facts`` are the columns that a source must have; ``columns`` the criteria in the order of the answer."""

    facts: tuple[str, ...]
    criteria: tuple[str, ...]
    columns: tuple[exp.Expr, ...]
    verdict: exp.Expr

    def sql(self, source: str, keys: Sequence[str] = (), dialect: Dialect = "postgres") -> str:
        """Select ``keys``, ``scope``, one column per criterion (``c0`` …) and ``verdict`` from ``source``.

        ``source`` is a trusted FROM item, aliased ``fact``, whose columns are the keys and the facts.
        """
        return _written(self, source, tuple(keys), dialect)

    def _write(self, source: str, keys: Sequence[str], dialect: Dialect) -> str:
        identified = [exp.column(key, table=FACTS_TABLE).sql(dialect=dialect) for key in keys]
        columns = [column.sql(dialect=dialect) for column in self.columns]
        decided = f"SELECT {', '.join([*identified, *columns])} FROM {source}"  # noqa: S608
        # OFFSET 0 keeps PostgreSQL from evaluating every criterion twice, for itself and for the verdict.
        verdict = self.verdict.sql(dialect=dialect)
        return f"SELECT *, {verdict} AS {VERDICT} FROM ({decided} OFFSET 0) AS {_DECIDED}"  # noqa: S608


@lru_cache(maxsize=256)
def _written(compilation: Compilation, source: str, keys: tuple[str, ...], dialect: Dialect) -> str:
    """Writing the statement takes longer than deciding a household by it."""
    return compilation._write(source, keys, dialect)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Policies of one version decide alike, whichever division adopted them: compiled once."""

    version: str
    policy: Policy = field(compare=False)


def compile_procedure(policy: Policy, procedure: Procedure) -> Compilation:
    """The statement's parts for one procedure under one policy."""
    return _compiled_procedure(_Meaning(policy.version, policy), procedure)


@lru_cache(maxsize=128)
def _compiled_procedure(meaning: _Meaning, procedure: Procedure) -> Compilation:
    terms = [procedure.scope or _EVERYWHERE, *(criterion.condition for criterion in procedure.criteria)]
    return _compilation(meaning.policy, procedure.criteria, terms, _verdict(procedure))


def compile_conditions(policy: Policy, criteria: tuple[Criterion, ...]) -> Compilation:
    """The parts for criteria that make no verdict, such as contradictions between facts."""
    return _compiled_conditions(_Meaning(policy.version, policy), criteria)


@lru_cache(maxsize=128)
def _compiled_conditions(meaning: _Meaning, criteria: tuple[Criterion, ...]) -> Compilation:
    terms = [_EVERYWHERE, *(criterion.condition for criterion in criteria)]
    return _compilation(meaning.policy, criteria, terms, exp.Null())


def _compilation(
    policy: Policy, criteria: Sequence[Criterion], terms: Sequence[Term], verdict: exp.Expr
) -> Compilation:
    literals = policy.literals()
    names = [SCOPE, *(f"c{index}" for index in range(len(criteria)))]
    return Compilation(
        facts=tuple(sorted(frozenset[str]().union(*(term.facts for term in terms)))),
        criteria=tuple(criterion.id for criterion in criteria),
        columns=tuple(exp.alias_(bind(term.sql, literals), name) for name, term in zip(names, terms, strict=True)),
        verdict=verdict,
    )


def _verdict(procedure: Procedure) -> exp.Expr:
    position = {criterion.id: f"c{index}" for index, criterion in enumerate(procedure.criteria)}

    def columns(criteria: Sequence[Criterion]) -> list[exp.Expr]:
        return [exp.column(position[criterion.id], table=_DECIDED) for criterion in criteria]

    parts = [exp.column(SCOPE, table=_DECIDED), *columns(procedure.all_of)]
    if procedure.any_of:
        parts.append(exp.paren(_joined(exp.Or, columns(procedure.any_of))))
    if procedure.none_of:
        parts.append(exp.Not(this=exp.paren(_joined(exp.Or, columns(procedure.none_of)))))
    return _joined(exp.And, parts)


def _joined(operator: type[exp.Expr], terms: Sequence[exp.Expr]) -> exp.Expr:
    return reduce(lambda left, right: operator(this=left, expression=right), terms)
