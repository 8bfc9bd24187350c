"""Root, root in a closed home, and an ordinary user: all run it, and nobody's permissions are changed."""

import asyncio
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from shared.embedded import binaries
from tests.integration.embedded.helpers import PROJECT, as_root, query, supervised

PLAIN = 65534
PACKAGES = binaries.locate().root


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder every user can reach: pytest's own are closed."""
    folder = Path("/tmp") / f"jingzhun-test-{os.getpid()}-{tmp_path.name}"
    folder.mkdir(mode=0o755)
    return folder


def plain_python(view: Path) -> list[str]:
    """Runs as an ordinary user, with a view of this interpreter and project where such a user can reach them."""
    mounts = {"python": Path(sys.base_prefix), "project": PROJECT, "packages": PACKAGES}
    commands = []
    for name, source in mounts.items():
        (view / name).mkdir(exist_ok=True)
        commands.append(f"mount --bind '{source}' '{view / name}'")
    change = f"exec setpriv --reuid={PLAIN} --regid={PLAIN} --clear-groups '{view}/python/bin/python3' \"$@\""
    return ["unshare", "--mount", "sh", "-ec", "\n".join([*commands, change]), "sh"]


def plain_path(view: Path) -> list[Path]:
    return [view / "project", view / "packages"]


@as_root
async def test_root_in_a_closed_home(tmp_path: Path) -> None:
    """Data and installed packages both lie below folders that only root may enter."""
    home = tmp_path / "home"
    packages = home / "venv" / "site-packages"
    packages.parent.mkdir(parents=True)
    binaries.locate().copied_to(packages)
    (packages / binaries.PACKAGE / "__init__.py").touch()
    for folder in (home, packages.parent):
        folder.chmod(0o700)
    before = permissions(home)
    data = home / "var" / "postgres"
    async with supervised(data, path=[packages, PROJECT, PACKAGES]) as supervisor:
        assert await query(supervisor.facts["dsn"], "SELECT current_user") == "postgres"
        pid = supervisor.facts["server"]
        assert user_of(pid) != 0
        assert capabilities(pid) == 0
    assert not (data / "runtime").exists()
    assert before.items() <= permissions(home).items()


@as_root
async def test_root_with_binaries_only_root_may_read(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    binaries.locate().copied_to(packages)
    (packages / binaries.PACKAGE / "__init__.py").touch()
    for path in packages.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
    async with supervised(tmp_path / "data", path=[packages, PROJECT, PACKAGES]) as supervisor:
        assert await query(supervisor.facts["dsn"], "SELECT 1") == 1


@as_root
async def test_an_ordinary_user(open_folder: Path) -> None:
    try:
        home = open_folder / "home"
        home.mkdir(mode=0o700)
        os.chown(home, PLAIN, PLAIN)
        command = plain_python(open_folder)
        async with supervised(home / "data", command, plain_path(open_folder)) as supervisor:
            assert "dsn" in supervisor.facts, supervisor.facts
            pid = supervisor.facts["server"]
            assert user_of(pid) == PLAIN
            await query(supervisor.facts["dsn"], "CREATE TABLE memory AS SELECT 'kept' AS word")
        assert (home / "data" / "cluster").stat().st_uid == PLAIN
        async with supervised(home / "data") as as_root_again:
            assert await query(as_root_again.facts["dsn"], "SELECT word FROM memory") == "kept"
    finally:
        shutil.rmtree(open_folder)


@as_root
async def test_an_ordinary_user_is_told_that_the_folder_is_roots(open_folder: Path) -> None:
    try:
        async with supervised(open_folder / "data"):
            pass
        async with supervised(open_folder / "data", plain_python(open_folder), plain_path(open_folder)) as supervisor:
            assert supervisor.facts["error"] == "NotPermitted"
            assert "权限" in supervisor.facts["zh"]
    finally:
        shutil.rmtree(open_folder)


def user_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def capabilities(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("CapEff")).split()[1], 16)


def permissions(home: Path) -> dict[Path, tuple[int, int]]:
    return {path: (stat.S_IMODE(path.lstat().st_mode), path.lstat().st_uid) for path in [home, *home.rglob("*")]}


@as_root
@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_an_ordinary_user_backs_up_and_restores(open_folder: Path) -> None:
    """All that was written is that user's own, and closed to others."""
    mine = open_folder / "mine"
    mine.mkdir()
    os.chown(mine, PLAIN, PLAIN)
    try:
        for words in (("migrate",), ("backup", "copy"), ("restore", "copy", "--data", "again")):
            assert await _told(open_folder, mine, *words) == 0
        written = [path for name in ("copy", "again") for path in (mine / name, *(mine / name).rglob("*"))]
        assert (mine / "again" / "postgres" / "cluster" / "PG_VERSION") in written
        assert {(path.stat().st_uid, path.stat().st_mode & 0o77) for path in written} == {(PLAIN, 0)}
    finally:
        shutil.rmtree(open_folder)


async def _told(view: Path, folder: Path, *words: str) -> int:
    """A command given by the ordinary user in that folder; how it ended."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": ":".join(map(str, plain_path(view))),
        "LD_LIBRARY_PATH": str(view / "python" / "lib"),
        "DATA": str(folder / "data"),
    }
    command = (*plain_python(view), "-m", "services", *words)
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment)
    return await process.wait()
