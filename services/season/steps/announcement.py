"""Step 8: the county announces who is still eligible on the facts of the day."""

from functools import partial

from services.season.client import Json, Refused
from services.season.county.policy import COUNTY
from services.season.offices import COUNTY_OFFICER, township_clerk
from services.season.season import Season, occasion

RISEN = {"wage_income": "186000.00", "stable_income_source": True}
"""Somebody found well-paid work after the survey."""
MEDIA = ["县人民政府网站", "县融媒体中心"]


async def announce(season: Season) -> None:
    cases = await season.open_cases("announcement", "publication")
    risen = [case for case in cases if season.happens("rises", season.household(case), one_in=60)]
    await season.each(risen, partial(_assess_anew, season))
    while cases and (named := await _publish(season, cases)):
        await season.each(named, partial(_reject, season))
        cases = [case for case in cases if case["id"] not in named]


async def _assess_anew(season: Season, case: Json) -> None:
    """Once: the newest assessment says whether it was done."""
    clerk, household = township_clerk(case["division"]), case["household_id"]
    newest = (await season.api.get(clerk, "/v1/assessments", household_id=household))["items"][0]
    if newest["facts"]["wage_income"] == RISEN["wage_income"]:
        return
    body = {
        "household_id": household,
        "year": newest["year"],
        "facts": newest["facts"] | RISEN,
        "causes": {"main": newest["main_cause"], "others": newest["causes"]},
        "evidence": newest["evidence"],
    }
    await season.api.post(clerk, "/v1/assessments", body)


async def _publish(season: Season, cases: list[Json]) -> list[str]:
    """The cases for which the whole list was refused: none of them is eligible any more."""
    title = f"{season.today.year}年建档立卡贫困户识别公告"
    body = {"division": COUNTY, "title": title, "media": MEDIA, "cases": [case["id"] for case in cases]}
    try:
        await season.api.post(COUNTY_OFFICER, "/v1/announcements", body, occasion(cases))
    except Refused as refusal:
        if refusal.code != "not-eligible":
            raise
        season.refusals[refusal.code] += 1
        named: list[str] = refusal.problem["cases"]
        return named
    return []


async def _reject(season: Season, case_id: str) -> None:
    body = {"reason": "公告前复核，当日事实已不符合识别标准"}
    await season.api.post(COUNTY_OFFICER, f"/v1/cases/{case_id}/rejection", body)
