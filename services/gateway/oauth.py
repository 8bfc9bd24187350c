"""``POST /oauth/token``: client credentials (RFC 6749 §4.4), errors in that RFC's own form; the keys as a JWKS."""

import base64
import binascii
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import unquote_plus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData

from services.gateway.clients import ApiClient, authenticate
from shared.auth.tokens import API, GATEWAY
from shared.context import ServiceContext
from shared.http.access import Context, context_of
from shared.http.route import Route
from shared.http.schemas import Answer

router = APIRouter(route_class=Route, tags=["tokens"])
_FORM = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "client_id": {"type": "string", "description": "Where no Basic authorization is given"},
        "client_secret": {"type": "string", "format": "password"},
        "scope": {"type": "string", "description": "Some of the client's scopes, separated by blanks"},
    },
}
_ANSWER = {
    "type": "object",
    "required": ["access_token", "token_type", "expires_in", "scope"],
    "properties": {
        "access_token": {"type": "string"},
        "token_type": {"type": "string", "const": "Bearer"},
        "expires_in": {"type": "integer"},
        "scope": {"type": "string"},
    },
}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
}


class Refused(Exception):
    """An error of RFC 6749 §5.2."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status

    def response(self) -> Response:
        headers = {"WWW-Authenticate": 'Basic realm="jingzhun"'} if self.status == 401 else None
        return JSONResponse({"error": self.error, "error_description": self.description}, self.status, headers)


def _json(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


@router.post(
    "/oauth/token",
    summary="领取访问令牌 · Get an access token",
    response_class=JSONResponse,
    responses={200: _json("The token", _ANSWER), 400: _json("Refused", _ERROR), 401: _json("Not a client", _ERROR)},
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": _FORM}}}
    },
)
async def issue_token(request: Request) -> Response:
    """Client credentials grant. The client names itself by HTTP Basic or in the form; errors follow RFC 6749 §5.2."""
    try:
        return await _issue(request)
    except Refused as refused:
        return refused.response()


async def _issue(request: Request) -> Response:
    form = await _form(request)
    if "grant_type" not in form:
        raise Refused("invalid_request", "grant_type is missing")
    if form["grant_type"] != "client_credentials":
        raise Refused("unsupported_grant_type", "only client_credentials")
    context = context_of(request)
    client = await _client(context, *_credentials(request, form))
    scopes = frozenset(form["scope"].split()) if form.get("scope") else client.scopes
    if not scopes <= client.scopes:
        raise Refused("invalid_scope", "a scope that this client does not have")
    scope = " ".join(sorted(scopes))
    seconds = context.settings.token_seconds
    token = context.issuer.issue(
        subject=client.id,
        audience=API,
        lifetime=timedelta(seconds=seconds),
        role=client.role,
        division=client.division,
        scope=scope,
        **({"officer_id": str(client.officer_id)} if client.officer_id else {}),
    )
    return JSONResponse(
        {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "scope": scope},
        headers={"Pragma": "no-cache"},
    )


async def _form(request: Request) -> dict[str, str]:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refused("invalid_request", "the body must be application/x-www-form-urlencoded")
    form: FormData = await request.form(max_fields=20)
    if len(form.multi_items()) != len(form):
        raise Refused("invalid_request", "a parameter is repeated")
    return {name: value for name, value in form.items() if isinstance(value, str) and value}


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise Refused("invalid_client", "the Basic authorization is malformed", 401) from None
        return unquote_plus(name), unquote_plus(secret)
    if "client_id" not in form or "client_secret" not in form:
        raise Refused("invalid_client", "the client must name itself", 401)
    return form["client_id"], form["client_secret"]


async def _client(context: ServiceContext, client_id: str, secret: str) -> ApiClient:
    if "\0" in client_id:
        raise Refused("invalid_client", "no such client, or not its secret", 401)
    async with context.database.connection() as connection:
        client = await authenticate(connection, client_id, secret)
    if client is None:
        raise Refused("invalid_client", "no such client, or not its secret", 401)
    return client


class SigningKey(Answer):
    """RFC 7517 and 8037."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    use: Literal["sig"]
    alg: Literal["EdDSA"]
    kid: str
    x: str


class SigningKeys(Answer):
    keys: list[SigningKey]


@router.get("/.well-known/jwks.json", summary="签名公钥 · The signing keys", response_model=SigningKeys)
async def list_signing_keys(context: Context) -> dict[str, Any]:
    """The public keys by which the gateway's tokens are verified (RFC 7517, Ed25519 by RFC 8037)."""
    return context.keys.jwks(GATEWAY)
