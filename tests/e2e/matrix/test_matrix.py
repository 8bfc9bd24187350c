"""Every route of the API document × every role × inside and outside the area: none without its guard."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest
import pytest_asyncio

from services.gateway.documents import SPECIFICATION
from services.wiring.migration import ROOT
from services.wiring.specification import operations
from shared.auth.roles import ROLES
from shared.embedded import EmbeddedPostgres
from tests.e2e.matrix.county import Place, settle
from tests.e2e.matrix.rows import ROWS, Everywhere, Many, Own, Row
from tests.e2e.strangers import COUNTY
from tests.fixtures.services import running_system

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
DOCUMENT = orjson.loads((ROOT / SPECIFICATION).read_bytes())
OPERATIONS = {operation["operationId"]: (path, method, operation) for path, method, operation in operations(DOCUMENT)}
SCOPES = {
    name: set(operation["security"][0]["oauth2"])
    for name, (_, _, operation) in OPERATIONS.items()
    if operation["security"]
}
AREAS = {name: row for name, row in ROWS.items() if isinstance(row, Row) and not isinstance(row, Own)}
ELSEWHERE = {"next door": "500230", "in another province": "330110"}
"""Six digits of a county that is not ours."""

each_guarded = pytest.mark.parametrize("name", sorted(SCOPES))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def place(database_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    folder = tmp_path_factory.mktemp("matrix")
    async with running_system(database_server, folder, stream_heartbeat_seconds=0.2) as system:
        yield await settle(system)


@each_guarded
async def test_nobody_enters_without_a_token(place: Place, name: str) -> None:
    path, method, _ = OPERATIONS[name]
    answer = await _request(place, method, _filled(path))
    assert (answer.status_code, _code(answer)) == (401, "token-missing")


@each_guarded
async def test_a_role_does_what_its_scopes_say_and_nothing_else(place: Place, name: str) -> None:
    path, method, _ = OPERATIONS[name]
    for role, scopes in ROLES.items():
        headers = place.stranger.headers(role, place.home(role))
        answer = await _request(place, method, _filled(path), headers=headers)
        assert answer.status_code != 401, (role, answer.text)
        assert (_code(answer) == "scope-missing") == (not SCOPES[name] <= scopes), (role, answer.text)


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("name", sorted(AREAS))
async def test_outside_the_area_nothing_is_seen_or_done(place: Place, name: str, where: str) -> None:
    row = AREAS[name]
    home = ELSEWHERE[where] + place.home(row.role)[6:]
    answer = await _ask(place, name, row, home)
    if isinstance(row, Many) and answer.is_success:
        assert _ids(answer.json()) & set(place.ids.values()) == set()
        assert COUNTY[:6] not in re.sub(r'"(id|next|trace_id)":"[^"]*"', "", answer.text)
    else:
        assert answer.status_code in {403, 404}, answer.text
        assert _code(answer) == "outside-area" or answer.status_code == 404, answer.text


@pytest.mark.parametrize("name", sorted(name for name, row in AREAS.items() if isinstance(row, Many)))
async def test_asked_for_anothers_division_a_list_is_refused_or_empty(place: Place, name: str) -> None:
    row = AREAS[name]
    path, _, operation = OPERATIONS[name]
    if not any(parameter["name"] == "division" for parameter in operation.get("parameters", ())):
        return
    headers = place.stranger.headers(row.role, ELSEWHERE["next door"] + place.home(row.role)[6:])
    answer = await place.stranger.system.client.get(path, params={"division": COUNTY}, headers=headers)
    assert (answer.status_code, _code(answer)) == (403, "outside-area")


@pytest.mark.parametrize("name", sorted(ROWS.keys() - {n for n, row in ROWS.items() if isinstance(row, Everywhere)}))
async def test_inside_the_area_the_door_is_open(place: Place, name: str) -> None:
    """The same request as outside, from its own officer: whatever the case's state says to it, it is not a stranger."""
    row = ROWS[name]
    assert isinstance(row, Row)
    answer = await _ask(place, name, row, place.home(row.role))
    assert answer.status_code not in {400, 401, 403, 404, 405, 415, 422, 500}, answer.text
    if isinstance(row, Many):
        assert answer.json()["items"]


async def _ask(place: Place, name: str, row: Row, home: str) -> httpx.Response:
    _, method, _ = OPERATIONS[name]
    headers = place.stranger.headers(row.role, home) | dict(row.headers)
    body: Any = row.body(place) if row.body else None
    content = body if isinstance(body, bytes) or body is None else orjson.dumps(body)
    if content is not None:
        headers |= {"Content-Type": row.media_type}
    path = row.path.format(division=place.division, **place.ids)
    return await _request(place, method, path, content=content, headers=headers)


async def _request(place: Place, method: str, path: str, **options: Any) -> httpx.Response:
    """A HEAD is answered as a GET is, with nothing but its head: so what it means is what the GET says."""
    answer = await _answer(place, method, path, **options)
    if method != "head":
        return answer
    told = await _answer(place, "get", path, **options)
    assert (answer.status_code, answer.content) == (told.status_code, b"")
    return told


async def _answer(place: Place, method: str, path: str, **options: Any) -> httpx.Response:
    """Of a stream, as a list, what it tells before it is silent."""
    async with place.stranger.system.client.stream(method, path, **options) as answer:
        if answer.headers.get("content-type") != "text/event-stream":
            await answer.aread()
            return answer
        told = ""
        async for chunk in answer.aiter_text():
            told += chunk
            if told.endswith(": heartbeat\n\n"):
                break
        items = [orjson.loads(line.removeprefix("data: ")) for line in told.splitlines() if line.startswith("data: ")]
        return httpx.Response(answer.status_code, json={"items": items}, request=answer.request)


def _filled(path: str) -> str:
    """With something of the right form in every place."""
    filled = path.replace("{division}", COUNTY).replace("{code}", COUNTY).replace("{year}", "2026")
    return re.sub(r"\{\w+\}", str(UUID(int=7)), filled.replace("{digest}", "0" * 64))


def _code(answer: httpx.Response) -> str | None:
    told = answer.headers.get("content-type", "").startswith("application/problem+json")
    return str(answer.json()["code"]) if told else None


def _ids(answer: Any) -> set[str]:
    return {str(item.get(key)) for item in answer["items"] for key in ("id", "household_id", "case_id", "code")}
