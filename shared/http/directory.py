"""Finding a route by the form of its path: a service has dozens of routes, and few of one form."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

_Form = tuple[str, int, str]
"""Method, number of segments, and the resource: the second of them, after ``/v1``."""


def _form(method: str, path: str) -> _Form:
    segments = path.split("/")
    return method, len(segments), segments[2] if len(segments) > 2 else ""


class Directory:
    """What is not found here (an unknown path) is the ``rest``'s to answer; a method not allowed is refused.

    A path that some route names word for word is no other route's: ``/searches`` is nobody's id.
    """

    def __init__(self, routes: Sequence[BaseRoute], rest: ASGIApp) -> None:
        self._rest = rest
        self._routes: defaultdict[_Form, list[Route]] = defaultdict(list)
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        for route in routes:
            if isinstance(route, Route):
                for method in route.methods or ():
                    self._routes[_form(method, route.path)].append(route)
                    if "{" not in route.path:
                        self._named[route.path].add(method)
        self._methods = sorted({method for method, _, _ in self._routes})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            method = scope["method"]
            if method in self._named.get(scope["path"], (method,)):
                for route in self._routes.get(_form(method, scope["path"]), ()):
                    match, found = route.matches(scope)
                    if match is Match.FULL:
                        scope.update(found)
                        await route.handle(scope, receive, send)
                        return
            if allowed := ", ".join(self._allowed(scope)):
                raise HTTPException(405, headers={"Allow": allowed})
        await self._rest(scope, receive, send)

    def _allowed(self, scope: Scope) -> Iterator[str]:
        """The methods of the path, as whichever of them it is asked for."""
        for method in self._methods:
            routes = self._routes.get(_form(method, scope["path"]), ())
            if method in self._named.get(scope["path"], (method,)) and any(
                route.matches(scope)[0] is not Match.NONE for route in routes
            ):
                yield method
