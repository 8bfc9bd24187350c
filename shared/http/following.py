"""A request as part of its trace: what its events, its questions and its log lines say of where they come from."""

from collections.abc import Callable, Mapping
from contextvars import Token
from types import TracebackType
from typing import Self

from starlette.types import Scope

from shared.database.transaction import Trace, current_trace
from shared.observability.scene import Scene, current_scene
from shared.tracing import Span, SpanKind, Tracer
from shared.tracing.traceparent import following, is_traceparent, trace_id_of

RouteOf = Callable[[Scope], str | None]
"""The template of the route, never the path: that names whom it is about."""


def route_of(scope: Scope) -> str | None:
    return getattr(scope.get("route"), "path", None)


class _Scene:
    __slots__ = ("_route_of", "_scope", "_service")

    def __init__(self, service: str, scope: Scope, route_of: RouteOf) -> None:
        self._service = service
        self._scope = scope
        self._route_of = route_of

    def told(self) -> Mapping[str, object]:
        return {"service": self._service, "method": self._scope["method"], "route": self._route_of(self._scope)}


class Following:
    """The caller's trace goes on here, or a new one begins."""

    __slots__ = ("_route_of", "_scene", "_scene_before", "_scope", "_span", "_trace_before", "trace_id", "traceparent")

    def __init__(self, tracer: Tracer, service: str, scope: Scope, given: bytes | None, route_of: RouteOf) -> None:
        text = given.decode("latin-1") if given else ""
        parent = text if is_traceparent(text) else None
        self._span: Span = tracer.span(scope["method"], parent=parent, kind=SpanKind.SERVER)
        self.traceparent = self._span.traceparent or following(parent)
        self.trace_id = trace_id_of(self.traceparent)
        self._scope = scope
        self._route_of = route_of
        self._scene: Scene = _Scene(service, scope, route_of)

    def __enter__(self) -> Self:
        trace = Trace(correlation_id=self.trace_id, traceparent=self.traceparent)
        self._trace_before: Token[Trace | None] = current_trace.set(trace)
        self._scene_before: Token[Scene | None] = current_scene.set(self._scene)
        return self

    def answered(self, status: int) -> None:
        scope, route = self._scope, self._route_of(self._scope)
        told: dict[str, str | int | bool] = {
            "http.request.method": scope["method"],
            "http.response.status_code": status,
            "url.scheme": scope.get("scheme", "http"),
        }
        if route is not None:
            self._span.name(f"{scope['method']} {route}")
            told["http.route"] = route
        self._span.tell(told)
        if status >= 500:
            self._span.fail(str(status))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        current_scene.reset(self._scene_before)
        current_trace.reset(self._trace_before)
        self._span.end()
