"""The gateway as the runtime takes it."""

from datetime import timedelta

from services.gateway import api, documents, event_flow, refusals, revocations, sandbox, sessions, status
from services.gateway.api_clients import api as api_clients
from services.gateway.models import METADATA
from services.gateway.oauth import api as oauth
from services.gateway.officers import api as officers
from shared.runtime.chores import Chore
from shared.runtime.definition import Definition

DEFINITION = Definition(
    name="gateway",
    title="网关 · Gateway",
    metadata=METADATA,
    migrations="services/gateway/migrations",
    routers=(
        api.router,
        officers.router,
        sessions.router,
        api_clients.router,
        sandbox.router,
        sandbox.alias,
        oauth.router,
        event_flow.router,
        status.router,
        documents.router,
    ),
    internal=(revocations.internal,),
    chores=(Chore("refusals", timedelta(minutes=1), refusals.tell, alone=False),),
)
