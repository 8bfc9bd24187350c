"""A PostgreSQL of our own: the server's binaries come from a wheel, its whole life from here.

The data folder holds ``cluster/`` (the database), ``postgres.log``, ``password`` (of the superuser, mode 600)
and two locks: ``supervisor.lock``, held by the supervisor, and ``server.lock``, held by every process of the server.
"""

from shared.embedded.errors import (
    AlreadyRunning,
    BrokenCluster,
    DiskFull,
    EmbeddedPostgresError,
    NotPermitted,
    StartFailed,
)
from shared.embedded.supervisor import EmbeddedPostgres, discard

__all__ = [
    "AlreadyRunning",
    "BrokenCluster",
    "DiskFull",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "NotPermitted",
    "StartFailed",
    "discard",
]
