"""Passwords of the database roles: one file each, readable by its owner alone.

Made at first need; where they are handed in from outside, the folder may be one that cannot be written.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

from shared.settings import Settings


class Secrets:
    """The files in a folder. Two makers at once agree on the first one's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def password(self, role: str) -> str:
        if self.kept(role) is None:
            self.keep(role, secrets.token_urlsafe(32))
        return self._path(role).read_text().strip()

    def kept(self, role: str) -> str | None:
        """The role's password, where there is one."""
        path = self._path(role)
        return path.read_text().strip() if path.exists() else None

    def keep(self, role: str, password: str) -> None:
        """Where the role has none yet: the first one stays."""
        path = self._path(role)
        if path.exists():
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(password)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its password is the password
        finally:
            draft.unlink()

    def _path(self, role: str) -> Path:
        return self._folder / f"{quote(role, safe='')}.password"


def secrets_of(settings: Settings) -> Secrets:
    return Secrets(settings.data / "secrets")
