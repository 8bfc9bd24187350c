"""Evidence: the bytes by their digest, in a folder and in a bucket alike, read back by whom they concern."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.identification.evidence.vault import vault_of
from shared.embedded import EmbeddedPostgres
from shared.http.ranges import Part
from tests.fixtures import documents
from tests.fixtures.bucket import S3Server
from tests.fixtures.postgres import fresh_database
from tests.integration.identification.cases import applied, appraisal, at_survey
from tests.integration.identification.evidence import DIGEST, KEY, PICTURE, SERVER, hand_in, keys, read
from tests.integration.identification.office import COUNTY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, Office, open_office


@pytest_asyncio.fixture(loop_scope="session", params=["folder", "bucket"])
async def office(
    request: pytest.FixtureRequest, database_server: EmbeddedPostgres, bucket_server: S3Server, tmp_path: Path
) -> AsyncIterator[Office]:
    server = bucket_server if request.param == "bucket" else None
    settings = server.settings() if server else {}
    async with fresh_database(database_server) as dsn, open_office(dsn, tmp_path, **settings) as opened:
        opened.context.extras[SERVER] = server
        yield opened


async def test_the_bytes_come_back(office: Office) -> None:
    answer = await hand_in(office)
    assert (answer.status_code, answer.json()) == (
        201,
        {"digest": DIGEST, "size": len(PICTURE), "media_type": "image/png"},
    )
    assert answer.headers["location"] == f"/v1/evidence/{DIGEST}"
    back = await read(office)
    assert (back.status_code, back.content) == (200, PICTURE)
    told = {name: back.headers[name] for name in ("content-type", "content-length", "etag", "accept-ranges")}
    assert told == {
        "content-type": "image/png",
        "content-length": str(len(PICTURE)),
        "etag": f'"{DIGEST}"',
        "accept-ranges": "bytes",
    }
    assert base64.b64decode(back.headers["repr-digest"].split(":")[1]).hex() == DIGEST
    assert back.headers["content-disposition"] == "attachment"
    assert back.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in back.headers["content-security-policy"]
    assert await keys(office) == [KEY]


async def test_a_large_file_goes_in_parts(office: Office) -> None:
    large = b"".join(number.to_bytes(4, "big").hex().encode() for number in range(2_200_000))
    answer = await hand_in(office, large, "text/plain")
    digest = answer.json()["digest"]
    assert (answer.status_code, answer.json()["size"]) == (201, len(large))
    assert (await read(office, digest)).content == large
    assert (await read(office, digest, range="bytes=9000000-9000010")).content == large[9_000_000:9_000_011]
    blocks = [
        len(block) async for block in await vault_of(office.context).read(digest, Part(0, len(large), len(large)))
    ]
    assert (sum(blocks), max(blocks) < 1024 * 1024) == (len(large), True)
    server = office.context.extras[SERVER]
    if server is not None:
        told = await server.head(f"{office.context.settings.evidence_prefix}/{digest[:2]}/{digest[2:4]}/{digest}")
        assert told["etag"].endswith('-3"')
        assert told["x-amz-server-side-encryption"] == "AES256"


async def test_the_head_tells_what_the_bytes_would_be(office: Office) -> None:
    await hand_in(office)
    whole, head = await read(office), await read(office, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    untold = {"x-trace-id", "date"}
    assert {name: text for name, text in head.headers.items() if name not in untold} == {
        name: text for name, text in whole.headers.items() if name not in untold
    }


async def test_a_range_of_the_bytes(office: Office) -> None:
    await hand_in(office)
    for asked, start, end in (("bytes=0-99", 0, 100), ("bytes=1000000-", 1_000_000, None), ("bytes=-7", -7, None)):
        part, head = await read(office, range=asked), await read(office, method="HEAD", range=asked)
        assert (part.status_code, part.content) == (206, PICTURE[start:end])
        first = start % len(PICTURE)
        told = f"bytes {first}-{first + len(part.content) - 1}/{len(PICTURE)}"
        assert (part.headers["content-range"], part.headers["content-length"]) == (told, str(len(part.content)))
        assert (head.status_code, head.headers["content-length"]) == (200, str(len(PICTURE))), "RFC 9110 § 14.2"


async def test_ranges_that_cannot_be_and_ranges_passed_over(office: Office) -> None:
    await hand_in(office)
    beyond = await read(office, range=f"bytes={len(PICTURE)}-")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range-unsatisfiable")
    assert beyond.headers["content-range"] == f"bytes */{len(PICTURE)}"
    for ignored in ("bytes=0-1,5-6", "lines=1-2", "bytes=9-3", "rubbish"):
        assert (await read(office, range=ignored)).status_code == 200
    assert (await read(office, range="bytes=0-1", if_range=f'"{DIGEST}"')).status_code == 206
    assert (await read(office, range="bytes=0-1", if_range='"other"')).status_code == 200
    assert (await read(office, range="bytes=0-1", if_range="Wed, 21 Oct 2026 07:28:00 GMT")).status_code == 200


async def test_what_the_caller_has_already(office: Office) -> None:
    await hand_in(office)
    known = await read(office, if_none_match=f'W/"x", W/"{DIGEST}"')
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", f'"{DIGEST}"')
    assert (await read(office, if_none_match='"other"')).status_code == 200
    other = await read(office, if_match='"other"')
    assert (other.status_code, other.json()["code"]) == (412, "precondition-failed")


async def test_the_same_bytes_have_one_name(office: Office) -> None:
    first = await hand_in(office, key="a")
    again = await hand_in(office, key="a")
    other = await hand_in(office, media_type="nonsense", division=OTHER_TOWNSHIP)
    assert first.json() == again.json() == other.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert await keys(office) == [KEY]
    assert (await office.get(f"/evidence/{DIGEST}", "village_cadre", OTHER_TOWNSHIP)).status_code == 200


async def test_the_same_bytes_at_once_are_one(office: Office) -> None:
    answers = await asyncio.gather(*(hand_in(office, division=place) for place in [VILLAGE, OTHER_TOWNSHIP] * 4))
    assert {answer.status_code for answer in answers} == {201}
    assert await keys(office) == [KEY]
    assert len(await office.rows("SELECT FROM evidence")) == 2
    assert (await read(office)).content == PICTURE


async def test_a_key_belongs_to_its_bytes(office: Office) -> None:
    await hand_in(office, key="a")
    answer = await hand_in(office, documents.PDF, "application/pdf", key="a")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert len(await office.rows("SELECT FROM evidence")) == 1


async def test_empty_evidence_is_refused(office: Office) -> None:
    answer = await hand_in(office, b"")
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence-empty")
    assert await keys(office) == []


async def test_too_much_evidence_is_refused(office: Office) -> None:
    answer = await hand_in(office, bytes(office.context.settings.max_upload_bytes + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert await keys(office) == []


STRANGE = (
    (documents.PAGE, "image/png", 415, "evidence-type-unsupported"),
    (documents.PROGRAM, "image/png", 415, "evidence-type-unsupported"),
    (documents.DRAWING, "image/png", 415, "evidence-type-unsupported"),
    (documents.DRAWING, "image/svg+xml", 415, "evidence-type-unsupported"),
    (documents.PAGE, "text/html", 415, "evidence-type-unsupported"),
    (documents.PDF, "image/png", 415, "evidence-type-lies"),
    (b"plain", "text/html", 415, "evidence-type-lies"),
    (documents.xlsx(), "application/pdf", 415, "evidence-type-lies"),
    (documents.bomb(), "application/octet-stream", 422, "evidence-container-unsafe"),
    (documents.lying_container(), "application/octet-stream", 422, "evidence-container-unsafe"),
)


async def test_bytes_that_are_not_what_they_seem(office: Office) -> None:
    for content, declared, status, code in STRANGE:
        answer = await hand_in(office, content, declared)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await keys(office) == []
    assert await office.rows("SELECT FROM evidence") == []


async def test_a_digest_told_beside_the_bytes(office: Office) -> None:
    right = base64.b64encode(bytes.fromhex(DIGEST)).decode()
    wrong = base64.b64encode(bytes(32)).decode()
    assert (await hand_in(office, more={"content-digest": f"sha-256=:{wrong}:"})).json()[
        "code"
    ] == "evidence-digest-wrong"
    assert (await hand_in(office, more={"content-digest": "rubbish"})).json()["code"] == "malformed-request"
    assert (await hand_in(office, more={"content-encoding": "gzip"})).json()["code"] == "media-type-unsupported"
    assert await keys(office) == []
    assert (await hand_in(office, more={"repr-digest": f"sha-256=:{right}:"})).status_code == 201


async def test_a_files_name_is_nothing_to_us(office: Office) -> None:
    named = {"content-disposition": 'attachment; filename="../../../../etc/passwd\0.png"'}
    assert (await hand_in(office, more=named)).status_code == 201
    assert await keys(office) == [KEY]
    assert (await read(office)).headers["content-disposition"] == "attachment"


NAMES = (
    *("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd", "%2e%2e%2fetc", "%00", "a%00b", "%ff%fe", "incoming"),
    *(DIGEST.upper(), DIGEST[:63], f"{DIGEST}/x", f"{DIGEST}%0A"),
)


async def test_no_name_leads_out_of_the_store(office: Office) -> None:
    await hand_in(office)
    for name in NAMES:
        for method in ("GET", "HEAD"):
            assert (await read(office, name, method)).status_code in (404, 422)


@pytest.mark.parametrize(("digest", "division"), [(DIGEST, OTHER_TOWNSHIP), ("0" * 64, COUNTY)])
async def test_what_is_not_theirs_is_not_found(office: Office, digest: str, division: str) -> None:
    await hand_in(office)
    answer = await office.get(f"/evidence/{digest}", "township_officer", division)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_an_applications_evidence_is_read_by_its_village(office: Office) -> None:
    headers = office.headers("township_clerk", TOWNSHIP) | {"content-type": "application/pdf"}
    answer = await office.client.post("/v1/evidence", content=documents.PDF, headers=headers)
    digest = answer.json()["digest"]
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


async def test_minutes_without_bytes_are_refused(office: Office) -> None:
    (case,) = await at_survey(office)
    body = await appraisal(office, "group_appraisal", [case], minutes="0" * 64)
    answer = await office.post("/appraisals", body, "village_cadre")
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence-unknown")
