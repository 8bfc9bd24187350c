"""By what a reader may read: a bearer token, or a ticket that stands for one."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request, Security
from fastapi.security import OAuth2, SecurityScopes

from services.audit.interest import Filter
from services.audit.problems import TICKET_OTHER_FILTER
from services.audit.stream import tickets
from services.audit.stream.tickets import Ticket
from shared.auth import Principal
from shared.context import ServiceContext
from shared.http.access import authenticated, context_of
from shared.http.eventstreams import Closing
from shared.problems import Problem
from shared.problems.common import TOKEN_EXPIRED

READING = "events:read"
TicketAsked = Annotated[
    str | None,
    Query(max_length=100, description="Of `POST /v1/events/stream-tickets`, where no Authorization can be sent"),
]


@dataclass(frozen=True, slots=True)
class Permit:
    """``presented`` is the request with the token in it, also where a ticket stood for that."""

    context: ServiceContext
    principal: Principal
    presented: Request
    ticket: Ticket | None = None

    @property
    def reader(self) -> str:
        return self.principal.caller

    def asks(self, given: Filter) -> Filter:
        """The filter: a ticket's own. Raises ``ticket-other-filter`` where another is given beside it."""
        if self.ticket is None:
            return given
        if given not in {Filter(), self.ticket.asked}:
            raise Problem(TICKET_OTHER_FILTER)
        return self.ticket.asked

    async def use(self) -> None:
        """Raises ``ticket-used``."""
        if self.ticket is not None:
            async with self.context.database.transaction() as transaction:
                await tickets.use(transaction, self.ticket)

    async def ended(self) -> Closing | None:
        """Why the token holds no longer, or None, also where that cannot be found out now."""
        try:
            await authenticated(self.presented, SecurityScopes([READING]))
        except Problem as problem:
            if problem.type.status < 500:
                return Closing.TOKEN_EXPIRED if problem.type is TOKEN_EXPIRED else Closing.TOKEN_INVALID
        return None


def token_of(request: Request) -> str:
    """Of a request that was authenticated by it."""
    return request.headers["authorization"].partition(" ")[2].strip()


class _Permission(OAuth2):
    """Told in the API's document as the scheme by which every other route is authenticated."""

    def __init__(self) -> None:
        super().__init__(scheme_name=authenticated.scheme_name)
        self.model = authenticated.model

    async def __call__(self, request: Request, scopes: SecurityScopes) -> Permit:  # type: ignore[override]
        context, text = context_of(request), request.query_params.get("ticket")
        if text is None:
            return Permit(context, await authenticated(request, scopes), request)
        async with context.database.connection() as connection:
            ticket = await tickets.look_up(connection, text)
        headers = [(b"authorization", b"Bearer " + ticket.token.encode())]
        presented = Request({**request.scope, "headers": headers})
        principal = request.scope["jingzhun.caller"] = await authenticated(presented, scopes)
        return Permit(context, principal, presented, ticket)


Permitted = Annotated[Permit, Security(_Permission(), scopes=[READING])]
