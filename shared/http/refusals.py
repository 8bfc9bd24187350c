"""Counting who is turned away, by route, problem and kind of caller: never by who it was."""

from uuid import NAMESPACE_URL, UUID, uuid5

from prometheus_client import Counter
from starlette.types import Scope

from shared.auth.principal import Principal

STATUSES = frozenset({401, 403, 404, 413, 429})
"""Not known, not allowed, nothing there (or nothing that the caller may see), too much, too often."""
REFUSALS = Counter(
    "jingzhun_http_refusals_total", "Requests turned away", ["service", "route", "status", "code", "caller"]
)


def kind_of(caller: Principal | None) -> str:
    """``officer``, ``system`` (acting for one or not), ``service``, or ``unknown`` without a valid token."""
    if caller is None:
        return "unknown"
    if caller.service is not None:
        return "service"
    return "officer" if caller.officer_id is not None and not caller.acting else "system"


def name_of(caller: Principal) -> str:
    """Who it is that asks: the system itself, also where it acts for an officer."""
    return caller.client if caller.acting and caller.client is not None else caller.subject


def opaque_id(caller: Principal) -> UUID:
    """The officer's id; of a system an id drawn from its name, always the same."""
    if caller.officer_id is not None and not caller.acting:
        return caller.officer_id
    return uuid5(NAMESPACE_URL, f"urn:jingzhun:principal:{name_of(caller)}")


def count_refusal(service: str, route: str, scope: Scope, status: int) -> None:
    """Once: by the service that refused, not by a gateway that passes its answer on (which knows no code)."""
    code = scope.get("jingzhun.problem")
    if code is not None and status in STATUSES:
        REFUSALS.labels(service, route, status, code, kind_of(scope.get("jingzhun.caller"))).inc()
