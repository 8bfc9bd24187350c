"""A command: one transaction from the claimed idempotency key to the kept answer, committed before it is sent."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Annotated

import orjson
from fastapi import Depends, Header, Request, Response

from shared.auth.principal import Principal
from shared.database.database import Database
from shared.database.idempotency import Answer, AnsweredBefore, CommandKey, KeyReused
from shared.database.transaction import Connection, Transaction
from shared.http.access import authenticated, context_of
from shared.problems import Problem
from shared.problems.common import KEY_REQUIRED, KEY_REUSED

_KEPT_HEADERS = ("content-type", "location", "etag")


class KeptAnswer(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self.response = Response(answer.body, answer.status, answer.headers | {"Idempotency-Replayed": "true"})


def _name_of(request: Request) -> str | None:
    """The command's key. Raises ``idempotency-key-required`` before anything else of the command is looked at."""
    key = request.headers.get("idempotency-key")
    if (key is None and request.method == "POST") or (key is not None and not 0 < len(key) <= 200):
        raise Problem(KEY_REQUIRED)
    return key


class Command:
    """Opens the transaction when asked to, so that queries to other services come before it."""

    def __init__(self, request: Request, database: Database, principal: Principal, stack: AsyncExitStack) -> None:
        self._request = request
        self._database = database
        self._principal = principal
        self._stack = stack
        self._name = _name_of(request)
        self._transaction: Transaction | None = None
        self._key: CommandKey | None = None
        self._told_once: tuple[str, ...] = ()

    async def begin(self) -> Transaction:
        """Open the transaction and claim the key. A twin waits here and gets the first answer."""
        command = await self._named(self._name) if self._name is not None else None
        try:
            self._transaction = await self._stack.enter_async_context(self._database.transaction(command))
        except KeyReused:
            raise Problem(KEY_REUSED) from None
        except AnsweredBefore as before:
            raise KeptAnswer(before.answer) from None
        self._key = command
        return self._transaction

    async def _named(self, key: str) -> CommandKey:
        route = f"{self._request.method} {self._request.scope['route'].path}"
        return CommandKey(self._principal.caller, route, key, await self._digest())

    async def _digest(self) -> bytes:
        """Of the whole request; an upload brings the digest of what it streamed to a file."""
        uploaded = self._request.scope.get("jingzhun.upload_digest")
        body = uploaded if uploaded is not None else hashlib.sha256(await self._request.body()).digest()
        url = self._request.url
        return hashlib.sha256(f"{self._request.method} {url.path}?{url.query}".encode() + body).digest()

    def tell_once(self, *fields: str) -> None:
        """Fields of the answer that are not kept with the command: whoever repeats it finds them null."""
        self._told_once = fields

    def remember(self, response: Response) -> None:
        """Keep the answer with the command, to be written when the transaction ends."""
        if self._transaction is None or self._key is None:
            return
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        self._transaction.remember(self._key, Answer(response.status_code, headers, self._kept(bytes(response.body))))

    def _kept(self, body: bytes) -> bytes:
        if not self._told_once:
            return body
        return orjson.dumps(orjson.loads(body) | dict.fromkeys(self._told_once))


_Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", description="Names this command: repeated with it, nothing is done twice"),
]


async def _command(
    request: Request, principal: Annotated[Principal, Depends(authenticated)], _: _Key = None
) -> AsyncIterator[Command]:
    """The key is declared here for the API's document, and read where it is claimed."""
    async with AsyncExitStack() as stack:
        command = Command(request, context_of(request).database, principal, stack)
        request.scope["jingzhun.command"] = command
        yield command


Later = Annotated[Command, Depends(_command, scope="function")]


async def _write(command: Later) -> Transaction:
    return await command.begin()


Write = Annotated[Transaction, Depends(_write)]


async def _read(request: Request) -> AsyncIterator[Connection]:
    async with context_of(request).database.connection() as connection:
        yield connection


Read = Annotated[Connection, Depends(_read, scope="function")]


async def _policy_now(request: Request) -> datetime:
    return (await context_of(request).database.policy_clock()).now()


PolicyNow = Annotated[datetime, Depends(_policy_now)]
"""The policy clock's moment, for those who read: what is possible now."""
