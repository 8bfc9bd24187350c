"""Step 7: township clerks clean what was entered; the issues found are mended in the records they stand in."""

from functools import partial

from msgspec import convert

from jingzhun_client.models import CaseSummary, CleaningBody, MemberAnswer, MemberChanges, RemovalBody
from jingzhun_client.operations import (
    clean_cases,
    correct_member,
    end_membership,
    list_assessments,
    list_members,
    record_assessment,
    show_household,
)
from services.season.client import Actor
from services.season.county.records import CausesMend, FactMend, Flaw, MemberMend, RemovalMend
from services.season.offices import township, township_clerk
from services.season.season import Season, by, occasion
from services.season.steps.assessments import assessed_anew, causes_of
from services.season.stopping import SeasonStopped


async def clean(season: Season) -> None:
    """Cleaned, mended, and cleaned again: then no issue is left."""
    await _clean(season, "to find")
    troubled = await _waiting(season)
    await season.each(troubled, partial(_mend, season))
    await _clean(season, "once mended")
    if left := await _waiting(season):
        raise SeasonStopped(
            f"{len(left)} 户的数据问题未能整改。", f"The records of {len(left)} households are not mended."
        )


async def _waiting(season: Season) -> list[CaseSummary]:
    return await season.open_cases("data_cleaning", "cleaning")


async def _clean(season: Season, purpose: str) -> None:
    await season.each(by(township, await _waiting(season)).items(), partial(_clean_township, season, purpose))


async def _clean_township(season: Season, purpose: str, listed: tuple[str, list[CaseSummary]]) -> None:
    """Mending changes households, not their cases: the purpose tells two cleanings of the same cases apart."""
    division, cases = listed
    body = CleaningBody(division=division, cases=[case.id for case in cases])
    await season.api.act(township_clerk(division), clean_cases(body), (purpose, occasion(cases)))


async def _mend(season: Season, case: CaseSummary) -> None:
    ref = season.household(case).ref
    flaws = [flaw for flaw in season.county.flaws if flaw.household_ref == ref]
    for flaw in flaws:
        match flaw.mend:
            case MemberMend():
                await _mend_member(season, ref, flaw.mend)
            case RemovalMend():
                await _remove_member(season, flaw.mend)
    await _mend_assessment(season, ref, flaws)


async def _member(season: Season, ref: str, place: int) -> MemberAnswer:
    """Counted in the order in which they were registered, those included who have left."""
    asked = list_members(season.ids[ref], former=True, purpose="data_cleaning")
    return (await season.api.ask(_clerk(season, ref), asked)).items[place]


async def _mend_member(season: Season, ref: str, mend: MemberMend) -> None:
    member = await _member(season, ref, mend.member)
    if getattr(member, mend.field) == mend.value:
        return
    clerk, household = _clerk(season, ref), season.ids[ref]
    version = (await season.api.ask(clerk, show_household(household))).version
    changes = convert({mend.field: mend.value}, MemberChanges)
    await season.api.act(clerk, correct_member(household, member.id, changes, if_match=f'"{version}"'), version)


async def _remove_member(season: Season, mend: RemovalMend) -> None:
    member = await _member(season, mend.household_ref, mend.member)
    if member.until is not None:
        return
    body = RemovalBody(left_by="duplicate", until=season.today, reason="重复录入，核实后删除")
    removal = end_membership(season.ids[mend.household_ref], member.id, body)
    await season.api.act(_clerk(season, mend.household_ref), removal)


async def _mend_assessment(season: Season, ref: str, flaws: list[Flaw]) -> None:
    facts = {flaw.mend.fact: flaw.mend.value for flaw in flaws if isinstance(flaw.mend, FactMend)}
    causes = [flaw.mend.causes for flaw in flaws if isinstance(flaw.mend, CausesMend)]
    if not facts and not causes:
        return
    clerk = _clerk(season, ref)
    newest = (await season.api.ask(clerk, list_assessments(household_id=season.ids[ref]))).items[0]
    told = [causes_of(mended) for mended in causes]
    await season.api.act(clerk, record_assessment(assessed_anew(newest, facts, *told[-1:])))


def _clerk(season: Season, ref: str) -> Actor:
    return township_clerk(season.households[season.ids[ref]].division)
