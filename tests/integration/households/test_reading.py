"""Lists, searches and single households: by area, in pages, masked."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.integration.households.registry_office import (
    COUNTY,
    GROUP,
    OTHER_COUNTY,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    RegistryOffice,
)

ELSEWHERE = [("township_officer", OTHER_TOWNSHIP), ("village_cadre", OTHER_VILLAGE), ("county_officer", OTHER_COUNTY)]


async def listed(office: RegistryOffice, role: str, area: str, /, **parameters: Any) -> list[str]:
    answer = await office.get("/households", role, area, **parameters)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize(("role", "division"), ELSEWHERE)
async def test_nothing_leaks_to_another_area(office: RegistryOffice, role: str, division: str) -> None:
    body = office.household()
    household = (await office.post("/households", body)).json()["id"]
    head = body["members"][0]
    assert await listed(office, role, division) == []
    for path in (f"/households/{household}", f"/households/{household}/members", f"/households/{household}/relatives"):
        answer = await office.get(path, role, division)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    answer = await office.get(f"/households/{household}/members", role, division, purpose="survey")
    assert answer.status_code == 404
    for search in (
        {"booklet_number": body["booklet_number"]},
        {"head_name": head["name"]},
        {"id_number": head["id_number"]},
    ):
        answer = await office.post("/households/searches", search, role, division)
        assert answer.json() == {"items": [], "next": None}
        answer = await office.post("/households/searches", search | {"division": GROUP}, role, division)
        assert (answer.status_code, answer.json()["code"]) == (403, "outside-area")
    answer = await office.get("/households", role, division, division=GROUP)
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-area")
    assert await office.events("personal_data_accessed") == []


async def test_an_area_is_seen_at_every_level(office: RegistryOffice) -> None:
    here = await office.registered()
    there = await office.registered(division=OTHER_VILLAGE)
    assert await listed(office, "county_officer", COUNTY) == [here, there]
    assert await listed(office, "county_officer", COUNTY, division=OTHER_TOWNSHIP) == [there]
    assert await listed(office, "township_officer", TOWNSHIP) == [here]
    assert await listed(office, "village_cadre", VILLAGE) == [here]
    assert await listed(office, "village_cadre", VILLAGE, division=GROUP) == [here]


async def test_lists_are_filtered(office: RegistryOffice) -> None:
    rural = await office.registered()
    urban = await office.registered(members=[office.member(relation="head", registration="urban")])
    await office.database.pool.execute("UPDATE households SET status = 'poor' WHERE id = $1", rural)
    assert await listed(office, "county_officer", COUNTY, status="poor", division=VILLAGE) == [rural]
    assert await listed(office, "county_officer", COUNTY, in_scope="false") == [urban]
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert await listed(office, "county_officer", COUNTY, updated_after=later) == []
    answer = await office.get("/households", poor="yes")
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter-unknown")


async def test_pages_miss_nothing_while_households_are_added(office: RegistryOffice) -> None:
    before = [await office.registered() for _ in range(7)]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await office.get("/households", limit=2, **cursor)
        page = answer.json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        assert answer.headers["link"].endswith('rel="next"')
        cursor = {"cursor": page["next"]}
        if len(seen) < 10:
            await asyncio.gather(office.registered(division=VILLAGE), office.registered())
    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)


async def test_a_cursor_belongs_to_its_query(office: RegistryOffice) -> None:
    for _ in range(2):
        await office.registered()
    cursor = (await office.get("/households", limit=1)).json()["next"]
    for parameters in ({"cursor": cursor, "status": "poor"}, {"cursor": "nonsense"}, {"cursor": "W10"}):
        answer = await office.get("/households", **parameters)
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid")


async def test_searches_find_by_each_field_and_by_all(office: RegistryOffice) -> None:
    body = office.household(office.member())
    household = (await office.post("/households", body)).json()["id"]
    await office.registered(members=[office.member(relation="head", name="李四")])
    fields = {
        "booklet_number": body["booklet_number"],
        "head_name": body["members"][0]["name"],
        "id_number": body["members"][1]["id_number"],
    }
    for search in [{name: value} for name, value in fields.items()] + [fields]:
        answer = await office.post("/households/searches", search, "village_cadre", VILLAGE)
        assert [item["id"] for item in answer.json()["items"]] == [household]
        assert answer.json()["items"][0]["head_name"] == "张**"
    answer = await office.post("/households/searches", fields | {"head_name": "李四"})
    assert answer.json()["items"] == []


async def test_a_search_needs_no_key_but_something_to_search_for(office: RegistryOffice) -> None:
    headers = office.headers("county_officer", COUNTY)
    headers.pop("idempotency-key")
    for body, problem in (({}, "search-empty"), ({"id_number": "110105194912310021"}, "id-number-invalid")):
        answer = await office.client.post("/v1/households/searches", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, problem)
    answer = await office.client.post("/v1/households/searches", json={"head_name": "张三丰"}, headers=headers)
    assert answer.status_code == 200


async def test_a_household_shows_what_may_be_done_with_it(office: RegistryOffice) -> None:
    """What is shown succeeds; whoever is shown nothing is refused."""
    body = office.household()
    household = (await office.post("/households", body)).json()["id"]
    path = f"/households/{household}"

    async def shown(role: str, division: str) -> list[str]:
        actions: list[str] = (await office.get(path, role, division)).json()["available_actions"]
        return actions

    everything = ["correct", "add_member", "correct_member", "end_membership", "declare_relative"]
    assert await shown("village_cadre", VILLAGE) == everything
    assert await shown("supervisor", COUNTY) == []
    relative = {"officer_id": str(office.officer("township_officer", TOWNSHIP)), "relation": "collateral"}
    assert (await office.post(f"{path}/relatives", relative, "village_cadre", VILLAGE)).status_code == 201
    assert (await office.post(f"{path}/relatives", relative, "supervisor", COUNTY)).status_code == 403
