"""What a client sends: a form, and who it is. Errors take the form that these RFCs give them."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote_plus

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from services.gateway.api_clients.store import ApiClient, authenticate
from services.gateway.throttling.store import Throttled, begin
from shared.context import ServiceContext

Form = Mapping[str, str]
_LARGEST = 64 * 1024
_MOST_FIELDS = 30
_LONGEST_NAME, _LONGEST_SECRET = 100, 512
_NOBODY = "no such client, or not its secret"


class Refused(Exception):
    """An error of RFC 6749 §5.2. Its description never quotes what was sent."""

    def __init__(
        self, error: str, description: str, status: int = 400, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status
        self.headers = dict(headers or {})

    def response(self) -> Response:
        challenge = {"WWW-Authenticate": 'Basic realm="jingzhun"'} if self.status == 401 else {}
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, self.status, self.headers | challenge)


async def read_form(request: Request) -> Form:
    """Each parameter once; those without a value are as if they were not there (RFC 6749 §3.2)."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refused("invalid_request", "the body must be application/x-www-form-urlencoded")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise Refused("invalid_request", "the body is too large")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused("invalid_request", "the body is malformed") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise Refused("invalid_request", "a parameter is repeated")
    return {name: value for name, value in form.items() if value}


async def read_client(request: Request, context: ServiceContext, form: Form) -> ApiClient:
    """The client, by HTTP Basic or in the form, never both (RFC 6749 §2.3). Guessing is made slow."""
    client_id, secret = _credentials(request, form)
    if len(client_id) > _LONGEST_NAME or len(secret) > _LONGEST_SECRET or "\0" in client_id:
        raise Refused("invalid_client", _NOBODY, 401)
    try:
        attempt = await begin(context.database, f"client:{client_id}", request)
    except Throttled as throttled:
        raise Refused("slow_down", "too many failures of late", 429, throttled.headers) from None
    async with context.database.connection() as connection:
        client = await authenticate(connection, client_id, secret)
    if client is None:
        raise Refused("invalid_client", _NOBODY, 401)
    await attempt.succeeded()
    return client


def _credentials(request: Request, form: Form) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        if "client_secret" in form:
            raise Refused("invalid_request", "the client names itself twice")
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise Refused("invalid_client", "the Basic authorization is malformed", 401) from None
        return unquote_plus(name), unquote_plus(secret)
    if "client_id" not in form or "client_secret" not in form:
        raise Refused("invalid_client", "the client must name itself", 401)
    return form["client_id"], form["client_secret"]
