"""Audit, as the runtime runs it: the archive and what is read from it."""

from services.audit import api
from services.audit.handlers import archive
from services.audit.head import prepare
from services.audit.models import METADATA
from shared.runtime.definition import Definition

DEFINITION = Definition(
    name="audit",
    title="审计 · Audit",
    metadata=METADATA,
    migrations="services/audit/migrations",
    routers=(api.router,),
    raw_handler=archive,
    start=prepare,
)
