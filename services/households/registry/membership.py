"""Changes of who belongs to a household: recounted, versioned and told in the transaction that makes them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.households.problems import FUTURE_DATE, HEAD_STAYS, MEMBER_LEFT, REGISTERED_ELSEWHERE
from services.households.registry.domain import Fault, census, faults_of, refuse
from services.households.registry.schemas import JoiningBody, MemberChanges, RemovalBody
from services.households.registry.store import Living, change, insert_member, living_members, living_persons
from shared.clock import local_date
from shared.codes import Relation
from shared.database.transaction import Transaction
from shared.events.households import MembershipChanged
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import INVALID, NOT_FOUND


async def add_member(transaction: Transaction, household: asyncpg.Record, body: JoiningBody) -> tuple[UUID, int]:
    """(member's id, household's version)."""
    _not_in_the_future(body.since, transaction, "/since")
    before = await living_members(transaction, household["id"])
    newcomer = Living(new_id(), body.id_number, body.relation, body.registration)
    await _refuse_faults(transaction, [*before, newcomer], newcomer, body.id_number is not None)
    member_id = await insert_member(transaction, household["id"], body, body.since, body.joined_by)
    return member_id, await _recount(transaction, household)


async def mend_member(transaction: Transaction, household: asyncpg.Record, member_id: UUID, body: MemberChanges) -> int:
    """The household's version after the correction."""
    before = await living_members(transaction, household["id"])
    old = await _living(transaction, household, member_id, before)
    changes: dict[str, Any] = body.model_dump(exclude_unset=True)
    new = Living(
        member_id,
        changes.get("id_number", old.id_number),
        changes.get("relation", old.relation),
        changes.get("registration", old.registration),
    )
    after = [new if member.id == member_id else member for member in before]
    await _refuse_faults(transaction, after, new, new.id_number not in {None, old.id_number})
    if new.id_number != old.id_number:
        changes["tolerated_duplicate"] = False
    if changes:
        await change(transaction, "members", member_id, changes)
    return await _recount(transaction, household)


async def remove_member(transaction: Transaction, household: asyncpg.Record, member_id: UUID, body: RemovalBody) -> int:
    """The household's version after somebody left it. The membership keeps its record, with its end."""
    _not_in_the_future(body.until, transaction, "/until")
    member = await _living(transaction, household, member_id, await living_members(transaction, household["id"]))
    if member.relation == Relation.HEAD:
        raise Problem(HEAD_STAYS)
    ended = {"until": body.until, "left_by": body.left_by, "left_reason": body.reason}
    await change(transaction, "members", member_id, ended)
    return await _recount(transaction, household)


async def _living(
    transaction: Transaction, household: asyncpg.Record, member_id: UUID, members: Sequence[Living]
) -> Living:
    for member in members:
        if member.id == member_id:
            return member
    known = await transaction.fetch_value(
        "SELECT true FROM members WHERE id = $1 AND household_id = $2", member_id, household["id"]
    )
    raise Problem(MEMBER_LEFT if known else NOT_FOUND)


async def _refuse_faults(
    transaction: Transaction, members: Sequence[Living], changed: Living, newly_named: bool
) -> None:
    """Faults of the changed member, and of the household as it would be; other members' are not this caller's."""
    at = next(place for place, member in enumerate(members) if member.id == changed.id)
    own = f"/members/{at}/"
    faults = [
        Fault(fault.type, "/relation" if fault.pointer == "/members" else "/" + fault.pointer.removeprefix(own))
        for fault in faults_of(members)
        if fault.pointer == "/members" or (newly_named and fault.pointer.startswith(own))
    ]
    if not faults and newly_named and changed.id_number is not None:
        elsewhere = await living_persons(transaction, [changed.id_number])
        faults = [Fault(REGISTERED_ELSEWHERE, "/id_number")] if elsewhere else []
    refuse(faults)


async def _recount(transaction: Transaction, household: asyncpg.Record) -> int:
    counts = census(await living_members(transaction, household["id"]))
    version: int = household["version"] + 1
    changes = {
        "members": counts.members,
        "members_counted": counts.counted,
        "in_scope": counts.in_scope,
        "version": version,
        "updated_at": transaction.now,
    }
    await change(transaction, "households", household["id"], changes)
    event = MembershipChanged(household_id=household["id"], in_scope=counts.in_scope, members=counts.counted)
    transaction.emit(event, division=household["division"], sequence=version)
    return version


def _not_in_the_future(day: date, transaction: Transaction, pointer: str) -> None:
    if day > local_date(transaction.now):
        raise Problem(INVALID, errors=[FUTURE_DATE.at(pointer)])
