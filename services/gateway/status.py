"""Readiness and metrics of the whole system, for its operators; the health of this process stands beside them."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.gateway.neighbours import neighbours_of
from shared.auth.tokens import GATEWAY
from shared.http.access import Context
from shared.runtime.health import told
from shared.runtime.standing import together

router = APIRouter(include_in_schema=False)


@router.get("/readyz")
async def system_ready(request: Request, context: Context) -> Response:
    """Ready when every service is; 503 where one cannot serve; and what is wrong, in one line."""
    standings = await neighbours_of(context).standings()
    wrong = {name: each.reason for name, each in standings.items() if each.reason}
    return told(request, together(standings), **({"services": wrong} if wrong else {}))


@router.get("/readyz/gateway")
async def gateway_ready(request: Request) -> Response:
    """Ready when the gateway itself is: for whoever sends it traffic, since one service down closes no other's door."""
    return told(request, await request.app.state.runtime.standing(), service=GATEWAY)


@router.get("/metrics")
async def system_metrics(context: Context) -> Response:
    """Of everything in this process."""
    await neighbours_of(context).refresh_metrics()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
