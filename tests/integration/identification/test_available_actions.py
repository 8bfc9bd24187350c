"""A button that is shown works, and one that is not would be refused: every action at every stage for every role."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.identification.workflow import CLOCK, ENTRY, Action, Stage, Step
from tests.integration.identification.cases import ELIGIBLE, appraisal, many_cases
from tests.integration.identification.office import COUNTY, GROUP, TOWNSHIP, VILLAGE, Office, officer_of

PLACES = {
    "village_cadre": VILLAGE,
    "resident_cadre": VILLAGE,
    "household_agent": VILLAGE,
    "township_officer": TOWNSHIP,
    "township_clerk": TOWNSHIP,
    "county_officer": COUNTY,
    "supervisor": COUNTY,
    "auditor": COUNTY,
}
STANDINGS = [(definition.step, stage) for definition in ENTRY.steps for stage, _ in definition.stages]


async def standing(office: Office, step: Step, stage: Stage) -> str:
    """A case that stands there, with what belongs to it: its publicity, its open objection, its open suspect."""
    (case,) = await many_cases(office, 1, step, stage)
    publicity = uuid4()
    async with office.database.transaction() as transaction:
        await transaction.execute(
            """INSERT INTO lists
                 (id, kind, step, division, officer_id, cases, details, state, ends_at, version, held_at)
               VALUES ($1, 'publicity', $2, $3, $1, 1, '{}', 'posted', now() + interval '7 days', 1, now())""",
            publicity,
            step,
            GROUP,
        )
        if stage is Stage.PUBLICITY:
            await transaction.execute(
                "UPDATE cases SET list_id = $2, publicity_ends_at = now() + interval '7 days' WHERE id = $1",
                UUID(case),
                publicity,
            )
        if step is Step.SURVEY:
            await transaction.execute(
                """INSERT INTO objections (id, case_id, list_id, division, state, grounds, raised_at)
                   VALUES ($1, $1, $2, $3, 'open', '', now())""",
                UUID(case),
                publicity,
                GROUP,
            )
            await transaction.execute("UPDATE cases SET open_objections = 1 WHERE id = $1", UUID(case))
        if stage is Stage.VERIFICATION:
            await transaction.execute(
                """INSERT INTO suspects (id, case_id, household_id, member_id, division, kind, criterion, fingerprint,
                                         evidence, list_id, state, version, raised_at)
                   SELECT id, id, household_id, id, division, 'vehicles', 'bar.3', '', '{}', $2, 'open', 1, now()
                   FROM cases WHERE id = $1""",
                UUID(case),
                publicity,
            )
            await transaction.execute("UPDATE cases SET open_suspects = 1 WHERE id = $1", UUID(case))
    return case


class Buttons:
    """What a page would send for each action on a case."""

    def __init__(self, office: Office, dataset: str) -> None:
        self._office = office
        self._dataset = dataset

    async def press(self, action: Action, case: str, step: Step, role: str) -> httpx.Response:
        path, body = await self._request(action, case, step, role)
        return await self._office.post(path, body, role, PLACES[role])

    async def _request(self, action: Action, case: str, step: Step, role: str) -> tuple[str, dict[str, Any]]:
        makers: dict[Action, Callable[[str, Step, str], Awaitable[tuple[str, dict[str, Any]]]]] = {
            Action.APPRAISE: self._appraise,
            Action.POST: self._post,
            Action.OBJECT: self._object,
            Action.VERIFY_SUSPECT: self._verify,
        }
        if action in makers:
            return await makers[action](case, step, role)
        reason, evidence = {"reason": "理由"}, [await self._office.evidence()]
        simple: dict[Action, tuple[str, dict[str, Any]]] = {
            Action.ACCEPT: (f"/cases/{case}/resubmission", {"evidence": evidence}),
            Action.RESOLVE_OBJECTION: (f"/objections/{case}/resolution", {"outcome": "dismissed"} | reason),
            Action.SURVEY: (f"/cases/{case}/survey", _visit(evidence)),
            Action.REVIEW: (
                "/township-reviews",
                {"division": TOWNSHIP, "decisions": [{"case_id": case, "decision": "approve"}]},
            ),
            Action.COMPARE: ("/comparisons", {"division": COUNTY, "datasets": [self._dataset], "cases": [case]}),
            Action.CLEAN: ("/data-cleanings", {"division": TOWNSHIP, "cases": [case]}),
            Action.ANNOUNCE: (
                "/announcements",
                {"division": COUNTY, "title": "公告", "media": ["县政府网站"], "cases": [case]},
            ),
            Action.REJECT: (f"/cases/{case}/rejection", reason),
            Action.RETURN: (f"/cases/{case}/return", {"to_step": "application"} | reason),
            Action.WITHDRAW: (f"/cases/{case}/withdrawal", reason),
        }
        return simple[action]

    async def _appraise(self, case: str, step: Step, role: str) -> tuple[str, dict[str, Any]]:
        where = step if step is Step.VILLAGE_APPRAISAL else Step.GROUP_APPRAISAL
        return "/appraisals", await appraisal(self._office, where.value, [case])

    async def _post(self, case: str, step: Step, role: str) -> tuple[str, dict[str, Any]]:
        where = step if step is Step.VILLAGE_APPRAISAL else Step.GROUP_APPRAISAL
        division = VILLAGE if where is Step.VILLAGE_APPRAISAL else GROUP
        return "/publicities", {"step": where.value, "division": division, "place": "公开栏", "cases": [case]}

    async def _object(self, case: str, step: Step, role: str) -> tuple[str, dict[str, Any]]:
        (row,) = await self._office.rows("SELECT list_id FROM cases WHERE id = $1", UUID(case))
        return f"/publicities/{row['list_id'] or uuid4()}/objections", {"case_id": case, "grounds": "情况不符"}

    async def _verify(self, case: str, step: Step, role: str) -> tuple[str, dict[str, Any]]:
        """The township's turn comes after the village's: a suspect tells whose it is."""
        path, body = f"/suspects/{case}/verification", {"outcome": "confirmed", "reason": "属实"}
        if role == "township_officer":
            await self._office.post(path, body, "village_cadre", VILLAGE)
        return path, body


def _visit(evidence: list[str]) -> dict[str, Any]:
    capacities = ("group_cadre", "resident_cadre")
    return {
        "visited_on": "2026-03-10",
        "surveyors": [{"officer_id": str(uuid4()), "capacity": capacity} for capacity in capacities],
        "facts": ELIGIBLE,
        "evidence": evidence,
    }


async def _dataset(office: Office) -> str:
    headers = office.headers("county_officer", COUNTY) | {"content-type": "text/csv"}
    content = "id_number,died_on,registered_by\n11010519491231002X,2026-01-01,派出所\n".encode()
    answer = await office.client.post("/v1/comparison-datasets?kind=deaths", content=content, headers=headers)
    assert answer.status_code == 201, answer.text
    dataset: str = answer.json()["id"]
    return dataset


@pytest.mark.parametrize("role", PLACES)
async def test_what_is_shown_works_and_what_is_not_is_refused(office: Office, role: str) -> None:
    buttons, pressed = Buttons(office, await _dataset(office)), 0
    for step, stage in STANDINGS:
        seen = await office.get(f"/cases/{await standing(office, step, stage)}", role, PLACES[role])
        shown = seen.json()["available_actions"]
        for action in [action for action in Action if action not in CLOCK]:
            answer = await buttons.press(action, await standing(office, step, stage), step, role)
            told = (step, stage, action, answer.status_code, answer.text)
            assert answer.is_success == (action in shown), told
            if not answer.is_success:
                assert answer.status_code in (403, 404, 409) or answer.json()["code"] == "step-not-earlier", told
            pressed += answer.is_success
    assert bool(pressed) == (role not in ("supervisor", "auditor"))


async def test_nobody_is_shown_the_review_of_what_they_submitted(office: Office) -> None:
    case = await standing(office, Step.TOWNSHIP_REVIEW, Stage.REVIEW)
    answer = await office.get(f"/cases/{case}", "township_officer", TOWNSHIP)
    assert "review" in answer.json()["available_actions"]
    me = officer_of("township_officer", TOWNSHIP)
    async with office.database.transaction() as transaction:
        await transaction.execute("UPDATE cases SET submitted_by = $2 WHERE id = $1", UUID(case), me)
    answer = await office.get(f"/cases/{case}", "township_officer", TOWNSHIP)
    assert "review" not in answer.json()["available_actions"]
    listed = (await office.get("/cases?step=township_review", "township_officer", TOWNSHIP)).json()["items"]
    assert [("review" in one["available_actions"]) for one in listed] == [False]


async def test_the_publicity_is_over_by_the_clock_before_its_timer(office: Office) -> None:
    case = await standing(office, Step.GROUP_APPRAISAL, Stage.PUBLICITY)
    office.database.clock.offset += timedelta(days=8)
    shown = (await office.get(f"/cases/{case}", "village_cadre", VILLAGE)).json()["available_actions"]
    assert "survey" in shown
    assert "object" not in shown


async def test_a_policy_is_published_by_its_own_county_alone(office: Office) -> None:
    async def shown(role: str, division: str) -> list[str]:
        answer = await office.get(f"/policies/{COUNTY}/2026", role, division)
        assert answer.status_code == 200, answer.text
        actions: list[str] = answer.json()["available_actions"]
        return actions

    assert await shown("county_officer", COUNTY) == ["publish"]
    assert await shown("county_officer", "500230000000") == []
    assert await shown("village_cadre", VILLAGE) == []
