"""The services beside the gateway, as far as its clock asks them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Response

from services.topology import BY_NAME
from shared.runtime.standing import Standing

DRAINED = {"outbox": 0, "lag": 0, "parked": 0, "timers": 0, "jobs": 0, "activity": 7}


@dataclass
class Neighbour:
    """Sets its clock when told, unless it is ``down``; says of its pending work the ``samples``, then the last on."""

    seconds: float = 0.0
    down: bool = False
    samples: list[dict[str, int]] = field(default_factory=lambda: [DRAINED])

    def application(self) -> FastAPI:
        application = FastAPI()

        @application.post("/internal/clock")
        async def set_clock(body: dict[str, Any]) -> Any:
            if self.down:
                return Response(status_code=503)
            self.seconds = max(self.seconds, body["seconds"])
            return self._sample()

        @application.post("/internal/pending")
        async def pending() -> Any:
            return Response(status_code=503) if self.down else self._sample()

        return application

    def _sample(self) -> dict[str, int]:
        return self.samples.pop(0) if len(self.samples) > 1 else self.samples[0]


def neighbours() -> dict[str, Neighbour]:
    return {name: Neighbour() for name in BY_NAME if name != "gateway"}


@dataclass
class Surroundings:
    """What the gateway is told of readiness and metrics."""

    known: Mapping[str, Standing] = field(default_factory=dict)
    refreshed: int = 0

    async def standings(self) -> Mapping[str, Standing]:
        return self.known

    async def refresh_metrics(self) -> None:
        self.refreshed += 1
