"""What opens nothing: every part of a token that can be wrong, wrong by itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from hypothesis import given
from hypothesis import strategies as st

from shared.auth.keys import KeyRing
from shared.auth.revocations import Revocations, client_name, officer_name, token_name
from shared.auth.tokens import API, GATEWAY, TokenIssuer
from shared.auth.verifier import LONGEST, TokenVerifier
from shared.clock import system_now
from shared.problems import Problem
from tests.unit.auth.tokens import encoded, shared_secret, signed

HOUR = timedelta(hours=1)
OFFICER = UUID(int=7)
Claims = dict[str, Any]


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path)


def _verifier(keys: KeyRing, revocations: Revocations | None = None) -> TokenVerifier:
    return TokenVerifier(keys, audience=API, issuers=frozenset({GATEWAY}), revocations=revocations)


def _inner_verifier(keys: KeyRing) -> TokenVerifier:
    return TokenVerifier(keys, audience="audit", issuers=frozenset({GATEWAY, "households"}))


def _claims(**changes: Any) -> Claims:
    now = int(system_now().timestamp())
    good: Claims = {
        "iss": GATEWAY,
        "sub": str(OFFICER),
        "aud": API,
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "jti": "one",
        "officer_id": str(OFFICER),
        "role": "auditor",
        "division": "500229000000",
        "scope": "events:read",
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def _header(keys: KeyRing, **changes: Any) -> Claims:
    header = {"alg": "EdDSA", "typ": "at+jwt", "kid": keys.private(GATEWAY)[0]} | changes
    return {name: value for name, value in header.items() if value is not None}


def _by_us(keys: KeyRing, header: Claims | None = None, **claims: Any) -> str:
    return signed(keys.private(GATEWAY)[1], _header(keys, **(header or {})), _claims(**claims))


def _refusal(verifier: TokenVerifier, token: str) -> str:
    with pytest.raises(Problem) as refused:
        verifier.verify(token)
    assert refused.value.headers == {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    return refused.value.type.code


def test_a_token_by_hand_is_as_good_as_one_of_the_issuer(keys: KeyRing) -> None:
    """So that each refusal below is for what is wrong there, and for nothing else."""
    principal = _verifier(keys).verify(_by_us(keys))
    assert (principal.officer_id, principal.role, principal.scopes) == (OFFICER, "auditor", {"events:read"})
    issued = TokenIssuer(keys, GATEWAY).officer(
        officer_id=OFFICER, role="auditor", division="500229000000", lifetime=HOUR
    )
    assert _verifier(keys).verify(issued).officer_id == OFFICER


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "households"}, "token-invalid"),
        ({"aud": ["households", API]}, "token-invalid"),
        ({"aud": None}, "token-invalid"),
        ({"iss": "households"}, "token-invalid"),
        ({"iss": None}, "token-invalid"),
        ({"exp": None}, "token-invalid"),
        ({"exp": 1}, "token-expired"),
        ({"exp": "tomorrow"}, "token-invalid"),
        ({"exp": 10**18}, "token-invalid"),
        ({"nbf": 4_000_000_000}, "token-invalid"),
        ({"nbf": None}, "token-invalid"),
        ({"iat": 4_000_000_000}, "token-invalid"),
        ({"iat": None}, "token-invalid"),
        ({"jti": None}, "token-invalid"),
        ({"sub": None}, "token-invalid"),
        ({"officer_id": "nobody"}, "token-invalid"),
        ({"officer_id": 7}, "token-invalid"),
        ({"scope": ["events:read"]}, "token-invalid"),
    ],
)
def test_a_claim_that_is_wrong(keys: KeyRing, claims: Claims, code: str) -> None:
    assert _refusal(_verifier(keys), _by_us(keys, **claims)) == code


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "ES256"},
        {"alg": "RS256"},
        {"alg": "Ed448"},
        {"alg": None},
        {"typ": "JWT"},
        {"typ": "service+jwt"},
        {"typ": None},
        {"kid": None},
        {"kid": "../../gateway"},
        {"kid": "gateway.pub"},
        {"kid": "'; DROP TABLE officers"},
        {"kid": ["gateway"]},
        {"kid": 7},
        {"crit": ["jingzhun"]},
        {"b64": False},
    ],
)
def test_a_header_that_is_wrong(keys: KeyRing, header: Claims) -> None:
    assert _refusal(_verifier(keys), _by_us(keys, header)) == "token-invalid"


@pytest.mark.parametrize("form", ["pem", "raw"])
@pytest.mark.parametrize("algorithm", ["HS256", "EdDSA"])
def test_the_public_key_is_no_shared_secret(keys: KeyRing, form: str, algorithm: str) -> None:
    forged = shared_secret(keys.private(GATEWAY)[1], _header(keys, alg=algorithm), _claims(), form)
    assert _refusal(_verifier(keys), forged) == "token-invalid"


def test_a_key_that_the_token_brings_along_counts_for_nothing(keys: KeyRing, tmp_path: Path) -> None:
    _, strange = KeyRing(tmp_path / "elsewhere").private(GATEWAY)
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded(strange.public_key().public_bytes_raw())}
    for header in ({"jwk": jwk}, {"jku": "https://strange.example/keys"}, {"x5u": "https://strange.example/"}):
        assert _refusal(_verifier(keys), signed(strange, _header(keys, **header), _claims())) == "token-invalid"


def test_another_kind_of_key_in_the_folder_is_passed_over(keys: KeyRing, tmp_path: Path) -> None:
    public = generate_private_key(65537, 2048).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "households.pub").write_bytes(pem)
    (tmp_path / "notes.about.keys.pub").write_text("no key")
    assert _verifier(keys).verify(_by_us(keys)).role == "auditor"
    assert keys.jwks("households") == {"keys": []}


def test_what_services_show_each_other_opens_no_public_route_and_the_reverse(keys: KeyRing) -> None:
    inner = TokenIssuer(keys, "households").issue(subject="households", audience="audit", lifetime=HOUR)
    gateways = TokenIssuer(keys, GATEWAY).issue(subject=GATEWAY, audience="audit", lifetime=HOUR)
    assert _inner_verifier(keys).verify(inner).service == "households"
    assert _inner_verifier(keys).verify(gateways).service is None
    for token in (inner, gateways):
        assert _refusal(_verifier(keys), token) == "token-invalid"
    assert _refusal(_inner_verifier(keys), _by_us(keys)) == "token-invalid"


def test_a_service_does_not_pass_for_the_gateway(keys: KeyRing) -> None:
    """Whatever it claims beside its own name."""
    token = TokenIssuer(keys, "households").issue(subject="x", audience="audit", lifetime=HOUR, role="operator")
    assert _inner_verifier(keys).verify(token).service == "households"


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "x.y.z",
        "a" * (LONGEST + 1),
        "é.é.é",
        f"{encoded(b'{' * 50)}.{encoded({})}.",
        f"{encoded(b'[' * 4000)}.{encoded({})}.",
        f"{encoded([])}.{encoded([])}.{encoded([])}",
    ],
)
def test_what_is_no_token(keys: KeyRing, token: str) -> None:
    assert _refusal(_verifier(keys), token) == "token-invalid"


def test_nesting_without_end_in_the_claims_is_refused(keys: KeyRing) -> None:
    _, key = keys.private(GATEWAY)
    nested = b'{"aud":' + b"[" * 2500 + b"]" * 2500 + b"}"
    assert _refusal(_verifier(keys), signed(key, _header(keys), nested)) == "token-invalid"


@given(st.text(max_size=300))
def test_nothing_that_anybody_writes_is_a_token(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    keys = KeyRing(tmp_path_factory.getbasetemp() / "written")
    with pytest.raises(Problem):
        _verifier(keys).verify(text)


@pytest.mark.parametrize(
    "name",
    [lambda _: officer_name(OFFICER), lambda _: client_name("county-office"), lambda _: token_name("one")],
    ids=["officer", "client", "token"],
)
def test_what_is_revoked_ends_though_it_was_verified_before(keys: KeyRing, name: Callable[[None], str]) -> None:
    revocations = Revocations()
    verifier, token = _verifier(keys, revocations), _by_us(keys, client_id="county-office")
    assert verifier.verify(token).client == "county-office"
    revocations.replace({name(None): system_now()})
    assert _refusal(verifier, token) == "token-invalid"
    assert _refusal(verifier, token) == "token-invalid"
    revocations.replace({name(None): system_now() - HOUR})
    assert verifier.verify(token).officer_id == OFFICER


def test_what_is_exchanged_ends_with_what_it_was_exchanged_for(keys: KeyRing) -> None:
    revocations = Revocations()
    verifier, token = _verifier(keys, revocations), _by_us(keys, jti="two", origin="one")
    assert verifier.verify(token).officer_id == OFFICER
    revocations.replace({token_name("one"): system_now()})
    assert _refusal(verifier, token) == "token-invalid"


def test_a_verified_token_ends_in_time(keys: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    verifier, token = _verifier(keys), _by_us(keys)
    for _ in range(2):  # at first its key was still to be found
        verifier.verify(token)
    monkeypatch.setattr("shared.auth.verifier.system_now", lambda: system_now() + 2 * HOUR)
    assert _refusal(verifier, token) == "token-expired"
