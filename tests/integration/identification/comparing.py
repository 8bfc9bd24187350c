"""Households with members, departments' extracts, and comparisons run to their end."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from services.identification.comparison.datasets import KINDS
from services.identification.service import DEFINITION
from shared.identity_numbers import check_digit
from shared.runtime.jobs import JobWorker
from tests.integration.identification.cases import many_cases
from tests.integration.identification.office import COUNTY, Office

DIGEST = "f" * 64


def id_number(place: int, born: str = "19800101") -> str:
    """Region, day, and an order of three digits drawn from ``place``; the region counts further.

    An even ``place`` is a man.
    """
    body = f"{500229 + place // 998:06d}{born}{place % 998 + 1:03d}"
    return body + check_digit(body)


async def at_comparison(office: Office, count: int = 1) -> dict[str, str]:
    """Cases that await comparison, each with the ID number of its household's only member."""
    cases = await many_cases(office, count, "county_comparison", "comparison")
    rows = await office.rows(
        "SELECT id, household_id FROM cases WHERE id = ANY($1::uuid[])", [UUID(one) for one in cases]
    )
    numbers = {}
    for place, row in enumerate(rows):
        numbers[str(row["id"])] = id_number(place)
        household = str(row["household_id"])
        member = {"household_id": household, "member_id": str(uuid4()), "id_number": id_number(place)}
        office.neighbours.members[household] = [member]
    return numbers


def extract(kind: str, *rows: str) -> bytes:
    return "\n".join([",".join(KINDS[kind].header), *rows, ""]).encode()


async def upload(office: Office, kind: str, content: bytes, role: str = "county_officer", **who: Any) -> httpx.Response:
    headers = office.headers(role, who.pop("division", COUNTY), **who) | {"content-type": "text/csv"}
    return await office.client.post(f"/v1/comparison-datasets?kind={kind}", content=content, headers=headers)


async def uploaded(office: Office, kind: str, *rows: str) -> str:
    answer = await upload(office, kind, extract(kind, *rows))
    assert answer.status_code == 201, answer.text
    dataset: str = answer.json()["id"]
    return dataset


async def start(office: Office, datasets: list[str], **body: Any) -> httpx.Response:
    return await office.post(
        "/comparisons", {"division": COUNTY, "datasets": datasets} | body, "county_officer", COUNTY
    )


async def work(office: Office) -> None:
    """Do the jobs that wait, as the worker of the service does."""
    worker = JobWorker(office.context, DEFINITION.jobs)
    async with office.database.own_connection() as lock:
        while await worker._one(lock):
            pass


async def compared(office: Office, datasets: list[str], **body: Any) -> dict[str, Any]:
    started = await start(office, datasets, **body)
    assert started.status_code == 202, started.text
    await work(office)
    answer = await office.get(started.headers["location"].removeprefix("/v1"))
    found: dict[str, Any] = answer.json()
    assert found["state"] == "done", found
    return found


async def suspects(office: Office, **filters: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    items: list[dict[str, Any]] = (await office.get(f"/suspects?limit=1000&{query}")).json()["items"]
    return items
