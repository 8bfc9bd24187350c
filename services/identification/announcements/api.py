"""The public announcement: only what is still eligible on the facts of the day, all in one transaction."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.identification.assessments.verdicts import by_policy, evaluate_cases
from services.identification.cases.domain import announce
from services.identification.cases.store import Act, decide, save
from services.identification.lists.api import ListAnswer, answer_list, reading_router
from services.identification.lists.store import Entry, NewList, lock_listed, record_list
from services.identification.registrations.store import NewRegistration, current_registrations, register
from services.identification.workflow import Stage, Step
from shared.auth import Principal
from shared.clock import local_date
from shared.events.identification import AnnouncementPublished
from shared.http.access import allow
from shared.http.commands import Write
from shared.http.route import Route
from shared.http.schemas import Body, DivisionCode, Text
from shared.ids import new_id

router = APIRouter(prefix="/v1", route_class=Route, tags=["announcements"])
reading = reading_router("announcements", "announcement", "公告", "announcements")


class AnnouncementBody(Body):
    """The media in which it is published, and the cases it announces."""

    division: DivisionCode
    title: Text
    media: Annotated[list[Text], Field(min_length=1, max_length=20)]
    cases: Annotated[list[UUID], Field(min_length=1, max_length=10_000)]


@router.post("/announcements", status_code=201, summary="县级公告 · Publish an announcement")
async def publish_announcement(
    body: AnnouncementBody,
    principal: Annotated[Principal, allow("announcements:write")],
    transaction: Write,
    response: Response,
) -> ListAnswer:
    """Every household announced becomes registered poor. One no longer eligible refuses the list, naming its case."""
    officer = principal.require_officer()
    principal.require_area(body.division)
    step, today = Step.ANNOUNCEMENT, local_date(transaction.now)
    cases = await lock_listed(transaction, principal, body.division, body.cases, step, Stage.PUBLICATION)
    verdicts = await evaluate_cases(transaction, cases, await by_policy(transaction, cases))
    households = [case.household_id for case in cases]
    registered = await current_registrations(transaction.connection, households)
    versions = {
        household_id: (registered[household_id].version if household_id in registered else 0) + 1
        for household_id in households
    }
    list_id = new_id()
    outcomes = decide(
        transaction,
        cases,
        lambda case: announce(
            case,
            list_id,
            verdict=verdicts[case.id].verdict,
            registration_version=versions[case.household_id],
        ),
    )
    await save(transaction, outcomes, Act(officer, list_id))
    new_registrations = [
        NewRegistration(
            household_id=case.household_id,
            version=versions[case.household_id],
            status="poor",
            since=today,
            division=case.division,
            case_id=case.id,
            policy_version=verdicts[case.id].policy_version,
        )
        for case in cases
    ]
    await register(transaction, new_registrations)
    details = {"title": body.title, "media": body.media, "published_on": today.isoformat()}
    new = NewList(list_id, "announcement", step, body.division, officer, len(cases), details)
    recorded = await record_list(transaction, new, [Entry(case.id, "announced") for case in cases])
    event = AnnouncementPublished(list_id=list_id, cases=len(cases), published_on=today)
    transaction.emit(event, division=body.division, sequence=1)
    response.headers["Location"] = f"/v1/announcements/{list_id}"
    return answer_list(recorded, principal, transaction.now)
