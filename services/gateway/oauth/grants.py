"""The two grants: a system for itself (client credentials), and for an officer whose token it holds (exchange)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.gateway.api_clients.domain import narrowed
from services.gateway.api_clients.store import ApiClient
from services.gateway.oauth.form import Form, Refused
from shared.areas import covers
from shared.auth.roles import scopes_of
from shared.auth.tokens import API
from shared.auth.verifier import Token
from shared.clock import system_now
from shared.codes import OfficerState
from shared.context import ServiceContext
from shared.problems import Problem

CLIENT_CREDENTIALS = "client_credentials"
TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105  # a name, no secret
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105
JWT = "urn:ietf:params:oauth:token-type:jwt"


async def for_itself(context: ServiceContext, client: ApiClient, form: Form) -> dict[str, Any]:
    """RFC 6749 §4.4."""
    if not client.scopes:
        raise Refused("unauthorized_client", "this client acts for officers only")
    asked = frozenset(form["scope"].split()) if "scope" in form else client.scopes
    if not asked or not asked <= client.scopes:
        raise Refused("invalid_scope", "a scope that this client does not have")
    officer = {"officer_id": str(client.officer_id)} if client.officer_id else {}
    claims = {"role": client.role, "division": client.division, "client_id": client.id, **officer}
    return _granted(context, client.id, asked, timedelta(seconds=context.settings.token_seconds), claims)


@dataclass(frozen=True, slots=True)
class Acting:
    """The officer for whom a system asks: as appointed now, not as the token said when it was made."""

    officer_id: UUID
    role: str
    division: str


async def for_an_officer(context: ServiceContext, client: ApiClient, form: Form) -> dict[str, Any]:
    """RFC 8693: a token whose subject is the officer and whose actor is the client, no wider than either."""
    if not client.delegated_scopes:
        raise Refused("unauthorized_client", "this client is not registered to act for officers")
    _require_kinds(form)
    await _require_actor(context, client, form)
    subject = await _presented(context, form, "subject_token")
    officer = await _officer(context, subject)
    scopes = narrowed(scopes_of(officer.role), subject.principal.scopes, client.delegated_scopes)
    if "scope" in form:
        scopes = narrowed(scopes, form["scope"].split())
    if not scopes:
        raise Refused("invalid_scope", "nothing that the officer, the client and the request have in common")
    division = _narrower(officer.division, client.division)
    lifetime = min(timedelta(seconds=context.settings.token_seconds), subject.expires_at - system_now())
    origin = {"origin": subject.token_id} if subject.token_id else {}
    claims = {"officer_id": str(officer.officer_id), "role": officer.role, "division": division}
    acting = {"client_id": client.id, "act": {"sub": client.id}, **origin}
    granted = _granted(context, str(officer.officer_id), scopes, lifetime, claims | acting)
    return granted | {"issued_token_type": ACCESS_TOKEN}


def _require_kinds(form: Form) -> None:
    for name in ("subject_token", "subject_token_type"):
        if name not in form:
            raise Refused("invalid_request", f"{name} is missing")
    if ("actor_token" in form) != ("actor_token_type" in form):
        raise Refused("invalid_request", "actor_token and actor_token_type go together")
    for name in ("subject_token_type", "actor_token_type"):
        if form.get(name, ACCESS_TOKEN) not in {ACCESS_TOKEN, JWT}:
            raise Refused("invalid_request", f"{name}: access tokens only")
    if form.get("requested_token_type", ACCESS_TOKEN) not in {ACCESS_TOKEN, JWT}:
        raise Refused("invalid_request", "requested_token_type: access tokens only")
    if form.get("audience", API) != API or "resource" in form:
        raise Refused("invalid_target", f"tokens are for the audience {API} only")


async def _require_actor(context: ServiceContext, client: ApiClient, form: Form) -> None:
    """The client has proved itself; where it names the actor besides, that must be itself."""
    if "actor_token" in form:
        actor = (await _presented(context, form, "actor_token")).principal
        if actor.client != client.id or actor.acting:
            raise Refused("invalid_request", "actor_token is not the client's own")


async def _presented(context: ServiceContext, form: Form, name: str) -> Token:
    """By the rules of every route: ours or the trusted issuer's, not ended, not revoked."""
    try:
        return await context.verifier.authenticate(form[name])
    except Problem:
        raise Refused("invalid_request", f"{name} is not valid") from None


async def _officer(context: ServiceContext, subject: Token) -> Acting:
    principal = subject.principal
    if principal.officer_id is None:
        raise Refused("invalid_request", "subject_token is no officer's")
    if principal.client is not None:
        raise Refused("invalid_request", "subject_token was given to a system already: it is not passed on")
    async with context.database.connection() as connection:
        row = await connection.fetchrow(
            "SELECT role, division, state FROM officers WHERE id = $1", principal.officer_id
        )
    if row is None:  # appointed elsewhere: the trusted issuer answers for them
        return Acting(principal.officer_id, principal.role, principal.division)
    if row["state"] != OfficerState.ACTIVE:
        raise Refused("invalid_request", "subject_token is not valid")
    return Acting(principal.officer_id, row["role"], row["division"])


def _narrower(one: str, other: str) -> str:
    if covers(one, other):
        return other
    if covers(other, one):
        return one
    raise Refused("invalid_request", "the officer's area and the client's have nothing in common")


def _granted(
    context: ServiceContext, subject: str, scopes: frozenset[str], lifetime: timedelta, claims: dict[str, Any]
) -> dict[str, Any]:
    scope = " ".join(sorted(scopes))
    token = context.issuer.issue(subject=subject, audience=API, lifetime=lifetime, scope=scope, **claims)
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": int(lifetime.total_seconds()),
        "scope": scope,
    }
