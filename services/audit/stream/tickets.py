"""Tickets: for readers that can send no header. One opens one stream, once, within a minute.

A ticket is a key that only its holder has: the database keeps its digest, and sealed with it the token of the caller
who asked for it. So whatever ends the token ends the ticket's stream, and the database alone opens nothing.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.audit.interest import Filter
from services.audit.problems import TICKET_EXPIRED, TICKET_INVALID, TICKET_USED
from shared.database.transaction import Transaction
from shared.problems import Problem, ProblemType

if TYPE_CHECKING:
    from shared.database.transaction import Connection

LIFETIME = timedelta(seconds=60)
_REMEMBERED = timedelta(days=1)
"""For so long after its end a ticket is called used or expired, then unknown."""
_KEY_BYTES = 32
_NONCE = bytes(12)
"""No key seals twice."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """As its holder presents it: whose token it stands for, and which filter."""

    digest: bytes
    token: str
    asked: Filter


async def issue(transaction: Transaction, token: str, asked: Filter) -> tuple[str, datetime]:
    """The ticket, and until when it holds. Sweeps those long gone."""
    text = secrets.token_urlsafe(_KEY_BYTES)
    expires_at: datetime = await transaction.fetch_value(
        """INSERT INTO stream_tickets (digest, sealed_token, filters, expires_at)
           VALUES ($1, $2, $3, now() + $4::interval) RETURNING expires_at""",
        _digest(text),
        _seal(text).encrypt(_NONCE, token.encode(), None),
        asdict(asked),
        LIFETIME,
    )
    await transaction.execute(
        "DELETE FROM stream_tickets WHERE expires_at < now() - $1::interval", LIFETIME + _REMEMBERED
    )
    return text, expires_at


async def look_up(connection: "Connection", text: str) -> Ticket:
    """Not yet used by this. Raises ``ticket-invalid``, ``ticket-used``, ``ticket-expired``."""
    row = await connection.fetchrow(
        """SELECT sealed_token, filters, used_at IS NOT NULL AS used, expires_at <= now() AS expired
           FROM stream_tickets WHERE digest = $1""",
        _digest(text),
    )
    if row is None:
        raise _refusal(TICKET_INVALID)
    if row["used"]:
        raise _refusal(TICKET_USED)
    if row["expired"]:
        raise _refusal(TICKET_EXPIRED)
    try:
        token = _seal(text).decrypt(_NONCE, row["sealed_token"], None).decode()
    except InvalidTag:
        raise _refusal(TICKET_INVALID) from None
    return Ticket(_digest(text), token, Filter(**row["filters"]))


async def use(transaction: Transaction, ticket: Ticket) -> None:
    """Of several who come with it at once, to whichever replica, one is let in. Raises ``ticket-used``."""
    used = await transaction.fetch_value(
        "UPDATE stream_tickets SET used_at = now() WHERE digest = $1 AND used_at IS NULL RETURNING true",
        ticket.digest,
    )
    if not used:
        raise _refusal(TICKET_USED)


def _refusal(type_: ProblemType) -> Problem:
    return Problem(type_, headers={"WWW-Authenticate": "Bearer"})


def _digest(text: str) -> bytes:
    return hashlib.sha256(b"digest" + text.encode()).digest()


def _seal(text: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"seal" + text.encode()).digest())
