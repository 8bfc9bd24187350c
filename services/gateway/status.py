"""Readiness and metrics of the whole system, for its operators; the health of this process stands beside them."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.gateway.neighbours import neighbours_of
from shared.http.access import Context

router = APIRouter(include_in_schema=False)


@router.get("/readyz")
async def system_ready(context: Context) -> Response:
    """Ready when every service is; 503 naming those that are not, and why."""
    unready = await neighbours_of(context).unready()
    if unready:
        return JSONResponse({"status": "unready", "services": unready}, 503, {"Retry-After": "1"})
    return JSONResponse({"status": "ready"})


@router.get("/metrics")
async def system_metrics(context: Context) -> Response:
    """Of everything in this process."""
    await neighbours_of(context).refresh_metrics()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
