"""The register's statements: set-based for writing, locked by household for changing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.households.problems import BOOKLET_TAKEN, ONE_HEAD, REGISTERED_ELSEWHERE
from services.households.registry.domain import NEW_STATUS, Census
from services.households.registry.schemas import HouseholdBody, MemberBody
from shared.auth import Principal
from shared.database.transaction import Transaction
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

if TYPE_CHECKING:
    from shared.database.transaction import Connection

RECORD = tuple(MemberBody.model_fields)
"""The columns that say who a member is."""
_HOUSEHOLD = (
    "id",
    "division",
    "county",
    "booklet_number",
    "address",
    "living_together",
    "in_scope",
    "members",
    "members_counted",
    "version",
    "status",
    "registration_version",
    "created_at",
    "updated_at",
)
_MEMBER = ("id", "household_id", "since", "joined_by", "tolerated_duplicate", *RECORD)
_TAKEN = {
    "households_by_booklet": BOOKLET_TAKEN,
    "members_one_household_a_person": REGISTERED_ELSEWHERE,
    "members_one_head": ONE_HEAD,
}


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household about to be registered; ``tolerated`` are the places of members who live elsewhere too."""

    body: HouseholdBody
    census: Census
    tolerated: frozenset[int] = frozenset()
    id: UUID = field(default_factory=new_id)

    def row(self, now: datetime) -> tuple[Any, ...]:
        body, census = self.body, self.census
        place = (self.id, body.division, county_of(body.division))
        kept = (body.booklet_number, body.address, body.living_together)
        counts = (census.in_scope, census.members, census.counted)
        return *place, *kept, *counts, 1, str(NEW_STATUS), 0, now, now

    def member_rows(self, since: date) -> Iterable[tuple[Any, ...]]:
        for at, member in enumerate(self.body.members):
            yield member_row(self.id, member, since, None, at in self.tolerated)[1]


@dataclass(frozen=True, slots=True)
class Living:
    """A member as the rules see them."""

    id: UUID
    id_number: str | None
    relation: str
    registration: str


def county_of(division: str) -> str:
    return division[:6]


def member_row(
    household_id: UUID, member: MemberBody, since: date, joined_by: str | None, tolerated: bool
) -> tuple[UUID, tuple[Any, ...]]:
    member_id = new_id()
    known = [getattr(member, name) for name in RECORD]
    return member_id, (member_id, household_id, since, joined_by, tolerated, *known)


async def insert_households(transaction: Transaction, households: Sequence[NewHousehold], since: date) -> None:
    rows = [household.row(transaction.now) for household in households]
    people = [row for household in households for row in household.member_rows(since)]
    try:
        await transaction.connection.copy_records_to_table("households", records=rows, columns=_HOUSEHOLD)
        await transaction.connection.copy_records_to_table("members", records=people, columns=_MEMBER)
    except asyncpg.UniqueViolationError as taken:
        raise _taken(taken) from None


async def insert_member(
    transaction: Transaction, household_id: UUID, member: MemberBody, since: date, joined_by: str
) -> UUID:
    member_id, row = member_row(household_id, member, since, joined_by, tolerated=False)
    try:
        await transaction.connection.copy_records_to_table("members", records=[row], columns=_MEMBER)
    except asyncpg.UniqueViolationError as taken:
        raise _taken(taken) from None
    return member_id


async def change(transaction: Transaction, table: str, row_id: UUID, changes: dict[str, Any]) -> None:
    """Set columns of a row; the names are ours, never a caller's."""
    assignments = ", ".join(f"{name} = ${at}" for at, name in enumerate(changes, start=2))
    try:
        await transaction.execute(
            f"UPDATE {table} SET {assignments} WHERE id = $1",  # noqa: S608
            row_id,
            *changes.values(),
        )
    except asyncpg.UniqueViolationError as taken:
        raise _taken(taken) from None


def _taken(violation: asyncpg.UniqueViolationError) -> Problem:
    """Somebody else was faster than our look before the leap."""
    return Problem(_TAKEN[str(violation.constraint_name)])


async def find_household(
    connection: "Connection", household_id: UUID, principal: Principal, columns: str = "h.*"
) -> asyncpg.Record:
    """The household. Raises ``not-found`` where there is none in the caller's area."""
    statement = f"SELECT {columns} FROM households h WHERE h.id = $1"  # noqa: S608 - names of our own
    return _within(await connection.fetchrow(statement, household_id), principal)


async def lock_household(transaction: Transaction, household_id: UUID, principal: Principal) -> asyncpg.Record:
    row = await transaction.fetch_row("SELECT * FROM households WHERE id = $1 FOR UPDATE", household_id)
    return _within(row, principal)


def _within(row: asyncpg.Record | None, principal: Principal) -> asyncpg.Record:
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    return row


async def living_members(transaction: Transaction, household_id: UUID) -> list[Living]:
    rows = await transaction.fetch(
        """SELECT id, id_number, relation, registration FROM members
           WHERE household_id = $1 AND until IS NULL ORDER BY id""",
        household_id,
    )
    return [Living(**dict(row)) for row in rows]


async def living_persons(transaction: Transaction, id_numbers: Iterable[str]) -> set[str]:
    """Which of the ID numbers belong to somebody who lives in a registered household."""
    rows = await transaction.fetch(
        "SELECT DISTINCT id_number FROM members WHERE id_number = ANY($1::text[]) AND until IS NULL",
        list(id_numbers),
    )
    return {row["id_number"] for row in rows}


async def taken_booklets(transaction: Transaction, booklets: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of the (county, booklet number) pairs are registered."""
    pairs = list(booklets)
    rows = await transaction.fetch(
        """SELECT county, booklet_number FROM households
           JOIN unnest($1::text[], $2::text[]) AS given (county, booklet_number) USING (county, booklet_number)""",
        [county for county, _ in pairs],
        [booklet for _, booklet in pairs],
    )
    return {(row["county"], row["booklet_number"]) for row in rows}


async def division_levels(transaction: Transaction, codes: Iterable[str]) -> dict[str, str]:
    rows = await transaction.fetch("SELECT code, level FROM divisions WHERE code = ANY($1::text[])", list(codes))
    return {row["code"]: row["level"] for row in rows}
