"""The service of households, as the runtime runs it."""

from services.households.divisions import api as divisions
from services.households.imports import api as imports
from services.households.imports.job import import_households
from services.households.imports.store import KIND
from services.households.imports.sweeping import sweep_uploads
from services.households.models import METADATA
from services.households.questions import api as questions
from services.households.registry import households_api, members_api, relatives_api, searches_api
from services.households.status.handlers import HANDLERS
from services.households.status.projection import STATUS
from shared.runtime.definition import Definition

DEFINITION = Definition(
    name="households",
    title="农户 · Households",
    metadata=METADATA,
    migrations="services/households/migrations",
    routers=(
        divisions.router,
        households_api.router,
        members_api.router,
        relatives_api.router,
        searches_api.router,
        imports.router,
    ),
    internal=(questions.router,),
    handlers=HANDLERS,
    projections=(STATUS,),
    jobs={KIND: import_households},
    start=sweep_uploads,
)
