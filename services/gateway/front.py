"""The one API in front of the services: a request goes to the owner of the resource that its path names.

The gate says who may pass at all, and how often; what a caller may do every service checks itself, token and all.
Internal routes are never reached, but for the list of revocations, which services ask for.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from services.gateway.gate import Gate, hand_over

_PREFIX = "/v1/"
_HIDDEN = "/internal"
ASKED_BY_SERVICES = "/internal/revocations"
"""The one internal route at this door: for the services of other processes, with their own tokens."""


class Front:
    """``owners`` names the service of each resource under ``/v1``; everything else is the gateway's ``own``.

    ``answering`` tells what the gate answers in the services' stead.
    """

    def __init__(
        self,
        owners: Mapping[str, str],
        destinations: Mapping[str, ASGIApp],
        own: ASGIApp,
        *,
        gate: Gate,
        answering: ASGIApp,
    ) -> None:
        self._destinations = {resource: destinations[service] for resource, service in owners.items()}
        self._own = own
        self._gate = gate
        self._answering = answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == ASKED_BY_SERVICES:
            await self._own(scope, receive, send)
            return
        answer, way_back = await self._gate.admit(scope, send)
        if answer is not None:
            await self._answering(hand_over(scope, answer), receive, way_back)
            return
        path: str = scope["path"]
        if path.startswith(_HIDDEN):
            scope = {**scope, "path": "/", "raw_path": b"/"}  # nothing stands there: answered as not found
        await self._owner(path)(scope, receive, way_back)

    def _owner(self, path: str) -> ASGIApp:
        if not path.startswith(_PREFIX):
            return self._own
        resource, _, _ = path[len(_PREFIX) :].partition("/")
        return self._destinations.get(resource, self._own)
