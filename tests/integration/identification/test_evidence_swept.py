"""What nobody needs goes and what somebody needs stays, whoever meets whom."""

import ast
import asyncio
import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

import services.identification
from services.identification.evidence import store, sweeping
from services.identification.evidence.sweeping import (
    STRAY_AFTER,
    SWEPT,
    incoming,
    sweep_broken_uploads,
    sweep_evidence,
    take_stock,
)
from services.identification.evidence.vault import VaultAway, vault_of
from shared.clock import system_now
from shared.http.uploads import Upload
from shared.runtime.chores import Chore, ChoreRunner
from tests.fixtures.bucket import s3_server
from tests.fixtures.postgres import fresh_database
from tests.integration.identification.cases import applied, appraise, at_survey, at_village, survey
from tests.integration.identification.evidence import DIGEST, PICTURE, SERVER, hand_in, keys, read
from tests.integration.identification.office import VILLAGE, Office, open_office

OLD = timedelta(days=61)


@pytest.fixture(autouse=True)
def folder_alone(office: Office) -> None:
    office.context.extras[SERVER] = None


async def grow_old(office: Office, age: timedelta = OLD, digest: str = "") -> None:
    async with office.database.transaction() as transaction:
        await transaction.execute(
            "UPDATE evidence SET handed_in_at = handed_in_at - $1::interval WHERE digest LIKE $2", age, f"{digest}%"
        )


def swept(what: str) -> float:
    return SWEPT.labels(what)._value.get()  # the client has no public way to read


async def digests(office: Office) -> set[str]:
    return {row["digest"] for row in await office.rows("SELECT digest FROM evidence")}


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_what_nothing_names_goes_after_its_grace(office: Office) -> None:
    before = swept("unnamed")
    await hand_in(office)
    await grow_old(office, timedelta(days=59))
    await sweep_evidence(office.context)
    assert (await read(office)).status_code == 200
    await grow_old(office, timedelta(days=2))
    await sweep_evidence(office.context)
    assert (await read(office)).status_code == 404
    assert (await keys(office), await digests(office), swept("unnamed")) == ([], set(), before + 1)


async def test_handed_in_again_it_waits_anew(office: Office) -> None:
    await hand_in(office)
    await grow_old(office)
    await hand_in(office)
    await sweep_evidence(office.context)
    assert (await read(office)).status_code == 200


async def test_the_policys_clock_sweeps_nothing(office: Office) -> None:
    await hand_in(office)
    await office.move_clock(400)
    await sweep_evidence(office.context)
    assert (await read(office)).status_code == 200


async def test_whatever_names_it_keeps_it(office: Office) -> None:
    (case,) = await at_survey(office)
    assert (await survey(office, case)).status_code == 200
    assert (await appraise(office, "village_appraisal", [case])).status_code == 201
    named = await digests(office)
    assert named == {digest_of(content) for content in (b"signed", b"minutes", b"visit")}
    await hand_in(office)
    await grow_old(office)
    await sweep_evidence(office.context)
    assert await digests(office) == named
    assert await office.rows("SELECT FROM evidence WHERE NOT settled") == []
    for digest in named:
        assert (await office.get(f"/evidence/{digest}")).status_code == 200


async def test_a_signature_keeps_its_evidence(office: Office) -> None:
    await hand_in(office)
    async with office.database.transaction() as transaction:
        await transaction.execute(
            """INSERT INTO suspect_signatures
                 (suspect_id, round, level, outcome, reason, evidence, signed_by, signed_at)
               VALUES (uuidv7(), 1, 'village', 'refuted', '', $1, uuidv7(), now())""",
            [DIGEST],
        )
    await grow_old(office)
    await sweep_evidence(office.context)
    assert await digests(office) == {DIGEST}


def test_every_place_that_requires_evidence_is_looked_through() -> None:
    """A place that names evidence and is not looked through would lose it: here they are counted."""
    rooms = {"applications", "appraisals", "assessments", "comparison", "surveys"}
    found = set()
    folder = Path(services.identification.__file__).parent
    for path in folder.rglob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        if names & {"require_evidence", "require_all_evidence", "Digest"} and path.parent.name != "evidence":
            found.add(path.parent.name)
    assert found == rooms
    tables = {"cases", "assessments", "suspect_signatures", "lists"}
    assert all(any(f"FROM {table}" in place for place in sweeping.CITATIONS) for table in tables)


async def test_who_cites_first_keeps_it(office: Office) -> None:
    """The sweeper comes while a command that cites has not committed yet."""
    await hand_in(office)
    await grow_old(office)
    async with office.database.transaction() as citing:
        await store.require_evidence(citing, [DIGEST], "/evidence")
        await sweep_evidence(office.context)
        await citing.execute(
            """INSERT INTO assessments (id, household_id, division, year, version, facts, causes, surveyors, evidence,
                                        assessed_by, assessed_at)
               VALUES (uuidv7(), uuidv7(), $1, 2026, 1, '{}', '[]', '[]', $2, uuidv7(), now())""",
            VILLAGE,
            [DIGEST],
        )
    await sweep_evidence(office.context)
    assert (await read(office)).content == PICTURE


async def test_who_cites_while_it_is_swept_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is locked by the sweeper: the command waits, and learns that it has gone."""
    await hand_in(office)
    await grow_old(office)
    held, go_on, cited = asyncio.Event(), asyncio.Event(), sweeping._cited

    async def slowly(transaction: Any, wanted: set[str]) -> set[str]:
        told = await cited(transaction, wanted)
        held.set()
        await go_on.wait()
        return told

    monkeypatch.setattr(sweeping, "_cited", slowly)
    sweeper = asyncio.create_task(sweep_evidence(office.context))
    await held.wait()
    body = {"household_id": await office.household(), "applied_on": "2026-03-01", "evidence": [DIGEST]}
    command = asyncio.create_task(office.post("/applications", body, "household_agent", VILLAGE))
    await _waiting_for_a_lock(office)
    go_on.set()
    await sweeper
    answer = await command
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence-unknown")
    assert await keys(office) == []


async def _waiting_for_a_lock(office: Office) -> None:
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not await office.rows(waiting):  # noqa: ASYNC110  # the database tells nobody
        await asyncio.sleep(0.01)


async def test_handed_in_while_its_bytes_are_taken_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is gone, the bytes not yet: an upload meanwhile keeps them, or brings them anew."""
    await hand_in(office)
    await grow_old(office)
    discard = sweeping._discard

    async def after_an_upload(context: Any, vault: Any, digest: str) -> bool:
        assert (await hand_in(office)).status_code == 201
        return await discard(context, vault, digest)

    monkeypatch.setattr(sweeping, "_discard", after_an_upload)
    await sweep_evidence(office.context)
    assert (await read(office)).content == PICTURE


async def test_nobody_takes_away_what_is_handed_in_just_now(office: Office) -> None:
    async with office.database.transaction() as uploading:
        await store.share_digest(uploading, DIGEST)
        assert not await sweeping._discard(office.context, vault_of(office.context), DIGEST)
    assert await sweeping._discard(office.context, vault_of(office.context), DIGEST)


async def test_many_uploads_and_sweepers_at_once(office: Office) -> None:
    """Whatever the order: at the end every row has its bytes."""
    contents = [f"表 {number}".encode() for number in range(6)]

    async def upload(content: bytes) -> None:
        assert (await hand_in(office, content, "text/plain")).status_code == 201
        await grow_old(office, OLD, digest_of(content))

    async def sweep() -> None:
        await sweep_evidence(office.context)
        await take_stock(office.context)

    await asyncio.gather(*(upload(content) for content in contents * 3), *(sweep() for _ in range(4)))
    left = await digests(office)
    for digest in left:
        assert (await office.get(f"/evidence/{digest}")).status_code == 200
    assert await office.rows("SELECT FROM evidence WHERE lost") == []


async def test_bytes_without_a_row_go_after_a_day(office: Office, tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    draft.write_bytes(PICTURE)
    await vault_of(office.context).keep(Upload(draft, DIGEST, len(PICTURE), "image/png"))
    foreign = office.context.settings.evidence / DIGEST[:2] / "readme"
    foreign.write_text("not ours")
    await take_stock(office.context)
    assert len(await keys(office)) == 2
    await _age(office, STRAY_AFTER)
    before = swept("stray")
    await take_stock(office.context)
    assert (await keys(office), swept("stray")) == ([f"{DIGEST[:2]}/readme"], before + 1)


async def _age(office: Office, age: timedelta) -> None:
    moment = (system_now() - age - timedelta(minutes=1)).timestamp()
    for path in office.context.settings.evidence.rglob("*"):
        os.utime(path, (moment, moment))


async def test_broken_uploads_go_after_a_day(office: Office) -> None:
    folder = incoming(office.context)
    folder.mkdir(parents=True)
    (folder / "old.part").write_bytes(b"half")
    await _age(office, STRAY_AFTER)
    (folder / "new.part").write_bytes(b"half")
    await sweep_broken_uploads(office.context)
    assert [path.name for path in folder.iterdir()] == ["new.part"]


async def test_lost_bytes_are_told_and_never_cited(office: Office) -> None:
    await hand_in(office)
    (office.context.settings.evidence / (await keys(office))[0]).unlink()
    with capture_logs() as logs:
        answer = await read(office)
        assert (answer.status_code, answer.json()["code"]) == (500, "evidence-lost")
        await take_stock(office.context)
    assert [line["log_level"] for line in logs if line["event"] == "evidence lost"] == ["error", "error"]
    body = {"household_id": await office.household(), "applied_on": "2026-03-01", "evidence": [DIGEST]}
    refused = await office.post("/applications", body, "household_agent", VILLAGE)
    assert refused.json()["code"] == "evidence-unknown"
    await hand_in(office)
    assert (await office.post("/applications", body, "household_agent", VILLAGE)).status_code == 201


async def test_one_replica_at_a_time(office: Office) -> None:
    begun, go_on, done = asyncio.Event(), asyncio.Event(), []

    async def work(_: Any) -> None:
        done.append(1)
        begun.set()
        await go_on.wait()

    chore = Chore("a chore", timedelta(hours=1), work)
    one, other = ChoreRunner(office.context, [chore]), ChoreRunner(office.context, [chore])
    first = asyncio.create_task(one.once(chore))
    await begun.wait()
    assert not await other.once(chore)
    go_on.set()
    assert await first
    assert await other.once(chore)
    assert len(done) == 2


async def test_a_crash_before_the_commit_leaves_no_row(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crash(*_: Any) -> None:
        raise RuntimeError("the machine is gone")

    monkeypatch.setattr(store, "record", crash)
    assert (await hand_in(office)).status_code == 500
    monkeypatch.undo()
    assert await digests(office) == set()
    await _age(office, STRAY_AFTER)
    await take_stock(office.context)
    assert await keys(office) == []


async def test_a_bucket_that_is_away(database_server: Any, tmp_path: Path) -> None:
    """503, nothing recorded, nothing left on the disk, and nothing taken for lost."""
    async with (
        s3_server() as server,
        fresh_database(database_server) as dsn,
        open_office(dsn, tmp_path, **server.settings()) as office,
    ):
        office.context.extras[SERVER] = server
        assert (await hand_in(office)).status_code == 201
        await server.end()
        for answer in (await hand_in(office, b"another", "text/plain"), await read(office)):
            assert (answer.status_code, answer.json()["code"]) == (503, "service-unavailable")
            assert int(answer.headers["retry-after"]) > 0
        assert await digests(office) == {DIGEST}
        assert list(incoming(office.context).iterdir()) == []
        with pytest.raises(VaultAway):
            await take_stock(office.context)
        assert await office.rows("SELECT FROM evidence WHERE lost") == []


async def test_a_case_keeps_what_came_later(office: Office) -> None:
    """Evidence of an application returned and handed in again stands beside the first."""
    case = await applied(office)
    body = {"to_step": "application", "reason": "材料不全"}
    assert (await office.post(f"/cases/{case}/return", body, "village_cadre")).status_code == 200
    await hand_in(office)
    again = await office.post(f"/cases/{case}/resubmission", {"evidence": [DIGEST]}, "household_agent")
    assert again.status_code == 200, again.text
    await grow_old(office)
    await sweep_evidence(office.context)
    assert DIGEST in await digests(office)
    assert await at_village(office)
