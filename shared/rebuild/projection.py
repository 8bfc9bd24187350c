"""What can be rebuilt: a table, or columns of one, that handlers make out of events and of nothing else. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from shared.events import Event


@dataclass(frozen=True, slots=True)
class Rows:
    """The whole table. A row that no event speaks of goes."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a table whose rows are the service's own.

    ``initial`` names them, with what stands in a row of which no event has spoken. ``incidental`` are columns that
    the handlers write too; a rebuild leaves them alone. ``subject`` is the key of the row that an event speaks of.
    """

    table: str
    key: str
    initial: Mapping[str, str | int | None]
    subject: Callable[[Any], UUID]
    incidental: tuple[str, ...] = ()


Shape: TypeAlias = Rows | Columns


@dataclass(frozen=True, slots=True)
class Projection:
    """``events`` are those whose handlers make it.

    These handlers touch no other table, and what they keep follows from the events alone: not from the moment of
    handling, nor from an id drawn there. A command may enter earlier what an event is still to tell.
    """

    name: str
    zh: str
    en: str
    shape: Shape
    events: frozenset[type[Event]]

    def concerns(self, type_: str | None) -> bool:
        """Whether an event of this type could be the projection's: of any version, or of no type that can be read."""
        return type_ is None or _stem(type_) in {_stem(event.type()) for event in self.events}


def _stem(type_: str) -> str:
    return type_.rpartition(".v")[0]
