"""Bodies of any size: streamed to a file and hashed on the way, never held in memory."""

import asyncio
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fastapi import Request

from shared.ids import new_id

ANY_BYTES = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A received body: its file, the SHA-256 of its bytes in hexadecimal, its size in bytes, its media type."""

    path: Path
    digest: str
    size: int
    media_type: str

    def discard(self) -> None:
        """Remove the file, unless it was moved to its place."""
        self.path.unlink(missing_ok=True)


async def receive_upload(request: Request, folder: Path) -> Upload:
    """Write the body to a new file in ``folder``, on the disk when this returns; the caller moves or discards it.

    The digest stands for the body where a command compares a repeated request with its first. A body that is
    too large, or a caller who hangs up, leaves no file.
    """
    path = _draft(folder)
    try:
        digest, size = await _receive(request, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    request.scope["jingzhun.upload_digest"] = digest
    return Upload(path, digest.hex(), size, _media_type(request))


def _draft(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{new_id()}.part"


async def _receive(request: Request, path: Path) -> tuple[bytes, int]:
    digest, size, waiting = hashlib.sha256(), 0, bytearray()

    def absorb(file: IO[bytes], block: bytes) -> None:
        digest.update(block)
        file.write(block)

    with _private(path) as file:
        async for chunk in request.stream():
            size += len(chunk)
            waiting += chunk
            if len(waiting) >= _BLOCK:
                await asyncio.to_thread(absorb, file, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(absorb, file, bytes(waiting))
        await asyncio.to_thread(_settle, file)
    return digest.digest(), size


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _media_type(request: Request) -> str:
    """The type without its parameters; arbitrary bytes where it is missing or malformed."""
    named = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return named if _MEDIA_TYPE.fullmatch(named) else ANY_BYTES
