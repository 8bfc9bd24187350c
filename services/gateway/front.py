"""The one API in front of the services: a request goes to the owner of the resource that its path names.

Nothing is checked here but the way: every service checks the token itself. Internal routes are never reached.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = "/v1/"
_HIDDEN = "/internal"


class Front:
    """``owners`` names the service of each resource under ``/v1``; everything else is the gateway's ``own``."""

    def __init__(self, owners: Mapping[str, str], destinations: Mapping[str, ASGIApp], own: ASGIApp) -> None:
        self._destinations = {resource: destinations[service] for resource, service in owners.items()}
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rate limits come here: every request passes, and none is answered yet."""
        if scope["type"] != "http":
            await self._own(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(_HIDDEN):
            scope = {**scope, "path": "/", "raw_path": b"/"}  # nothing stands there: answered as not found
        await self._owner(path)(scope, receive, send)

    def _owner(self, path: str) -> ASGIApp:
        if not path.startswith(_PREFIX):
            return self._own
        resource, _, _ = path[len(_PREFIX) :].partition("/")
        return self._destinations.get(resource, self._own)
