"""A command's key, claimed in the command's own transaction: who comes again with it gets the first answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.database.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CommandKey:
    """``digest`` is of the whole request: the same key with another request is refused."""

    principal: str
    route: str
    key: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class KeyReused(ValueError):
    """The key was used before, for another request."""


async def claim(transaction: "Transaction", command: CommandKey) -> Answer | None:
    """None where the command is new and its key now ours. A twin waits here and gets the first answer.

    Raises ``KeyReused``.
    """
    claimed = await transaction.fetch_value(
        """INSERT INTO idempotency_keys (principal, route, key, request_digest) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING true""",
        command.principal,
        command.route,
        command.key,
        command.digest,
    )
    return None if claimed else await _kept(transaction, command)


async def _kept(transaction: "Transaction", command: CommandKey) -> Answer:
    kept = await transaction.fetch_row(
        """SELECT request_digest, status, headers, body FROM idempotency_keys
           WHERE principal = $1 AND route = $2 AND key = $3""",
        command.principal,
        command.route,
        command.key,
    )
    if kept is None or kept["request_digest"] != command.digest:
        raise KeyReused(command.route)
    return Answer(kept["status"], kept["headers"], kept["body"])
