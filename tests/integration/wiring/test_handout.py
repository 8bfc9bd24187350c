"""A deployment in separate places: each service begins with its own secrets alone; migrate alone is administrator."""

import stat
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from services.topology import BY_NAME
from services.wiring.databases import Databases, role_of
from services.wiring.handout import DATABASE, MIGRATE, hand_out, publish_everywhere
from services.wiring.secrets import Secrets, secrets_of
from services.wiring.servers import existing_server
from services.wiring.system import System
from shared.auth.keys import KeyRing
from shared.auth.rotation import replace_at_once, rotate
from shared.embedded import EmbeddedPostgres
from shared.settings import Settings

ADMINISTRATOR = "steward"
BESIDE = "parcel"
"""A database that is no service's, as that of the bus: of a name that no other test uses."""


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    hand_out(tmp_path, [BESIDE], ADMINISTRATOR)
    return tmp_path


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_service_is_handed_its_own_and_no_others(handed: Path) -> None:
    for name in BY_NAME:
        passwords = {path.stem for path in (handed / name / "secrets").iterdir()}
        assert passwords == {role_of(name), role_of(BESIDE)}
        keys = {path.name for path in (handed / name / "keys").iterdir()}
        assert keys == {f"{name}.pem", *(f"{other}.pub" for other in BY_NAME)}
    everybody = {path.stem for path in (handed / MIGRATE / "secrets").iterdir()}
    assert everybody == {ADMINISTRATOR, role_of(BESIDE), *map(role_of, BY_NAME)}
    assert [path.stem for path in (handed / DATABASE).rglob("*.password")] == [ADMINISTRATOR]
    for path in handed.rglob("*"):
        if path.suffix in {".password", ".pem"}:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_there_stays(handed: Path) -> None:
    before = _contents(handed)
    (handed / "audit" / "secrets" / f"{role_of('audit')}.password").unlink()
    hand_out(handed, [BESIDE], ADMINISTRATOR)
    assert _contents(handed) == before


def test_everybody_knows_everybodys_public_key(handed: Path) -> None:
    for signer in BY_NAME:
        key_id, key = KeyRing(handed / signer / "keys").private(signer)
        for reader in BY_NAME:
            assert KeyRing(handed / reader / "keys").public(key_id) == (signer, key.public_key())


def test_a_new_key_is_published_to_everybody_and_one_taken_away_to_nobody(handed: Path) -> None:
    def known(reader: str) -> set[str]:
        return {key["kid"] for key in KeyRing(handed / reader / "keys").jwks("gateway")["keys"]}

    place = handed / "gateway" / "keys"
    (old,) = known("audit")
    rotate(place, "gateway", notice=timedelta(0))
    publish_everywhere(handed)
    new, _ = KeyRing(place).private("gateway")
    assert {frozenset(known(reader)) for reader in BY_NAME} == {frozenset({old, new})}
    replace_at_once(place, "gateway")
    publish_everywhere(handed)
    newest, _ = KeyRing(place).private("gateway")
    assert newest not in {old, new}
    assert {frozenset(known(reader)) for reader in BY_NAME} == {frozenset({newest})}
    assert {path.name for path in (handed / "audit" / "keys").glob("*.pem")} == {"audit.pem"}


def test_a_process_makes_keys_of_its_own_services_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_server="postgresql://nowhere/")
    System(settings, existing_server(settings), ["households"])
    assert {path.name for path in settings.keys.iterdir()} == {"households.pem", "households.pub"}


@pytest.fixture
def address(database_server: EmbeddedPostgres) -> str:
    """Of the server, naming an administrator and no password."""
    place = database_server.dsn("postgres").partition("?")[2]
    return f"postgresql://{ADMINISTRATOR}@/?{place}"


async def test_only_who_holds_the_administrators_password_can_migrate(
    database_server: EmbeddedPostgres, handed: Path, address: str
) -> None:
    root = await asyncpg.connect(database_server.dsn("postgres"))
    password = Secrets(handed / DATABASE / "secrets").password(ADMINISTRATOR)
    await root.execute(f"CREATE ROLE {ADMINISTRATOR} LOGIN SUPERUSER PASSWORD '{password}'")
    try:
        await _of(handed / MIGRATE, address).create([BESIDE])
        service = _of(handed / "households", address)
        connection = await asyncpg.connect(service.dsn(BESIDE))
        assert await connection.fetchval("SELECT current_user") == role_of(BESIDE)
        await connection.close()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await service.create([BESIDE])
    finally:
        await root.execute(f"DROP DATABASE IF EXISTS {role_of(BESIDE)} WITH (FORCE)")
        await root.execute(f"DROP ROLE IF EXISTS {role_of(BESIDE)}")
        await root.execute(f"DROP ROLE {ADMINISTRATOR}")
        await root.close()


def _of(data: Path, address: str) -> Databases:
    settings = Settings(data=data, database_server=address)
    return Databases(existing_server(settings), secrets_of(settings))
