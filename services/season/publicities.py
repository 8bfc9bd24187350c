"""Publicities: posted, objected to, ended by the clock; objections verified and resolved."""

from datetime import datetime, timedelta
from functools import partial

from services.season.client import Actor, Json
from services.season.county.records import Objection
from services.season.meetings import GROUP, VILLAGE, Meeting
from services.season.offices import household_agent, village_cadre
from services.season.season import Season, by, occasion

_STAGES = {GROUP.step: "group", VILLAGE.step: "village"}


async def post(season: Season, meeting: Meeting) -> None:
    """Every case that passed its meeting, one notice for each meeting's division."""
    passed = await season.open_cases(meeting.step, "posting")
    await season.each(by(meeting.level, passed).items(), partial(_post, season, meeting))


async def _post(season: Season, meeting: Meeting, listed: tuple[str, list[Json]]) -> None:
    division, cases = listed
    ids = [case["id"] for case in cases]
    body = {"step": meeting.step, "division": division, "place": "公开栏", "cases": ids}
    await season.api.post(village_cadre(division), "/v1/publicities", body, occasion(cases))


async def receive_objections(season: Season, meeting: Meeting) -> None:
    """Where neighbours object, and have not objected to the same list's step before."""
    posted = await season.open_cases(meeting.step, "publicity")
    known = _objections(season)
    met = [case for case in posted if (season.household(case).ref, meeting.step) in known]
    await season.each(met, partial(_object, season, meeting))


async def _object(season: Season, meeting: Meeting, case: Json) -> None:
    if any(_raised(entry) and entry["step"] == meeting.step for entry in await season.history(case)):
        return
    objection = _objections(season)[season.household(case).ref, meeting.step]
    named = {} if objection.anonymous else {"objector": "同组村民"}
    body = {"case_id": case["id"], "grounds": objection.grounds, **named}
    await season.api.post(household_agent(case["division"]), _objections_to(case["publicity_id"]), body)


async def run_out(season: Season, meeting: Meeting) -> None:
    """Nobody ends a publicity early: one tries. The clock does; and nobody objects after it: one tries."""
    posted = await season.open_cases(meeting.step, "publicity")
    ends = [datetime.fromisoformat(case["publicity_ends_at"]) for case in posted]
    if not posted or max(ends) <= season.now:
        return
    case = posted[0]
    cadre = village_cadre(case["division"])
    await season.refused(season.api.post(cadre, f"/v1/publicities/{case['publicity_id']}/ending", {}))
    await season.advance_to(max(ends) + timedelta(minutes=1))
    late = {"case_id": case["id"], "grounds": "公示期满后提出"}
    await season.refused(season.api.post(cadre, _objections_to(case["publicity_id"]), late))


async def resolve_objections(season: Season) -> None:
    """Wherever the case stands by now."""
    found = [case for step in ("survey", VILLAGE.step) for case in await _held(season, step)]
    await season.each(found, partial(_resolve, season))


async def _held(season: Season, step: str) -> list[Json]:
    stages = {"survey": ("visit",), VILLAGE.step: ("appraisal", "publicity")}[step]
    cases = [case for stage in stages for case in await season.open_cases(step, stage)]
    return [case for case in cases if case["open_objections"]]


async def _resolve(season: Season, case: Json) -> None:
    cadre = village_cadre(case["division"])
    raised = {entry["list_id"]: entry["step"] for entry in await season.history(case) if _raised(entry)}
    for list_id, step in raised.items():
        for objection in (await season.api.get(cadre, _objections_to(list_id)))["items"]:
            if objection["case_id"] == case["id"] and objection["state"] == "open":
                await _decide(season, case, _objections(season)[season.household(case).ref, step], objection, cadre)


async def _decide(season: Season, case: Json, known: Objection, objection: Json, cadre: Actor) -> None:
    """Upheld in the group, it rejects; in the village, it may send the case back to be surveyed anew."""
    body: Json = {"outcome": known.outcome, "reason": known.reason}
    anew = known.stage == "village" and season.happens("surveyed anew", season.household(case), one_in=2)
    if known.outcome == "upheld" and anew:
        body["return_to"] = "survey"
    await season.api.post(cadre, f"/v1/objections/{objection['id']}/resolution", body)


def _objections(season: Season) -> dict[tuple[str, str], Objection]:
    steps = {stage: step for step, stage in _STAGES.items()}
    return {(one.household_ref, steps[one.stage]): one for one in season.county.objections}


def _raised(entry: Json) -> bool:
    return bool(entry["event"] == "ObjectionRaised")


def _objections_to(publicity_id: str) -> str:
    return f"/v1/publicities/{publicity_id}/objections"
