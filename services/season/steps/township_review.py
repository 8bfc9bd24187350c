"""Step 5: townships review, case by case and on one list; a relative of the reviewer is reviewed by another."""

from functools import partial

from services.season.client import Json, Refused
from services.season.offices import township, township_officer
from services.season.season import Season, by, occasion


async def review(season: Season) -> None:
    waiting = await season.open_cases("township_review", "review")
    await season.each(by(township, waiting).items(), partial(_review, season))


async def _review(season: Season, listed: tuple[str, list[Json]]) -> None:
    division, cases = listed
    decisions = {case["id"]: await _decision(season, case) for case in cases}
    relatives = await _decide(season, division, cases, decisions, ordinal=1)
    others = [case for case in cases if case["household_id"] not in relatives]
    if relatives and others:
        await _decide(season, division, others, decisions, ordinal=1)
    if relatives:
        own = [case for case in cases if case["household_id"] in relatives]
        await _decide(season, division, own, decisions, ordinal=2)


async def _decide(
    season: Season, division: str, cases: list[Json], decisions: dict[str, Json], *, ordinal: int
) -> list[str]:
    """The households for which this officer was refused as a relative: then nothing was decided."""
    body = {"division": division, "decisions": [decisions[case["id"]] for case in cases]}
    officer = township_officer(division, ordinal)
    try:
        await season.api.post(officer, "/v1/township-reviews", body, occasion(cases))
    except Refused as refusal:
        if refusal.code != "officer-related":
            raise
        season.refusals[refusal.code] += 1
        related: list[str] = refusal.problem["households"]
        return related
    return []


async def _decision(season: Season, case: Json) -> Json:
    """Approved, but for a few; nobody is sent back twice."""
    household = season.household(case)
    if season.happens("sent back", household, one_in=25) and not await _was_returned(season, case):
        return _told(case, "return", "入户调查佐证材料不全，退回补充调查") | {"return_to": "survey"}
    if season.happens("rejected", household, one_in=45):
        return _told(case, "reject", "审核发现家庭情况与申报不符")
    return {"case_id": case["id"], "decision": "approve"}


def _told(case: Json, decision: str, reason: str) -> Json:
    return {"case_id": case["id"], "decision": decision, "reason": reason}


async def _was_returned(season: Season, case: Json) -> bool:
    return any(entry["event"] == "CaseReturned" for entry in await season.history(case))
