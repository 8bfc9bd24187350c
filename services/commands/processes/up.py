"""``jingzhun up --processes``: this process runs the database and keeps the services' processes running."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack

from services.commands.processes.fleet import Member, assembled
from services.commands.processes.supervision import Supervision
from services.commands.serving import database_server, folder_of_our_own, until_stopped
from services.commands.stopping import stop_on_signals, unless_stopped
from services.wiring.migration import ALL, migrate_all
from services.wiring.system import databases_of, key_ring
from shared.embedded import EmbeddedPostgres
from shared.settings import Settings


async def up(settings: Settings, numbers: Mapping[str, int], ready: Callable[[], None]) -> None:
    """As many processes of each service as ``numbers`` say, until a signal. Raises what is wrong, if it ends."""
    stop = stop_on_signals()
    with folder_of_our_own(settings), assembled(settings, numbers) as fleet:
        async with AsyncExitStack() as stack:
            started = await unless_stopped(stop, _started(settings, fleet, stack))
            if started is None:
                return
            ready()
            _, embedded = started
            failure = await until_stopped(stop, embedded)
        if failure is not None:
            raise failure


async def _started(
    settings: Settings, fleet: Sequence[Member], stack: AsyncExitStack
) -> tuple[Supervision, EmbeddedPostgres | None]:
    server, embedded = await stack.enter_async_context(database_server(settings))
    await migrate_all(settings, databases_of(settings, server))
    key_ring(settings, ALL)
    supervision = Supervision(fleet, settings)
    stack.push_async_callback(supervision.stop)
    await supervision.start()
    return supervision, embedded
