"""The county's comparison: one transaction for the whole list, and nothing kept of those it does not concern."""

import time
from pathlib import Path
from typing import Any

import pytest

from services.identification.comparison import job as comparison_job
from tests.integration.identification.comparing import (
    at_comparison,
    compared,
    id_number,
    start,
    suspects,
    uploaded,
    work,
)
from tests.integration.identification.office import COUNTY, GROUP, OTHER_TOWNSHIP, Office

STRANGER = id_number(123_456)


def car(number: str, plate: str = "渝A1") -> str:
    return f"{number},{plate},轿车,大众,2025-01-01"


async def stages(office: Office) -> dict[str, str]:
    return {str(row["id"]): row["stage"] for row in await office.rows("SELECT id, stage FROM cases")}


async def traces(office: Office, needle: str) -> list[str]:
    """Every table and file in which the text stands."""
    found = []
    for row in await office.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        table = row["tablename"]
        count = f"SELECT count(*) AS hits FROM {table} AS one WHERE strpos(one::text, $1) > 0"
        if (await office.rows(count, needle))[0]["hits"]:
            found.append(table)
    return found + _files_with(office.context.settings.data, needle.encode())


def _files_with(folder: Path, needle: bytes) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]


async def test_hits_become_suspects_and_the_rest_goes_on(office: Office) -> None:
    numbers = await at_comparison(office, 3)
    hit, miss, older = numbers
    short = numbers[older][:6] + numbers[older][8:17]
    datasets = [
        await uploaded(office, "vehicles", car(numbers[hit].lower()), car(STRANGER)),
        await uploaded(
            office, "property", f"{short},证1,某处,100,2025-06-01", f"{numbers[miss]},证2,某处,90,2011-01-01"
        ),
    ]
    found = await compared(office, datasets, due_on="2026-06-01")
    assert found["result"] == {"compared": 3, "flagged": 2, "suspects": 2, "irrelevant_hits": 1, "moved": []}
    assert (found["progress"], found["total"], found["due_on"]) == (2, 3, "2026-06-01")
    assert await stages(office) == {hit: "verification", older: "verification", miss: "cleaning"}
    items = await suspects(office, comparison=found["id"])
    assert {(one["case_id"], one["criterion"], one["state"]) for one in items} == {
        (hit, "bar.3", "open"),
        (older, "bar.2", "open"),
    }
    entries = (await office.get(f"/comparisons/{found['id']}/cases")).json()["items"]
    assert {one["case_id"]: one["outcome"] for one in entries} == {hit: "suspect", older: "suspect", miss: "clear"}
    events = await office.events()
    assert events[2] == "county_comparison_started"
    assert events[-1] == "county_comparison_completed"
    assert sorted(events[3:-1]) == ["case_compared"] * 3 + ["county_comparison_flagged_suspect"] * 2


async def test_rows_that_match_nobody_are_kept_nowhere(office: Office) -> None:
    numbers = await at_comparison(office, 1)
    [number] = numbers.values()
    dataset = await uploaded(office, "vehicles", car(number, "渝AHIT"), car(STRANGER, "渝AMISS"))
    await compared(office, [dataset])
    assert await traces(office, "渝AHIT") == ["suspects"]
    for needle in (STRANGER, "渝AMISS", number):
        assert await traces(office, needle) == []
    assert not [path for path in office.context.settings.uploads.rglob("*") if path.is_file()]
    assert (await office.get(f"/comparison-datasets/{dataset}")).json()["available"] is False
    await at_comparison(office, 1)
    again = await start(office, [dataset])
    assert (again.status_code, again.json()["code"]) == (409, "dataset-gone")


async def test_kept_extracts_serve_another_comparison(office: Office) -> None:
    numbers = await at_comparison(office, 2)
    first, second = numbers
    dataset = await uploaded(office, "vehicles", *map(car, numbers.values()))
    kept = await compared(office, [dataset], cases=[first], keep_extracts=True)
    assert kept["result"]["compared"] == kept["result"]["suspects"] == 1
    assert (await compared(office, [dataset], cases=[second]))["result"]["suspects"] == 1


async def test_an_extract_stays_while_another_comparison_needs_it(office: Office) -> None:
    numbers = await at_comparison(office, 2)
    dataset = await uploaded(office, "vehicles", *map(car, numbers.values()))
    for case in numbers:
        assert (await start(office, [dataset], cases=[case])).status_code == 202
    await work(office)
    assert len(await suspects(office)) == 2
    assert not [path for path in office.context.settings.uploads.rglob("*") if path.is_file()]


async def test_a_suspect_seen_before_is_not_raised_again(office: Office) -> None:
    numbers = await at_comparison(office, 1)
    [(case, number)] = numbers.items()
    await compared(office, [await uploaded(office, "vehicles", car(number))])
    async with office.database.transaction() as transaction:
        await transaction.execute("UPDATE suspects SET state = 'cleared'")
        await transaction.execute("UPDATE cases SET stage = 'comparison', open_suspects = 0")
    found = await compared(office, [await uploaded(office, "vehicles", car(number))])
    assert found["result"]["suspects"] == 0
    assert await stages(office) == {case: "cleaning"}


class Killed(BaseException):
    pass


@pytest.mark.parametrize("place", ["_conclude", "_remove_extracts"])
async def test_a_killed_comparison_is_taken_up_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Before its transaction, and after it: doubled nothing, lost nothing, left nothing behind."""

    async def kill(*_: Any) -> None:
        raise Killed

    numbers = await at_comparison(office, 2)
    dataset = await uploaded(office, "vehicles", car(next(iter(numbers.values()))), car(STRANGER))
    started = await start(office, [dataset])
    with monkeypatch.context() as patched:
        patched.setattr(comparison_job, place, kill)
        with pytest.raises(Killed):
            await work(office)
    await work(office)
    found = (await office.get(started.headers["location"].removeprefix("/v1"))).json()
    assert (found["state"], found["result"]["suspects"], found["result"]["compared"]) == ("done", 1, 2)
    assert len(await suspects(office)) == 1
    assert (await office.events()).count("case_compared") == 2
    assert (await office.events()).count("county_comparison_completed") == 1
    assert await traces(office, STRANGER) == []


async def test_a_case_that_moved_meanwhile_is_left_out(office: Office) -> None:
    numbers = await at_comparison(office, 2)
    moved, stays = numbers
    dataset = await uploaded(office, "vehicles", *map(car, numbers.values()))
    started = await start(office, [dataset])
    rejected = await office.post(f"/cases/{moved}/rejection", {"reason": "x"}, "county_officer", COUNTY)
    assert rejected.status_code == 200, rejected.text
    await work(office)
    found = (await office.get(started.headers["location"].removeprefix("/v1"))).json()
    assert (found["result"]["compared"], found["result"]["moved"]) == (1, [moved])
    assert [one["case_id"] for one in await suspects(office)] == [stays]


async def test_a_failed_comparison_changes_nothing(office: Office) -> None:
    numbers = await at_comparison(office, 1)
    dataset = await uploaded(office, "vehicles", car(*numbers.values()))
    started = await start(office, [dataset])
    [extract] = office.context.settings.uploads.rglob("*.parquet")
    content = extract.read_bytes()
    extract.write_bytes(b"broken")
    await work(office)
    found = (await office.get(started.headers["location"].removeprefix("/v1"))).json()
    assert (found["state"], found["problem"], found["result"]) == ("failed", "internal-error", None)
    extract.write_bytes(content)
    assert (await compared(office, [dataset]))["result"]["suspects"] == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"division": "500230000000"}, 403, "outside-area"),
        ({"division": OTHER_TOWNSHIP}, 422, "comparison-without-cases"),
        ({"datasets": ["00000000-0000-7000-8000-000000000000"]}, 404, "dataset-unknown"),
        ({"datasets": []}, 422, "request-invalid"),
        ({"cases": ["00000000-0000-7000-8000-000000000000"]}, 404, "cases-unknown"),
        ({"surprise": 1}, 422, "request-invalid"),
    ],
)
async def test_refused_comparisons(office: Office, body: dict[str, Any], status: int, code: str) -> None:
    numbers = await at_comparison(office, 1)
    dataset = await uploaded(office, "vehicles", car(*numbers.values()))
    answer = await start(office, body.pop("datasets", [dataset]), **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await office.rows("SELECT id FROM jobs UNION ALL SELECT id FROM lists") == []


async def test_a_list_with_a_case_of_another_step_is_refused_whole(office: Office) -> None:
    numbers = await at_comparison(office, 2)
    dataset = await uploaded(office, "vehicles", car(STRANGER))
    first, second = numbers
    await compared(office, [dataset], cases=[first], keep_extracts=True)
    answer = await start(office, [dataset], cases=[first, second])
    assert (answer.status_code, answer.json()["code"], answer.json()["cases"]) == (409, "case-at-another-step", [first])
    assert GROUP.startswith(COUNTY[:6])


@pytest.mark.slow
async def test_five_thousand_cases_and_two_hundred_thousand_rows(office: Office) -> None:
    numbers = list((await at_comparison(office, 5_000)).values())
    rows = [car(number, f"渝A{place}") for place, number in enumerate(numbers[:500])]
    rows += [car(id_number(10_000 + place), f"渝B{place}") for place in range(199_500)]
    began = time.perf_counter()
    dataset = await uploaded(office, "vehicles", *rows)
    received = time.perf_counter()
    found = await compared(office, [dataset])
    done = time.perf_counter()
    print(f"\n200,000 rows received in {received - began:.1f} s, 5,000 cases compared in {done - received:.1f} s")
    assert found["result"] == {"compared": 5_000, "flagged": 500, "suspects": 500, "irrelevant_hits": 0, "moved": []}
    assert (await office.events()).count("case_compared") == 5_000
