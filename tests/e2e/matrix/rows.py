"""For every operation of the API: what it is asked within its area, by whom, and what becomes of it outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.matrix.county import SCAN, SOMEBODY, Place, client_of
from tests.e2e.strangers import COUNTY
from tests.e2e.village import VEHICLES, id_number
from tests.integration.identification.cases import ELIGIBLE

Made = Callable[[Place], Any]
NDJSON, CSV, PDF = "application/x-ndjson", "text/csv", "application/pdf"


@dataclass(frozen=True)
class Row:
    """``path`` is filled with the place's ids; ``body`` is made of the place, JSON unless it is bytes."""

    role: str
    path: str
    body: Made | None = None
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class One(Row):
    """Of one thing that lies in a division: outside it, it is not there, or nobody's business."""


class Many(Row):
    """A list or a search: outside, nothing of it is to be seen; asked for another's division, it is refused."""


class Own(Row):
    """What is handed in belongs to the caller's own area, whatever it holds: there is nothing to be outside of."""


@dataclass(frozen=True)
class Everywhere:
    """Open wherever the caller sits; ``why`` says what makes it nobody's in particular."""

    why: str


def _reason(_: Place) -> Any:
    return {"reason": "核实后决定"}


def _extract(_: Place) -> bytes:
    return f"{VEHICLES}\n{id_number(7)},渝F00001,轿车,大众,2024-01-01\n".encode()


def _return(_: Place) -> Any:
    return {"to_step": "survey", "reason": "重访"}


def _listed(at: Place, **more: Any) -> dict[str, Any]:
    return {"step": "group_appraisal", "division": at.division, **more}


def _cases(place: Place) -> list[str]:
    return [place.ids["case"]]


def _application(place: Place) -> dict[str, Any]:
    return {"household_id": place.ids["household"], "applied_on": "2026-03-01", "evidence": [place.ids["evidence"]]}


def _survey(place: Place) -> dict[str, Any]:
    officers = {"village_cadre": place.ids["case"], "resident_cadre": place.ids["household"]}
    return {
        "visited_on": "2026-03-01",
        "surveyors": [{"officer_id": one, "capacity": capacity} for capacity, one in officers.items()],
        "facts": ELIGIBLE,
        "causes": {"main": "illness", "others": []},
        "evidence": [place.ids["evidence"]],
    }


def _assessment(place: Place) -> Any:
    fields = {"household_id": place.ids["household"], "year": 2026, "evidence": [place.ids["evidence"]]}
    return fields | {"facts": ELIGIBLE, "causes": {"main": "illness", "others": []}}


def _appraisal(place: Place) -> Any:
    votes = {"in_favour": 20, "against": 0, "abstained": 0}
    return _listed(
        place,
        held_on="2026-03-02",
        place="村委会院坝",
        roll=30,
        present={"villager": 25},
        minutes=place.ids["evidence"],
        results=[votes | {"case_id": case} for case in _cases(place)],
    )


def _review(place: Place) -> Any:
    decisions = [{"case_id": case, "decision": "approve"} for case in _cases(place)]
    return {"division": place.township, "decisions": decisions}


def _household(place: Place) -> Any:
    return {"division": place.division, "booklet_number": "matrix-2", "members": [SOMEBODY]}


def _officer(place: Place) -> Any:
    return {"display_name": "某人", "role": "village_cadre", "division": place.village}


PARAMETERS = {"national_standard": "4000.00", "local_average_income": "16000.00"}
IF_MATCH = {"If-Match": '"1"'}

ROWS: Mapping[str, Row | Everywhere] = {
    # gateway
    "issue_token": Everywhere("whoever has a secret may ask"),
    "list_signing_keys": Everywhere("public keys"),
    "read_authorization_server": Everywhere("where tokens are had"),
    "revoke_token": Everywhere("a client ends its own tokens"),
    "log_in": Everywhere("whoever has a password may try"),
    "log_out": Everywhere("the caller's own token"),
    "change_password": Everywhere("the caller's own password"),
    "appoint_officer": One("county_officer", "/v1/officers", _officer),
    "list_officers": Many("county_officer", "/v1/officers"),
    "show_officer": One("county_officer", "/v1/officers/{officer}"),
    "change_officer": One(
        "county_officer", "/v1/officers/{officer}", lambda _: {"display_name": "另一人"}, headers=IF_MATCH
    ),
    "suspend_officer": One("county_officer", "/v1/officers/{officer}/suspension"),
    "reinstate_officer": One("county_officer", "/v1/officers/{officer}/reinstatement"),
    "reset_officer_password": One("county_officer", "/v1/officers/{officer}/initial-password"),
    "let_officer_depart": One("county_officer", "/v1/officers/{officer}/departure"),
    "register_api_client": One("operator", "/v1/api-clients", lambda place: client_of(place, "matrix-two")),
    "list_api_clients": Many("operator", "/v1/api-clients"),
    "show_api_client": One("operator", "/v1/api-clients/{client}"),
    "renew_api_client_secret": One("operator", "/v1/api-clients/{client}/secrets", lambda _: {}),
    "revoke_api_client": One("operator", "/v1/api-clients/{client}/revocation"),
    "read_me": Everywhere("what the caller's own token says"),
    "list_codes": Everywhere("the codes of the field"),
    "read_sandbox_clock": Everywhere("one clock for all, in a sandbox"),
    "advance_sandbox_clock": Everywhere("one clock for all, in a sandbox"),
    # policies
    "list_workflows": Everywhere("the policy's steps"),
    "get_policy": Everywhere("a policy is published"),
    "evaluate_households": Everywhere("the caller's own facts; nothing is kept"),
    "put_policy": One("county_officer", f"/v1/policies/{COUNTY}/2027", lambda _: {"parameters": PARAMETERS}),
    # divisions and households
    "list_divisions": Many("county_officer", "/v1/divisions"),
    "show_division": One("county_officer", "/v1/divisions/{division}"),
    "load_divisions_of_area": One(
        "county_officer",
        "/v1/divisions",
        lambda place: {"divisions": [{"code": place.division, "name": "改名组"}]},
    ),
    "register_household": One("village_cadre", "/v1/households", _household),
    "list_households": Many("village_cadre", "/v1/households"),
    "search_households": Many("county_officer", "/v1/households/searches", lambda _: {"booklet_number": "matrix-1"}),
    "show_household": One("village_cadre", "/v1/households/{household}"),
    "correct_household": One(
        "village_cadre", "/v1/households/{household}", lambda _: {"address": "村东"}, headers=IF_MATCH
    ),
    "list_members": One("village_cadre", "/v1/households/{household}/members"),
    "add_household_member": One(
        "village_cadre",
        "/v1/households/{household}/members",
        lambda _: SOMEBODY | {"relation": "child", "joined_by": "birth", "since": "2026-01-01"},
    ),
    "correct_member": One(
        "village_cadre",
        "/v1/households/{household}/members/{member}",
        lambda _: {"education": "primary"},
        headers=IF_MATCH,
    ),
    "end_membership": One(
        "village_cadre",
        "/v1/households/{household}/members/{member}/removal",
        lambda _: {"left_by": "relocation", "until": "2026-01-01", "reason": "迁出"},
    ),
    "declare_relative": One(
        "village_cadre",
        "/v1/households/{household}/relatives",
        lambda place: {"officer_id": place.ids["case"], "relation": "collateral"},
    ),
    "list_relatives": One("village_cadre", "/v1/households/{household}/relatives"),
    "import_households_of_area": Own("county_officer", "/v1/household-imports", lambda _: b"{}\n", NDJSON),
    "show_household_import": One("county_officer", "/v1/household-imports/{import}"),
    "list_household_import_errors": One("county_officer", "/v1/household-imports/{import}/errors"),
    "list_imported_households": One("county_officer", "/v1/household-imports/{import}/households"),
    # cases
    "submit_application": One("household_agent", "/v1/applications", _application),
    "import_applications": One(
        "village_cadre", "/v1/application-imports", lambda place: {"applications": [_application(place)]}
    ),
    "list_cases": Many("village_cadre", "/v1/cases"),
    "get_case": One("village_cadre", "/v1/cases/{case}"),
    "list_data_issues": One("village_cadre", "/v1/cases/{case}/data-issues"),
    "reject_case": One("village_cadre", "/v1/cases/{case}/rejection", _reason),
    "return_case": One(
        "township_officer", "/v1/cases/{case}/return", lambda _: {"to_step": "survey", "reason": "重访"}
    ),
    "resubmit_application": One(
        "household_agent", "/v1/cases/{case}/resubmission", lambda place: {"evidence": [place.ids["evidence"]]}
    ),
    "withdraw_case": One("household_agent", "/v1/cases/{case}/withdrawal", _reason),
    "survey_household": One("village_cadre", "/v1/cases/{case}/survey", _survey),
    "import_surveys": One(
        "village_cadre",
        "/v1/survey-imports",
        lambda place: {"surveys": [_survey(place) | {"case_id": place.ids["case"]}]},
    ),
    "record_assessment": One("village_cadre", "/v1/assessments", _assessment),
    "list_assessments": Many("village_cadre", "/v1/assessments?household_id={household}"),
    "import_opening_registrations": One(
        "county_officer",
        "/v1/registration-imports",
        lambda place: {
            "registrations": [{"household_id": place.ids["household"], "status": "poor", "since": "2019-05-01"}]
        },
    ),
    "list_registrations": Many("county_officer", "/v1/registrations"),
    "get_timeline": One("village_cadre", "/v1/timelines/{case}"),
    # lists
    "hold_appraisal": One("village_cadre", "/v1/appraisals", _appraisal),
    "list_appraisals": Many("village_cadre", "/v1/appraisals"),
    "get_appraisal": One("county_officer", "/v1/appraisals/{appraisal}"),
    "list_appraisal_cases": One("county_officer", "/v1/appraisals/{appraisal}/cases"),
    "post_publicity": One(
        "village_cadre", "/v1/publicities", lambda place: _listed(place, place="公开栏", cases=_cases(place))
    ),
    "list_publicities": Many("village_cadre", "/v1/publicities"),
    "get_publicity": One("village_cadre", "/v1/publicities/{publicity}"),
    "list_publicity_cases": One("village_cadre", "/v1/publicities/{publicity}/cases"),
    "confirm_publicity_ended": One("village_cadre", "/v1/publicities/{publicity}/ending", lambda _: {}),
    "get_publicity_notice": One("village_cadre", "/v1/publicities/{publicity}/notice"),
    "list_publicity_objections": One("village_cadre", "/v1/publicities/{publicity}/objections"),
    "raise_publicity_objection": One(
        "household_agent",
        "/v1/publicities/{publicity}/objections",
        lambda place: {"case_id": place.ids["case"], "grounds": "家有新车"},
    ),
    "get_objection": One("village_cadre", "/v1/objections/{objection}"),
    "resolve_publicity_objection": One(
        "village_cadre", "/v1/objections/{objection}/resolution", lambda _: {"outcome": "dismissed", "reason": "不实"}
    ),
    "review_cases": One("township_officer", "/v1/township-reviews", _review),
    "list_township_reviews": Many("county_officer", "/v1/township-reviews"),
    "get_township_review": One("county_officer", "/v1/township-reviews/{review}"),
    "list_township_review_cases": One("county_officer", "/v1/township-reviews/{review}/cases"),
    "upload_comparison_dataset": Own(
        "county_officer",
        "/v1/comparison-datasets?kind=vehicles",
        lambda _: f"{VEHICLES}\n{id_number(7)},渝F00001,轿车,大众,2024-01-01\n".encode(),
        CSV,
    ),
    "list_comparison_datasets": Many("county_officer", "/v1/comparison-datasets"),
    "get_comparison_dataset": One("county_officer", "/v1/comparison-datasets/{dataset}"),
    "start_comparison": One(
        "county_officer",
        "/v1/comparisons",
        lambda place: {"division": COUNTY, "datasets": [place.ids["dataset"]]},
    ),
    "list_comparisons": Many("county_officer", "/v1/comparisons"),
    "get_comparison": One("county_officer", "/v1/comparisons/{comparison}"),
    "list_comparison_cases": One("county_officer", "/v1/comparisons/{comparison}/cases"),
    "list_suspects": Many("county_officer", "/v1/suspects"),
    "list_objections": Many("county_officer", "/v1/objections"),
    "get_suspect": One("county_officer", "/v1/suspects/{suspect}"),
    "verify_suspect_again": One(
        "township_officer",
        "/v1/suspects/{suspect}/verification",
        lambda place: {"outcome": "refuted", "reason": "同名", "evidence": [place.ids["evidence"]]},
    ),
    "clean_cases": One(
        "township_clerk",
        "/v1/data-cleanings",
        lambda place: {"division": place.township, "cases": _cases(place)},
    ),
    "list_data_cleanings": Many("county_officer", "/v1/data-cleanings"),
    "get_data_cleaning": One("county_officer", "/v1/data-cleanings/{cleaning}"),
    "list_data_cleaning_cases": One("county_officer", "/v1/data-cleanings/{cleaning}/cases"),
    "publish_announcement": One(
        "county_officer",
        "/v1/announcements",
        lambda place: {"division": COUNTY, "title": "公告", "media": ["县政府网站"], "cases": _cases(place)},
    ),
    "list_announcements": Many("county_officer", "/v1/announcements"),
    "get_announcement": One("county_officer", "/v1/announcements/{announcement}"),
    "list_announcement_cases": One("county_officer", "/v1/announcements/{announcement}/cases"),
    "upload_evidence": Own("village_cadre", "/v1/evidence", lambda _: SCAN, PDF),
    "get_evidence": One("village_cadre", "/v1/evidence/{evidence}"),
    "head_evidence": One("village_cadre", "/v1/evidence/{evidence}"),
    # tasks
    "list_tasks": Many("county_officer", "/v1/tasks"),
    "get_task": One("county_officer", "/v1/tasks/{task}"),
    "complete_task": One("village_cadre", "/v1/tasks/{task}/completion", lambda _: {"note": "已办"}),
    # archive
    "list_events": Many("auditor", "/v1/events"),
    "stream_events": Many("auditor", "/v1/events/stream"),
    "issue_stream_ticket": One("auditor", "/v1/events/stream-tickets", lambda place: {"division": place.division}),
    "read_event_flow": Everywhere("counts of the whole system, for the roles that keep it running"),
    "list_dead_letters": Many("operator", "/v1/dead-letters"),
    "get_dead_letter": One("operator", "/v1/dead-letters/{letter}"),
    "replay_dead_letter": One("operator", "/v1/dead-letters/{letter}/replay", _reason),
    "skip_dead_letter": One("operator", "/v1/dead-letters/{letter}/skip", _reason),
}
