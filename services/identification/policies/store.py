"""Which policy is in force where: parameters of a division override those of the divisions above it."""

from collections.abc import Collection
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.identification.policy import (
    Criteria,
    Policy,
    PublicityDays,
    load_criteria,
    parse_parameters,
)
from services.identification.problems import POLICY_UNKNOWN
from shared.areas import LENGTHS, ancestor, significant_digits
from shared.database.transaction import Transaction
from shared.events.identification import PolicyPublished
from shared.ids import new_id
from shared.problems import Problem

if TYPE_CHECKING:
    from shared.database.transaction import Connection


@cache
def _criteria() -> Criteria:
    return load_criteria()


def lineage(division: str) -> list[str]:
    """The division and those that hold it, the highest first."""
    own = significant_digits(division)
    return [
        ancestor(division, name) for name, length in sorted(LENGTHS.items(), key=lambda item: item[1]) if length <= own
    ]


async def policy_in_force(connection: "Connection", division: str, year: int) -> Policy:
    """The policy of the year for the division. Raises ``policy-unknown``, naming the years that there are."""
    merged = await merged_parameters(connection, division, year)
    if not merged:
        raise Problem(POLICY_UNKNOWN, years=await years_with_policy(connection, division))
    parameters, errors = parse_parameters(merged)
    if errors:
        raise RuntimeError(f"the stored policies for {division} in {year} cannot be read")
    return Policy(division, year, parameters, _criteria())


async def governing(
    connection: "Connection", places: Collection[tuple[str, int]]
) -> dict[tuple[str, int], tuple[str, int]]:
    """For each (division, year) the lowest division above it that has a policy of its own: it governs them alike."""
    if len(places) < 2:
        return {place: place for place in places}
    rows = await connection.fetch("SELECT DISTINCT division, year FROM policies")
    existing = {(row["division"], row["year"]) for row in rows}
    governed = {}
    for division, year in places:
        own = [above for above in lineage(division) if (above, year) in existing]
        governed[division, year] = (own[-1] if own else division), year
    return governed


async def merged_parameters(
    connection: "Connection", division: str, year: int, *, above: bool = False
) -> dict[str, Any]:
    """In JSON form, the higher division's overridden by the lower's; ``above`` leaves out the division's own."""
    divisions = lineage(division)
    merged: dict[str, Any] = {}
    for row in await _newest(connection, divisions[:-1] if above else divisions, year):
        merged |= row["parameters"]
    return merged


async def _newest(connection: "Connection", divisions: list[str], year: int) -> list[asyncpg.Record]:
    rows = await connection.fetch(
        """SELECT DISTINCT ON (division) division, parameters, version FROM policies
           WHERE division = ANY($1::text[]) AND year = $2 ORDER BY division, sequence DESC""",
        divisions,
        year,
    )
    return sorted(rows, key=lambda row: divisions.index(row["division"]))


async def years_with_policy(connection: "Connection", division: str) -> list[int]:
    rows = await connection.fetch(
        "SELECT DISTINCT year FROM policies WHERE division = ANY($1::text[]) ORDER BY year", lineage(division)
    )
    return [row["year"] for row in rows]


async def publish_policy(
    transaction: Transaction, division: str, year: int, parameters: dict[str, Any], officer_id: UUID
) -> UUID:
    """A new immutable version; ``parameters`` in JSON form, checked before."""
    await transaction.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"policy {division} {year}")
    sequence = 1 + await transaction.fetch_value(
        "SELECT coalesce(max(sequence), 0) FROM policies WHERE division = $1 AND year = $2", division, year
    )
    policy_id = new_id()
    values, _ = parse_parameters(
        await merged_parameters(transaction.connection, division, year, above=True) | parameters
    )
    version = Policy(division, year, values, _criteria()).version
    await transaction.execute(
        """INSERT INTO policies
             (id, division, year, sequence, version, parameters, criteria, published_by, published_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        policy_id,
        division,
        year,
        sequence,
        version,
        parameters,
        _criteria().digest,
        officer_id,
        transaction.now,
    )
    event = PolicyPublished(policy_id=policy_id, year=year, version=version)
    transaction.emit(event, division=division, sequence=1)
    return policy_id


def ratio(policy: Policy, name: str) -> Fraction:
    value = policy.parameters[name]
    if not isinstance(value, Fraction):
        raise TypeError(f"{name} is not a ratio")
    return value


def publicity_days(policy: Policy) -> PublicityDays:
    value = policy.parameters["publicity_days"]
    if not isinstance(value, PublicityDays):
        raise TypeError("publicity_days has another form")
    return value
