"""Questions between services: few, listed in the topology, never commands, never inside a transaction."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

import orjson

from shared.peers.asking import asking
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE
from shared.tracing import NO_SPANS, Tracer


class PeerAnswer(Protocol):
    """An answer whose body is read as a stream."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    def chunks(self) -> AsyncIterator[bytes]: ...


class Transport(Protocol):
    """How requests reach a service: within the process by plain ASGI, or over HTTP."""

    def request(
        self, service: str, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> AbstractAsyncContextManager[PeerAnswer]: ...


class Peers:
    """``token_for`` gives a short-lived token whose audience is the asked service alone."""

    def __init__(
        self,
        transport: Transport,
        token_for: Callable[[str], str],
        allowed: frozenset[str],
        tracer: Tracer = NO_SPANS,
    ) -> None:
        self._transport = transport
        self._tracer = tracer
        self._token_for = token_for
        self.allowed = allowed

    async def ask(self, service: str, path: str, question: Any) -> Any:
        """POST ``/internal/{path}`` and the parsed JSON answer. Raises ``service-unavailable``."""
        parts = [chunk async for chunk in self._answer(service, path, question)]
        return orjson.loads(b"".join(parts))

    async def stream(self, service: str, path: str, question: Any) -> AsyncIterator[bytes]:
        """The lines of an NDJSON answer, as they arrive."""
        rest = b""
        async for chunk in self._answer(service, path, question):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield line
        if rest:
            yield rest

    async def _answer(self, service: str, path: str, question: Any) -> AsyncIterator[bytes]:
        if service not in self.allowed:
            raise RuntimeError(f"the topology allows no questions to {service}")
        headers = {
            "authorization": f"Bearer {self._token_for(service)}",
            "content-type": "application/json",
        }
        body = orjson.dumps(question, default=str)
        with asking(self._tracer, service, f"POST /internal/{path}") as (span, traceparent):
            if traceparent is not None:
                headers["traceparent"] = traceparent
            async with self._transport.request(service, "POST", f"/internal/{path}", headers, body) as answer:
                span.tell({"http.response.status_code": answer.status})
                if answer.status != 200:
                    raise Problem(UNAVAILABLE, headers={"Retry-After": "1"})
                async for chunk in answer.chunks():
                    yield chunk
