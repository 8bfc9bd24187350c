"""A projection rebuilt beside the running system: the service and audit, opened here but not run."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from services.topology import BY_NAME
from services.wiring.assembly import assemble
from services.wiring.buses import bus_of
from services.wiring.definitions import definition_of
from services.wiring.servers import DatabaseServer
from services.wiring.system import databases_of
from shared.auth.keys import KeyRing
from shared.context import ServiceContext
from shared.peers.transport import InProcess
from shared.rebuild import Projection, Rebuild, Report
from shared.rebuild.archive import ArchiveReader
from shared.settings import Settings

_ARCHIVE = "audit"


def projections() -> Mapping[str, Mapping[str, Projection]]:
    """Of every service that has any, by their names."""
    found = {name: definition_of(name).projections for name in BY_NAME}
    return {name: {each.name: each for each in declared} for name, declared in found.items() if declared}


async def rebuild(settings: Settings, server: DatabaseServer, service: str, projection: Projection) -> Report:
    """Raises ``RebuildRefused``."""
    async with _opened(settings, server, service) as context:
        archive = ArchiveReader(context.peers, context.consumes)
        kept = timedelta(days=settings.inbox_retention_days)
        return await Rebuild(context.database, archive, definition_of(service).handlers, projection, kept).run()


@asynccontextmanager
async def _opened(settings: Settings, server: DatabaseServer, service: str) -> AsyncIterator[ServiceContext]:
    """The service's context. It asks audit's archive within this process; relay, consumer and timers stay off."""
    databases, keys, transport = databases_of(settings, server), KeyRing(settings.keys), InProcess()
    bus = bus_of(settings, databases)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bus.close)
        contexts = {}
        for name in {service, _ARCHIVE}:
            keys.private(name)
            runtime = assemble(
                definition_of(name), settings, keys, dsn=databases.dsn(name), bus=bus, transport=transport
            )
            transport.applications[name] = runtime.application
            await runtime.context.database.open()
            stack.push_async_callback(runtime.context.database.close)
            contexts[name] = runtime.context
        yield contexts[service]
