"""Facts as callers send them: read, and refused where they contradict each other."""

from typing import Annotated, Any

from pydantic import Field

from services.identification.policy import FactValues, Household, Policy, find_contradictions, parse_facts
from services.identification.problems import FACTS_CONTRADICTORY, FACTS_INVALID
from shared.codes import CauseOfPoverty
from shared.database.transaction import Transaction
from shared.http.schemas import Body
from shared.problems import FieldError, Problem


class CausesBody(Body):
    """Exactly one main cause of poverty, at most two others; what is missing is found in data cleaning."""

    main: CauseOfPoverty | None = None
    others: Annotated[tuple[CauseOfPoverty, ...], Field(max_length=2)] = ()


def read_facts(raw: dict[str, Any]) -> FactValues:
    """Facts by the reading's names. Raises ``facts-invalid`` with a pointer to each wrong one."""
    facts, errors = parse_facts(raw, "/facts")
    if errors:
        raise Problem(FACTS_INVALID, errors=errors)
    return facts


async def refuse_contradictions(transaction: Transaction, policy: Policy, facts: FactValues) -> None:
    """Facts that cannot both be true are refused where they are taken, each contradiction by its name."""
    [found] = await find_contradictions(transaction.connection, policy, [Household("", facts)])
    if found:
        checks = policy.criteria.contradictions
        errors = [FieldError("/facts", id_, checks[id_].text.zh, checks[id_].text.en) for id_ in found]
        raise Problem(FACTS_CONTRADICTORY, errors=errors)
