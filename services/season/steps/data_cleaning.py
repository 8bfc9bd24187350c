"""Step 7: township clerks clean what was entered; the issues found are mended in the records they stand in."""

from functools import partial

from services.season.client import Actor, Json, SeasonStopped
from services.season.county.records import CausesMend, FactMend, Flaw, MemberMend, RemovalMend
from services.season.offices import township, township_clerk
from services.season.season import Season, by, occasion


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


async def _waiting(season: Season) -> list[Json]:
    return await season.open_cases("data_cleaning", "cleaning")


async def _clean(season: Season, purpose: str) -> None:
    await season.each(by(township, await _waiting(season)).items(), partial(_clean_township, season, purpose))


async def _clean_township(season: Season, purpose: str, listed: tuple[str, list[Json]]) -> None:
    """Mending changes households, not their cases: the purpose tells two cleanings of the same cases apart."""
    division, cases = listed
    body = {"division": division, "cases": [case["id"] for case in cases]}
    await season.api.post(township_clerk(division), "/v1/data-cleanings", body, (purpose, occasion(cases)))


async def _mend(season: Season, case: Json) -> None:
    ref = season.household(case).ref
    flaws = [flaw for flaw in season.county.flaws if flaw.household_ref == ref]
    for flaw in flaws:
        match flaw.mend:
            case MemberMend():
                await _mend_member(season, ref, flaw.mend)
            case RemovalMend():
                await _remove_member(season, flaw.mend)
    await _mend_assessment(season, ref, flaws)


async def _members(season: Season, ref: str) -> list[Json]:
    """In the order in which they were registered, those included who have left."""
    clerk, query = _clerk(season, ref), {"former": "true", "purpose": "data_cleaning"}
    found: list[Json] = (await season.api.get(clerk, f"{_path(season, ref)}/members", **query))["items"]
    return found


async def _mend_member(season: Season, ref: str, mend: MemberMend) -> None:
    member = (await _members(season, ref))[mend.member]
    if member[mend.field] == mend.value:
        return
    household = await season.api.get(_clerk(season, ref), _path(season, ref))
    path = f"{_path(season, ref)}/members/{member['id']}"
    await season.api.patch(_clerk(season, ref), path, {mend.field: mend.value}, household["version"])


async def _remove_member(season: Season, mend: RemovalMend) -> None:
    member = (await _members(season, mend.household_ref))[mend.member]
    if member["until"] is not None:
        return
    body = {"left_by": "duplicate", "until": season.today.isoformat(), "reason": "重复录入，核实后删除"}
    path = f"{_path(season, mend.household_ref)}/members/{member['id']}/removal"
    await season.api.post(_clerk(season, mend.household_ref), path, body)


async def _mend_assessment(season: Season, ref: str, flaws: list[Flaw]) -> None:
    facts = {flaw.mend.fact: flaw.mend.value for flaw in flaws if isinstance(flaw.mend, FactMend)}
    causes = [flaw.mend.causes for flaw in flaws if isinstance(flaw.mend, CausesMend)]
    if not facts and not causes:
        return
    clerk = _clerk(season, ref)
    newest = (await season.api.get(clerk, "/v1/assessments", household_id=season.ids[ref]))["items"][0]
    told = {"main": newest["main_cause"], "others": newest["causes"]}
    for mended in causes:
        main = next(cause.code for cause in mended if cause.main)
        told = {"main": main, "others": [cause.code for cause in mended if not cause.main]}
    body = {
        "household_id": season.ids[ref],
        "year": newest["year"],
        "facts": newest["facts"] | facts,
        "causes": told,
        "evidence": newest["evidence"],
    }
    await season.api.post(clerk, "/v1/assessments", body)


def _clerk(season: Season, ref: str) -> Actor:
    return township_clerk(season.households[season.ids[ref]].division)


def _path(season: Season, ref: str) -> str:
    return f"/v1/households/{season.ids[ref]}"
