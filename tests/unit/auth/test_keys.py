"""Keys change while everybody goes on: published first, signing later, verifying until the last token has ended."""

import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from shared.auth import keys as module
from shared.auth.keys import LONGEST_TOKEN, LOOK_SECONDS, NOTICE, KeyRing
from shared.auth.rotation import newest_since, replace_at_once, rotate
from shared.auth.tokens import API, GATEWAY, TokenIssuer
from shared.auth.verifier import TokenVerifier
from shared.clock import system_now
from shared.problems import Problem

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Time goes by, for everybody who looks at keys: also that after which the folder is looked at again."""

    def go(by: timedelta) -> None:
        moved, monotonic = system_now() + by, module.monotonic() + by.total_seconds()
        for place in ("keys", "tokens", "verifier", "rotation"):
            monkeypatch.setattr(f"shared.auth.{place}.system_now", lambda: moved)
        monkeypatch.setattr(module, "monotonic", lambda: monotonic)
        monkeypatch.setattr("jwt.api_jwt.datetime", type("Moved", (datetime,), {"now": lambda tz: moved}))

    return go


def _token(issuer: TokenIssuer) -> str:
    return issuer.officer(officer_id=UUID(int=7), role="auditor", division="500229000000", lifetime=LONGEST_TOKEN)


def _verifier(folder: Path) -> TokenVerifier:
    """As each service and replica has one, with a ring of its own."""
    return TokenVerifier(KeyRing(folder), audience=API, issuers=frozenset({GATEWAY}))


def _published(ring: KeyRing) -> list[str]:
    return [key["kid"] for key in ring.jwks(GATEWAY)["keys"]]


def test_a_new_key_takes_its_turn_in_every_process(tmp_path: Path, later: Later) -> None:
    issuer, signing = TokenIssuer(KeyRing(tmp_path), GATEWAY), KeyRing(tmp_path)
    everywhere = [_verifier(tmp_path) for _ in range(3)]
    before, (old, _) = _token(issuer), signing.private(GATEWAY)
    new = rotate(tmp_path, GATEWAY)
    assert len(_published(signing)) == 2, "published at once"
    later(NOTICE - 2 * SECOND)
    assert signing.private(GATEWAY)[0] == old, "not yet its turn"
    later(NOTICE + 2 * SECOND)
    assert signing.private(GATEWAY)[0] != old
    after = _token(issuer)
    for verifier in everywhere:
        assert verifier.verify(before).officer_id == verifier.verify(after).officer_id == UUID(int=7)
    assert new.signs_from > system_now()


def test_the_old_key_ends_with_its_last_token(tmp_path: Path, later: Later) -> None:
    issuer, ring = TokenIssuer(KeyRing(tmp_path), GATEWAY), KeyRing(tmp_path)
    (old, _), verifier = ring.private(GATEWAY), _verifier(tmp_path)
    rotate(tmp_path, GATEWAY)
    later(NOTICE - 2 * SECOND)
    last = _token(issuer)
    later(NOTICE + LONGEST_TOKEN - HOUR)
    assert verifier.verify(last).role == "auditor"
    assert old in _published(ring)
    later(NOTICE + LONGEST_TOKEN + SECOND)
    assert ring.public(old) is None
    assert old not in _published(ring)
    rotate(tmp_path, GATEWAY)
    assert not (tmp_path / "gateway.pem").exists(), "what has ended is removed with the next rotation"
    assert len(_published(KeyRing(tmp_path))) == 2


def test_rotating_twice_makes_one_new_key(tmp_path: Path) -> None:
    KeyRing(tmp_path).private(GATEWAY)
    assert rotate(tmp_path, GATEWAY) == rotate(tmp_path, GATEWAY)
    assert len(list(tmp_path.glob("*.pem"))) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.pem")} == {0o600}


def test_a_key_that_others_may_have_opens_nothing_any_more(tmp_path: Path, later: Later) -> None:
    issuer, verifier = TokenIssuer(KeyRing(tmp_path), GATEWAY), _verifier(tmp_path)
    stolen = _token(issuer)
    verifier.verify(stolen)
    replace_at_once(tmp_path, GATEWAY)
    later(timedelta(seconds=LOOK_SECONDS + 1))
    with pytest.raises(Problem) as refused:
        verifier.verify(stolen)
    assert refused.value.type.code == "token-invalid"
    assert verifier.verify(_token(issuer)).role == "auditor"
    assert len(_published(KeyRing(tmp_path))) == 1


def test_a_service_that_begins_later_is_known_at_once(tmp_path: Path) -> None:
    """Its key is looked for when its first token comes, not some seconds later."""
    verifier = TokenVerifier(KeyRing(tmp_path), audience="audit", issuers=frozenset({"households", "identification"}))
    for service in ("households", "identification"):
        token = TokenIssuer(KeyRing(tmp_path), service).issue(subject=service, audience="audit", lifetime=HOUR)
        assert verifier.verify(token).service == service


def test_how_old_the_newest_key_is(tmp_path: Path) -> None:
    KeyRing(tmp_path).private(GATEWAY)
    assert abs(newest_since(tmp_path, GATEWAY) - system_now()) < HOUR
    new = rotate(tmp_path, GATEWAY)
    assert newest_since(tmp_path, GATEWAY) == new.signs_from
    with pytest.raises(FileNotFoundError):
        rotate(tmp_path, "households")
