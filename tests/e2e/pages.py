"""The pages for readers, as a reader follows them: every snippet in its order, in one terminal, in one folder."""

import asyncio
import os
import re
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from services.wiring.migration import ROOT
from tests.e2e.command_line import Place

_BLOCK = re.compile(r"^```(?P<language>\w+) ?(?P<file>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STARTS = "make run\n"
"""The first snippet of every page: the system, in a terminal of its own."""

PROGRAMS = {"bash", "python", "javascript", "html"}
"""What a reader runs; other blocks show what is answered."""

_HERE = "http://localhost:8000"
_SECONDS = 120


@dataclass(frozen=True)
class Snippet:
    """``file`` is where the page tells the reader to save a program; without it, it is typed into the terminal."""

    language: str
    file: str
    text: str


def snippets(page: Path) -> Iterator[Snippet]:
    for found in _BLOCK.finditer(page.read_text()):
        if found["language"] in PROGRAMS:
            yield Snippet(found["language"], found["file"], found["text"])


def reading_folder(folder: Path) -> Path:
    """A fresh clone as far as the pages need one: what was installed, what is shipped, and room for one's own."""
    for name in (".venv", "Makefile", "clients", "deploy", "services", "shared", "docs"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@asynccontextmanager
async def started(text: str, place: Place) -> AsyncIterator[None]:
    """A command that goes on, from its ready line; at the end all that it started is told to stop, and does."""
    process = await asyncio.create_subprocess_exec(
        *text.split(), cwd=ROOT, env=place.environment(), stdout=asyncio.subprocess.PIPE
    )
    try:
        await asyncio.wait_for(_ready(process), _SECONDS)
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()  # make passes it on; told twice, the system would end at once
        await asyncio.wait_for(process.communicate(), _SECONDS)


async def _ready(process: Process) -> None:
    assert process.stdout is not None
    while not (line := await process.stdout.readline()).startswith(b"ready http://"):
        assert line, "it ended before it was ready"


async def follow(page: Path, folder: Path, url: str, environment: dict[str, str]) -> str:
    """What the terminal shows when everything but the start was typed in. Raises ``AssertionError`` where it fails."""
    typed = ["set -euo pipefail"]
    for snippet in snippets(page):
        text = snippet.text.replace(_HERE, url)
        if snippet.file:
            (folder / snippet.file).write_text(text)
        elif text != STARTS:
            assert snippet.language == "bash", f"{page.name}: a {snippet.language} program needs a file"
            typed.append(text)
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-c",
        "\n".join(typed),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    speaking = asyncio.create_task(process.communicate())
    done, _ = await asyncio.wait({speaking}, timeout=_SECONDS)
    if not done:
        os.killpg(process.pid, signal.SIGKILL)
    output, errors = await speaking
    assert process.returncode == 0, f"{page.name}\n{output.decode()}\n{errors.decode()}"
    return output.decode()
