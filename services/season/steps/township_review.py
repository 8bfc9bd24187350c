"""Step 5: townships review, case by case and on one list; a relative of the reviewer is reviewed by another."""

from functools import partial
from uuid import UUID

from jingzhun_client.models import CaseSummary, DecisionBody, ReviewBody
from jingzhun_client.operations import review_cases
from services.season.offices import township, township_officer
from services.season.season import Season, by, occasion
from services.season.stopping import Refused


async def review(season: Season) -> None:
    waiting = await season.open_cases("township_review", "review")
    await season.each(by(township, waiting).items(), partial(_review, season))


async def _review(season: Season, listed: tuple[str, list[CaseSummary]]) -> None:
    division, cases = listed
    decisions = {case.id: await _decision(season, case) for case in cases}
    relatives = await _decide(season, division, cases, decisions, ordinal=1)
    others = [case for case in cases if case.household_id not in relatives]
    if relatives and others:
        await _decide(season, division, others, decisions, ordinal=1)
    if relatives:
        own = [case for case in cases if case.household_id in relatives]
        await _decide(season, division, own, decisions, ordinal=2)


async def _decide(
    season: Season, division: str, cases: list[CaseSummary], decisions: dict[UUID, DecisionBody], *, ordinal: int
) -> list[UUID]:
    """The households for which this officer was refused as a relative: then nothing was decided."""
    body = ReviewBody(division=division, decisions=[decisions[case.id] for case in cases])
    officer = township_officer(division, ordinal)
    try:
        await season.api.act(officer, review_cases(body), occasion(cases))
    except Refused as refusal:
        if refusal.code != "officer-related":
            raise
        season.refusals[refusal.code] += 1
        return [UUID(household) for household in refusal.problem["households"]]
    return []


async def _decision(season: Season, case: CaseSummary) -> DecisionBody:
    """Approved, but for a few; nobody is sent back twice."""
    household = season.household(case)
    if season.happens("sent back", household, one_in=25) and not await _was_returned(season, case):
        missing = "入户调查佐证材料不全，退回补充调查"
        return DecisionBody(case_id=case.id, decision="return", reason=missing, return_to="survey")
    if season.happens("rejected", household, one_in=45):
        return DecisionBody(case_id=case.id, decision="reject", reason="审核发现家庭情况与申报不符")
    return DecisionBody(case_id=case.id, decision="approve")


async def _was_returned(season: Season, case: CaseSummary) -> bool:
    return any(entry.event == "CaseReturned" for entry in await season.history(case))
