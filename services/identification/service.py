"""Identification, as the runtime runs it: its routes, handlers, timers, jobs and metrics."""

from datetime import timedelta

from prometheus_client import Gauge

from services.identification import sandbox
from services.identification.announcements import api as announcements
from services.identification.applications import api as applications
from services.identification.applications import imports as application_imports
from services.identification.appraisals import api as appraisals
from services.identification.assessments import api as assessments
from services.identification.cases import api as cases
from services.identification.cases.reading import open_by_step
from services.identification.cleaning import api as cleaning
from services.identification.comparison import api as comparison
from services.identification.comparison.job import compare_with_extracts
from services.identification.evidence import api as evidence
from services.identification.evidence.sweeping import sweep_broken_uploads, sweep_evidence, take_stock
from services.identification.handlers import HANDLERS, KNOWN_HOUSEHOLDS
from services.identification.models import METADATA
from services.identification.objections import api as objections
from services.identification.policies import api as policies
from services.identification.publicities import api as publicities
from services.identification.publicities.ending import TIMER, end_publicities
from services.identification.registrations import api as registrations
from services.identification.reviews import api as reviews
from services.identification.surveys import api as surveys
from services.identification.surveys import imports as survey_imports
from services.identification.workflow import Step
from services.identification.workflows import api as workflows
from shared.context import ServiceContext
from shared.runtime.chores import Chore
from shared.runtime.definition import Definition

EVIDENCE_LOST = Gauge("jingzhun_evidence_lost", "Evidence whose bytes are gone")
CASES = Gauge("jingzhun_open_cases", "Open cases by step", ["step"])


async def measure(context: ServiceContext) -> None:
    async with context.database.connection() as connection:
        EVIDENCE_LOST.set(await connection.fetchval("SELECT count(DISTINCT digest) FROM evidence WHERE lost"))
        counted = {row["step"]: row["cases"] for row in await open_by_step(connection)}
    for step in Step:
        CASES.labels(step.value).set(counted.get(step.value, 0))


DEFINITION = Definition(
    name="identification",
    title="识别 · Identification",
    metadata=METADATA,
    migrations="services/identification/migrations",
    routers=(
        policies.router,
        assessments.router,
        evidence.router,
        registrations.router,
        workflows.router,
        applications.router,
        application_imports.router,
        cases.router,
        appraisals.router,
        appraisals.reading,
        publicities.router,
        publicities.reading,
        objections.router,
        surveys.router,
        survey_imports.router,
        reviews.router,
        reviews.reading,
        *comparison.routers,
        *cleaning.routers,
        announcements.router,
        announcements.reading,
    ),
    handlers=HANDLERS,
    projections=(KNOWN_HOUSEHOLDS,),
    timers={TIMER: end_publicities},
    jobs={"comparison": compare_with_extracts},
    chores=(
        Chore("evidence unnamed", timedelta(hours=1), sweep_evidence),
        Chore("evidence in stock", timedelta(days=1), take_stock),
        Chore("evidence broken off", timedelta(hours=1), sweep_broken_uploads, alone=False),
    ),
    start=sandbox.prepare,
    metrics=measure,
)
