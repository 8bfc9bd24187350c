"""Cases brought to a step by the officers' own commands, or in bulk straight into the tables."""

from typing import Any
from uuid import UUID, uuid4

from tests.integration.identification.office import GROUP, TOWNSHIP, VILLAGE, Office

ELIGIBLE: dict[str, Any] = (
    {
        "registration": "rural",
        "members": 3,
        "wage_income": "9000.00",
        "business_income": "0.00",
        "property_income": "0.00",
        "transfer_income": "1200.00",
        "business_expense": "0.00",
        "medical_out_of_pocket": "0.00",
        "dwellings": 1,
        "housing_grade": "B",
        "home_acquired": "none",
        "away_months": 0,
        "identified_year": 2025,
    }
    | dict.fromkeys(
        [
            "food_secure",
            "safe_water",
            "clothing_secure",
            "education_secured",
            "able_to_build_or_repair",
            "medical_secured",
            "electricity",
            "stable_income_source",
            "policy_effect_evident",
        ],
        True,
    )
    | dict.fromkeys(
        [
            "dropout_for_lack_of_funds",
            "serious_illness",
            "luxury_car",
            "vessel",
            "construction_machinery",
            "large_farm_machinery",
            "runs_enterprise",
            "long_term_employees",
            "enterprise_operating_and_taxed",
            "payroll_member",
            "village_cadre_member",
            "major_cause_of_poverty",
            "manifestly_ineligible",
            "income_evidently_high",
            "illness_relapse_risk",
        ],
        False,
    )
)
PRESENT = {"villager_representative": 20, "supervisor": 2, "village_cadre": 3, "resident_cadre": 1}


async def applied(office: Office, household: str | None = None, **who: Any) -> str:
    household = household or await office.household()
    body = {"household_id": household, "applied_on": "2026-03-01", "evidence": [await office.evidence()]}
    answer = await office.post("/applications", body, "household_agent", VILLAGE, **who)
    assert answer.status_code == 201, answer.text
    case: str = answer.json()["id"]
    return case


def votes(case_id: str, in_favour: int = 20, against: int = 0, **more: Any) -> dict[str, Any]:
    return {"case_id": case_id, "in_favour": in_favour, "against": against, "abstained": 0} | more


async def appraisal(office: Office, step: str, cases: list[str], **changes: Any) -> dict[str, Any]:
    village = step == "village_appraisal"
    return {
        "step": step,
        "division": VILLAGE if village else GROUP,
        "held_on": "2026-03-02",
        "place": "院坝",
        "roll": 30,
        "present": PRESENT if village else {"villager": 25},
        "minutes": await office.evidence(b"minutes"),
        "results": [votes(case) for case in cases],
    } | changes


async def appraise(office: Office, step: str, cases: list[str], **changes: Any) -> Any:
    return await office.post("/appraisals", await appraisal(office, step, cases, **changes), "village_cadre")


async def publicise(office: Office, step: str, cases: list[str]) -> str:
    division = VILLAGE if step == "village_appraisal" else GROUP
    body = {"step": step, "division": division, "place": "村务公开栏", "cases": cases}
    answer = await office.post("/publicities", body, "village_cadre")
    assert answer.status_code == 201, answer.text
    publicity: str = answer.json()["id"]
    return publicity


async def survey(office: Office, case: str, facts: dict[str, Any] | None = None) -> Any:
    body = {
        "visited_on": "2026-03-10",
        "surveyors": [
            {"officer_id": str(uuid4()), "capacity": "group_cadre"},
            {"officer_id": str(uuid4()), "capacity": "resident_cadre"},
        ],
        "facts": ELIGIBLE if facts is None else facts,
        "causes": {"main": "illness", "others": []},
        "evidence": [await office.evidence(b"visit")],
    }
    return await office.post(f"/cases/{case}/survey", body, "village_cadre")


async def at_survey(office: Office, count: int = 1) -> list[str]:
    cases = [await applied(office) for _ in range(count)]
    assert (await appraise(office, "group_appraisal", cases)).status_code == 201
    await publicise(office, "group_appraisal", cases)
    await office.move_clock(8)
    return cases


async def at_village(office: Office, count: int = 1) -> list[str]:
    cases = await at_survey(office, count)
    for case in cases:
        assert (await survey(office, case)).status_code == 200
    return cases


async def at_review(office: Office, count: int = 1) -> list[str]:
    cases = await at_village(office, count)
    assert (await appraise(office, "village_appraisal", cases)).status_code == 201
    await publicise(office, "village_appraisal", cases)
    await office.move_clock(8)
    return cases


async def approve(office: Office, cases: list[str]) -> Any:
    body = {"division": TOWNSHIP, "decisions": [{"case_id": case, "decision": "approve"} for case in cases]}
    return await office.post("/township-reviews", body, "township_officer", TOWNSHIP)


async def many_cases(office: Office, count: int, step: str, stage: str) -> list[str]:
    """Straight into the tables: open cases standing there, each with an assessment that makes it eligible."""
    ids = [uuid4() for _ in range(count)]
    households = [uuid4() for _ in range(count)]
    async with office.database.transaction() as transaction:
        await transaction.execute(
            """INSERT INTO cases (id, household_id, division, kind, submitted_by, state, step, stage, version, verdict,
                 publicity_over, open_objections, open_suspects, open_issues, evidence, applied_on,
                 created_at, updated_at)
               SELECT id, household, $3, 'entry', $4, 'open', $5, $6, 2, 'eligible', false, 0, 0, 0, '[]', '2026-03-01',
                 now(), now()
               FROM unnest($1::uuid[], $2::uuid[]) AS one (id, household)""",
            ids,
            households,
            GROUP,
            UUID(int=9),
            step,
            stage,
        )
        await transaction.execute(
            """INSERT INTO assessments (id, household_id, division, year, version, facts, causes, surveyors, evidence,
                 assessed_by, assessed_at)
               SELECT uuidv7(), household, $2, $4, 1, $3::jsonb, '[]', '[]', '[]', $5, now()
               FROM unnest($1::uuid[]) AS household""",
            households,
            GROUP,
            ELIGIBLE,
            office.database.clock.now().year,
            UUID(int=9),
        )
    return [str(one) for one in ids]
