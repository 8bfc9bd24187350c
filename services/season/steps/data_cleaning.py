"""Step 7: the township's clerk cleans the records; what is found is mended where it stands, then cleaned again."""

from typing import Any

from services.season.county import Household
from services.season.county.records import CausesMend, FactMend, Flaw, MemberMend, RemovalMend
from services.season.gateway import COUNTY, Refused, clerk, township_of
from services.season.season import Case, Season, grouped, occasion
from services.season.steps.survey import causes_after_cleaning

STEP = "data_cleaning"
_ROUNDS = 3


async def clean(season: Season) -> None:
    cases = await season.open_cases(STEP, "cleaning")
    season.report.steps[STEP].entered += len(cases)
    for _ in range(_ROUNDS):
        townships = grouped(await season.open_cases(STEP, "cleaning"), township_of)
        if not townships:
            break
        season.watcher.step(STEP, len(townships))

        async def run(group: tuple[str, list[Case]]) -> None:
            await _clean(season, *group)

        await season.for_each(STEP, townships.items(), run)
    await season.gateway.settled()
    season.report.steps[STEP].left["on"] += len(cases) - len(await season.open_cases(STEP, "cleaning"))


async def _clean(season: Season, division: str, cases: list[Case]) -> None:
    officer = clerk(division)
    body = {"division": division, "cases": [case["id"] for case in cases]}
    await season.gateway.settled()
    await season.gateway.post(officer, "/v1/data-cleanings", body, occasion=occasion(cases))
    for case in cases:
        found = await season.gateway.get(officer, f"/v1/cases/{case['id']}/data-issues")
        for issue in found["items"]:
            if issue["state"] == "open":
                season.report.issues[issue["rule"]] += 1
        if any(issue["state"] == "open" for issue in found["items"]):
            await _mend(season, case)


async def _mend(season: Season, case: Case) -> None:
    household = season.household(case)
    for flaw in season.county.flaws:
        if flaw.household_ref == household.ref:
            await _mend_flaw(season, case, household, flaw)


async def _mend_flaw(season: Season, case: Case, household: Household, flaw: Flaw) -> None:
    match flaw.mend:
        case MemberMend(member, field, value):
            await _mend_member(season, household, member, {field: value})
        case RemovalMend(household_ref, member):
            await _remove(season, household_ref, member)
        case FactMend() | CausesMend():
            await _assess(season, case, household)


async def _mend_member(season: Season, household: Household, place: int, change: dict[str, Any]) -> None:
    officer, path = clerk(household.division), f"/v1/households/{season.ids[household.ref]}/members"
    etag, members = await season.gateway.etag(officer, path)
    await season.gateway.patch(officer, f"{path}/{members['items'][place]['id']}", change, etag)


async def _remove(season: Season, household_ref: str, place: int) -> None:
    path = f"/v1/households/{season.ids[household_ref]}/members"
    _, members = await season.gateway.etag(COUNTY, path)
    if place >= len(members["items"]):
        return
    body = {"left_by": "duplicate", "until": "2026-01-25", "reason": "重复登记"}
    try:
        await season.gateway.post(COUNTY, f"{path}/{members['items'][place]['id']}/removal", body)
    except Refused as refused:
        season.report.refusals[refused.code] += 1


async def _assess(season: Season, case: Case, household: Household) -> None:
    """A new version of the facts, with what was missing or wrong put right."""
    officer = clerk(household.division)
    known = await season.gateway.get(officer, "/v1/assessments", household_id=case["household_id"])
    newest = known["items"][0]
    mends = [flaw.mend for flaw in season.county.flaws if flaw.household_ref == household.ref]
    facts = newest["facts"] | {mend.fact: mend.value for mend in mends if isinstance(mend, FactMend)}
    main, others = causes_after_cleaning(season, household)
    body = {
        "household_id": case["household_id"],
        "year": newest["year"],
        "facts": facts,
        "causes": {"main": main, "others": others},
        "evidence": [await season.evidence(officer, f"correction {case['id']}")],
    }
    await season.gateway.post(officer, "/v1/assessments", body)
