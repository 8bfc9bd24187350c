"""Audit, as the runtime runs it: the archive and what is read from it; dead letters."""

from services.audit import api, questions
from services.audit.dead_letters import api as dead_letters
from services.audit.handlers import receive
from services.audit.head import prepare
from services.audit.models import METADATA
from shared.runtime.definition import Definition

DEFINITION = Definition(
    name="audit",
    title="审计 · Audit",
    metadata=METADATA,
    migrations="services/audit/migrations",
    routers=(api.router, dead_letters.router),
    internal=(questions.router,),
    raw_handler=receive,
    start=prepare,
)
