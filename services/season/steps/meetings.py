"""Steps 2 and 4 have the same form: a meeting votes, its result is posted, objections are verified."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.season.county import Household
from services.season.county.records import Objection
from services.season.gateway import Refused, agent, cadre
from services.season.season import Case, Season, grouped, occasion, one_in

_ROLL = 60
_FAIL_ONE_IN = 45
_PUBLICITY_DAYS = 8


@dataclass(frozen=True, slots=True)
class Meeting:
    """``place`` makes a list's division of a case's; ``stage`` is the county's word for its publicity."""

    step: str
    stage: str
    place: Callable[[str], str]
    present: dict[str, int]
    posted_at: str


async def hold(season: Season, meeting: Meeting) -> None:
    """The meeting, the publicity, objections until it ends; the clock ends it."""
    awaiting = await season.open_cases(meeting.step, "appraisal")
    groups = grouped(awaiting, meeting.place)
    season.report.steps[meeting.step].entered += len(awaiting)
    season.watcher.step(meeting.step, 2 * len(groups) + 1)

    async def appraise(group: tuple[str, list[Case]]) -> None:
        await _appraise(season, meeting, *group)

    async def publicise(group: tuple[str, list[Case]]) -> None:
        await _publicise(season, meeting, *group)

    await season.for_each(meeting.step, groups.items(), appraise)
    to_post = grouped(await season.open_cases(meeting.step, "posting"), meeting.place)
    await season.for_each(meeting.step, to_post.items(), publicise)
    posted = await season.open_cases(meeting.step, "publicity")
    if posted:
        objections = await _object(season, meeting, posted)
        await season.gateway.pass_days(_PUBLICITY_DAYS)
        for objection in objections:
            await _resolve(season, *objection)
        await season.gateway.settled()
    season.watcher.advance(meeting.step)


async def _appraise(season: Season, meeting: Meeting, division: str, cases: list[Case]) -> None:
    officer = cadre(division)
    results = [_votes(season, meeting, case) for case in cases]
    body = {
        "step": meeting.step,
        "division": division,
        "held_on": "2026-01-08",
        "place": meeting.posted_at,
        "roll": _ROLL,
        "present": meeting.present,
        "minutes": await season.evidence(officer, f"minutes {meeting.step} {division} {occasion(cases)}"),
        "results": results,
    }
    await season.gateway.post(officer, "/v1/appraisals", body, occasion=occasion(cases))
    failed = sum(result["in_favour"] <= result["against"] for result in results)
    season.report.steps[meeting.step].left["rejected"] += failed


def votes_fail(household: Household, *steps: str) -> bool:
    """Whether the neighbours vote against the household, in one of these meetings or in either."""
    meetings = steps or ("group_appraisal", "village_appraisal")
    return household.status == "none" and any(one_in(_FAIL_ONE_IN, household, step) for step in meetings)


def _votes(season: Season, meeting: Meeting, case: Case) -> dict[str, Any]:
    household, present = season.household(case), sum(meeting.present.values())
    if votes_fail(household, meeting.step):
        against = present - 6
        return {
            "case_id": case["id"],
            "in_favour": 4,
            "against": against,
            "abstained": 2,
            "reasons": "村民认为条件不符",
        }
    return {"case_id": case["id"], "in_favour": present - 1, "against": 0, "abstained": 1}


async def _publicise(season: Season, meeting: Meeting, division: str, cases: list[Case]) -> None:
    body = {
        "step": meeting.step,
        "division": division,
        "place": meeting.posted_at,
        "cases": [case["id"] for case in cases],
    }
    await season.gateway.post(cadre(division), "/v1/publicities", body, occasion=occasion(cases))


Raised = tuple[Case, Objection, str]


async def _object(season: Season, meeting: Meeting, posted: list[Case]) -> list[Raised]:
    """Neighbours object, some without their names. A case sent back once is not objected to again."""
    expected = {one.household_ref: one for one in season.county.objections if one.stage == meeting.stage}
    raised = []
    for case in posted:
        objection = expected.get(season.household(case).ref)
        if objection is None or case["id"] in season.sent_back:
            continue
        body = {"case_id": case["id"], "grounds": objection.grounds}
        if not objection.anonymous:
            body["objector"] = "邻居"
        path = f"/v1/publicities/{case['publicity_id']}/objections"
        try:
            answer = await season.gateway.post(agent(case["division"]), path, body)
        except Refused as refused:
            season.report.refusals[refused.code] += 1
            continue
        raised.append((case, objection, answer["id"]))
    return raised


async def _resolve(season: Season, case: Case, objection: Objection, objection_id: str) -> None:
    """Verified and dismissed, or upheld: then half of the cases go back to the survey, half are rejected."""
    body: dict[str, Any] = {"outcome": objection.outcome, "reason": objection.reason}
    left = season.report.steps[case["step"]].left
    if objection.outcome == "upheld":
        back = case["step"] == "village_appraisal" and one_in(2, season.household(case), "upheld")
        if back:
            body["return_to"] = "survey"
            season.sent_back.add(case["id"])
        left["returned" if back else "rejected"] += 1
    await season.gateway.post(cadre(case["division"]), f"/v1/objections/{objection_id}/resolution", body)
    season.report.objections[objection.outcome] += 1
