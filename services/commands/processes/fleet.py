"""Which processes there are: one for each service at its own port, replicas at free ones, each port kept for it."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import orjson

from services.commands.door import take
from services.commands.messages import Failure
from services.topology import BY_NAME, SERVICES
from shared.auth.tokens import GATEWAY
from shared.settings import Settings

MOST = 9


@dataclass(frozen=True, slots=True)
class Member:
    """``number`` counts the replicas of a service from 1."""

    service: str
    number: int
    host: str
    port: int

    @property
    def name(self) -> str:
        return self.service if self.number == 1 else f"{self.service}-{self.number}"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def command(self, settings: Settings) -> list[str]:
        place = ["--port", str(settings.port), "--host", self.host, "--data", str(settings.data)]
        return [sys.executable, "-m", "services", "serve", self.service, "--listen", str(self.port), *place]


def environment(fleet: Sequence[Member]) -> dict[str, str]:
    """Of every member: where all the others are."""
    urls: dict[str, list[str]] = {}
    for member in fleet:
        urls.setdefault(member.service, []).append(member.url)
    return os.environ | {"JINGZHUN_SERVICE_URLS": orjson.dumps(urls).decode(), "PYTHONUNBUFFERED": "1"}


def counted(wishes: Sequence[str]) -> dict[str, int]:
    """``["identification=3"]`` as numbers of replicas. Raises ``Failure``."""
    numbers = dict.fromkeys(BY_NAME, 1)
    for wish in wishes:
        service, _, number = wish.partition("=")
        if service not in BY_NAME or service == GATEWAY or not number.isdecimal() or not 1 <= int(number) <= MOST:
            services = ", ".join(name for name in BY_NAME if name != GATEWAY)
            raise Failure(
                f"--replicas {wish} 有误：应为 服务=数目，数目 1–{MOST}，服务之一：{services}。",
                f"--replicas {wish} is wrong: it must be SERVICE=NUMBER with 1–{MOST}, of {services}.",
            )
        numbers[service] = int(number)
    return numbers


@contextmanager
def assembled(settings: Settings, numbers: Mapping[str, int]) -> Iterator[list[Member]]:
    """The fleet; while the block lasts no stranger takes a port, also while its member is down.

    Raises ``PortTaken``.
    """
    with ExitStack() as kept:

        def member(service: str, number: int, wanted: int) -> Member:
            place = kept.enter_context(take(settings.host, wanted))
            return Member(service, number, settings.host, place.getsockname()[1])

        yield [
            member(service.name, number, settings.port + service.port_offset if number == 1 else 0)
            for service in SERVICES
            for number in range(1, numbers[service.name] + 1)
        ]
