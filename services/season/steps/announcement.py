"""Step 8: the county announces who is still eligible on the facts of the day."""

from functools import partial
from uuid import UUID

from jingzhun_client.models import AnnouncementBody, CaseSummary, ReasonBody
from jingzhun_client.operations import list_assessments, publish_announcement, record_assessment, reject_case
from services.season.county.policy import COUNTY
from services.season.county.records import Facts
from services.season.offices import COUNTY_OFFICER, township_clerk
from services.season.season import Season, occasion
from services.season.steps.assessments import assessed_anew
from services.season.stopping import Refused

RISEN: Facts = {"wage_income": "186000.00", "stable_income_source": True}
"""Somebody found well-paid work after the survey."""
MEDIA = ["县人民政府网站", "县融媒体中心"]


async def announce(season: Season) -> None:
    cases = await season.open_cases("announcement", "publication")
    risen = [case for case in cases if season.happens("rises", season.household(case), one_in=60)]
    await season.each(risen, partial(_assess_anew, season))
    while cases and (named := await _publish(season, cases)):
        await season.each(named, partial(_reject, season))
        cases = [case for case in cases if case.id not in named]


async def _assess_anew(season: Season, case: CaseSummary) -> None:
    """Once: the newest assessment says whether it was done."""
    clerk = township_clerk(case.division)
    newest = (await season.api.ask(clerk, list_assessments(household_id=case.household_id))).items[0]
    if newest.facts.wage_income != RISEN["wage_income"]:
        await season.api.act(clerk, record_assessment(assessed_anew(newest, RISEN)))


async def _publish(season: Season, cases: list[CaseSummary]) -> list[UUID]:
    """The cases for which the whole list was refused: none of them is eligible any more."""
    title = f"{season.today.year}年建档立卡贫困户识别公告"
    body = AnnouncementBody(division=COUNTY, title=title, media=MEDIA, cases=[case.id for case in cases])
    try:
        await season.api.act(COUNTY_OFFICER, publish_announcement(body), occasion(cases))
    except Refused as refusal:
        if refusal.code != "not-eligible":
            raise
        season.refusals[refusal.code] += 1
        return [UUID(case) for case in refusal.problem["cases"]]
    return []


async def _reject(season: Season, case_id: UUID) -> None:
    reason = ReasonBody(reason="公告前复核，当日事实已不符合识别标准")
    await season.api.act(COUNTY_OFFICER, reject_case(case_id, reason))
