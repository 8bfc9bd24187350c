"""Where a run lives: a folder, ports, and the settings by which all its processes find each other."""

import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from urllib.parse import quote, urlencode

from services.topology import SERVICES
from services.wiring.sandbox import settle_kind
from shared.embedded import discard
from shared.embedded.locks import FileLock, is_free

RUNS = Path(tempfile.gettempdir()) / f"jingzhun-chaos-{os.geteuid()}"
REPLICAS = {"identification": 3, "notifications": 3}
"""Of every other service there is one."""
_BELOW_EPHEMERAL = (15_000, 31_000)
"""A port that is free for a moment while its service is dead must not become somebody's outgoing one."""
_KEPT = "kept"


@dataclass(frozen=True)
class Place:
    """``ports`` of every replica by its name; the first ``gateway`` is the system's door."""

    folder: Path
    bus: str
    ports: Mapping[str, int]
    broker_port: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def sockets(self) -> Path:
        return self.folder / "sockets"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def url(self) -> str:
        return self.url_of("gateway")

    def url_of(self, replica: str) -> str:
        return f"http://127.0.0.1:{self.ports[replica]}"

    def server(self, database: str = "") -> str:
        """The administrator's address of the database server."""
        password = quote((self.postgres / "password").read_text().strip(), safe="")
        place = urlencode({"host": str(self.sockets), "port": 5432})
        return f"postgresql://postgres:{password}@/{database}?{place}"

    def database_of(self, service: str) -> str:
        return self.server(f"jingzhun_{service}")

    def environment(self) -> dict[str, str]:
        urls = {service.name: [self.url_of(replica) for replica in replicas_of(service.name)] for service in SERVICES}
        settings = {
            "DATA": str(self.data),
            "PORT": str(self.ports["gateway"]),
            "DATABASE_SERVER": self.server(),
            "DATABASE_CONNECTIONS": "6",
            "SERVICE_URLS": json.dumps(urls),
            "BUS": self.bus,
        }
        if self.bus == "kafka":
            settings["KAFKA_BOOTSTRAP"] = f"127.0.0.1:{self.broker_port}"
        return {f"JINGZHUN_{name}": value for name, value in settings.items()}


def replicas_of(service: str) -> list[str]:
    count = REPLICAS.get(service, 1)
    return [f"{service}-{number}" for number in range(1, count + 1)] if count > 1 else [service]


@contextmanager
def place_of_a_run(bus: str) -> Iterator[tuple[Place, "Keeping"]]:
    """A folder of its own, removed at the end unless it is to be kept. What killed runs left goes first."""
    RUNS.mkdir(mode=0o711, exist_ok=True)
    _remove_leftovers()
    folder = RUNS / secrets.token_hex(4)
    folder.mkdir(mode=0o711)
    keeping = Keeping(folder)
    with FileLock(folder / "lock") as lock:
        lock.acquire()
        replicas = [replica for service in SERVICES for replica in replicas_of(service.name)]
        first, *ports = _free_ports(len(replicas) + 2)
        place = Place(folder, bus, dict(zip(replicas, ports, strict=False)), first)
        place.logs.mkdir()
        settle_kind(place.data, sandbox=True)
        try:
            yield place, keeping
        finally:
            if not keeping.kept:
                _discard(folder)


class Keeping:
    """Whether the folder is of use when the run is over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = False

    def keep(self) -> None:
        self.kept = True
        (self.folder / _KEPT).touch()


def _remove_leftovers() -> None:
    for folder in RUNS.iterdir():
        if is_free(folder / "lock") and not (folder / _KEPT).exists():
            _discard(folder)


def _discard(folder: Path) -> None:
    import asyncio

    if (folder / "postgres").exists():
        asyncio.run(discard(folder / "postgres"))
    shutil.rmtree(folder, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    """The first has a free neighbour above it, which the broker's controller takes."""
    draw = SystemRandom()
    while not (_is_free(first := draw.randrange(*_BELOW_EPHEMERAL)) and _is_free(first + 1)):
        pass
    found = [first]
    while len(found) < count:
        port = draw.randrange(*_BELOW_EPHEMERAL)
        if port not in (*found, first + 1) and _is_free(port):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
