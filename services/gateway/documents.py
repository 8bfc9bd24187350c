"""The OpenAPI and the AsyncAPI document and their pages, for networks that reach nothing else."""

from functools import cache
from html import escape
from pathlib import Path

import fastapi_offline
import orjson
from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response

from services.gateway.events.page import page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(include_in_schema=False)
_ASSETS = Path(fastapi_offline.__file__).parent / "static"
_SERVED = ("favicon.png", "redoc.standalone.js", "swagger-ui-bundle.js", "swagger-ui.css")
_STYLED = ("page.css", "page.js")
_HERE = Path(__file__).parent
SPECIFICATION = Path("deploy/spec/openapi.json")
EVENTS = Path("deploy/spec/asyncapi.json")
DEPRECATION = Path("docs/deprecation.md")
"""Where the committed documents stand in the project; an installed package carries them beside this module."""
_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " font-src 'self'; connect-src 'self'; worker-src blob:; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
}
_START_SWAGGER = """SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#page", deepLinking: true, validatorUrl: null, persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout",
});"""
_START_REDOC = 'Redoc.init("/openapi.json", {disableSearch: false}, document.getElementById("page"));'


@cache
def _committed(document: Path) -> bytes:
    places = (_HERE / document.name, _HERE.parents[1] / document)
    return next(place for place in places if place.exists()).read_bytes()


@cache
def _events() -> str:
    return page(orjson.loads(_committed(EVENTS)))


def _page(title: str, script: str, start: str, style: str = "") -> HTMLResponse:
    link = f'<link rel="stylesheet" href="/docs/{style}">' if style else ""
    return HTMLResponse(
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="/docs/favicon.png">{link}</head><body><div id="page"></div>'
        f'<script src="/docs/{script}"></script><script src="/docs/{start}"></script></body></html>',
        headers=_POLICY,
    )


@router.get("/openapi.json")
async def openapi() -> Response:
    return Response(_committed(SPECIFICATION), media_type="application/json")


@router.get("/asyncapi.json")
async def asyncapi() -> Response:
    return Response(_committed(EVENTS), media_type="application/json")


@router.get("/asyncapi")
async def events() -> Response:
    return HTMLResponse(_events(), headers=_POLICY)


@router.get("/asyncapi/{name}")
async def events_asset(name: str) -> Response:
    if name not in _STYLED:
        raise Problem(NOT_FOUND)
    return FileResponse(_HERE / "events" / name)


@router.get("/docs")
async def docs() -> Response:
    return _page("精准识别 · jingzhun API", "swagger-ui-bundle.js", "start-swagger.js", "swagger-ui.css")


@router.get("/redoc")
async def redoc() -> Response:
    return _page("精准识别 · jingzhun API", "redoc.standalone.js", "start-redoc.js")


@router.get("/docs/deprecation")
async def deprecation() -> Response:
    """Where the links of an operation that is being retired lead."""
    return Response(_committed(DEPRECATION), media_type="text/markdown; charset=utf-8")


@router.get("/docs/start-swagger.js")
async def start_swagger() -> Response:
    return Response(_START_SWAGGER, media_type="text/javascript")


@router.get("/docs/start-redoc.js")
async def start_redoc() -> Response:
    return Response(_START_REDOC, media_type="text/javascript")


@router.get("/docs/{name}")
async def asset(name: str) -> Response:
    if name not in _SERVED:
        raise Problem(NOT_FOUND)
    return FileResponse(_ASSETS / name)
