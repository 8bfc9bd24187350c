"""A cursor is good for the query that gave it, as it was given, and for nothing else: on every list there is."""

import base64
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio

from services.gateway.documents import SPECIFICATION
from services.wiring.migration import ROOT
from tests.e2e.strangers import COUNTY, Stranger
from tests.e2e.village import OTHER_TOWNSHIP, PROVINCE, Village

_PATHS: dict[str, Any] = orjson.loads((ROOT / SPECIFICATION).read_bytes())["paths"]
_OPERATORS = frozenset({"/dead-letters"})
_OWNER = re.compile(r"\{\w+\}")
_LONG = ("/cases", "/households", "/divisions", "/suspects", "/tasks", "/publicities")
"""Lists of which the village has more than one."""


def _lists() -> Iterator[str]:
    for path, item in _PATHS.items():
        names = {parameter["name"] for parameter in item.get("get", {}).get("parameters", ())}
        if "cursor" in names:
            yield path.removeprefix("/v1")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def given(village: Village) -> dict[str, str]:
    """The cursors after the first page of the long lists."""
    pages = {path: await village.stranger.get(f"{path}?limit=1") for path in _LONG}
    return {path: page.json()["next"] for path, page in pages.items()}


async def _code(stranger: Stranger, path: str, cursor: str, area: str = COUNTY) -> str | None:
    role = "operator" if path.split("?", maxsplit=1)[0] in _OPERATORS else "county_officer"
    answer = await stranger.get(f"{path}{'&' if '?' in path else '?'}cursor={cursor}", role, area)
    code: str | None = answer.json().get("code")
    return code


@pytest.mark.parametrize("path", _LONG)
async def test_as_it_was_given(village: Village, given: dict[str, str], path: str) -> None:
    assert await _code(village.stranger, f"{path}?limit=1", given[path]) is None
    assert await _code(village.stranger, path, given[path]) is None, "another limit is the same query"


@pytest.mark.parametrize("path", _LONG)
async def test_altered(village: Village, given: dict[str, str], path: str) -> None:
    cursor = given[path]
    for place in range(0, len(cursor), 5):
        other = "A" if cursor[place] != "A" else "B"
        altered = cursor[:place] + other + cursor[place + 1 :]
        assert await _code(village.stranger, path, altered) == "cursor-invalid", place
    for altered in (f"{cursor}A", cursor[:-1], f"{cursor}%3D", cursor * 2):
        assert await _code(village.stranger, path, altered) == "cursor-invalid"


@pytest.mark.parametrize("path", _LONG)
async def test_with_another_key(village: Village, given: dict[str, str], path: str) -> None:
    cursor = given[path]
    signature, key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    keys: list[Any] = [[], ["x"], [1 << 62], ["\0"], [None], [{}], [str(uuid4())], key * 2, [*key[:-1], "z"], "", None]
    for other in keys:
        written = base64.urlsafe_b64encode(orjson.dumps([signature, other])).rstrip(b"=").decode()
        assert await _code(village.stranger, path, written) == "cursor-invalid", other


async def test_of_another_filter(village: Village, given: dict[str, str]) -> None:
    for path in ("/cases?state=open", "/households?status=none", f"/cases?division={COUNTY}"):
        assert await _code(village.stranger, path, given[path.split("?")[0]]) == "cursor-invalid"


@pytest.mark.parametrize("area", [PROVINCE, OTHER_TOWNSHIP])
@pytest.mark.parametrize("path", _LONG)
async def test_of_another_area(village: Village, given: dict[str, str], path: str, area: str) -> None:
    assert await _code(village.stranger, path, given[path], area) == "cursor-invalid"


@pytest.mark.parametrize("path", sorted(_lists()))
async def test_of_another_list(village: Village, given: dict[str, str], path: str) -> None:
    """Where the list's owner does not exist, that is told first."""
    asked, owned = _OWNER.subn(village.publicity, path)
    refusals = {"cursor-invalid", "not-found"} if owned else {"cursor-invalid"}
    for cursor in (given["/households" if path == "/cases" else "/cases"], "", "x", "W10", "é"):
        assert await _code(village.stranger, asked, cursor) in refusals
