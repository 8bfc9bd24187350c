"""A command's key, claimed in the command's own transaction: who comes again with it gets the first answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.database.literals import literal

if TYPE_CHECKING:
    from shared.database.transaction import Connection

PREPARATION = """
    PREPARE claim (bytea, bytea, bytea, bytea) AS
    INSERT INTO idempotency_keys (principal, route, key, request_digest)
    VALUES (convert_from($1, 'UTF8'), convert_from($2, 'UTF8'), convert_from($3, 'UTF8'), $4)
    ON CONFLICT DO NOTHING"""
"""Sent once on every connection that commands may come over."""
_CLAIMED = "INSERT 0 1"


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


class AnsweredBefore(Exception):
    """The command was done before, and this was its answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self.answer = answer


async def begin_claiming(connection: "Connection", command: CommandKey) -> None:
    """Begin a transaction and claim the key in one round trip. A twin waits here and gets the first answer.

    Raises ``AnsweredBefore`` or ``KeyReused``; the transaction is then still to be rolled back.
    """
    names = [name.encode() for name in (command.principal, command.route, command.key)]
    told = await connection.execute(f"BEGIN; EXECUTE claim ({', '.join(map(literal, [*names, command.digest]))})")
    if told != _CLAIMED:
        raise AnsweredBefore(await _kept(connection, command))


async def _kept(connection: "Connection", command: CommandKey) -> Answer:
    kept = await connection.fetchrow(
        """SELECT request_digest, status, headers, body FROM idempotency_keys
           WHERE principal = $1 AND route = $2 AND key = $3""",
        command.principal,
        command.route,
        command.key,
    )
    if kept is None or kept["request_digest"] != command.digest:
        raise KeyReused(command.route)
    return Answer(kept["status"], kept["headers"], kept["body"])
