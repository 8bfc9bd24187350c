"""What the gateway may know of the system around it; given by whoever runs it."""

from collections.abc import Mapping
from typing import Protocol

from shared.context import ServiceContext
from shared.runtime.standing import Standing

NEIGHBOURS = "neighbours"


class Neighbours(Protocol):
    async def standings(self) -> Mapping[str, Standing]:
        """Of every service by name."""
        ...

    async def refresh_metrics(self) -> None:
        """Of every service in this process."""
        ...


def neighbours_of(context: ServiceContext) -> Neighbours:
    neighbours: Neighbours = context.extras[NEIGHBOURS]
    return neighbours
