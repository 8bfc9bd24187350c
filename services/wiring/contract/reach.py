"""What a route's code can come to: the problems it may raise, and the headers it may set, read off its byte code.

From the route and its dependencies the search follows every function, class and method that is named. What is named
is taken to be used, so an answer may be said possible that never comes; one that comes is not left out, unless its
code is reached through data alone.
"""

import builtins
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import unwrap
from types import CodeType, FunctionType, ModuleType
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shared.problems import CATALOGUE, ProblemType

_OURS = ("services.", "shared.")
HEADERS = frozenset({"Content-Disposition", "Deprecation", "ETag", "Link", "Location", "Sunset", "Updated-Until"})
_ORDINARY = frozenset(name for kind in vars(builtins).values() if isinstance(kind, type) for name in dir(kind))
"""Methods of built-in kinds: whoever calls them seldom means one of ours of the same name."""


@dataclass
class Reach:
    codes: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)


def reach_of(route: APIRoute, modules: Iterable[ModuleType]) -> Reach:
    """``modules``: where the methods that the route may call are looked for, by their names."""
    search = _Search(_methods(tuple(modules)))
    search.follow(type(route).get_route_handler)
    for call in _calls(route.dependant):
        search.follow(call)
    return search.found


def _calls(dependant: Dependant) -> Iterator[Any]:
    if dependant.call is not None:
        yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


@cache
def _methods(modules: tuple[ModuleType, ...]) -> Mapping[str, list[FunctionType]]:
    found: defaultdict[str, list[FunctionType]] = defaultdict(list)
    for module in modules:
        for kind in list(vars(module).values()):
            if isinstance(kind, type) and kind.__module__ == module.__name__:
                for name, method in _functions(kind):
                    if name not in _ORDINARY and not name.startswith("__"):
                        found[name].append(method)
    return found


def _functions(kind: type) -> Iterator[tuple[str, FunctionType]]:
    for name, value in list(vars(kind).items()):
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if isinstance(function, FunctionType):
            yield name, function


class _Search:
    def __init__(self, methods: Mapping[str, list[FunctionType]]) -> None:
        self.found = Reach()
        self._methods = methods
        self._seen: set[int] = set()

    def follow(self, value: Any) -> None:
        if isinstance(value, ProblemType):
            self.found.codes.add(value.code)
            return
        if isinstance(value, dict):
            self._look_up(value)
        if id(value) in self._seen or not _is_ours(value):
            return
        self._seen.add(id(value))
        if isinstance(value, type):
            for name, method in _functions(value):
                if name.startswith("__"):
                    self.follow(method)
        elif isinstance(function := unwrap(getattr(value, "__func__", value)), FunctionType):
            self._read(function, function.__code__)
        else:
            self.follow(type(value))

    def _look_up(self, table: dict[Any, Any]) -> None:
        """Problems by something else, such as an index; by their own codes, the codes are named elsewhere."""
        for key, value in table.items():
            if isinstance(value, ProblemType) and key != value.code:
                self.found.codes.add(value.code)

    def _read(self, function: FunctionType, code: CodeType) -> None:
        for cell in function.__closure__ or ():
            self.follow(cell.cell_contents)
        named = [function.__globals__[name] for name in code.co_names if name in function.__globals__]
        modules = [value for value in named if isinstance(value, ModuleType) and value.__name__.startswith(_OURS)]
        for value in named:
            self.follow(value)
        for name in code.co_names:
            for value in (*self._methods.get(name, ()), *(vars(module).get(name) for module in modules)):
                self.follow(value)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self._read(function, constant)
            self._note(constant)

    def _note(self, constant: Any) -> None:
        """The domain names a problem by its code alone."""
        for text in constant if isinstance(constant, tuple) else (constant,):
            if isinstance(text, str) and text in CATALOGUE:
                self.found.codes.add(text)
            if isinstance(text, str) and text in HEADERS:
                self.found.headers.add(text)


def _is_ours(value: Any) -> bool:
    home = getattr(value, "__module__", None) or type(value).__module__
    return isinstance(home, str) and home.startswith(_OURS)
