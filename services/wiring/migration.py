"""Bringing every database and the bus to the newest form, before anything serves."""

from collections.abc import Sequence
from pathlib import Path

import asyncpg

import services
from services.topology import SERVICES
from services.wiring.buses import databases_beside, declare_topics
from services.wiring.databases import Databases
from services.wiring.definitions import ServiceMissing, definition_of
from shared.database.migrations import is_behind, migrate
from shared.settings import Settings

ROOT = Path(services.__file__).parents[1]
ALL = tuple(service.name for service in SERVICES)
_NEVER_MADE = (asyncpg.InvalidCatalogNameError, asyncpg.InvalidAuthorizationSpecificationError)
"""No such database, or no such role."""


class NotMigrated(RuntimeError):
    """The database of the service is missing, or older than this program."""


async def migrate_all(settings: Settings, databases: Databases, names: Sequence[str] = ALL) -> dict[str, str]:
    """Create, migrate and declare; the revision of each service. Raises ``TopicMismatch``, ``ServiceMissing``."""
    definitions = {name: definition_of(name) for name in names}
    await databases.create([*names, *databases_beside(settings)])
    revisions = {}
    for name, definition in definitions.items():
        revision = await migrate(databases.dsn(name), definition.metadata, ROOT / definition.migrations)
        if revision is None:
            raise ServiceMissing(f"{definition.migrations}/versions is empty")
        revisions[name] = revision
    await declare_topics(settings, databases)
    return revisions


async def require_migrated(databases: Databases, name: str) -> None:
    """Raises ``NotMigrated``."""
    try:
        behind = await is_behind(databases.dsn(name), ROOT / definition_of(name).migrations)
    except _NEVER_MADE:
        raise NotMigrated(name) from None
    if behind:
        raise NotMigrated(name)
