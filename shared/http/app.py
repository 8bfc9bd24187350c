"""The FastAPI application of a service."""

from fastapi import APIRouter, FastAPI

from shared.http.directory import Directory
from shared.http.edge import Edge
from shared.http.errors import handle_errors
from shared.settings import Settings
from shared.tracing import NO_SPANS, Tracer

VERSION = "0.1.0"


def build_application(
    name: str, title: str, routers: list[APIRouter], settings: Settings, tracer: Tracer = NO_SPANS
) -> FastAPI:
    """Routes are taken over as they are: an included router would be searched anew, twice a request."""
    application = FastAPI(
        title=title,
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    application.router.routes.extend(route for router in routers for route in router.routes)
    application.router.middleware_stack = Directory(application.router.routes, application.router.middleware_stack)
    handle_errors(application)
    application.add_middleware(Edge, service=name, settings=settings, tracer=tracer)
    return application
