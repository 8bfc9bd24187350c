"""Facts as callers send them: read, and refused where they contradict each other."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from services.identification.policy import FactValues, Household, Policy, find_contradictions, parse_facts
from services.identification.problems import FACTS_CONTRADICTORY, FACTS_INVALID
from shared.codes import CauseOfPoverty
from shared.database.transaction import Transaction
from shared.http.schemas import Body
from shared.problems import FieldError, Problem

_NAMED = 100


class CausesBody(Body):
    """Exactly one main cause of poverty, at most two others; what is missing is found in data cleaning."""

    main: CauseOfPoverty | None = None
    others: Annotated[tuple[CauseOfPoverty, ...], Field(max_length=2)] = ()


def read_facts(raw: dict[str, Any], pointer: str = "/facts") -> FactValues:
    """Facts by the reading's names. Raises ``facts-invalid`` with a pointer to each wrong one."""
    facts, errors = parse_facts(raw, pointer)
    if errors:
        raise Problem(FACTS_INVALID, errors=errors)
    return facts


async def refuse_contradictions(transaction: Transaction, policy: Policy, facts: Mapping[str, FactValues]) -> None:
    """Facts that cannot both be true are refused where they are taken, each contradiction by its name.

    ``facts`` of households, by the pointer at which they stand in the request.
    """
    households = [Household(pointer, values) for pointer, values in facts.items()]
    found = await find_contradictions(transaction.connection, policy, households)
    checks = policy.criteria.contradictions
    errors = [
        FieldError(pointer, id_, checks[id_].text.zh, checks[id_].text.en)
        for pointer, contradictions in zip(facts, found, strict=True)
        for id_ in contradictions
    ]
    if errors:
        raise Problem(FACTS_CONTRADICTORY, errors=errors[:_NAMED])
