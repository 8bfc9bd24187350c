"""Bringing every database and the bus to the newest form, before anything serves."""

from collections.abc import Sequence
from pathlib import Path

import services
from services.topology import SERVICES, TOPICS
from services.wiring.databases import BUS, Databases
from services.wiring.definitions import ServiceMissing, definition_of
from shared.bus.postgres import PostgresBus
from shared.database.migrations import migrate

ROOT = Path(services.__file__).parents[1]
ALL = tuple(service.name for service in SERVICES)


async def migrate_all(databases: Databases, names: Sequence[str] = ALL) -> dict[str, str]:
    """Create, migrate and declare; the revision of each service. Raises ``TopicMismatch``, ``ServiceMissing``."""
    definitions = {name: definition_of(name) for name in names}
    await databases.create([*names, BUS])
    revisions = {}
    for name, definition in definitions.items():
        revision = await migrate(databases.dsn(name), definition.metadata, ROOT / definition.migrations)
        if revision is None:
            raise ServiceMissing(f"{definition.migrations}/versions is empty")
        revisions[name] = revision
    bus = PostgresBus(databases.dsn(BUS))
    try:
        await bus.declare(TOPICS)
    finally:
        await bus.close()
    return revisions
