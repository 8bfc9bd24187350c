"""Officers of an external issuer: by its published keys, as they change, and while it is away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import pytest_asyncio

from shared.auth.external import ClaimNames, ExternalIssuer, officer_of
from shared.auth.issuer_keys import IssuerKeys, usable
from shared.auth.keys import KeyRing
from shared.auth.revocations import Revocations, officer_name
from shared.auth.tokens import API, GATEWAY
from shared.auth.verifier import TokenVerifier
from shared.clock import system_now
from shared.problems import Problem
from tests.unit.auth.issuer import SmallIssuer, small_issuer

NAMES = ClaimNames()


@pytest_asyncio.fixture(loop_scope="session")
async def issuer() -> AsyncIterator[SmallIssuer]:
    async with small_issuer() as running:
        yield running


def _verifier(issuer: SmallIssuer, folder: Path, names: ClaimNames = NAMES, **keys: float) -> TokenVerifier:
    external = ExternalIssuer(issuer.url, API, names, IssuerKeys(issuer.url, **keys))
    return TokenVerifier(KeyRing(folder), audience=API, issuers=frozenset({GATEWAY}), external=external)


async def _refusal(verifier: TokenVerifier, token: str) -> str:
    with pytest.raises(Problem) as refused:
        await verifier.authenticate(token)
    return refused.value.type.code


async def test_an_officer_is_who_the_issuer_says(issuer: SmallIssuer, tmp_path: Path) -> None:
    verifier = _verifier(issuer, tmp_path)
    principal = (await verifier.authenticate(issuer.token("first"))).principal
    assert principal.officer_id == officer_of(issuer.url, "wang")
    assert (principal.role, principal.division) == ("township_officer", "500229001000")
    assert "cases:decide" in principal.scopes
    assert (principal.client, principal.service) == (None, None)
    other = (await verifier.authenticate(issuer.token("first", sub="li"))).principal
    assert other.officer_id != principal.officer_id


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"aud": "another"}, "token-invalid"),
        ({"aud": None}, "token-invalid"),
        ({"exp": 1}, "token-expired"),
        ({"exp": None}, "token-invalid"),
        ({"exp": 10**18}, "token-invalid"),
        ({"iat": 4_000_000_000}, "token-invalid"),
        ({"nbf": 4_000_000_000}, "token-invalid"),
        ({"iss": "https://strange.example"}, "token-invalid"),
        ({"sub": None}, "token-invalid"),
        ({"role": "emperor"}, "token-invalid"),
        ({"role": None}, "token-invalid"),
        ({"role": ["auditor", "operator"]}, "token-invalid"),
        ({"division": "5002"}, "token-invalid"),
        ({"division": None}, "token-invalid"),
    ],
)
async def test_what_is_wrong_in_its_token(
    issuer: SmallIssuer, tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    assert await _refusal(_verifier(issuer, tmp_path), issuer.token("first", **changes)) == code


async def test_another_algorithm_than_the_keys_is_refused(issuer: SmallIssuer, tmp_path: Path) -> None:
    verifier = _verifier(issuer, tmp_path)
    assert await _refusal(verifier, issuer.token("first", algorithm="PS256")) == "token-invalid"
    claims = jwt.decode(issuer.token("first"), options={"verify_signature": False})
    public = issuer.keys["first"].public_key().public_numbers().n.to_bytes(256, "big")
    forged = jwt.encode(claims, public, algorithm="HS256", headers={"kid": "first"})
    assert await _refusal(verifier, forged) == "token-invalid"
    assert await _refusal(verifier, jwt.encode(claims, "", algorithm="none", headers={"kid": "first"})) == (
        "token-invalid"
    )


async def test_role_and_division_by_other_names(issuer: SmallIssuer, tmp_path: Path) -> None:
    names = ClaimNames("realm_access.roles", "https://gov.example/area", {"County Office": "county_officer"})
    verifier = _verifier(issuer, tmp_path, names)
    token = issuer.token(
        "first",
        role="operator",
        realm_access={"roles": ["offline_access", "County Office"]},
        **{"https://gov.example/area": "500229000000"},
    )
    principal = (await verifier.authenticate(token)).principal
    assert (principal.role, principal.division) == ("county_officer", "500229000000")
    assert await _refusal(verifier, issuer.token("first")) == "token-invalid"


async def test_a_new_key_is_fetched_when_its_first_token_comes(issuer: SmallIssuer, tmp_path: Path) -> None:
    verifier = _verifier(issuer, tmp_path, asked_again=0.0)
    await verifier.authenticate(issuer.token("first"))
    issuer.new_key("second")
    many = [issuer.token("second", sub=str(n)) for n in range(20)]
    assert len(await asyncio.gather(*(verifier.authenticate(token) for token in many))) == 20
    assert issuer.asked == 2, "twenty at once are one question"


async def test_strange_key_ids_make_us_ask_seldom(issuer: SmallIssuer, tmp_path: Path) -> None:
    verifier = _verifier(issuer, tmp_path)
    await verifier.authenticate(issuer.token("first"))
    issuer.new_key("unpublished")
    strange = issuer.keys.pop("unpublished")
    for n in range(50):
        issuer.keys["strange"] = strange
        token = issuer.token("strange", sub=str(n))
        del issuer.keys["strange"]
        assert await _refusal(verifier, token) == "token-invalid"
    assert issuer.asked == 1


async def test_while_the_issuer_is_away_known_keys_go_on(issuer: SmallIssuer, tmp_path: Path) -> None:
    verifier = _verifier(issuer, tmp_path, asked_again=0.0, renewed=0.0)
    await verifier.authenticate(issuer.token("first"))
    issuer.away = True
    for n in range(3):
        assert (await verifier.authenticate(issuer.token("first", sub=str(n)))).principal.role == "township_officer"
    issuer.new_key("second")
    assert await _refusal(verifier, issuer.token("second")) == "token-invalid"
    issuer.away = False
    assert (await verifier.authenticate(issuer.token("second"))).principal.role == "township_officer"


async def test_a_withdrawn_key_ends_with_the_next_renewal(issuer: SmallIssuer, tmp_path: Path) -> None:
    issuer.new_key("second")
    keys = IssuerKeys(issuer.url, asked_again=0.0, renewed=0.0)
    assert await keys.key("second") is not None
    del issuer.keys["second"]
    for _ in range(1000):
        if await keys.key("second") is None:
            break
        await asyncio.sleep(0.01)
    assert await keys.key("second") is None
    assert await keys.key("first") is not None


async def test_an_issuer_that_calls_itself_otherwise_is_not_believed(issuer: SmallIssuer, tmp_path: Path) -> None:
    external = ExternalIssuer(f"{issuer.url}/", API, NAMES, IssuerKeys(f"{issuer.url}/"))
    verifier = TokenVerifier(KeyRing(tmp_path), audience=API, issuers=frozenset({GATEWAY}), external=external)
    assert await _refusal(verifier, issuer.token("first", iss=f"{issuer.url}/")) == "token-invalid"


async def test_an_external_officer_can_be_shut_out_here(issuer: SmallIssuer, tmp_path: Path) -> None:
    revocations = Revocations()
    external = ExternalIssuer(issuer.url, API, NAMES, IssuerKeys(issuer.url))
    verifier = TokenVerifier(
        KeyRing(tmp_path), audience=API, issuers=frozenset({GATEWAY}), revocations=revocations, external=external
    )
    token = issuer.token("first")
    await verifier.authenticate(token)
    revocations.replace({officer_name(officer_of(issuer.url, "wang")): system_now()})
    assert await _refusal(verifier, token) == "token-invalid"


async def test_keys_that_could_not_be_trusted_are_passed_over(issuer: SmallIssuer) -> None:
    issuer.new_key("short", bits=1024)
    issuer.more = [
        {"kty": "oct", "kid": "shared", "k": "c2VjcmV0"},
        {"kty": "RSA", "kid": "half", "n": "AQAB"},
        {"kty": "EC", "kid": "curve", "crv": "P-0", "x": "", "y": ""},
        {"kty": "RSA"},
    ]
    keys = IssuerKeys(issuer.url)
    assert await keys.key("first") is not None
    for name in ("short", "shared", "half", "curve"):
        assert await keys.key(name) is None
    assert usable([]) == []
