"""Divisions: loaded together, seen by area."""

from typing import Any

import pytest

from services.households.divisions import load_divisions
from tests.integration.households.registry_office import (
    COUNTY,
    DIVISIONS,
    GROUP,
    OTHER_COUNTY,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    VILLAGE,
    RegistryOffice,
)


async def codes(office: RegistryOffice, division: str, **parameters: Any) -> list[str]:
    answer = await office.get("/divisions", "township_officer", division, **parameters)
    assert answer.status_code == 200, answer.text
    return [item["code"] for item in answer.json()["items"]]


async def test_loading_twice_changes_nothing(office: RegistryOffice) -> None:
    async with office.database.transaction() as transaction:
        loaded = await load_divisions(transaction, DIVISIONS)
    assert (loaded.added, loaded.renamed) == (0, 0)


async def test_a_group_is_added_and_renamed(office: RegistryOffice) -> None:
    group = {"code": f"{VILLAGE}009", "name": "九组"}
    answer = await office.post("/divisions", {"divisions": [group]})
    assert answer.json() == {"added": 1, "renamed": 0}
    answer = await office.post("/divisions", {"divisions": [group | {"name": "新九组"}]})
    assert answer.json() == {"added": 0, "renamed": 1}
    shown = (await office.get(f"/divisions/{group['code']}")).json()
    assert shown == {"code": group["code"], "name": "新九组", "level": "group", "parent": VILLAGE}


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [
        ("500229009001", 422, "division-parent-unknown"),
        ("500229001001000", 422, "division-malformed"),
        (OTHER_COUNTY, 403, "outside-area"),
        ("5002", 422, "request-invalid"),
    ],
)
async def test_a_wrong_division_is_refused_whole(office: RegistryOffice, code: str, status: int, problem: str) -> None:
    sound = {"code": f"{VILLAGE}010", "name": "十组"}
    answer = await office.post("/divisions", {"divisions": [sound, {"code": code, "name": "无"}]})
    assert (answer.status_code, answer.json()["code"]) == (status, problem)
    assert (await office.get(f"/divisions/{sound['code']}")).status_code == 404


async def test_only_the_county_adds_divisions(office: RegistryOffice) -> None:
    body = {"divisions": [{"code": f"{VILLAGE}009", "name": "九组"}]}
    answer = await office.post("/divisions", body, "township_clerk", TOWNSHIP)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


async def test_an_area_sees_what_lies_under_it_and_above_it(office: RegistryOffice) -> None:
    above = ["500000000000", "500200000000", COUNTY]
    assert await codes(office, TOWNSHIP) == [*above, TOWNSHIP, VILLAGE, GROUP, "500229001002"]
    assert await codes(office, TOWNSHIP, parent=COUNTY) == [TOWNSHIP]
    assert await codes(office, TOWNSHIP, level="village") == [VILLAGE, "500229001002"]
    for hidden in (OTHER_TOWNSHIP, OTHER_COUNTY):
        assert (await office.get(f"/divisions/{hidden}", "township_officer", TOWNSHIP)).status_code == 404


async def test_pages_follow_each_other(office: RegistryOffice) -> None:
    seen: list[str] = []
    page: dict[str, Any] = {"next": None}
    while True:
        cursor = {"cursor": page["next"]} if page["next"] else {}
        page = (await office.get("/divisions", limit=2, **cursor)).json()
        seen += [item["code"] for item in page["items"]]
        if page["next"] is None:
            break
    assert seen == sorted(code for code, _ in DIVISIONS if not code.startswith("500230"))
