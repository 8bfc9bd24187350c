"""Health, readiness and metrics of a service, for its operators."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.http.access import context_of
from shared.runtime.standing import Standing

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """Ready when the database and the bus answer and the background work runs; else what is wrong, in one line."""
    return told(request, await request.app.state.runtime.standing(), service=context_of(request).name)


def told(request: Request, standing: Standing, **more: Any) -> Response:
    """JSON, or one line of text where that is asked for. 503 where nothing can be answered."""
    status, headers = (200, {}) if standing.serves else (503, {"Retry-After": "1"})
    if request.headers.get("accept", "").startswith("text/plain"):
        return PlainTextResponse(f"{standing.reason or standing.state}\n", status, headers)
    return JSONResponse(standing.rendered(**more), status, headers)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    await request.app.state.runtime.refresh_metrics()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
