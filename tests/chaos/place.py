"""Where a run lives: a folder, ports, and the settings by which all its processes find each other."""

import asyncio
import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
REPLICATED = frozenset({"identification", "notifications"})
"""Of every other service there is one."""
_BELOW_EPHEMERAL = (15_000, 31_000)
"""A port that is free for a moment while its service is dead must not become somebody's outgoing one."""
_KEPT = "kept"


@dataclass(frozen=True)
class Place:
    """``replicas``: their names by service; ``ports``: of every replica by its name."""

    folder: Path
    bus: str
    replicas: Mapping[str, Sequence[str]]
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
        urls = {service: [self.url_of(replica) for replica in names] for service, names in self.replicas.items()}
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


@contextmanager
def place_of_a_run(bus: str, replicas: int) -> Iterator[tuple[Place, "Keeping"]]:
    """A folder of its own, removed at the end unless it is to be kept. What killed runs left goes first."""
    RUNS.mkdir(mode=0o711, exist_ok=True)
    _remove_leftovers()
    folder = RUNS / secrets.token_hex(4)
    folder.mkdir(mode=0o711)
    keeping = Keeping(folder)
    with FileLock(folder / "lock") as lock:
        lock.acquire()
        place = _place(folder, bus, replicas)
        place.logs.mkdir()
        settle_kind(place.data, sandbox=True)
        try:
            yield place, keeping
        finally:
            if not keeping.kept:
                _discard(folder)


def _place(folder: Path, bus: str, replicas: int) -> Place:
    names = {service.name: _names(service.name, replicas) for service in SERVICES}
    everybody = [name for each in names.values() for name in each]
    first, *ports = _free_ports(1 + len(everybody))
    return Place(folder, bus, names, dict(zip(everybody, ports, strict=True)), first)


def _names(service: str, replicas: int) -> list[str]:
    if service not in REPLICATED or replicas == 1:
        return [service]
    return [f"{service}-{number}" for number in range(1, replicas + 1)]


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
