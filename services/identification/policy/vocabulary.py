"""The names an expression may use about a subject: its facts, derived facts, and the policy's parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from services.identification.policy import kinds
from services.identification.policy.expressions import (
    FACTS_TABLE,
    PARAMETERS_TABLE,
    Term,
    compile_expression,
)
from services.identification.policy.facts import FACTS, Fact, Subject
from services.identification.policy.kinds import Kind
from services.identification.policy.lexis import ExpressionError, Place
from services.identification.policy.parameters import PARAMETERS

EVALUATION_YEAR = "evaluation_year"
_QUALIFIER = f"{PARAMETERS_TABLE}."


@dataclass(frozen=True)
class Derived:
    """A fact that follows from others; with ``per``, the expression is a total divided by that fact."""

    name: str
    subject: Subject
    zh: str
    en: str
    expression: str
    per: str | None = None


class Vocabulary:
    """Resolves names to terms. Derived facts are compiled once; one that needs itself is refused."""

    def __init__(self, subject: Subject, derived: Mapping[str, Derived]) -> None:
        self._facts = FACTS[subject]
        self._derived = {name: fact for name, fact in derived.items() if fact.subject is subject}
        self._compiled: dict[str, Term] = {}
        self._open: list[str] = []

    def resolve(self, name: str) -> Term | None:
        """Facts come before parameters of the same name; ``parameter.name`` means the parameter."""
        if name.startswith(_QUALIFIER):
            return _parameter_term(name.removeprefix(_QUALIFIER))
        if name in self._facts:
            return _fact_term(self._facts[name])
        if name in self._derived:
            return self.derive(name)
        return _parameter_term(name)

    def derive(self, name: str) -> Term:
        """The term of a derived fact; raises ``ExpressionError``."""
        if name in self._open:
            raise ExpressionError("name-cyclic", Place(1, 1))
        if name not in self._compiled:
            self._open.append(name)
            try:
                self._compiled[name] = self._compile(self._derived[name])
            finally:
                self._open.pop()
        return self._compiled[name]

    def _compile(self, fact: Derived) -> Term:
        term = replace(compile_expression(fact.expression, self.resolve), literal=False)
        if fact.per is None:
            return term
        per = self._facts.get(fact.per)
        if per is None or per.kind is not Kind.INTEGER:
            raise ExpressionError("per-head-by-count", Place(1, 1))
        if term.per is not None:
            raise ExpressionError("per-head-alone", Place(1, 1))
        if term.kind not in (Kind.MONEY, Kind.INTEGER):
            raise ExpressionError("number-needed", Place(1, 1))
        count = _fact_term(per)
        return replace(
            term,
            facts=term.facts | count.facts,
            divisors=term.divisors | count.facts,
            per=exp.Nullif(this=count.sql, expression=exp.Literal.number(0)),
            per_bound=per.maximum,
        )


def _fact_term(fact: Fact) -> Term:
    bound = kinds.MONEY_LIMIT if fact.kind is Kind.MONEY else fact.maximum
    column = exp.column(fact.name, table=FACTS_TABLE)
    return Term(fact.kind, column, facts=frozenset({fact.name}), choices=fact.choices, bound=bound)


def _parameter_term(name: str) -> Term | None:
    column = exp.column(name, table=PARAMETERS_TABLE)
    read = frozenset({name})
    if name == EVALUATION_YEAR:
        return Term(Kind.INTEGER, column, parameters=read, bound=9999)
    parameter = PARAMETERS.get(name)
    if parameter is None or parameter.kind is None:
        return None
    bound = kinds.MONEY_LIMIT if parameter.kind is Kind.MONEY else parameter.maximum
    return Term(parameter.kind, column, parameters=read, bound=bound)
