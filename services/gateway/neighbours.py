"""What the gateway may know of the system around it; given by whoever runs it."""

from collections.abc import Mapping
from typing import Protocol

from shared.context import ServiceContext

NEIGHBOURS = "neighbours"


class Neighbours(Protocol):
    async def unready(self) -> Mapping[str, str]:
        """The services that cannot serve now, and why."""
        ...

    async def refresh_metrics(self) -> None:
        """Of every service in this process."""
        ...


def neighbours_of(context: ServiceContext) -> Neighbours:
    neighbours: Neighbours = context.extras[NEIGHBOURS]
    return neighbours
