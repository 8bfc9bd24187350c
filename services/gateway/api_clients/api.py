"""``/v1/api-clients``: registered, listed, shown, given a new secret, revoked."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.gateway.api_clients import store
from services.gateway.api_clients.domain import require_action, require_registrable
from services.gateway.api_clients.schemas import (
    ApiClientAnswer,
    ApiClientBody,
    ApiClientChanged,
    ApiClientSecret,
    ClientId,
    SecretRenewal,
    grant_of,
    shown,
)
from shared.areas import bounds
from shared.auth import Principal
from shared.codes import ClientState
from shared.http.access import allow
from shared.http.commands import Later, Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_key
from shared.http.preconditions import etag
from shared.http.route import Route
from shared.http.schemas import DivisionCode, Page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1", route_class=Route, tags=["api-clients"])
Reader = Annotated[Principal, allow("clients:read")]
Writer = Annotated[Principal, allow("clients:write")]
_BEFORE_ALL = ("", "")


@router.post("/api-clients", status_code=201, summary="登记系统客户端 · Register an API client")
async def register_api_client(
    body: ApiClientBody, response: Response, principal: Writer, command: Later
) -> ApiClientSecret:
    """Register a system in the caller's area. Its secret is told once, and kept as a hash alone.

    Its scopes are some of its role's that the caller's role may give; what it does for officers by token exchange is
    bounded by `delegated_scopes`, and each time by the officer's own.
    """
    by = require_registrable(principal, body.grant)
    secret = await store.Secret.new()
    command.tell_once("secret")
    transaction = await command.begin()
    await store.register(
        transaction,
        body.id,
        secret,
        role=body.role.value,
        division=body.division,
        scopes=body.grant.scopes,
        delegated_scopes=body.grant.delegated,
        name=body.name,
        by=by,
    )
    response.headers["Location"] = f"/v1/api-clients/{body.id}"
    response.headers["ETag"] = etag(1)
    return ApiClientSecret(id=body.id, version=1, secret=secret.text)


@router.get("/api-clients", summary="系统客户端列表 · List API clients")
async def list_api_clients(
    request: Request,
    response: Response,
    principal: Reader,
    connection: Read,
    updated_after: UpdatedAfter,
    division: Annotated[DivisionCode | None, Query(description="Only those of this division")] = None,
    state: Annotated[ClientState | None, Query(description="Only those of this state")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[ApiClientAnswer]:
    """API clients of the caller's area, by division and id; never their secrets."""
    principal.require_area(division or principal.division)
    after_division, after_id = read_key(request, cursor, str, str) or _BEFORE_ALL
    first, beyond = bounds(division or principal.division)
    rows = await connection.fetch(
        """SELECT * FROM api_clients WHERE division >= $1 AND division < $2 AND (division, id) > ($3, $4)
             AND ($5::text IS NULL OR state = $5) AND ($6::timestamptz IS NULL OR updated_at > $6)
           ORDER BY division, id LIMIT $7""",
        first,
        beyond,
        after_division,
        after_id,
        state,
        updated_after,
        limit,
    )
    last = [rows[-1]["division"], rows[-1]["id"]] if rows else None
    items = [shown(row, principal) for row in rows]
    return Page(items=items, next=next_cursor(request, response, list(rows), limit, last))


@router.get("/api-clients/{client_id}", summary="查看系统客户端 · Show an API client")
async def show_api_client(
    client_id: ClientId, response: Response, principal: Reader, connection: Read
) -> ApiClientAnswer:
    """An API client of the caller's area."""
    row = await connection.fetchrow("SELECT * FROM api_clients WHERE id = $1", client_id)
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    response.headers["ETag"] = etag(row["version"])
    return shown(row, principal)


@router.post("/api-clients/{client_id}/secrets", status_code=201, summary="更换客户端密钥 · Renew a client's secret")
async def renew_api_client_secret(
    client_id: ClientId, body: SecretRenewal, response: Response, principal: Writer, command: Later
) -> ApiClientSecret:
    """A new secret, told once. The one of before holds for `grace_seconds` more, so that no call is lost meanwhile."""
    secret = await store.Secret.new()
    command.tell_once("secret")
    transaction = await command.begin()
    row = await store.lock_client(transaction, client_id)
    require_action(principal, grant_of(row), "renew-secret")
    version = await store.renew_secret(transaction, row, secret, timedelta(seconds=body.grace_seconds))
    response.headers["ETag"] = etag(version)
    return ApiClientSecret(id=client_id, version=version, secret=secret.text)


@router.post("/api-clients/{client_id}/revocation", summary="撤销系统客户端 · Revoke an API client")
async def revoke_api_client(
    client_id: ClientId, response: Response, principal: Writer, transaction: Write
) -> ApiClientChanged:
    """It gets no tokens any more, and every token of its ends within seconds, in every service. For good."""
    row = await store.lock_client(transaction, client_id)
    require_action(principal, grant_of(row), "revoke")
    version = await store.end_client(transaction, row)
    response.headers["ETag"] = etag(version)
    return ApiClientChanged(id=client_id, version=version)
