"""The counts, kept in a table: all replicas of the gateway count together, and a restart forgets nothing."""

import hashlib
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from services.gateway.throttling.domain import Count, Tally, fresh, succeeded, tried, wait_of
from shared.clock import system_now
from shared.database.database import Database
from shared.database.transaction import Transaction

_KEPT = timedelta(days=1)
_SWEPT_EACH = 100
_SWEPT = 1000
"""More than so many tries leave behind."""


class Throttled(Exception):
    """Too many failures of late."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("throttled")
        self.headers = {"Retry-After": str(max(1, math.ceil(wait.total_seconds())))}


@dataclass(frozen=True, slots=True)
class Try:
    """One try to log in, counted as a failure until it is told that it succeeded."""

    database: Database
    names: Mapping[Count, bytes]

    async def succeeded(self) -> None:
        async with self.database.transaction() as transaction:
            tallies = await _locked(transaction, self.names)
            await _keep(transaction, self.names, succeeded(tallies, system_now()))


async def begin(database: Database, subject: str, request: Request) -> Try:
    """Raises ``Throttled``."""
    names = _names(subject, address_of(request))
    async with database.transaction() as transaction:
        tallies, now = await _locked(transaction, names), system_now()
        wait = wait_of(tallies, now)
        if wait > timedelta(0):
            raise Throttled(wait)
        await _keep(transaction, names, tried(tallies, now))
        if secrets.randbelow(_SWEPT_EACH) == 0:
            await sweep(transaction)
    return Try(database, names)


def address_of(request: Request) -> str:
    """Where the request comes from. A household or an office has a whole network of IPv6 addresses."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host


def _names(subject: str, address: str) -> dict[Count, bytes]:
    said = {Count.PAIR: f"{subject}\n{address}", Count.ADDRESS: address, Count.SUBJECT: subject}
    return {count: hashlib.sha256(f"{count}\n{text}".encode()).digest() for count, text in said.items()}


async def _locked(transaction: Transaction, names: Mapping[Count, bytes]) -> dict[Count, Tally]:
    """In the order of the names, so that two tries at once never wait for each other."""
    now, keys = system_now(), sorted(names.values())
    await transaction.execute(
        """INSERT INTO login_attempts (name, failures, tried_at, waits_until)
           SELECT name, 0, $2, $2 FROM unnest($1::bytea[]) AS name ON CONFLICT DO NOTHING""",
        keys,
        now,
    )
    rows = await transaction.fetch(
        """SELECT name, failures, tried_at, waits_until, known_until FROM login_attempts
           WHERE name = ANY($1::bytea[]) ORDER BY name FOR UPDATE""",
        keys,
    )
    kept = {row["name"]: Tally(*list(row.values())[1:]) for row in rows}
    return {count: kept.get(name, fresh(now)) for count, name in names.items()}


async def _keep(transaction: Transaction, names: Mapping[Count, bytes], tallies: Mapping[Count, Tally]) -> None:
    await transaction.execute_many(
        """UPDATE login_attempts SET failures = $2, tried_at = $3, waits_until = $4, known_until = $5
           WHERE name = $1""",
        [
            (names[count], tally.failures, tally.tried_at, tally.waits_until, tally.known_until)
            for count, tally in tallies.items()
        ],
    )


async def sweep(transaction: Transaction) -> None:
    """Forget what is a day old; who is known stays known. So there are no more rows than a day's and the known ones."""
    await transaction.execute(
        """DELETE FROM login_attempts WHERE name IN (
               SELECT name FROM login_attempts WHERE tried_at < $1 AND (known_until IS NULL OR known_until < $2)
               ORDER BY tried_at LIMIT $3 FOR UPDATE SKIP LOCKED)""",
        system_now() - _KEPT,
        system_now(),
        _SWEPT,
    )
