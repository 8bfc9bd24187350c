"""A season is played; then everything that left the process, and every table outside households, is searched for
every name, ID number and booklet of the county."""

import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest
import pytest_asyncio

from services.season.county import County
from services.season.driver import play
from shared.auth.keys import KeyRing
from shared.embedded import EmbeddedPostgres, discard
from tests.e2e.command_line import Place, end, free_port, serving
from tests.e2e.leaving import OWNER, Overheard, databases, found_in, personal_data, tables
from tests.e2e.played_season import COUNTY, the_county
from tests.e2e.village import id_number
from tests.fixtures.postgres import FAST
from tests.fixtures.services import Tokens

TALKATIVE = {"log_min_messages": "warning", "log_min_error_statement": "error", "log_error_verbosity": "verbose"}
"""A database server set up by somebody who wants to know everything."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@dataclass(frozen=True)
class Left:
    """What is there after a season: the log with every detail, what callers saw, the metrics, the databases."""

    county: County
    server: EmbeddedPostgres
    log: str
    overheard: str
    metrics: str
    archive: str


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def left(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Left]:
    data = tmp_path_factory.mktemp("searched")
    try:
        async with EmbeddedPostgres(data / "postgres", settings=FAST | TALKATIVE) as server:
            yield await _after_a_season(server, data)
    finally:
        await discard(data / "postgres")


async def _after_a_season(server: EmbeddedPostgres, data: Path) -> Left:
    environment = {
        "JINGZHUN_DATABASE_SERVER": server.dsn("postgres"),
        "JINGZHUN_DATABASE_CONNECTIONS": "5",
        "JINGZHUN_LOG_LEVEL": "debug",
        "JINGZHUN_TRACES": "console",
    }
    place, log = Place(free_port(), data, environment), data / "log"
    tokens, county, overheard = Tokens(KeyRing(data / "keys")), the_county(), Overheard()
    with log.open("wb") as errors:
        async with serving(place, "up", "--sandbox", errors=errors) as process:
            await play(place.url, tokens.of, county, witness=overheard.hear)
            async with httpx.AsyncClient(base_url=place.url, timeout=60) as client:
                await _rubbish(client, tokens, county, overheard)
                await _broken(server, client, tokens, county, overheard)
                metrics = (await client.get("/metrics")).text
                archive = await _archive(client, tokens)
            assert await end(process, signal.SIGTERM) == 0
    return Left(
        county,
        server,
        log.read_text() + (data / "postgres" / "postgres.log").read_text(),
        "\n".join(overheard.texts),
        metrics,
        archive,
    )


async def _rubbish(client: httpx.AsyncClient, tokens: Tokens, county: County, overheard: Overheard) -> None:
    """What is refused could be quoted: names and numbers where none belong."""
    someone = county.households[0].members[0]
    bodies = (
        {"members": [{"name": someone.name, "id_number": someone.id_number[:-1] + "?"}]},
        {someone.id_number: someone.name},
        {"division": someone.name, "booklet_number": county.households[0].booklet_number, "members": []},
    )
    for body in bodies:
        for path in ("/v1/households", "/v1/households/searches", "/v1/applications", "/v1/objections"):
            headers = tokens.officer("county_officer", COUNTY)
            answer = await client.post(path, json=body, headers=headers)
            assert answer.is_error
            overheard.texts.append(answer.text)
    for value in (someone.name, someone.id_number):
        answer = await client.get("/v1/households", params={"name": value}, headers=tokens.officer("auditor", COUNTY))
        assert answer.is_error
        overheard.texts.append(answer.text)


async def _broken(
    server: EmbeddedPostgres, client: httpx.AsyncClient, tokens: Tokens, county: County, overheard: Overheard
) -> None:
    """A database that refuses every row, and quotes it: the failures that nobody foresaw."""
    connection = await asyncpg.connect(server.dsn(OWNER))
    await connection.execute("ALTER TABLE members ADD CONSTRAINT broken CHECK (false) NOT VALID")
    await connection.close()
    some, headers = county.households[-1], tokens.officer("county_officer", COUNTY)
    newcomer = {**some.members[0].as_json(), "id_number": id_number(1)}
    body = {"division": some.division, "booklet_number": "new", "members": [newcomer]}
    answer = await client.post("/v1/households", json=body, headers=headers)
    assert answer.status_code == 500, answer.text
    overheard.texts.append(answer.text)


async def _archive(client: httpx.AsyncClient, tokens: Tokens) -> str:
    told, after = [], None
    while True:
        query = {"limit": "1000"} | ({"after": after} if after else {})
        answer = await client.get("/v1/events", params=query, headers=tokens.officer("auditor", COUNTY))
        told.append(answer.text)
        after = answer.json()["next"]
        if len(answer.json()["items"]) < 1000:
            return "\n".join(told)


def test_the_season_was_heard(left: Left) -> None:
    """What is searched is there: an empty text holds no names."""
    assert left.overheard.count("/v1/") > 500
    assert "unexpected failure" in left.log
    assert left.log.count('"event":"span"') > 1000
    assert left.metrics.count("jingzhun_http_requests_total") > 20
    assert left.archive.count('"specversion"') > 500
    assert list(personal_data(left.county))


@pytest.mark.parametrize("what", ["log", "overheard", "metrics", "archive"])
def test_nothing_that_left_names_anybody(left: Left, what: str) -> None:
    assert found_in(getattr(left, what), left.county) == set()


async def test_households_knows_everybody(left: Left) -> None:
    """The search finds what is there: all but the few whose records were written down wrongly, or corrected."""
    told, everything = (
        "\n".join([text async for _, text in tables(left.server, OWNER)]),
        set(personal_data(left.county)),
    )
    assert len(found_in(told, left.county)) > 0.98 * len(everything)


async def test_no_table_elsewhere_names_anybody(left: Left) -> None:
    named = {}
    elsewhere = [database for database in await databases(left.server) if database != OWNER]
    assert len(elsewhere) >= 5
    rows = 0
    for database in elsewhere:
        async for table, text in tables(left.server, database):
            rows += text.count("\n") + bool(text)
            if found := found_in(text, left.county):
                named[f"{database}: {table}"] = len(found)
    assert named == {}
    assert rows > 5000
