"""Bodies that make sense, of what stands open in the village: chance alone never holds a meeting with a quorum."""

from collections.abc import Iterator
from typing import Any

from services.season.county.policy import PARAMETERS
from services.wiring.sandbox import officer_of
from tests.e2e.strangers import COUNTY
from tests.e2e.village import GROUP, TOWNSHIP, VILLAGE, Village, household, id_number, member
from tests.integration.identification.cases import ELIGIBLE

Bodies = dict[str, list[Any]]
_STEPS = ("group_appraisal", "village_appraisal")
_REASON = {"reason": "材料不全"}


def sound_bodies(village: Village, ids: dict[str, list[str]]) -> Bodies:
    """By operation, in the order in which they are sent."""
    names = list(village.cases)
    found: Bodies = {
        "register_household": [household(place) for place in range(500, 540)],
        "add_household_member": [_joining(place) for place in range(600, 640)],
        "search_households": [{"booklet_number": f"booklet-{place}"} for place in range(1, 5)],
        "submit_application": [village.application(name) for name in village.households],
        "import_applications": [{"applications": [village.application(name)]} for name in village.households],
        "hold_appraisal": [village.appraisal(step, name) for name in names for step in _STEPS],
        "post_publicity": [_publicity(step, case) for case in village.cases.values() for step in _STEPS],
        "review_cases": [village.review(name) for name in names],
        "record_assessment": [_assessment(village, each) for each in village.households.values()],
        "survey_household": [_survey(village)],
        "import_surveys": [{"surveys": [_survey(village) | {"case_id": case}]} for case in village.cases.values()],
        "verify_suspect_again": [
            village.verification() | {"outcome": each} for each in ("cleared", "refuted", "confirmed")
        ],
        "start_comparison": [{"division": COUNTY, "datasets": [each]} for each in ids["datasets"]],
        "clean_cases": [{"division": TOWNSHIP, "cases": [case]} for case in village.cases.values()],
        "publish_announcement": list(_announcements(village)),
        "raise_publicity_objection": list(_objections(village)),
        "resolve_publicity_objection": [{"outcome": each} | _REASON for each in ("dismissed", "upheld")],
        "return_case": [{"to_step": step} | _REASON for step in _STEPS],
        "reject_case": [_REASON],
        "withdraw_case": [_REASON],
        "resubmit_application": [{"evidence": [village.evidence]}],
        "complete_task": [{"note": "已办"}],
        "replay_dead_letter": [_REASON],
        "skip_dead_letter": [_REASON],
        "put_policy": [{"parameters": dict(PARAMETERS)}],
        "evaluate_households": [{"procedure": each, "households": [_facts()]} for each in ("entry", "exit")],
        "import_opening_registrations": [_registration(each) for each in village.households.values()],
        "advance_sandbox_clock": [{"advance_days": 1}],
    }
    return found


def _joining(place: int) -> dict[str, Any]:
    return member(id_number(place)) | {"relation": "child", "joined_by": "birth", "since": "2025-03-01"}


def _publicity(step: str, case: str) -> dict[str, Any]:
    division = VILLAGE if step == "village_appraisal" else GROUP
    return {"step": step, "division": division, "place": "公开栏", "cases": [case]}


def _survey(village: Village) -> dict[str, Any]:
    officers = {"village_cadre": officer_of("village_cadre", COUNTY), "resident_cadre": officer_of("helper", COUNTY)}
    return {
        "visited_on": "2026-03-10",
        "surveyors": [{"officer_id": str(one), "capacity": name} for name, one in officers.items()],
        "facts": ELIGIBLE,
        "causes": {"main": "illness", "others": []},
        "evidence": [village.evidence],
    }


def _assessment(village: Village, household_id: str) -> dict[str, Any]:
    return {"household_id": household_id, "year": 2026, "facts": ELIGIBLE, "evidence": [village.evidence]}


def _announcements(village: Village) -> Iterator[dict[str, Any]]:
    for case in village.cases.values():
        yield {"division": COUNTY, "title": "识别结果公告", "media": ["县电视台"], "cases": [case]}


def _objections(village: Village) -> Iterator[dict[str, Any]]:
    for case in village.cases.values():
        yield {"case_id": case, "grounds": "他家有两套房", "objector": "邻居老王"}


def _facts() -> dict[str, Any]:
    return {"ref": "a", "facts": ELIGIBLE}


def _registration(household_id: str) -> dict[str, Any]:
    return {"registrations": [{"household_id": household_id, "status": "exited", "since": "2019-05-01"}]}
