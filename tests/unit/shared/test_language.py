"""Which language a caller is answered in (RFC 9110 §12.5.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http.language import preferred


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-Hans-CN, en;q=0.9", "zh"),
        ("en;q=0.5, zh;q=0.8", "zh"),
        ("zh;q=0.5, en;q=0.8", "en"),
        ("en;q=0.3, zh;q=0.3", "zh"),
        ("fr, de", "zh"),
        ("fr, en;q=0.001", "en"),
        ("*", "zh"),
        ("*, zh;q=0.1", "en"),
        ("en;q=0.2, *;q=0.5", "zh"),
        ("en;q=0", "zh"),
        ("zh;q=0", "en"),
        ("zh;q=0, en;q=0", "zh"),
        ("EN ; q=1.0 , zh ; q=0.7", "en"),
        ("en-US;q=0.2, en;q=0.9, zh;q=0.5", "en"),
        ("en;q=2, zh;q=0.1", "zh"),
        ("en;;q, zh;q=x, english", "zh"),
    ],
)
def test_the_weightier_language_is_spoken(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


@given(st.text())
def test_whatever_is_sent_one_of_both_is_spoken(accepted: str) -> None:
    assert preferred(accepted) in {"zh", "en"}


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_order_in_which_they_are_named_does_not_matter(chinese: float, english: float) -> None:
    first, second = f"zh;q={chinese:.3f}", f"en;q={english:.3f}"
    assert preferred(f"{first}, {second}") == preferred(f"{second}, {first}")
