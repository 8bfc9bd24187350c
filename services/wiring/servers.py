"""Where the databases are: on the embedded server, run by this process or another, or on a given one."""

from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from shared.settings import Settings

EMBEDDED = "postgres"
"""The embedded server's folder within the data folder."""


class DatabaseServer(Protocol):
    """``dsn`` without a user is an administrator's."""

    def dsn(self, database: str, user: str = ..., password: str | None = None) -> str: ...


class NotPostgres(ValueError):
    """The address of the database server is not a PostgreSQL one."""


class GivenServer:
    """A server named by its administrator's URL. Raises ``NotPostgres``."""

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


def existing_server(settings: Settings) -> GivenServer:
    """A server that this process need not start. Raises ``NoServer``."""
    return GivenServer(settings.database_server) if settings.database_server else running_embedded(settings.data)
