"""Passwords of the database roles: one file each, readable by its owner alone, made at first need."""

import os
import secrets
from pathlib import Path


class Secrets:
    """The files in a folder. Two makers at once agree on the first one's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def password(self, role: str) -> str:
        path = self._folder / f"{role}.password"
        if not path.exists():
            self._create(path)
        return path.read_text()

    def _create(self, path: Path) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its password is the password
        finally:
            draft.unlink()
