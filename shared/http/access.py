"""Who is calling: every route names the scope it needs, every service checks the token itself."""

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2, SecurityScopes

from shared.auth.principal import Principal
from shared.auth.roles import ROLES
from shared.auth.verifier import Token
from shared.context import ServiceContext
from shared.database.transaction import sent_by
from shared.problems import Problem
from shared.problems.common import SCOPE_MISSING, UNAUTHENTICATED

ALL_SCOPES = {scope: scope for scope in sorted(frozenset().union(*ROLES.values()))}


def context_of(request: Request) -> ServiceContext:
    context: ServiceContext = request.app.state.context
    return context


def caller_of(request: Request) -> Principal:
    """Whose token the route has checked."""
    caller: Principal = request.scope["jingzhun.caller"]
    return caller


async def _context(request: Request) -> ServiceContext:
    """A coroutine, though it waits for nothing: FastAPI would send a plain function to a thread."""
    return context_of(request)


Context = Annotated[ServiceContext, Depends(_context)]


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
    return token.strip()


async def presented_token(request: Request) -> Token:
    """The caller's, verified."""
    return await context_of(request).verifier.authenticate(_bearer(request))


class _Authentication(OAuth2):
    """The API's document finds its security scheme in the dependency that checks it."""

    async def __call__(self, request: Request, scopes: SecurityScopes) -> Principal:  # type: ignore[override]
        principal = (await presented_token(request)).principal
        request.scope["jingzhun.caller"] = principal
        for scope in scopes.scopes:
            principal.require_scope(scope)
        sent_by(principal.client)
        return principal


authenticated = _Authentication(
    flows=OAuthFlows(clientCredentials=OAuthFlowClientCredentials(tokenUrl="/oauth/token", scopes=ALL_SCOPES)),
    scheme_name="oauth2",
)


def allow(*scopes: str) -> Any:
    """``principal: Annotated[Principal, allow("cases:read")]``"""
    return Security(authenticated, scopes=list(scopes))


async def calling_service(request: Request) -> Principal:
    """The caller of an internal route: another service, with a token for this service alone."""
    caller = context_of(request).internal_verifier.verify(_bearer(request))
    if caller.service is None:
        raise Problem(SCOPE_MISSING)
    return caller


async def calling_gateway(request: Request) -> Principal:
    """The gateway asks for the sandbox's clock, the pending work and the flow of events; nobody else asks these."""
    caller = context_of(request).internal_verifier.verify(_bearer(request))
    if caller.service is not None:
        raise Problem(SCOPE_MISSING)
    return caller


async def calling_inside(request: Request) -> Principal:
    """Any service that may ask this one, and the gateway."""
    return context_of(request).internal_verifier.verify(_bearer(request))


Caller = Annotated[Principal, Depends(calling_service)]
