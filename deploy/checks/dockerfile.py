"""Replays a Dockerfile step by step in a scratch folder, where no container engine is.

Paths at the root of the image become folders below the stage's own. Base images are a bare virtual environment of this
Python. What is known: FROM, ARG, COPY, RUN, ENV, WORKDIR and what only describes; anything else is an error.
"""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

DESCRIBES = {"LABEL", "EXPOSE", "STOPSIGNAL", "USER", "HEALTHCHECK", "ENTRYPOINT", "CMD", "ARG"}
OURS = re.compile(r"(?<![\w.:/])/(source|wheels|opt/jingzhun|data|secrets)\b")
"""Paths that the Dockerfile makes; the system's own stay what they are."""


class Unknown(ValueError):
    """An instruction that this replay does not know."""


@dataclass
class Stage:
    root: Path
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def place(self, path: str) -> Path:
        return self.root / os.path.normpath(Path(self.folder) / path).lstrip("/")

    def mapped(self, text: str) -> str:
        return OURS.sub(lambda found: f"{self.root}{found.group()}", text)


class Replay:
    """``stages`` by name, the last one as ``last``."""

    def __init__(self, dockerfile: Path, context: Path, scratch: Path, base: Path) -> None:
        self._context = context
        self._scratch = scratch
        self._path = f"{base}:{os.environ['PATH']}"
        self._ignored = Path(f"{dockerfile}.dockerignore").read_text().splitlines()
        self.stages: dict[str, Stage] = {}
        for name, rest in _instructions(dockerfile.read_text()):
            self._perform(name, rest)

    @property
    def last(self) -> Stage:
        return list(self.stages.values())[-1]

    def _perform(self, name: str, rest: str) -> None:
        match name:
            case "FROM":
                stage = rest.partition(" AS ")[2] or "final"
                self.stages[stage] = Stage(self._scratch / stage)
                self.last.root.mkdir(parents=True)
            case "WORKDIR":
                self.last.folder = rest
                self.last.place(".").mkdir(parents=True, exist_ok=True)
            case "ENV":
                self.last.environment |= dict(word.split("=", 1) for word in shlex.split(rest))
            case "COPY":
                self._copy(shlex.split(rest))
            case "RUN":
                self._run(rest)
            case _ if name in DESCRIBES:
                if self.stages:
                    self.last.said[name] = rest
            case _:
                raise Unknown(name)

    def _copy(self, words: list[str]) -> None:
        origin = [word.removeprefix("--from=") for word in words if word.startswith("--from=")]
        *sources, target = [word for word in words if not word.startswith("--")]
        for source in sources:
            there = self.stages[origin[0]].place(source) if origin else self._context / source
            here = self.last.place(target)
            if there.is_dir():
                shutil.copytree(there, here, symlinks=True, dirs_exist_ok=True, ignore=None if origin else self._leave)
            elif not origin and not self._enters(there):
                raise FileNotFoundError(f"{source} is ignored")
            else:
                here = here / there.name if target.endswith("/") else here
                here.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(there, here)
        if origin:  # programs name their interpreter by its place
            _rewrite(self.last.root, str(self.stages[origin[0]].root), str(self.last.root))

    def _leave(self, folder: str, names: list[str]) -> set[str]:
        return {name for name in names if not self._enters(Path(folder) / name)}

    def _enters(self, path: Path) -> bool:
        """As the last matching line of the .dockerignore says."""
        name, enters = path.relative_to(self._context).as_posix(), True
        for line in self._ignored:
            pattern = line.removeprefix("!").removeprefix("**/")
            beginnings = [name, *(str(parent) for parent in Path(name).parents), path.name]
            if line and not line.startswith("#") and any(fnmatch.fnmatch(each, pattern) for each in beginnings):
                enters = line.startswith("!")
        return enters

    def _run(self, command: str) -> None:
        stage = self.last
        if os.geteuid() != 0:
            command = re.sub(r"--(owner|group)=\d+ ", "", command)
        environment = os.environ | {"PATH": self._path, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1"}
        command = stage.mapped(command).replace("--no-cache-dir ", "")
        subprocess.run(["bash", "-ec", command], cwd=stage.place("."), env=environment, check=True)


def _instructions(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [tuple(line.split(" ", 1)) for line in joined.splitlines() if line.strip()]  # type: ignore[misc]


def _rewrite(root: Path, old: str, new: str) -> None:
    for program in root.rglob("bin/*"):
        if program.is_file() and not program.is_symlink() and program.read_bytes().startswith(b"#!"):
            program.write_text(program.read_text().replace(old, new))


def words(said: str) -> list[str]:
    """Of an instruction in its exec form."""
    return json.loads(said[said.index("[") :])
