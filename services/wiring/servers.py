"""Where the databases are: on the embedded server, run by this process or another, or on a given one."""

from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

from services.wiring.secrets import Secrets, secrets_of
from shared.settings import Settings

EMBEDDED = "postgres"
"""The embedded server's folder within the data folder."""


class DatabaseServer(Protocol):
    """``dsn`` without a user is an administrator's."""

    def dsn(self, database: str, user: str = ..., password: str | None = None) -> str: ...


class NotPostgres(ValueError):
    """The address of the database server is not a PostgreSQL one."""


class GivenServer:
    """A server named by its administrator's URL. Raises ``NotPostgres``.

    Who opens databases as their own roles alone needs no password in it, nor a user.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        if self._parts.scheme not in {"postgresql", "postgres"}:
            raise NotPostgres("database_server must begin with postgresql://")

    def dsn(self, database: str, user: str = "", password: str | None = None) -> str:
        parts = self._parts
        place = parts.netloc.rpartition("@")[2]
        who = f"{quote(user, safe='')}:{quote(password or '', safe='')}" if user else parts.netloc.rpartition("@")[0]
        netloc = f"{who}@{place}" if who else place
        return urlunsplit(("postgresql", netloc, f"/{quote(database, safe='')}", parts.query, ""))


class NoServer(RuntimeError):
    """Nothing runs on this data folder, and no server is given."""


def running_embedded(data: Path) -> GivenServer:
    """The server that another process runs on this data folder. Raises ``NoServer``."""
    folder = data.absolute() / EMBEDDED
    try:
        sockets, password = (folder / "runtime").read_text(), (folder / "password").read_text().strip()
    except FileNotFoundError:
        raise NoServer(str(data)) from None
    return GivenServer(
        f"postgresql://postgres:{quote(password, safe='')}@/?{urlencode({'host': sockets, 'port': 5432})}"
    )


def given_server(url: str, secrets: Secrets) -> GivenServer:
    """The server, its administrator with the password among the secrets where the address has none."""
    parts = urlsplit(url)
    password = secrets.kept(unquote(parts.username)) if parts.username and parts.password is None else None
    if password is not None:
        who, _, place = parts.netloc.rpartition("@")
        url = urlunsplit(parts._replace(netloc=f"{who}:{quote(password, safe='')}@{place}"))
    return GivenServer(url)


def existing_server(settings: Settings) -> GivenServer:
    """A server that this process need not start. Raises ``NoServer``, ``NotPostgres``."""
    if settings.database_server:
        return given_server(settings.database_server, secrets_of(settings))
    return running_embedded(settings.data)
