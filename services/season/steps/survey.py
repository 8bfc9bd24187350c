"""Step 3: cadres visit the household together; its facts decide."""

from typing import Any

from services.season.county import Household
from services.season.county.records import CausesMend, FactMend
from services.season.gateway import Refused, cadre, resident
from services.season.season import Case, Season

STEP = "survey"
Facts = dict[str, Any]

_FOUND_LATER: Facts = {
    "members": None,
    "wage_income": "3000.00",
    "business_income": "0.00",
    "property_income": "0.00",
    "transfer_income": "600.00",
    "business_expense": "0.00",
    "medical_out_of_pocket": "0.00",
    "dwellings": 1,
    "housing_grade": "B",
    "home_acquired": "none",
    "away_months": 0,
    "registration": "rural",
}
"""What a second visit finds of facts that nobody knew; of those that are true or false, see ``_found``."""

_USUALLY_TRUE = frozenset(
    {"food_secure", "safe_water", "clothing_secure", "education_secured", "medical_secured", "able_to_build_or_repair"}
)


async def survey(season: Season) -> None:
    cases = await season.open_cases(STEP, "visit")
    season.report.steps[STEP].entered += len(cases)
    season.watcher.step(STEP, len(cases))

    async def visit(case: Case) -> None:
        await _visit(season, case)

    await season.for_each(STEP, cases, visit)
    await season.gateway.settled()


async def _visit(season: Season, case: Case) -> None:
    household, count = season.household(case), season.report.steps[STEP]
    facts = dict(household.facts)
    try:
        answer = await _record(season, case, facts)
    except Refused as refused:
        if refused.code != "facts-contradictory":
            raise
        season.report.refusals[refused.code] += 1
        facts |= _corrected(season, household)
        answer = await _record(season, case, facts)
    if answer["verdict"] == "undetermined":
        count.left["visited again"] += 1
        facts |= {name: _found(household, name) for name in answer["missing_facts"]}
        answer = await _record(season, case, facts)
    count.left["on" if answer["state"] == "open" else "rejected"] += 1


async def _record(season: Season, case: Case, facts: Facts) -> Any:
    village, team = cadre(case["division"]), resident(case["division"])
    officers = [await season.gateway.get(officer, "/v1/me") for officer in (village, team)]
    household = season.household(case)
    main = [cause.code for cause in household.causes if cause.main]
    others = [cause.code for cause in household.causes if not cause.main]
    body = {
        "visited_on": "2026-01-20",
        "surveyors": [
            {"officer_id": officers[0]["officer_id"], "capacity": "village_cadre"},
            {"officer_id": officers[1]["officer_id"], "capacity": "resident_cadre"},
        ],
        "facts": facts,
        "causes": {"main": main[0] if main else None, "others": [*main[1:], *others][:2]},
        "evidence": [await season.evidence(village, f"visit {case['id']}")],
    }
    return await season.gateway.post(village, f"/v1/cases/{case['id']}/survey", body, occasion=case["version"])


def _corrected(season: Season, household: Household) -> Facts:
    flaws = [flaw for flaw in season.county.flaws if flaw.household_ref == household.ref]
    return {flaw.mend.fact: flaw.mend.value for flaw in flaws if isinstance(flaw.mend, FactMend)}


def _found(household: Household, fact: str) -> Any:
    if fact == "members":
        return sum(member.registration != "urban" for member in household.living)
    if fact in _FOUND_LATER:
        return _FOUND_LATER[fact]
    return fact in _USUALLY_TRUE


def causes_after_cleaning(season: Season, household: Household) -> tuple[str | None, list[str]]:
    """The main cause and the others, as data cleaning mends them."""
    flaws = [flaw for flaw in season.county.flaws if flaw.household_ref == household.ref]
    mended = [flaw.mend.causes for flaw in flaws if isinstance(flaw.mend, CausesMend)]
    causes = mended[0] if mended else household.causes
    main = next((cause.code for cause in causes if cause.main), None)
    return main, [cause.code for cause in causes if cause.code != main][:2]
