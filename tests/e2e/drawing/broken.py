"""A small API that breaks its contract at every route, each in its own way."""

from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

TRACE = "0123456789abcdef0123456789abcdef"


def _operation(name: str, *statuses: int, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {}}, "application/problem+json": {"schema": {}}}
    return {
        "operationId": name,
        "responses": {str(status): {"description": "-", "content": content} for status in statuses},
    } | more


_TEXT = {"name": "text", "in": "query", "schema": {"type": "string", "minLength": 12, "maxLength": 30}}
_BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object", "properties": {"name": {"type": "string"}}}}},
}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Broken", "version": "1"},
    "paths": {
        "/v1/crash": {"get": _operation("crash", 200)},
        "/v1/echo": {"get": _operation("echo", 200, 422, parameters=[_TEXT])},
        "/v1/lenient": {"get": _operation("lenient", 200, parameters=[_TEXT])},
        "/v1/picky": {"post": _operation("picky", 200, 422, requestBody=_BODY)},
        "/v1/plain": {"get": _operation("plain", 200, 404)},
        "/v1/undocumented": {"get": _operation("undocumented", 200)},
    },
}


def _problem(status: int, code: str, title: str) -> Response:
    body = {"type": f"urn:jingzhun:problem:{code}", "code": code, "status": status, "title": title, "trace_id": TRACE}
    return Response(orjson.dumps(body), status, {"X-Trace-Id": TRACE}, "application/problem+json")


async def _document(request: Request) -> Response:
    return JSONResponse(DOCUMENT)


async def _crash(request: Request) -> Response:
    return _problem(500, "internal-error", "系统内部错误")


async def _echo(request: Request) -> Response:
    return _problem(422, "request-invalid", f"not valid: {request.query_params.get('text')}")


async def _lenient(request: Request) -> Response:
    return JSONResponse({}, headers={"X-Trace-Id": TRACE})


async def _picky(request: Request) -> Response:
    return _problem(422, "request-invalid", "请求内容不符合要求")


async def _plain(request: Request) -> Response:
    return PlainTextResponse("no", 404)


async def _undocumented(request: Request) -> Response:
    return JSONResponse({}, 202, headers={"X-Trace-Id": TRACE})


BROKEN = Starlette(
    routes=[
        Route("/openapi.json", _document),
        Route("/v1/crash", _crash),
        Route("/v1/echo", _echo),
        Route("/v1/lenient", _lenient),
        Route("/v1/picky", _picky, methods=["POST"]),
        Route("/v1/plain", _plain),
        Route("/v1/undocumented", _undocumented),
    ]
)
