"""Which facts would decide a household that is undetermined."""

from collections.abc import Iterator, Mapping

from services.identification.policy.criteria import Procedure
from services.identification.policy.expressions import Term
from services.identification.policy.facts import FACTS, FactValues


def missing_facts(
    procedure: Procedure, facts: FactValues, criteria: Mapping[str, bool | None], scope: bool | None
) -> tuple[str, ...]:
    """The unknown facts read by every criterion that is unknown and still matters to the verdict.

    Ways in matter only while none of them holds. A count of zero is as good as unknown where something is
    reckoned per head. Knowing all the facts named decides the household.
    """
    needed = {
        name
        for term in _undecided(procedure, criteria, scope)
        for name in term.facts
        if facts.get(name) is None or (name in term.divisors and facts[name] == 0)
    }
    return tuple(name for name in FACTS[procedure.subject] if name in needed)


def _undecided(procedure: Procedure, criteria: Mapping[str, bool | None], scope: bool | None) -> Iterator[Term]:
    if procedure.scope is not None and scope is None:
        yield procedure.scope
    groups = [procedure.all_of, procedure.none_of]
    if not any(criteria[criterion.id] for criterion in procedure.any_of):
        groups.append(procedure.any_of)
    for criterion in (criterion for group in groups for criterion in group):
        if criteria[criterion.id] is None:
            yield criterion.condition
