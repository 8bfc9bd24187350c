"""The sandbox's clock: moved forward in every service at once, and told when all that follows has been done."""

import asyncio
from collections.abc import Mapping
from typing import Any

from services.gateway.problems import CLOCK_NOT_SET
from shared.context import ServiceContext
from shared.peers.client import Peers
from shared.problems import Problem

SAMPLING_SECONDS = 0.1
Samples = Mapping[str, Mapping[str, int]]
"""What is left to do in each service, and its count of everything that happened."""


def is_drained(samples: Samples) -> bool:
    return not any(count for sample in samples.values() for name, count in sample.items() if name != "activity")


def is_settled(earlier: Samples, later: Samples) -> bool:
    """Drained twice with nothing happening between: then all was drained at one moment, also on the ways between."""
    return is_drained(earlier) and is_drained(later) and _activity(earlier) == _activity(later)


def _activity(samples: Samples) -> dict[str, int]:
    return {service: sample["activity"] for service, sample in samples.items()}


async def sample(peers: Peers) -> Samples:
    """Asked of every service at once. Raises ``service-unavailable``."""
    names = sorted(peers.allowed)
    answers = await asyncio.gather(*(peers.ask(name, "pending", {}) for name in names))
    return dict(zip(names, answers, strict=True))


async def sample_until_settled(peers: Peers, wait: float) -> tuple[Samples, bool]:
    """The last sample, and whether all is settled; returns after ``wait`` seconds at the latest if it is not."""
    time = asyncio.get_running_loop().time
    deadline = time() + wait
    earlier, later = await sample(peers), await sample(peers)
    while not (settled := is_settled(earlier, later)) and time() < deadline:
        await asyncio.sleep(min(SAMPLING_SECONDS, max(0.0, deadline - time())))
        earlier, later = later, await sample(peers)
    return later, settled


async def set_everywhere(context: ServiceContext, seconds: float) -> None:
    """The others first and the gateway last: a move that failed halfway is repeated from where it began."""
    others = sorted(context.peers.allowed - {context.name})
    await _set(context, others, seconds)
    await _set(context, [context.name], seconds)


async def _set(context: ServiceContext, names: list[str], seconds: float) -> None:
    outcomes: list[Any] = await asyncio.gather(
        *(context.peers.ask(name, "clock", {"seconds": seconds}) for name in names), return_exceptions=True
    )
    failed = [name for name, outcome in zip(names, outcomes, strict=True) if isinstance(outcome, Problem)]
    if failed:
        raise Problem(CLOCK_NOT_SET, headers={"Retry-After": "1"}, services=failed)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
