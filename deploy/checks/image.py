"""``python -m deploy.checks.image``: the image's steps, then the whole system out of what they leave.

Every service runs from the installed wheel, in a folder that is not the project's, as a stranger where we are root,
with nothing but its own secrets, its own data folder and the settings of compose; PostgreSQL is reached over TCP with
passwords. At the end the gateway answers for all of them, and an event has gone from one to another.
"""

import asyncio
import json
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

from deploy.checks.dockerfile import Replay, Stage, words
from services.topology import BY_NAME
from shared.embedded import EmbeddedPostgres, discard

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "image" / "Dockerfile"
SPECIFICATION = ROOT / "deploy" / "spec" / "openapi.json"
STRANGER = 10001
LIMIT_SECONDS = 90.0
COUNTY = "500229000000"


def say(text: str) -> None:
    print(text, flush=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Image:
    """What the Dockerfile leaves, and how its programs are run. ``libraries``: those of its Python."""

    def __init__(self, stage: Stage, settings: dict[str, str], libraries: Path) -> None:
        self._libraries = libraries
        self.stage = stage
        self._settings = settings

    def environment(self, data: Path) -> dict[str, str]:
        own = {name: self.stage.mapped(value) for name, value in self.stage.environment.items()}
        path = own.pop("PATH").replace("$PATH", "/usr/bin:/bin")
        here = {"PATH": path, "JINGZHUN_DATA": str(data), "JINGZHUN_HOST": "127.0.0.1"}
        return own | self._settings | here | {"LD_LIBRARY_PATH": str(self._libraries)}

    async def start(self, data: Path, *arguments: str, program: list[str] | None = None) -> asyncio.subprocess.Process:
        first, *rest = program or words(self.stage.said["ENTRYPOINT"])
        stranger: dict[str, Any] = (
            {"user": STRANGER, "group": STRANGER, "extra_groups": []} if os.geteuid() == 0 else {}
        )
        return await asyncio.create_subprocess_exec(
            self.stage.place(f"/opt/jingzhun/bin/{first}"),
            *rest,
            *arguments,
            cwd="/",
            env=self.environment(data),
            stdout=asyncio.subprocess.PIPE,
            **(stranger if os.geteuid() == 0 else {}),
        )

    async def run(self, data: Path, *arguments: str, program: list[str] | None = None) -> str:
        process = await self.start(data, *arguments, program=program)
        output, _ = await asyncio.wait_for(process.communicate(), LIMIT_SECONDS)
        if process.returncode:
            raise SystemExit(f"{arguments or program}: status {process.returncode}")
        return output.decode()


@asynccontextmanager
async def over_tcp(sockets: Path) -> AsyncIterator[int]:
    """The embedded server listens on a private socket alone; containers reach theirs over TCP."""

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while block := await source.read(65536):
                target.write(block)
                await target.drain()
        except ConnectionError:
            pass
        finally:
            target.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, here = await asyncio.open_unix_connection(door)
        await asyncio.gather(copy(reader, here), copy(there, writer))

    (door,) = sockets.glob(".s.PGSQL.*[0-9]")  # noqa: ASYNC240 - once, before anything waits
    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def python_for_all(scratch: Path) -> Path:
    """This Python; a copy of it where its place is closed to strangers."""
    base = Path(sys.base_prefix)
    closed = any(not folder.stat().st_mode & stat.S_IXOTH for folder in (base, *base.parents))
    if closed and os.geteuid() == 0:
        unneeded = shutil.ignore_patterns("site-packages", "test", "__pycache__", "*.a")
        base = Path(shutil.copytree(base, scratch / "base", symlinks=True, ignore=unneeded))
    return base / "bin" / f"python3.{sys.version_info.minor}"


def hand_to_stranger(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, STRANGER, STRANGER)
    return folder


def mounted(handed: Path, data: Path, service: str) -> Path:
    """The data folder of a service, with its own secrets beside and no way to write them."""
    hand_to_stranger(data / service)
    for kind in ("secrets", "keys"):
        if (handed / service / kind).exists():
            (data / service / kind).symlink_to(handed / service / kind)
            (handed / service / kind).chmod(0o500)
    return data / service


def build(scratch: Path) -> tuple[Stage, Path]:
    """The last stage, and the folder of its Python's libraries."""
    python = python_for_all(scratch)
    subprocess.run([python, "-m", "venv", scratch / "python"], check=True)
    stage = Replay(DOCKERFILE, ROOT, scratch / "image", scratch / "python" / "bin").last
    say(f"image: {sum(path.lstat().st_size for path in stage.root.rglob('*')) // 2**20} MiB beside the base image")
    return stage, python.parents[1] / "lib"


def bus() -> dict[str, str]:
    """Kafka, as in compose, where ``KAFKA_BOOTSTRAP`` names a broker; else the log in PostgreSQL."""
    if not (broker := os.environ.get("KAFKA_BOOTSTRAP")):
        return {"JINGZHUN_BUS": "postgres"}
    apart = f"check-{secrets.token_hex(4)}."
    return {"JINGZHUN_BUS": "kafka", "JINGZHUN_KAFKA_BOOTSTRAP": broker, "JINGZHUN_KAFKA_PREFIX": apart}


async def check(scratch: Path, stage: Stage, libraries: Path) -> None:
    """Each service in a process of its own."""
    ports = {name: free_port() for name in BY_NAME}
    given = yaml.safe_load((ROOT / "deploy/compose/compose.yaml").read_text())["x-program"]["environment"]
    urls = json.loads(given["JINGZHUN_SERVICE_URLS"])
    settings = {
        "JINGZHUN_SANDBOX": "true",
        **bus(),
        "JINGZHUN_SERVICE_URLS": json.dumps({name: f"http://127.0.0.1:{ports[name]}" for name in urls}),
    }
    server = scratch / "postgres"
    try:
        async with EmbeddedPostgres(server) as database, over_tcp(database.sockets) as port:
            address = given["JINGZHUN_DATABASE_SERVER"].replace("@postgres:5432", f"@127.0.0.1:{port}")
            image = Image(stage, settings | {"JINGZHUN_DATABASE_SERVER": address}, libraries)
            await play(image, database, scratch, ports)
    finally:
        await discard(server)


async def play(image: Image, database: EmbeddedPostgres, scratch: Path, ports: dict[str, int]) -> None:
    handed, data = hand_to_stranger(scratch / "secrets"), scratch / "data"
    nothing = hand_to_stranger(scratch / "nothing")
    help_text = await image.run(nothing, *words(image.stage.said["CMD"]))
    assert "jingzhun" in help_text
    await image.run(nothing, program=["python", "-c", "import services.season.driver"])
    await image.run(nothing, "secrets", str(handed))
    (handed / "migrate/secrets/postgres.password").write_text((database.data / "password").read_text())
    revisions = await image.run(mounted(handed, data, "migrate"), "migrate")
    assert set(BY_NAME) == {line.split()[0] for line in revisions.splitlines()}, revisions
    say(f"migrate: {', '.join(revisions.splitlines())}")
    async with AsyncExitStack() as stack:
        started = [
            stack.enter_async_context(serving(image, mounted(handed, data, name), name, port))
            for name, port in ports.items()
        ]
        await asyncio.gather(*started)
        await answering(image, data, ports)


@asynccontextmanager
async def serving(image: Image, data: Path, name: str, port: int) -> AsyncIterator[None]:
    process = await image.start(data, "serve", name, "--listen", str(port))
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), LIMIT_SECONDS)
        assert line.startswith(b"ready "), (name, line)
        yield
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), 15)
        assert process.returncode == 0, (name, process.returncode)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def answering(image: Image, data: Path, ports: dict[str, int]) -> None:
    for port in ports.values():
        probe = [word.replace(":8000/", f":{port}/") for word in words(image.stage.said["HEALTHCHECK"])]
        await image.run(data / "gateway", program=probe)
    token = (await image.run(data / "gateway", "token", "operator", "--division", COUNTY)).strip()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "check"}
    address = f"http://127.0.0.1:{ports['gateway']}"
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
        for path in ("/readyz", "/readyz/gateway"):
            assert (await client.get(path)).json()["status"] == "ready"
        assert (await client.get("/openapi.json")).json() == json.loads(SPECIFICATION.read_text())
        assert (await client.post("/v1/sandbox/clock", json={"advance_days": 1})).status_code == 200
        assert (await client.get("/v1/sandbox/clock?wait=30")).json()["settled"]
        archived = (await client.get("/v1/events?type=jingzhun.gateway.policy_clock_advanced.v1")).json()["items"]
        assert len(archived) == 1, archived
    say(f"{len(ports)} services answer, each on its own secrets; an event went from the gateway to the archive")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="jingzhun-image-") as folder:
        Path(folder).chmod(0o755)
        asyncio.run(check(Path(folder), *build(Path(folder))))


if __name__ == "__main__":
    sys.exit(main())
