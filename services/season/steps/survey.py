"""Step 3: village and resident cadres visit every household together and write down its facts."""

from collections.abc import Mapping
from functools import partial

from msgspec import convert
from msgspec.structs import replace

from jingzhun_client.models import CaseSummary, ReasonBody, SurveyBody, SurveyorBody
from jingzhun_client.models import Facts as FactsBody
from jingzhun_client.operations import survey_household, withdraw_case
from services.season.county import Household
from services.season.county.records import FactMend, Facts, FactValue
from services.season.offices import household_agent, resident_cadre, village_cadre
from services.season.season import Season
from services.season.steps.assessments import causes_of
from services.season.stopping import Refused

FOUND: Mapping[str, tuple[Facts, Facts]] = {
    "wage_income": ({"wage_income": "2600.00"}, {"wage_income": "158000.00"}),
    "housing_grade": ({"housing_grade": "D"}, {"housing_grade": "B"}),
    "medical_out_of_pocket": (
        {"medical_out_of_pocket": "62000.00", "illness_relapse_risk": True},
        {"medical_out_of_pocket": "0.00"},
    ),
    "luxury_car": ({"luxury_car": False}, {"luxury_car": True}),
}
"""What a second visit finds where the first left a fact open: often hardship, sometimes none."""


async def survey(season: Season) -> None:
    """An undetermined household is visited again, with the missing facts found."""
    for _ in ("first visit", "second visit"):
        cases = await season.open_cases("survey", "visit")
        await season.each(cases, partial(_visit, season))


async def _visit(season: Season, case: CaseSummary) -> None:
    household = season.household(case)
    if season.happens("withdraws", household, one_in=90):
        reason = ReasonBody(reason="家庭情况已好转，自愿撤回")
        await season.api.act(household_agent(case.division), withdraw_case(case.id, reason))
        return
    facts = found_facts(season, household) if case.verdict == "undetermined" else household.facts
    form, cadre = await _form(season, case, household, facts), village_cadre(case.division)
    try:
        await season.api.act(cadre, survey_household(case.id, form), case.version)
    except Refused as refusal:
        if refusal.code != "facts-contradictory":
            raise
        season.refusals[refusal.code] += 1
        corrected = replace(form, facts=replace(form.facts, **_corrections(season, household)))
        await season.api.act(cadre, survey_household(case.id, corrected), case.version)


def _corrections(season: Season, household: Household) -> Facts:
    """What was written down wrongly, as it is on a second look."""
    mends = [flaw.mend for flaw in season.county.flaws if flaw.household_ref == household.ref]
    return {mend.fact: mend.value for mend in mends if isinstance(mend, FactMend)}


def found_facts(season: Season, household: Household) -> Facts:
    """The household's facts with those that were open."""
    harmless = season.happens("harmless", household, one_in=3)
    facts: dict[str, FactValue] = dict(household.facts)
    for name, (hardship, none) in FOUND.items():
        if household.facts[name] is None and household.facts["dwellings"] != 0:
            facts |= none if harmless else hardship
    return facts


async def _form(season: Season, case: CaseSummary, household: Household, facts: Facts) -> SurveyBody:
    cadre, resident = village_cadre(case.division), resident_cadre(case.division)
    form = await season.evidence(cadre, f"入户调查表 {household.ref} {case.version} {season.county.seed}")
    return SurveyBody(
        visited_on=season.today,
        surveyors=[
            SurveyorBody(officer_id=await season.officer(cadre), capacity="village_cadre"),
            SurveyorBody(officer_id=await season.officer(resident), capacity="resident_cadre"),
        ],
        facts=convert(facts, FactsBody),
        causes=causes_of(household.causes),
        evidence=[form],
    )
