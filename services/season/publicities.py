"""Publicities: posted, objected to, ended by the clock; objections verified and resolved."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from msgspec import UNSET, UnsetType

from jingzhun_client.models import (
    CaseSummary,
    HistoryEntry,
    ObjectionBody,
    ObjectionSummary,
    PublicityBody,
    ResolutionBody,
    Stage,
    Step,
)
from jingzhun_client.operations import (
    confirm_publicity_ended,
    list_publicity_objections,
    post_publicity,
    raise_publicity_objection,
    resolve_publicity_objection,
)
from services.season.client import Actor
from services.season.county.records import Objection
from services.season.meetings import GROUP, VILLAGE, Meeting
from services.season.offices import household_agent, village_cadre
from services.season.season import Season, by, occasion
from services.season.stopping import SeasonStopped

_STAGES = {GROUP.step: "group", VILLAGE.step: "village"}


async def post(season: Season, meeting: Meeting) -> None:
    """Every case that passed its meeting, one notice for each meeting's division."""
    passed = await season.open_cases(meeting.step, "posting")
    await season.each(by(meeting.level, passed).items(), partial(_post, season, meeting))


async def _post(season: Season, meeting: Meeting, listed: tuple[str, list[CaseSummary]]) -> None:
    division, cases = listed
    ids = [case.id for case in cases]
    body = PublicityBody(step=meeting.step, division=division, place="公开栏", cases=ids)
    await season.api.act(village_cadre(division), post_publicity(body), occasion(cases))


async def receive_objections(season: Season, meeting: Meeting) -> None:
    """Where neighbours object, and have not objected to the same list's step before."""
    posted = await season.open_cases(meeting.step, "publicity")
    known = _objections(season)
    met = [case for case in posted if (season.household(case).ref, meeting.step) in known]
    await season.each(met, partial(_object, season, meeting))


async def _object(season: Season, meeting: Meeting, case: CaseSummary) -> None:
    if any(_raised(entry) and entry.step == meeting.step for entry in await season.history(case)):
        return
    objection = _objections(season)[season.household(case).ref, meeting.step]
    objector = UNSET if objection.anonymous else "同组村民"
    body = ObjectionBody(case_id=case.id, grounds=objection.grounds, objector=objector)
    await season.api.act(household_agent(case.division), raise_publicity_objection(_publicity(case), body))


async def run_out(season: Season, meeting: Meeting) -> None:
    """Nobody ends a publicity early: one tries. The clock does; and nobody objects after it: one tries."""
    posted = await season.open_cases(meeting.step, "publicity")
    ends = [case.publicity_ends_at for case in posted if case.publicity_ends_at is not None]
    if not ends or max(ends) <= season.now:
        return
    case = posted[0]
    cadre, publicity = village_cadre(case.division), _publicity(case)
    await season.refused(season.api.act(cadre, confirm_publicity_ended(publicity)))
    await season.advance_to(max(ends) + timedelta(minutes=1))
    late = ObjectionBody(case_id=case.id, grounds="公示期满后提出")
    await season.refused(season.api.act(cadre, raise_publicity_objection(publicity, late)))


async def resolve_objections(season: Season) -> None:
    """Wherever the case stands by now."""
    found = [*await _held(season, "survey", "visit")]
    for stage in ("appraisal", "publicity"):
        found += await _held(season, VILLAGE.step, stage)
    await season.each(found, partial(_resolve, season))


async def _held(season: Season, step: Step, stage: Stage) -> list[CaseSummary]:
    return [case for case in await season.open_cases(step, stage) if case.open_objections]


async def _resolve(season: Season, case: CaseSummary) -> None:
    cadre = village_cadre(case.division)
    raised = {entry.list_id: entry.step for entry in await season.history(case) if _raised(entry) and entry.list_id}
    for list_id, step in raised.items():
        for objection in await season.api.items(cadre, list_publicity_objections(list_id)):
            if objection.case_id == case.id and objection.state == "open":
                await _decide(season, case, _objections(season)[season.household(case).ref, step], objection, cadre)


async def _decide(
    season: Season, case: CaseSummary, known: Objection, objection: ObjectionSummary, cadre: Actor
) -> None:
    """Upheld in the group, it rejects; in the village, it may send the case back to be surveyed anew."""
    anew = known.stage == "village" and season.happens("surveyed anew", season.household(case), one_in=2)
    return_to: Step | UnsetType = "survey" if known.outcome == "upheld" and anew else UNSET
    body = ResolutionBody(outcome=known.outcome, reason=known.reason, return_to=return_to)
    await season.api.act(cadre, resolve_publicity_objection(objection.id, body))


def _objections(season: Season) -> dict[tuple[str, str], Objection]:
    steps = {stage: step for step, stage in _STAGES.items()}
    return {(one.household_ref, steps[one.stage]): one for one in season.county.objections}


def _raised(entry: HistoryEntry) -> bool:
    return entry.event == "ObjectionRaised"


def _publicity(case: CaseSummary) -> UUID:
    if case.publicity_id is None:
        raise SeasonStopped(f"事项 {case.id} 没有公示。", f"Case {case.id} has no publicity.")
    return case.publicity_id
