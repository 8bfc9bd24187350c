"""``/oauth/token``, ``/oauth/revoke``, and what a client can find out by itself: metadata and keys."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from services.gateway.oauth.document import (
    KEYS_ANSWERS,
    METADATA_ANSWERS,
    REVOCATION_ANSWERS,
    REVOCATION_FORM,
    TOKEN_ANSWERS,
    TOKEN_FORM,
    form_body,
)
from services.gateway.oauth.form import Refused, read_client, read_form
from services.gateway.oauth.grants import CLIENT_CREDENTIALS, TOKEN_EXCHANGE, for_an_officer, for_itself
from services.gateway.revocations import revoke
from shared.auth.revocations import token_name
from shared.auth.tokens import GATEWAY
from shared.http.access import ALL_SCOPES, Context, context_of
from shared.http.route import Route
from shared.problems import Problem

router = APIRouter(route_class=Route, tags=["tokens"])
_GRANTS = {CLIENT_CREDENTIALS: for_itself, TOKEN_EXCHANGE: for_an_officer}
_WAYS = ["client_secret_basic", "client_secret_post"]


@router.post(
    "/oauth/token",
    summary="领取访问令牌 · Get an access token",
    response_class=JSONResponse,
    responses=TOKEN_ANSWERS,
    openapi_extra=form_body(TOKEN_FORM),
)
async def issue_token(request: Request) -> Response:
    """A system's token for itself (client credentials) or, with an officer's token in hand, for them (token exchange).

    The client names itself by HTTP Basic or in the form. Of an exchange, scopes and area are what officer, client and
    request have in common, and it ends no later than the officer's token. Errors follow RFC 6749 §5.2 and RFC 8693.
    """
    try:
        return await _issue(request)
    except Refused as refused:
        return refused.response()


async def _issue(request: Request) -> Response:
    form = await read_form(request)
    if "grant_type" not in form:
        raise Refused("invalid_request", "grant_type is missing")
    grant = _GRANTS.get(form["grant_type"])
    if grant is None:
        raise Refused("unsupported_grant_type", "only client_credentials and token-exchange")
    context = context_of(request)
    client = await read_client(request, context, form)
    return JSONResponse(await grant(context, client, form), headers={"Pragma": "no-cache"})


@router.post(
    "/oauth/revoke",
    summary="撤销访问令牌 · Revoke an access token",
    response_class=Response,
    responses=REVOCATION_ANSWERS,
    openapi_extra=form_body(REVOCATION_FORM),
)
async def revoke_token(request: Request) -> Response:
    """A token that was issued to the client ends within seconds, in every service (RFC 7009).

    What is no token, or none any more, is revoked already: 200.
    """
    try:
        return await _revoke(request)
    except Refused as refused:
        return refused.response()


async def _revoke(request: Request) -> Response:
    form, context = await read_form(request), context_of(request)
    client = await read_client(request, context, form)
    if "token" not in form:
        raise Refused("invalid_request", "token is missing")
    try:
        token = context.verifier.read(form["token"])
    except Problem:
        return Response()
    if token.principal.client != client.id:
        raise Refused("unauthorized_client", "the token was not issued to this client")
    async with context.database.transaction() as transaction:
        await revoke(transaction, token_name(token.token_id), ends=token.expires_at)
    return Response()


@router.get(
    "/.well-known/oauth-authorization-server",
    summary="授权服务器元数据 · The authorization server's metadata",
    responses=METADATA_ANSWERS,
    response_class=JSONResponse,
)
async def read_authorization_server(request: Request, context: Context) -> Response:
    """Where tokens are had and how (RFC 8414)."""
    here = (context.settings.public_url or str(request.base_url)).rstrip("/")
    metadata: dict[str, Any] = {
        "issuer": here,
        "token_endpoint": f"{here}/oauth/token",
        "revocation_endpoint": f"{here}/oauth/revoke",
        "jwks_uri": f"{here}/.well-known/jwks.json",
        "service_documentation": f"{here}/docs",
        "grant_types_supported": list(_GRANTS),
        "response_types_supported": [],
        "scopes_supported": sorted(ALL_SCOPES),
        "token_endpoint_auth_methods_supported": _WAYS,
        "revocation_endpoint_auth_methods_supported": _WAYS,
        "ui_locales_supported": ["zh", "en"],
    }
    return JSONResponse(metadata)


@router.get(
    "/.well-known/jwks.json",
    summary="签名公钥 · The signing keys",
    responses=KEYS_ANSWERS,
    response_class=JSONResponse,
)
async def list_signing_keys(context: Context) -> Response:
    """The public keys by which the gateway's tokens are verified (RFC 7517, Ed25519 by RFC 8037).

    A new key stands here before it signs; one that signs no more stands here until its last token has ended.
    """
    return JSONResponse(context.keys.jwks(GATEWAY))
