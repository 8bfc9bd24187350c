"""The gateway as the runtime takes it."""

from services.gateway import api, documents, oauth, sandbox, status
from services.gateway.models import METADATA
from shared.runtime.definition import Definition

DEFINITION = Definition(
    name="gateway",
    title="网关 · Gateway",
    metadata=METADATA,
    migrations="services/gateway/migrations",
    routers=(api.router, sandbox.router, sandbox.alias, oauth.router, status.router, documents.router),
)
