"""A policy: the parameters and criteria in force in a division in a year."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlglot import exp

from services.identification.policy.criteria import Criteria
from services.identification.policy.parameters import PARAMETERS, ParameterValue, render_parameters
from services.identification.policy.vocabulary import EVALUATION_YEAR


@dataclass(frozen=True, eq=False)
class Policy:
    """``version`` names what decides, whoever adopts it: criteria, parameters and the year.

    Two policies are equal where division and version are.
    """

    division: str
    year: int
    parameters: Mapping[str, ParameterValue]
    criteria: Criteria

    @cached_property
    def version(self) -> str:
        meaning = [self.year, self.criteria.digest, render_parameters(self.parameters)]
        return hashlib.sha256(json.dumps(meaning, separators=(",", ":")).encode()).hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and (self.division, self.version) == (other.division, other.version)

    def __hash__(self) -> int:
        return hash((self.division, self.version))

    def literals(self) -> dict[str, exp.Expr]:
        """The values that expressions use, as SQL literals."""
        values = {name: _literal(value) for name, value in self.parameters.items() if PARAMETERS[name].kind is not None}
        return values | {EVALUATION_YEAR: _literal(self.year)}


def _literal(value: ParameterValue) -> exp.Expr:
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if isinstance(value, int):
        return exp.cast(exp.Literal.number(value), "BIGINT")
    return exp.Literal.number(format(value, "f"))
