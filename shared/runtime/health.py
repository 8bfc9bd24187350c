"""Health, readiness and metrics of a service, for its operators."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.http.access import context_of

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz")
async def ready(request: Request, response: Response) -> dict[str, str]:
    """Ready when the database answers and the background work runs; 503 with the reason otherwise."""
    runtime = request.app.state.runtime
    reason = await runtime.unready()
    if reason is not None:
        response.status_code = 503
        return {"status": "unready", "service": context_of(request).name, "reason": reason}
    return {"status": "ready", "service": context_of(request).name}


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    await request.app.state.runtime.refresh_metrics()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
