"""Extracts through the routes: what is broken leaves no file and no row."""

from typing import Any

import pytest

from services.identification.comparison.datasets import KINDS
from tests.integration.identification.comparing import extract, upload, uploaded
from tests.integration.identification.office import COUNTY, TOWNSHIP, Office

ROW = "11010519491231002X,渝A1,轿车,大众,2025-01-01"
GOOD = extract("vehicles", ROW)


def files(office: Office) -> list[str]:
    return [path.name for path in office.context.settings.uploads.rglob("*") if path.is_file()]


async def test_an_extract_is_kept_as_parquet(office: Office) -> None:
    header = ",".join(KINDS["vehicles"].chinese_header)
    answer = await upload(office, "vehicles", f"{header}\r\n{ROW}\r\n".encode("gb18030"))
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["rows"], found["encoding"], found["available"]) == (1, "gb18030", True)
    assert files(office) == [f"{found['id']}.parquet"]
    assert (await office.get(f"/comparison-datasets/{found['id']}")).json() == found
    assert (await office.get("/comparison-datasets")).json()["items"] == [found]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "dataset-empty"),
        (extract("vehicles"), "dataset-empty"),
        (extract("property", "1,2,3,4,5"), "dataset-header-wrong"),
        (extract("vehicles", ROW, "secret,2"), "dataset-row-broken"),
        (extract("vehicles", 'secret,"2'), "dataset-row-broken"),
        (GOOD + b"\xff\xff", "dataset-encoding-unknown"),
    ],
)
async def test_broken_extracts(office: Office, content: bytes, code: str) -> None:
    answer = await upload(office, "vehicles", content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "secret" not in answer.text
    assert files(office) == []
    assert await office.rows("SELECT id FROM comparison_datasets") == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"kind": "yachts"}, 422, "request-invalid"),
        ({"role": "township_officer", "division": TOWNSHIP}, 403, "scope-missing"),
        ({"content": bytes(65 * 1024 * 1024)}, 413, "body-too-large"),
    ],
)
async def test_refused_uploads(office: Office, changes: dict[str, Any], status: int, code: str) -> None:
    answer = await upload(office, **({"kind": "vehicles", "content": GOOD} | changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert files(office) == []


async def test_another_media_type_is_refused(office: Office) -> None:
    headers = office.headers("county_officer", COUNTY) | {"content-type": "application/vnd.ms-excel"}
    answer = await office.client.post("/v1/comparison-datasets?kind=tax", content=GOOD, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type-unsupported")


async def test_another_countys_extract_is_unknown(office: Office) -> None:
    dataset = await uploaded(office, "vehicles", ROW)
    assert (await office.get(f"/comparison-datasets/{dataset}", division="500230000000")).status_code == 404
    assert (await office.get("/comparison-datasets", division="500230000000")).json()["items"] == []


async def test_the_same_key_makes_one_extract(office: Office) -> None:
    first, again = [await upload(office, "vehicles", GOOD, key="a") for _ in range(2)]
    assert first.json() == again.json()
    assert len(files(office)) == 1
    other = await upload(office, "vehicles", GOOD + b"\n1,2,3,4,5", key="a")
    assert other.json()["code"] == "idempotency-key-reused"
    assert len(files(office)) == 1
