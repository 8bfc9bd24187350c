"""Identity numbers by GB 11643."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity_numbers import (
    birth_date,
    check_digit,
    generate,
    is_valid,
    mask,
    mask_name,
    normalise,
    old_form,
    sex,
)

EXAMPLE = "11010519491231002X"
NUMBERS = st.builds(
    generate,
    st.sampled_from(["500229", "110105", "510922"]),
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["male", "female"]),
    st.integers(0, 499),
)


def test_the_standards_example() -> None:
    assert check_digit(EXAMPLE[:17]) == "X"
    assert is_valid(EXAMPLE)
    assert birth_date(EXAMPLE) == date(1949, 12, 31)
    assert sex(EXAMPLE) == "female"


@pytest.mark.parametrize(
    "written",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "110105491231002"],
)
def test_every_way_of_writing_it_becomes_the_same(written: str) -> None:
    assert normalise(written) == EXAMPLE


@pytest.mark.parametrize(
    "wrong",
    ["", "X" * 18, EXAMPLE[:17] + "0", "11010519490231002X", "01010519491231002X", "110105194912310021X", "٣" * 18],
)
def test_what_is_not_one(wrong: str) -> None:
    assert not is_valid(normalise(wrong))


@given(NUMBERS)
def test_what_is_generated_is_valid_and_survives_its_old_form(number: str) -> None:
    assert is_valid(number)
    assert normalise(number.lower()) == number
    old = old_form(number)
    assert (old is None) == (number[6:8] != "19")
    assert old is None or normalise(old) == number


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, by: int) -> None:
    digit = str((int(number[place]) + by) % 10)
    assert not is_valid(number[:place] + digit + number[place + 1 :])


def test_masks() -> None:
    assert mask("500229198001011234") == "5002**********1234"
    assert mask_name("张三") == "张*"
    assert mask_name("欧阳小明") == "欧阳**"
    assert mask_name("李") == "李*"
