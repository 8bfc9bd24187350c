"""Every failure becomes ``application/problem+json`` in the caller's language, and echoes nothing of what was sent."""

from typing import Any

import asyncpg
import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from shared.bus.port import BusUnavailable
from shared.database.outage import OUTAGE
from shared.http.commands import KeptAnswer
from shared.http.language import preferred
from shared.http.validation import field_errors
from shared.observability import places
from shared.problems import Problem, ProblemType
from shared.problems.common import (
    BAD_REQUEST,
    CONFLICT,
    INTERNAL,
    INVALID,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    TOO_LARGE,
    UNAVAILABLE,
)

log = structlog.get_logger()
_BY_STATUS: dict[int, ProblemType] = {
    400: BAD_REQUEST,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
    413: TOO_LARGE,
    503: UNAVAILABLE,
}
_TRY_AGAIN: tuple[type[Exception], ...] = (
    *OUTAGE,
    BusUnavailable,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
)


def language_of(request: Request) -> str:
    """``zh`` or ``en``, as the caller would rather read."""
    return preferred(", ".join(request.headers.getlist("accept-language")))


def problem_response(request: Request, problem: Problem) -> Response:
    language = language_of(request)
    request.scope["jingzhun.problem"] = problem.type.code
    body: dict[str, Any] = problem.rendered(language) | {"trace_id": request.scope.get("jingzhun.trace_id")}
    headers = {"Content-Language": language, "Vary": "Accept-Language"} | problem.headers
    content = orjson.dumps(body, default=str)
    return Response(content, problem.type.status, headers, media_type="application/problem+json")


def handle_errors(application: FastAPI) -> None:
    application.add_exception_handler(Problem, _problem)  # type: ignore[arg-type]
    application.add_exception_handler(KeptAnswer, _kept_answer)  # type: ignore[arg-type]
    application.add_exception_handler(RequestValidationError, _invalid)  # type: ignore[arg-type]
    application.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]
    application.add_exception_handler(asyncpg.UniqueViolationError, _lost_a_race)
    for kind in _TRY_AGAIN:
        application.add_exception_handler(kind, _dependency_away)
    application.add_exception_handler(Exception, unexpected)


async def _problem(request: Request, problem: Problem) -> Response:
    return problem_response(request, problem)


async def _kept_answer(request: Request, kept: KeptAnswer) -> Response:
    return kept.response


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    return problem_response(request, Problem(INVALID, errors=field_errors(error)))


async def _http(request: Request, error: HTTPException) -> Response:
    type_ = _BY_STATUS.get(error.status_code, BAD_REQUEST)
    return problem_response(request, Problem(type_, headers=dict(error.headers or {})))


async def _lost_a_race(request: Request, error: Exception) -> Response:
    """Two commands decided the same thing at once, and the other was first: nothing was changed by this one."""
    log.warning("lost a race", where=places(error))
    return problem_response(request, Problem(CONFLICT))


async def _dependency_away(request: Request, error: Exception) -> Response:
    log.error("dependency unavailable", error=type(error).__name__, where=places(error))
    return problem_response(request, Problem(UNAVAILABLE, headers={"Retry-After": "1"}))


async def unexpected(request: Request, error: BaseException) -> Response:
    """Logged by its class and place; its text could quote what was sent."""
    log.error("unexpected failure", error=type(error).__name__, where=places(error))
    return problem_response(request, Problem(INTERNAL))
