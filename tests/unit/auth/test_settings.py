"""Whom the settings let us trust for officers: nobody whose keys could be changed on the way."""

import pytest
from pydantic import ValidationError

from shared.settings import Settings


@pytest.mark.parametrize(
    "url", ["https://sso.gov.example", "https://sso.gov.example/realms/county", "http://127.0.0.1:8080/realms/x"]
)
def test_an_issuer_to_be_trusted(url: str) -> None:
    assert Settings(oidc_issuer=url).oidc_issuer == url


@pytest.mark.parametrize(
    "url",
    [
        "http://sso.gov.example",
        "http://127.0.0.1.strange.example",
        "http://localhost.strange.example/",
        "https://",
        "https:///realms",
        "https://sso.gov.example/?realm=x",
        "file:///etc/passwd",
        "sso.gov.example",
    ],
)
def test_an_issuer_that_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Settings(oidc_issuer=url)


def test_no_token_outlives_the_key_that_signed_it() -> None:
    with pytest.raises(ValidationError):
        Settings(token_seconds=24 * 3600 + 1)
