"""The route class of every router: what the caller reads agreed on, bodies parsed with bounded depth, unknown
parameters refused, answers kept."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from shared.http.accepting import ANYTHING, JSON, accepts
from shared.http.characters import holds_nul
from shared.http.conditional import UNCHANGED, answer_or_unchanged
from shared.http.deprecation import Retiring, deprecation_of, described
from shared.problems import Problem, define_field
from shared.problems.common import INVALID, NOT_ACCEPTABLE, UNKNOWN_PARAMETER

_UNKNOWN = define_field("unknown", zh="未知的查询参数", en="The parameter is not known")
_REPEATED = define_field("repeated", zh="查询参数重复", en="A parameter is repeated")


class BoundedRequest(Request):
    """JSON nested without end is an error of the body, not of the program."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            body = await self.body()
            self._json = orjson.loads(body)
            if holds_nul(body):
                raise json.JSONDecodeError("NUL", "", 0)
        return self._json


def operation_id(route: APIRoute) -> str:
    return route.name


class Route(APIRoute):
    """``operationId`` is the route function's name, unique over the whole system (checked in the merge)."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        retired = deprecation_of(endpoint)
        if retired is not None:
            options |= {"deprecated": True, "openapi_extra": (options.get("openapi_extra") or {}) | described(retired)}
        super().__init__(path, endpoint, **options | {"generate_unique_id_function": operation_id})
        if retired is not None:
            self.app: ASGIApp = Retiring(self.app, retired, path)
        if self.is_single:
            self.responses = {**self.responses, 304: {"description": UNCHANGED}}

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()
        known = {field.alias for field in get_flat_params(self.dependant) if isinstance(field.field_info, Query)}
        produced, tagged = self._produced(), self.is_single

        async def handle(request: Request) -> Response:
            if not accepts(request.headers.get("accept"), produced):
                raise Problem(NOT_ACCEPTABLE)
            _refuse_unknown_parameters(request, known)
            response = await original(BoundedRequest(request.scope, request.receive))
            command = request.scope.get("jingzhun.command")
            if command is not None:
                command.remember(response)
            elif tagged and response.status_code == 200:
                return answer_or_unchanged(request, response)
            return response

        return handle

    @property
    def is_single(self) -> bool:
        """Whether it reads one resource, whole: a page of a list is neither."""
        fields = getattr(self.response_model, "model_fields", None)
        return self.methods == {"GET"} and fields is not None and "next" not in fields

    def _produced(self) -> frozenset[str]:
        """The media types of a success: those declared, else the response class's own, else JSON."""
        declared = [answer.get("content", ()) for status, answer in self.responses.items() if str(status) < "300"]
        named = frozenset(media_type for content in declared for media_type in content)
        if named or isinstance(self.response_class, DefaultPlaceholder):
            return named or frozenset({JSON})
        return frozenset({self.response_class.media_type or ANYTHING})


def _refuse_unknown_parameters(request: Request, known: set[str]) -> None:
    if "\0" in request.scope["path"]:
        raise Problem(INVALID)
    if not request.scope["query_string"]:
        return
    if any("\0" in value for value in request.query_params.values()):
        raise Problem(INVALID)
    unknown = set(request.query_params) - known
    if unknown:
        raise Problem(UNKNOWN_PARAMETER, errors=[_UNKNOWN.at("")])
    repeated = len(request.query_params.multi_items()) - len(request.query_params)
    if repeated:
        raise Problem(UNKNOWN_PARAMETER, errors=[_REPEATED.at("")])
