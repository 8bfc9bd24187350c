"""Readiness and metrics of the whole system, for its operators; the health of this process stands beside them."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.gateway.neighbours import neighbours_of
from shared.auth.tokens import GATEWAY
from shared.http.access import Context

router = APIRouter(include_in_schema=False)


@router.get("/readyz")
async def system_ready(context: Context) -> Response:
    """Ready when every service is; 503 naming those that are not, and why."""
    unready = await neighbours_of(context).unready()
    if unready:
        return JSONResponse({"status": "unready", "services": unready}, 503, {"Retry-After": "1"})
    return JSONResponse({"status": "ready"})


@router.get("/readyz/gateway")
async def gateway_ready(request: Request) -> Response:
    """Ready when the gateway itself is: for whoever sends it traffic, since one service down closes no other's door."""
    reason = await request.app.state.runtime.unready()
    if reason is not None:
        return JSONResponse({"status": "unready", "service": GATEWAY, "reason": reason}, 503, {"Retry-After": "1"})
    return JSONResponse({"status": "ready", "service": GATEWAY})


@router.get("/metrics")
async def system_metrics(context: Context) -> Response:
    """Of everything in this process."""
    await neighbours_of(context).refresh_metrics()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
