"""The FastAPI application of a service."""

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from shared.http.edge import Edge
from shared.http.errors import handle_errors
from shared.settings import Settings

VERSION = "0.1.0"


def operation_id(route: BaseRoute) -> str:
    return str(getattr(route, "name", ""))


def build_application(name: str, title: str, routers: list[APIRouter], settings: Settings) -> FastAPI:
    """``operationId`` is the route function's name, unique over the whole system (checked in the merge)."""
    application = FastAPI(
        title=title,
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    for router in routers:
        application.include_router(router)
    handle_errors(application)
    application.add_middleware(
        Edge,
        service=name,
        max_body_bytes=settings.max_body_bytes,
        max_upload_bytes=settings.max_upload_bytes,
    )
    return application
