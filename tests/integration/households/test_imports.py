"""Imports: sound lines in, broken ones named, nothing doubled whatever happens."""

import asyncio
import os
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from services.households.imports import job as import_job
from services.households.imports import store
from services.households.imports.sweeping import sweep_uploads
from shared.runtime.jobs import Job
from tests.integration.households.registry_office import (
    COUNTY,
    GROUP,
    OTHER_COUNTY,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    RegistryOffice,
)


async def shown(office: RegistryOffice, import_id: str) -> dict[str, Any]:
    answer = await office.get(f"/household-imports/{import_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def faults(office: RegistryOffice, import_id: str) -> list[tuple[int, str, str]]:
    answer = await office.get(f"/household-imports/{import_id}/errors")
    return [(item["line"], item["pointer"], item["code"]) for item in answer.json()["items"]]


def counted(found: dict[str, Any]) -> tuple[str, int, int, int]:
    return found["state"], found["registered"], found["refused"], found["tolerated_duplicates"]


async def test_a_file_of_households_is_taken_in(office: RegistryOffice) -> None:
    lines = [office.household(office.member(), ref=f"h{at}") for at in range(5)]
    import_id = await office.import_lines(lines)
    found = await shown(office, import_id)
    assert counted(found) == ("succeeded", 5, 0, 0)
    assert found["bytes_done"] == found["bytes_total"]
    pairs = (await office.get(f"/household-imports/{import_id}/households", limit=3)).json()
    rest = await office.get(f"/household-imports/{import_id}/households", limit=3, cursor=pairs["next"])
    items = pairs["items"] + rest.json()["items"]
    assert [(item["line"], item["ref"]) for item in items] == [(at + 1, f"h{at}") for at in range(5)]
    household = (await office.get(f"/households/{items[0]['household_id']}", purpose="correction")).json()
    assert household["booklet_number"] == lines[0]["booklet_number"]
    events = await office.events("household_registered")
    assert {event["household_id"] for event in events} == {item["household_id"] for item in items}
    assert {event["ce_correlationid"] for event in events} == {import_id}


async def test_broken_rows_are_named_and_the_others_are_in(office: RegistryOffice) -> None:
    known = office.household()
    await office.post("/households", known)
    wrong = "110105194912310021"
    lines: list[Any] = [
        office.household(),
        b'{"division": ',
        b"",
        office.household(office.member(id_number=wrong)),
        office.household(office.member(), members=[office.member()]),
        office.household(division="500230001001"),
        office.household() | {"phone": "13800000000"},
        office.household(booklet_number=known["booklet_number"]),
        office.household(office.member(id_number=known["members"][0]["id_number"])),
        office.household(office.member(sex="other")),
        office.household(division=VILLAGE),
    ]
    import_id = await office.import_lines(lines)
    assert counted(await shown(office, import_id)) == ("succeeded", 2, 8, 0)
    assert await faults(office, import_id) == [
        (2, "", "json-invalid"),
        (4, "/members/1/id_number", "id-number-invalid"),
        (5, "/members", "household-head-required"),
        (6, "/division", "outside-area"),
        (7, "", "extra-forbidden"),
        (8, "/booklet_number", "booklet-number-taken"),
        (9, "/members/1/id_number", "member-registered-elsewhere"),
        (10, "/members/1/sex", "enum"),
    ]
    answer = await office.get(f"/household-imports/{import_id}/errors")
    assert wrong not in answer.text
    assert "13800000000" not in answer.text


async def test_the_same_file_again_doubles_nothing(office: RegistryOffice) -> None:
    lines = [office.household(office.member()) for _ in range(4)]
    await office.import_lines(lines)
    again = await office.import_lines(lines)
    assert counted(await shown(office, again)) == ("succeeded", 0, 4, 0)
    assert (await office.rows("SELECT count(*) AS households FROM households"))[0]["households"] == 4


async def test_the_same_request_again_is_the_same_import(office: RegistryOffice) -> None:
    content, key = orjson.dumps(office.household()), str(uuid4())
    first, second = await office.upload(content, key), await office.upload(content, key)
    assert (first.status_code, first.headers["location"]) == (202, second.headers["location"])
    other = await office.upload(content + b"\n", key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    await office.work_off()
    assert list(import_job.folder_of(office.context.settings).iterdir()) == []
    assert len(await office.rows("SELECT id FROM households")) == 1


async def test_duplicate_persons_come_in_where_it_is_said_so(office: RegistryOffice) -> None:
    number = office.id_number()
    lines = [office.household(office.member(id_number=number)) for _ in range(3)]
    import_id = await office.import_lines(lines, allow_duplicates="true")
    assert counted(await shown(office, import_id)) == ("succeeded", 3, 0, 2)
    refused = await office.post("/households", office.household(office.member(id_number=number)))
    assert refused.json()["code"] == "member-registered-elsewhere"


async def test_an_interrupted_import_goes_on_where_it_stopped(
    office: RegistryOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_job, "BATCH", 3)
    record, batches = store.record, iter([False, True, False, False, False])

    async def record_or_fail(*arguments: Any, **named: Any) -> None:
        await record(*arguments, **named)
        if next(batches):
            raise ConnectionResetError

    monkeypatch.setattr(import_job, "record", record_or_fail)
    answer = await office.upload(b"\n".join(orjson.dumps(office.household()) for _ in range(10)))
    with pytest.raises(ConnectionResetError):
        await office.work_off()
    assert counted(await shown(office, answer.json()["id"])) == ("running", 3, 0, 0)
    await office.work_off()
    assert counted(await shown(office, answer.json()["id"])) == ("succeeded", 10, 0, 0)
    assert len(await office.rows("SELECT id FROM households")) == 10
    assert len(await office.events("household_registered")) == 10


async def test_two_workers_on_one_import_double_nothing(
    office: RegistryOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_job, "BATCH", 2)
    answer = await office.upload(b"\n".join(orjson.dumps(office.household()) for _ in range(20)))
    job = Job(UUID(answer.json()["id"]), "household-import", COUNTY, uuid4(), {})
    results = await asyncio.gather(*[import_job.import_households(office.context, job) for _ in range(2)])
    assert [result["registered"] for result in results] == [20, 20]
    assert len(await office.rows("SELECT id FROM households")) == 20


async def test_registrations_at_a_desk_meanwhile_are_respected(office: RegistryOffice) -> None:
    bodies = [office.household() for _ in range(30)]
    answer = await office.upload(b"\n".join(map(orjson.dumps, bodies)))
    desk = await asyncio.gather(office.work_off(), *[office.post("/households", body) for body in bodies[::3]])
    found = await shown(office, answer.json()["id"])
    at_desk = sum(answer.status_code == 201 for answer in desk if answer is not None)
    assert found["state"] == "succeeded"
    assert found["registered"] + at_desk == len(await office.rows("SELECT id FROM households")) == 30


async def test_a_lost_file_fails_its_import(office: RegistryOffice) -> None:
    answer = await office.upload(orjson.dumps(office.household()))
    for path in import_job.folder_of(office.context.settings).iterdir():
        path.unlink()
    await office.work_off()
    found = await shown(office, answer.json()["id"])
    assert (found["state"], found["problem"]["code"]) == ("failed", "import-file-missing")


async def test_old_files_that_nobody_awaits_are_removed(office: RegistryOffice) -> None:
    await office.upload(orjson.dumps(office.household()))
    folder = import_job.folder_of(office.context.settings)
    (awaited,) = folder.iterdir()
    forgotten, arriving = folder / "forgotten.part", folder / "arriving.part"
    for path in (forgotten, arriving):
        path.touch()
    for path in (awaited, forgotten):
        os.utime(path, (0, 0))
    await sweep_uploads(office.context)
    assert set(folder.iterdir()) == {awaited, arriving}


@pytest.mark.parametrize(
    ("content", "media_type", "status", "problem"),
    [
        (b"", "application/x-ndjson", 422, "import-empty"),
        (b"{}", "application/json", 415, "media-type-unsupported"),
        (b"a,b", "text/csv", 415, "media-type-unsupported"),
    ],
)
async def test_what_is_no_file_of_households_is_refused(
    office: RegistryOffice, content: bytes, media_type: str, status: int, problem: str
) -> None:
    headers = office.headers("county_officer", COUNTY, content_type=media_type)
    answer = await office.client.post("/v1/household-imports", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, problem)
    folder = import_job.folder_of(office.context.settings)
    assert not folder.exists() or list(folder.iterdir()) == []


async def test_a_body_beyond_the_limit_leaves_nothing(office: RegistryOffice) -> None:
    limit = office.context.settings.max_upload_bytes

    async def endless() -> Any:
        for _ in range(limit // 1_000_000 + 2):
            yield b" " * 1_000_000

    headers = office.headers("county_officer", COUNTY, content_type="application/x-ndjson")
    answer = await office.client.post("/v1/household-imports", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert list(import_job.folder_of(office.context.settings).iterdir()) == []


async def test_an_import_is_seen_in_its_area_only(office: RegistryOffice) -> None:
    import_id = await office.import_lines([office.household()])
    for path in ("", "/errors", "/households"):
        answer = await office.get(f"/household-imports/{import_id}{path}", "county_officer", OTHER_COUNTY)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
        answer = await office.get(f"/household-imports/{import_id}{path}", "township_clerk", TOWNSHIP)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


async def test_a_county_of_two_thousand(office: RegistryOffice) -> None:
    lines = [
        office.household(office.member(), office.member(), division=place)
        for place in (GROUP, OTHER_VILLAGE)
        for _ in range(1_000)
    ]
    import_id = await office.import_lines(lines)
    assert counted(await shown(office, import_id)) == ("succeeded", 2_000, 0, 0)
    assert len(await office.rows("SELECT id FROM members")) == 6_000
