"""The language of criteria: one SQL boolean expression over facts and parameters.

Only names, literals, comparison, arithmetic without division, ``and``, ``or``, ``not``, ``in`` and ``year(date)``
are let through. What could turn "unknown" into an answer (``is null``, ``coalesce``, ``case``) is refused, so
that learning a fact never overturns what was decided without it. ``sqlglot`` parses; everything it returns is
examined and built anew, so nothing of the input reaches a database as it was written.

A fact per head (``income_per_capita``) is never divided: ``income_per_capita < x`` becomes
``income < x * members``, exact in every engine, and unknown where there are no members.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from services.identification.policy import kinds
from services.identification.policy.kinds import Kind, Unreadable
from services.identification.policy.lexis import ExpressionError, Place, examine, place_of

FACTS_TABLE, PARAMETERS_TABLE = "fact", "parameter"

_DEEPEST = 60
_LARGEST = 1_500
_INTEGER_BOUND = 2**62
_NUMBER_BOUND = 10**24

_COMPARISONS = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.EQ, exp.NEQ)
_ORDERED = {Kind.INTEGER, Kind.NUMBER, Kind.MONEY, Kind.DATE}
_NUMERIC = {Kind.INTEGER, Kind.NUMBER, Kind.MONEY}
_MIRRORED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.GT, exp.LTE: exp.GTE, exp.GT: exp.LT, exp.GTE: exp.LTE, exp.EQ: exp.EQ, exp.NEQ: exp.NEQ,
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """An examined expression: its kind, its SQL, and what it reads.

    ``per`` is set for a figure per head: ``sql`` is then the total and ``per`` what it is divided by.
    ``bound`` is the largest absolute value a numeric term can take. ``literal`` marks what was written out.
    """

    kind: Kind
    sql: exp.Expr
    facts: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    divisors: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()
    bound: int = 0
    size: int = 1
    literal: bool = False
    per: exp.Expr | None = None
    per_bound: int = 0


Resolve = Callable[[str], Term | None]


def compile_expression(text: str, resolve: Resolve) -> Term:
    """Parse and check an expression. ``resolve`` knows the names; raises ``ExpressionError`` with the place."""
    return _Builder(resolve).build(parse(text))


def compile_condition(text: str, resolve: Resolve) -> Term:
    """As ``compile_expression``, for an expression that must be true, false or unknown."""
    tree = parse(text)
    return _Builder(resolve).boolean(tree)


def parse(text: str) -> exp.Expr:
    examine(text)
    try:
        tree = sqlglot.parse_one(text, dialect="postgres")
    except RecursionError:
        raise ExpressionError("expression-too-deep", Place(1, 1)) from None
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        place = Place(details[0].get("line") or 1, details[0].get("col") or 1)
        raise ExpressionError("expression-malformed", place) from None
    if _depth(tree) > _DEEPEST:
        raise ExpressionError("expression-too-deep", Place(1, 1))
    return tree


def _depth(tree: exp.Expr) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in node.iter_expressions())
    return deepest


class _Builder:
    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def build(self, node: exp.Expr) -> Term:
        term = self._build(node)
        if term.size > _LARGEST:
            raise ExpressionError("expression-too-long", place_of(node))
        limit = _INTEGER_BOUND if term.kind is Kind.INTEGER else _NUMBER_BOUND
        if term.bound > limit:
            raise ExpressionError("value-too-large", place_of(node))
        return term

    def _build(self, node: exp.Expr) -> Term:  # noqa: PLR0911
        match node:
            case exp.Paren():
                return self.build(node.this)
            case exp.Column():
                return self._name(node)
            case exp.Literal():
                return _literal(node)
            case exp.Boolean():
                return Term(Kind.BOOLEAN, exp.Boolean(this=bool(node.this)), literal=True)
            case exp.And() | exp.Or():
                return _joined(type(node), self.boolean(node.this), self.boolean(node.expression))
            case exp.Not():
                term = self.boolean(node.this)
                return replace(term, sql=exp.Not(this=_enclosed(term.sql, exp.Not)), size=term.size + 1, literal=False)
            case exp.In():
                return self._membership(node)
            case exp.Add() | exp.Sub() | exp.Mul():
                return self._arithmetic(node)
            case exp.Neg():
                return self._negated(node)
            case exp.Year():
                return self._year(node)
            case _ if isinstance(node, _COMPARISONS):
                return self._comparison(node)
            case _:
                raise ExpressionError("construct-refused", place_of(node))

    def boolean(self, node: exp.Expr) -> Term:
        term = self.build(node)
        if term.kind is not Kind.BOOLEAN:
            raise ExpressionError("boolean-needed", place_of(node))
        return term

    def _name(self, node: exp.Column) -> Term:
        term = self._resolve(".".join(part.name for part in node.parts))
        if term is None:
            raise ExpressionError("name-unknown", place_of(node))
        return term

    def _plain_number(self, node: exp.Expr) -> Term:
        term = self.build(node)
        if term.per is not None:
            raise ExpressionError("per-head-alone", place_of(node))
        if term.kind not in _NUMERIC:
            raise ExpressionError("number-needed", place_of(node))
        return term

    def _arithmetic(self, node: exp.Binary) -> Term:
        left, right = self._plain_number(node.this), self._plain_number(node.expression)
        if left.literal and right.literal:
            raise ExpressionError("literals-alone", place_of(node))
        kinds_ = {left.kind, right.kind}
        product = isinstance(node, exp.Mul)
        if product and left.kind is right.kind is Kind.MONEY:
            raise ExpressionError("kinds-mixed", place_of(node))
        if not product and Kind.MONEY in kinds_ and len(kinds_) > 1 and not (left.literal or right.literal):
            raise ExpressionError("kinds-mixed", place_of(node))
        kind = next(kind for kind in (Kind.MONEY, Kind.NUMBER, Kind.INTEGER) if kind in kinds_)
        bound = left.bound * right.bound if product else left.bound + right.bound
        return replace(_combined(type(node), left, right), kind=kind, bound=bound)

    def _negated(self, node: exp.Neg) -> Term:
        term = self._plain_number(node.this)
        return replace(term, sql=exp.Neg(this=_enclosed(term.sql, exp.Neg)), size=term.size + 1)

    def _year(self, node: exp.Year) -> Term:
        term = self.build(node.this)
        if term.kind is not Kind.DATE or term.literal:
            raise ExpressionError("date-needed", place_of(node))
        year = exp.Extract(this=exp.var("YEAR"), expression=term.sql)
        return replace(term, kind=Kind.INTEGER, sql=exp.cast(year, "BIGINT"), bound=9999, size=term.size + 1)

    def _comparison(self, node: exp.Expr) -> Term:
        left, right = self.build(node.this), self.build(node.expression)
        left, right = _with_literal_of(left, right, node), _with_literal_of(right, left, node)
        _require_comparable(left, right, node)
        operator = type(node)
        if left.per is not None and right.per is not None:
            raise ExpressionError("per-head-alone", place_of(node))
        if right.per is not None:
            left, right, operator = right, left, _MIRRORED[operator]
        if left.per is not None:
            if right.bound * left.per_bound > _NUMBER_BOUND:
                raise ExpressionError("value-too-large", place_of(node))
            right = replace(right, sql=exp.Mul(this=_enclosed(right.sql, exp.Mul), expression=left.per.copy()))
        return replace(_combined(operator, left, right), kind=Kind.BOOLEAN)

    def _membership(self, node: exp.In) -> Term:
        needle = self.build(node.this)
        if needle.per is not None or needle.literal or needle.kind is Kind.BOOLEAN:
            raise ExpressionError("membership-refused", place_of(node))
        if {key for key, value in node.args.items() if value} != {"this", "expressions"}:
            raise ExpressionError("construct-refused", place_of(node))
        members = [_with_literal_of(self.build(member), needle, node) for member in node.expressions]
        for member in members:
            if not member.literal:
                raise ExpressionError("membership-refused", place_of(node))
            _require_comparable(needle, member, node)
        sql = exp.In(this=_enclosed(needle.sql, exp.In), expressions=[member.sql for member in members])
        return replace(needle, kind=Kind.BOOLEAN, sql=sql, choices=(), bound=0, size=needle.size + len(members))


def _literal(node: exp.Literal) -> Term:
    if node.is_string:
        return Term(Kind.CHOICE, exp.Literal.string(node.this), literal=True)
    try:
        value = kinds.number(10**6)(node.this) if "." in node.this else int(node.this)
    except (Unreadable, ValueError):
        raise ExpressionError("number-refused", place_of(node)) from None
    if value >= kinds.MONEY_LIMIT:
        raise ExpressionError("number-refused", place_of(node))
    kind = Kind.INTEGER if isinstance(value, int) else Kind.NUMBER
    return Term(kind, exp.Literal.number(str(value)), bound=int(value) + 1, literal=True)


def _with_literal_of(term: Term, other: Term, node: exp.Expr) -> Term:
    """Give a literal the kind of what it is compared with: a date, one of the choices, an amount of money."""
    if not term.literal or other.literal:
        return term
    if term.kind in _NUMERIC and other.kind in _NUMERIC:
        return replace(term, kind=other.kind)
    if term.kind is not Kind.CHOICE:
        return term
    text = term.sql.name
    if other.kind is Kind.CHOICE and text not in other.choices:
        raise ExpressionError("choice-unknown", place_of(node))
    if other.kind is Kind.DATE:
        try:
            kinds.calendar_date(text)
        except Unreadable:
            raise ExpressionError("date-needed", place_of(node)) from None
        return replace(term, kind=Kind.DATE, sql=exp.cast(exp.Literal.string(text), "DATE"))
    return replace(term, choices=other.choices)


def _require_comparable(left: Term, right: Term, node: exp.Expr) -> None:
    same = left.kind is right.kind and left.choices == right.choices
    dimensionless = {left.kind, right.kind} == {Kind.INTEGER, Kind.NUMBER}
    if (left.literal and right.literal) or not (same or dimensionless):
        raise ExpressionError("kinds-mixed", place_of(node))
    if not isinstance(node, exp.EQ | exp.NEQ | exp.In) and left.kind not in _ORDERED:
        raise ExpressionError("order-refused", place_of(node))


def _joined(operator: type[exp.Expr], left: Term, right: Term) -> Term:
    return replace(_combined(operator, left, right), kind=Kind.BOOLEAN)


def _combined(operator: type[exp.Expr], left: Term, right: Term) -> Term:
    return Term(
        left.kind,
        operator(this=_enclosed(left.sql, operator), expression=_enclosed(right.sql, operator)),
        facts=left.facts | right.facts,
        parameters=left.parameters | right.parameters,
        divisors=left.divisors | right.divisors,
        size=left.size + right.size + 1,
    )


def _enclosed(sql: exp.Expr, operator: type[exp.Expr]) -> exp.Expr:
    """Terms are shared between expressions, trees are not: always a copy, in parentheses where needed."""
    associative = isinstance(sql, operator) and operator in (exp.And, exp.Or, exp.Add)
    plain = isinstance(sql, exp.Column | exp.Literal | exp.Boolean | exp.Cast)
    return sql.copy() if associative or plain else exp.paren(sql, copy=True)


def bind(sql: exp.Expr, values: Mapping[str, exp.Expr]) -> exp.Expr:
    """Put the values of parameters in the place of their names."""

    def put(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.table == PARAMETERS_TABLE:
            return values[node.name].copy()
        return node

    return sql.transform(put)
