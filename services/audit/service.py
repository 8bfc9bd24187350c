"""Audit, as the runtime runs it: the archive and what is read from it; dead letters."""

from services.audit import api, head, questions
from services.audit.dead_letters import api as dead_letters
from services.audit.handlers import receive
from services.audit.models import METADATA
from services.audit.stream import api as stream
from services.audit.stream.streams import prepare_streams, streams_of
from shared.context import ServiceContext
from shared.runtime.definition import Definition


async def _start(context: ServiceContext) -> None:
    head.prepare(context)
    prepare_streams(context)


def _leave(context: ServiceContext) -> None:
    streams_of(context).leave()


DEFINITION = Definition(
    name="audit",
    title="审计 · Audit",
    metadata=METADATA,
    migrations="services/audit/migrations",
    routers=(api.router, stream.router, dead_letters.router),
    internal=(questions.router,),
    raw_handler=receive,
    start=_start,
    leave=_leave,
)
