"""What is being done now: every line of a log says so, whoever writes it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Scene(Protocol):
    """Asked only when something is logged, so that setting one costs next to nothing."""

    def told(self) -> Mapping[str, object]: ...


class Background:
    """``names`` say which handler, timer, job or task of the service."""

    __slots__ = ("_names", "_service")

    def __init__(self, service: str, names: Mapping[str, object]) -> None:
        self._service = service
        self._names = names

    def told(self) -> Mapping[str, object]:
        return {"service": self._service, **self._names}


current_scene: ContextVar[Scene | None] = ContextVar("current_scene", default=None)


@contextmanager
def doing(service: str, **names: object) -> Iterator[None]:
    token = current_scene.set(Background(service, names))
    try:
        yield
    finally:
        current_scene.reset(token)
