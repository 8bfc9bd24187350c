"""A projection spoiled and rebuilt while events keep flowing: every row ends as if nothing had happened."""

import asyncio
import os
import sys
from uuid import UUID, uuid4

import asyncpg
import pytest
from typer.testing import CliRunner

from services.__main__ import app
from shared.delivery import operators
from shared.rebuild import RebuildRefused, rebuilding
from shared.rebuild.errors import AlreadyRebuilding, ArchiveBehind, EventsParked
from shared.rebuild.shadow import SCHEMA
from tests.conformance.service import eventually
from tests.fixtures.happenings import happened, message_of
from tests.integration.rebuild.registers import HOUSEHOLDS, Registers, identified

SPOIL_STATUS = """UPDATE households SET status = 'exited', status_since = '1999-01-01', registration_version = 1000000
                  WHERE id = ANY($1::uuid[]) RETURNING id"""
SPOIL_KNOWN = """UPDATE known_households SET in_scope = NOT in_scope, version = 1000000
                 WHERE id = ANY($1::uuid[]) RETURNING id"""


async def spoil(registers: Registers) -> None:
    """Some rows wrong and ahead of all news, some gone, one that nobody ever told of."""
    await registers.rows("households", SPOIL_STATUS, registers.households[:5])
    await registers.rows("identification", SPOIL_KNOWN, registers.households[:4])
    await registers.rows("identification", "DELETE FROM known_households WHERE id = $1", registers.households[-1])
    await registers.rows("identification", "INSERT INTO known_households VALUES ($1, '1', true, 1)", uuid4())


async def test_rows_of_which_nobody_told_are_as_they_began(registers: Registers) -> None:
    begun = await registers.status()
    await registers.rows("households", SPOIL_STATUS, registers.households)
    report = await registers.rebuild("households", "status")
    assert (report.applied, report.differed) == (0, HOUSEHOLDS)
    assert await registers.status() == begun


async def test_every_row_is_put_right_while_events_flow(registers: Registers) -> None:
    async with registers.bus() as bus:
        for _ in range(60):
            await registers.tell(bus)
    await registers.stranger.settled()
    async with registers.flow():
        await spoil(registers)
        status = await registers.rebuild("households", "status")
        known = await registers.rebuild("identification", "known-households")
    await registers.stranger.settled()
    assert await registers.status() == registers.expected_status()
    assert await registers.known() == registers.expected_known()
    assert (status.before, status.after) == (HOUSEHOLDS, HOUSEHOLDS)
    assert known.after == HOUSEHOLDS
    assert status.differed >= 5
    assert known.differed >= 5
    assert await _schemas(registers) == []


async def test_a_sound_projection_is_left_as_it_is(registers: Registers) -> None:
    async with registers.bus() as bus:
        for _ in range(3):
            await registers.tell(bus)
    await registers.stranger.settled()
    before = await _with_row_versions(registers)
    for service, projection in (("households", "status"), ("identification", "known-households")):
        report = await registers.rebuild(service, projection)
        assert (report.differed, report.ahead) == (0, 0)
        assert (report.before, report.after) == (HOUSEHOLDS, HOUSEHOLDS)
        assert report.applied >= 3 * HOUSEHOLDS
    assert await _with_row_versions(registers) == before


async def test_nothing_is_told_again(registers: Registers) -> None:
    await registers.rebuild("identification", "known-households")
    for service in registers.system.system.services:
        assert await registers.rows(service, "SELECT * FROM outbox") == []


@pytest.mark.slow
async def test_killed_in_the_middle_and_repeated(registers: Registers) -> None:
    async with registers.bus() as bus:
        for _ in range(200):
            await registers.tell(bus)
    await registers.stranger.settled()
    await spoil(registers)
    spoilt = await registers.status()
    process = await _command(registers, "rebuild", "households", "status")
    await eventually(lambda: _begun(registers))
    process.kill()
    await process.wait()
    assert await registers.status() == spoilt
    await eventually(lambda: _free(registers))
    assert await _schemas(registers) == [SCHEMA]
    again = await _command(registers, "rebuild", "households", "status")
    assert await again.wait() == 0
    assert await registers.status() == registers.expected_status()
    assert await _schemas(registers) == []


async def test_two_at_once(registers: Registers) -> None:
    async with registers.system.system.services["households"].context.database.own_connection() as other:
        await other.execute("SELECT pg_advisory_lock($1)", rebuilding.REBUILD_LOCK)
        with pytest.raises(AlreadyRebuilding):
            await registers.rebuild("households", "status")
    await registers.rebuild("households", "status")


async def test_refused_while_events_are_parked_and_skipped_ones_stay_without_effect(registers: Registers) -> None:
    stray = happened(identified(uuid4(), 7))
    async with registers.bus() as bus:
        await registers.tell(bus)
        await bus.publish([message_of(stray)])
    await registers.stranger.settled()
    await eventually(lambda: _dead(registers, stray.envelope.id))
    with pytest.raises(EventsParked) as refused:
        await registers.rebuild("households", "status")
    assert "1" in refused.value.en
    (letter,) = await registers.rows("households", "SELECT letter_id FROM parked WHERE state = 'dead'")
    async with registers.system.system.services["households"].context.database.transaction() as transaction:
        await operators.skip(transaction, letter["letter_id"], uuid4())
    assert (await registers.rebuild("households", "status")).differed == 0
    assert await registers.status() == registers.expected_status()


async def test_refused_while_the_archive_is_behind(registers: Registers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "ARCHIVE_SECONDS", 0)
    unheard = uuid4()
    await registers.rows("households", "INSERT INTO inbox (event_id) VALUES ($1)", unheard)
    before = await registers.status()
    try:
        with pytest.raises(ArchiveBehind):
            await registers.rebuild("households", "status")
        assert await registers.status() == before
        assert await _schemas(registers) == []
    finally:
        await registers.rows("households", "DELETE FROM inbox WHERE event_id = $1", unheard)


@pytest.mark.parametrize("words", [("households", "nothing"), ("nobody", "status"), ("households",)])
def test_wrong_names_are_told_what_there_is(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(app, ["rebuild", *words])
    assert answer.exit_code == 1
    assert "identification known-households" in answer.stderr
    assert "没有投影" in answer.stderr


def test_every_refusal_speaks_both_languages() -> None:
    kinds = RebuildRefused.__subclasses__()
    assert len(kinds) == 7
    for kind in kinds:
        count = kind.__init__.__code__.co_argcount - 1  # type: ignore[misc]
        refusal = kind(*("households", 1)[:count])
        assert refusal.zh
        assert refusal.en == str(refusal)


async def _command(registers: Registers, *words: str) -> asyncio.subprocess.Process:
    own = {"JINGZHUN_DATABASE_SERVER": registers.server.dsn("postgres"), "DATA": str(registers.system.settings.data)}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services", *words), env=os.environ | own, stdout=asyncio.subprocess.DEVNULL
    )


async def _begun(registers: Registers) -> bool:
    """The shadow holds some of the events."""
    try:
        return bool(await registers.rows("households", f"SELECT FROM {SCHEMA}.events_read LIMIT 1"))
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        return False


async def _free(registers: Registers) -> bool:
    rows = await registers.rows("households", "SELECT pg_try_advisory_xact_lock($1)", rebuilding.REBUILD_LOCK)
    return bool(rows[0]["pg_try_advisory_xact_lock"])


async def _dead(registers: Registers, event_id: UUID) -> bool:
    return bool(await registers.rows("households", "SELECT FROM parked WHERE event_id = $1", event_id))


async def _schemas(registers: Registers) -> list[str]:
    rows = await registers.rows("households", "SELECT nspname FROM pg_namespace WHERE nspname = $1", SCHEMA)
    return [row["nspname"] for row in rows]


async def _with_row_versions(registers: Registers) -> list[object]:
    """A row that is written anew, though with the same values, has another version."""
    return [
        await registers.rows("households", "SELECT xmin, * FROM households ORDER BY id"),
        await registers.rows("identification", "SELECT xmin, * FROM known_households ORDER BY id"),
    ]
