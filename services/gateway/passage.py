"""The gateway's part in a request that a service of this process answers: a span of its own before the service's."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.auth.tokens import GATEWAY
from shared.http.following import Following
from shared.tracing import Tracer


def resource_of(scope: Scope) -> str | None:
    """All that the gateway knows of the route: the resource by which it found the owner."""
    _, first, resource, *_ = f"{scope['path']}//".split("/")
    return f"/{first}/{resource}" if first == "v1" else None


class Passage:
    """Stands there only where spans are made."""

    def __init__(self, inside: ASGIApp, tracer: Tracer) -> None:
        self._inside = inside
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"traceparent")
        with Following(self._tracer, GATEWAY, scope, given, resource_of) as following:
            status = 500

            async def observed(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            try:
                await self._inside({**scope, "headers": _going_on(scope, following)}, receive, observed)
            finally:
                following.answered(status)


def _going_on(scope: Scope, following: Following) -> list[tuple[bytes, bytes]]:
    others = [(name, value) for name, value in scope["headers"] if name != b"traceparent"]
    return [*others, (b"traceparent", following.traceparent.encode())]
