"""Finding a route by the form of its path: a service has dozens of routes, and few of one form."""

from collections import defaultdict
from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

_Form = tuple[str, int, str]
"""Method, number of segments, and the resource: the second of them, after ``/v1``."""


def _form(method: str, path: str) -> _Form:
    segments = path.split("/")
    return method, len(segments), segments[2] if len(segments) > 2 else ""


class Directory:
    """What is not found here (an unknown path, a method not allowed) is the ``rest``'s to answer."""

    def __init__(self, routes: Sequence[BaseRoute], rest: ASGIApp) -> None:
        self._rest = rest
        self._routes: defaultdict[_Form, list[Route]] = defaultdict(list)
        for route in routes:
            if isinstance(route, Route):
                for method in route.methods or ():
                    self._routes[_form(method, route.path)].append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self._routes.get(_form(scope["method"], scope["path"]), ()):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    await route.handle(scope, receive, send)
                    return
        await self._rest(scope, receive, send)
