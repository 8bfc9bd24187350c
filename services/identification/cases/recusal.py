"""An officer never decides on a relative's case (reading of the policy §4)."""

from collections.abc import Sequence
from uuid import UUID

from services.identification.problems import OFFICER_RELATED
from shared.auth import Principal
from shared.context import ServiceContext
from shared.problems import Problem

_NAMED = 50


async def refuse_relatives(context: ServiceContext, principal: Principal, household_ids: Sequence[UUID]) -> None:
    """Before a transaction. Raises ``officer-related``, naming the households, where the officer is kin to one."""
    officer = principal.require_officer()
    if not household_ids:
        return
    question = {"officer_id": str(officer), "household_ids": [str(household_id) for household_id in household_ids]}
    related = (await context.peers.ask("households", "kinship", question))["related"]
    if related:
        raise Problem(OFFICER_RELATED, households=related[:_NAMED])
