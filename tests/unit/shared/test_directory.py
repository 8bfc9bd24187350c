"""Finding a route: which methods a path has, and whose path it is."""

from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from shared.http.app import build_application
from shared.http.route import Route
from shared.settings import Settings

router = APIRouter(prefix="/v1", route_class=Route)


@router.get("/households")
async def list_them() -> str:
    return "list"


@router.post("/households")
async def register_one() -> str:
    return "made"


@router.get("/households/{household_id}")
async def show_one(household_id: str) -> str:
    return household_id


@router.patch("/households/{household_id}")
async def correct_one(household_id: str) -> str:
    return household_id


@router.post("/households/searches")
async def search_them() -> str:
    return "found"


@pytest.fixture
def client() -> httpx.AsyncClient:
    application = build_application("test", "Test", [router], Settings())
    return httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test")


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("GET", "/v1/households", "list"),
        ("POST", "/v1/households", "made"),
        ("PATCH", "/v1/households/a", "a"),
        ("POST", "/v1/households/searches", "found"),
    ],
)
async def test_a_route_is_found(client: httpx.AsyncClient, method: str, path: str, said: str) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()) == (200, said)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/households", "GET, POST"),
        ("OPTIONS", "/v1/households/a", "GET, PATCH"),
        ("PROPFIND", "/v1/households/a", "GET, PATCH"),
        ("POST", "/v1/households/a", "GET, PATCH"),
        ("PATCH", "/v1/households/searches", "POST"),
        ("GET", "/v1/households/searches", "POST"),
    ],
)
async def test_a_method_that_the_path_has_not(client: httpx.AsyncClient, method: str, path: str, allowed: str) -> None:
    answer = await client.request(method, path)
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"], answer.headers["allow"]) == (405, "method-not-allowed", allowed)


@pytest.mark.parametrize("path", ["/v1/households/a/b", "/v1/nothing", "/v1", "/", "/v1/households/"])
async def test_a_path_that_is_nobody_s(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.request("PROPFIND", path)).status_code == 404


@pytest.mark.parametrize(("accept", "status"), [("text/html", 406), ("application/*", 200)])
async def test_what_the_caller_accepts_decides(client: httpx.AsyncClient, accept: str, status: int) -> None:
    answer = await client.get("/v1/households", headers={"Accept": accept})
    assert answer.status_code == status
    if status == 406:
        assert answer.json()["code"] == "not-acceptable"
        assert answer.headers["content-type"] == "application/problem+json"
