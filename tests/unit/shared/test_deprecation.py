"""An operation that is being retired says so in every answer and in the document, and is gone on its day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from prometheus_client import REGISTRY

from services.wiring.contract.reach import Reach
from services.wiring.contract.responses import problem_codes, success_headers
from shared.clock import system_now
from shared.http.app import build_application
from shared.http.deprecation import Deprecation, deprecated
from shared.http.route import Route
from shared.problems import Problem
from shared.problems.common import NOT_FOUND
from shared.settings import Settings
from tests.fixtures.services import client_of

YESTERDAY, LONG_AGO = system_now().date() - timedelta(days=2), date(2020, 1, 1)
router = APIRouter(prefix="/v1", route_class=Route)


@router.get("/old-things")
@deprecated(since=LONG_AGO, sunset=date(2999, 7, 1), successor="/v1/things")
async def list_old_things() -> dict[str, int]:
    """What will be gone."""
    return {"things": 1}


@router.get("/old-things/{name}")
@deprecated(since=LONG_AGO, sunset=date(2999, 7, 1))
async def show_old_thing(name: str) -> None:
    raise Problem(NOT_FOUND)


@router.get("/ancient-things")
@deprecated(since=LONG_AGO, sunset=YESTERDAY, successor="/v1/things")
async def list_ancient_things() -> None:
    raise AssertionError("it is gone")


@router.get("/things")
async def list_things() -> None:
    """What stays."""


@asynccontextmanager
async def _client() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(build_application("test", "Test", [router], Settings())) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/old-things", 200), ("/v1/old-things/a", 404), ("/v1/old-things?x=1", 422)]
)
async def test_every_answer_says_that_it_will_be_gone(path: str, status: int) -> None:
    async with _client() as client:
        answer = await client.get(path)
    assert answer.status_code == status
    assert answer.headers["deprecation"] == "@1577808000"  # 2020-01-01T00:00:00+08:00
    assert parsedate_to_datetime(answer.headers["sunset"]) == datetime.fromisoformat("2999-07-01T00:00:00+08:00")
    assert 'rel="deprecation"' in answer.headers["link"]
    assert 'rel="sunset"' in answer.headers["link"]


async def test_what_takes_its_place_is_named() -> None:
    async with _client() as client:
        assert '</v1/things>; rel="successor-version"' in (await client.get("/v1/old-things")).headers["link"]


async def test_after_its_day_it_is_gone() -> None:
    async with _client() as client:
        answer = await client.get("/v1/ancient-things")
    assert (answer.status_code, answer.json()["code"]) == (410, "gone")
    assert answer.headers["link"].endswith('</v1/things>; rel="successor-version"')


async def test_others_say_nothing_of_it() -> None:
    async with _client() as client:
        answer = await client.get("/v1/things")
    assert not {"deprecation", "sunset", "link"} & set(answer.headers)


async def test_its_callers_are_counted() -> None:
    labels = {"method": "GET", "route": "/v1/old-things", "status": "200", "caller": "unknown"}

    def counted() -> float:
        return REGISTRY.get_sample_value("jingzhun_http_deprecated_requests_total", labels) or 0.0

    before = counted()
    async with _client() as client:
        await client.get("/v1/old-things")
    assert counted() == before + 1


def test_the_document_shows_it() -> None:
    document: Any = build_application("test", "Test", [router], Settings()).openapi()
    old, new = (document["paths"][path]["get"] for path in ("/v1/old-things", "/v1/things"))
    assert (old["deprecated"], old["x-sunset"], old["x-successor"]) == (True, "2999-07-01", "/v1/things")
    assert {"Deprecation", "Sunset", "Link"} <= success_headers(Reach(), old, "200").keys()
    assert "gone" in problem_codes("get", old, Reach())
    assert "deprecated" not in new
    assert "gone" not in problem_codes("get", new, Reach())
    assert "Sunset" not in success_headers(Reach(), new, "200")


def test_callers_are_told_half_a_year_before() -> None:
    today = system_now().date()
    deprecated(since=today, sunset=today + timedelta(days=180))
    with pytest.raises(ValueError, match="180"):
        deprecated(since=today, sunset=today + timedelta(days=179))


def test_dates_begin_at_midnight_in_china() -> None:
    assert Deprecation(LONG_AGO, date(2027, 7, 1)).ends == datetime.fromisoformat("2027-06-30T16:00:00+00:00")
