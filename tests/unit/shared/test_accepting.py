"""What a caller accepts, against what a route can answer (RFC 9110 §12.5.1)."""

import pytest

from shared.http.accepting import JSON, accepts

_JSON = frozenset({JSON})
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "application/*",
        "application/json",
        "Application/JSON",
        "text/html, application/json;q=0.1",
        "application/json; charset=utf-8",
        "*/*;q=0.1, text/html",
        _BROWSER,
    ],
)
def test_json_may_be_sent(accept: str | None) -> None:
    assert accepts(accept, _JSON)


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "text/*",
        "application/xml",
        "application/problem+json",
        "application/json;q=0",
        "application/json;q=0, */*",
        "application/*;q=0, */*;q=0.5",
        "*/*;q=0",
        "*/*;q=one",
        "json",
        ",",
        ";",
        "application/json " * 100,
    ],
)
def test_json_may_not_be_sent(accept: str) -> None:
    assert not accepts(accept, _JSON)


def test_one_of_several_is_enough() -> None:
    assert accepts("text/csv", frozenset({JSON, "text/csv"}))
    assert not accepts("text/csv", frozenset({JSON, "text/html"}))


def test_bytes_of_any_type_may_be_what_was_asked_for() -> None:
    assert accepts("image/png", frozenset({"*/*"}))
