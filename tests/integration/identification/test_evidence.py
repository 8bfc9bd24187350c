"""Evidence: the bytes by their digest, read back by whom they concern."""

import hashlib
from typing import Any

import httpx
import pytest

from tests.integration.identification.cases import applied
from tests.integration.identification.office import COUNTY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, Office

PICTURE = b"\x89PNG" + bytes(range(256)) * 10_000
DIGEST = hashlib.sha256(PICTURE).hexdigest()


async def hand_in(
    office: Office, content: bytes = PICTURE, media_type: str = "image/png", **who: Any
) -> httpx.Response:
    headers = office.headers("village_cadre", **who) | {"content-type": media_type}
    return await office.client.post("/v1/evidence", content=content, headers=headers)


def files(office: Office) -> list[str]:
    folder = office.context.settings.evidence
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_the_bytes_come_back(office: Office) -> None:
    answer = await hand_in(office)
    assert (answer.status_code, answer.json()) == (
        201,
        {"digest": DIGEST, "size": len(PICTURE), "media_type": "image/png"},
    )
    back = await office.get(f"/evidence/{DIGEST}", "township_officer", TOWNSHIP)
    assert back.content == PICTURE
    assert back.headers["content-type"] == "image/png"
    assert back.headers["content-disposition"] == "attachment"
    assert back.headers["x-content-type-options"] == "nosniff"
    assert files(office) == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]


async def test_the_same_bytes_have_one_name(office: Office) -> None:
    first = await hand_in(office, key="a")
    again = await hand_in(office, key="a")
    other = await hand_in(office, media_type="nonsense", division=OTHER_TOWNSHIP)
    assert first.json()["digest"] == again.json()["digest"] == other.json()["digest"]
    assert again.headers["idempotency-replayed"] == "true"
    assert other.json()["media_type"] == "application/octet-stream"
    assert len(files(office)) == 1
    assert (await office.get(f"/evidence/{DIGEST}", "village_cadre", OTHER_TOWNSHIP)).status_code == 200


async def test_a_key_belongs_to_its_bytes(office: Office) -> None:
    await hand_in(office, key="a")
    answer = await hand_in(office, b"other bytes", key="a")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert len(files(office)) == 1


async def test_empty_evidence_is_refused(office: Office) -> None:
    answer = await hand_in(office, b"")
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence-empty")
    assert files(office) == []


async def test_too_much_evidence_is_refused(office: Office) -> None:
    answer = await hand_in(office, bytes(office.context.settings.max_upload_bytes + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert files(office) == []


@pytest.mark.parametrize(("digest", "division"), [(DIGEST, OTHER_TOWNSHIP), ("0" * 64, COUNTY)])
async def test_what_is_not_theirs_is_not_found(office: Office, digest: str, division: str) -> None:
    await hand_in(office)
    answer = await office.get(f"/evidence/{digest}", "township_officer", division)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_an_applications_evidence_is_read_by_its_village(office: Office) -> None:
    headers = office.headers("township_clerk", TOWNSHIP) | {"content-type": "application/pdf"}
    digest = (await office.client.post("/v1/evidence", content=b"form", headers=headers)).json()["digest"]
    assert (await office.get(f"/evidence/{digest}", "village_cadre", VILLAGE)).status_code == 404
    body = {"household_id": await office.household(), "applied_on": "2026-03-01", "evidence": [digest]}
    assert (await office.post("/applications", body, "household_agent", VILLAGE)).status_code == 201
    assert (await office.get(f"/evidence/{digest}", "village_cadre", VILLAGE)).status_code == 200


async def test_a_digest_without_bytes_is_refused_where_it_stands(office: Office) -> None:
    known = await office.evidence()
    body = {"household_id": await office.household(), "applied_on": "2026-03-01", "evidence": [known, "0" * 64]}
    answer = await office.post("/applications", body, "household_agent", VILLAGE)
    assert answer.json()["code"] == "evidence-unknown"
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/evidence/1"]
    assert await applied(office)
