"""ID numbers: the standard's own example, and what holds of every number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity_numbers import (
    CHECK_DIGITS,
    birth_date,
    check_digit,
    generate,
    is_valid,
    mask,
    mask_name,
    normalise,
    sex,
)

EXAMPLE = "11010519491231002X"

regions = st.integers(1, 999_999).map("{:06}".format)
births = st.dates(date(1900, 1, 1), date(2026, 1, 1))
sexes = st.sampled_from(["male", "female"])
numbers = st.builds(generate, regions, births, sexes, st.integers(1, 499))


def test_example_of_the_standard():
    assert check_digit(EXAMPLE[:17]) == "X"
    assert is_valid(EXAMPLE)
    assert birth_date(EXAMPLE) == date(1949, 12, 31)
    assert sex(EXAMPLE) == "female"


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X\t",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\ufeff11010519491231002ｘ",
        "110105491231002",
        "１１０１０５　４９１２３１　００２",
    ],
)
def test_writings_of_one_number_are_one(written):
    assert normalise(written) == EXAMPLE


@pytest.mark.parametrize("written", ["", "张三", "12345", "11010549123100X", "110105194912310021 5"])
def test_what_is_no_number_is_only_cleaned(written):
    cleaned = normalise(written)
    assert cleaned == written.replace(" ", "").upper()
    assert not is_valid(cleaned)


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "11010519491231002x",
        "110105491231002",
        "11010519490230002X",
        "000000194912310023",
        "1101051949123100XX",
        "１1010519491231002X",
        EXAMPLE + "0",
        EXAMPLE + "\n",
    ],
)
def test_unsound_numbers(number):
    assert not is_valid(number)


def test_region_and_day_are_looked_at_beyond_the_check_digit():
    for body in ("00000019491231002", "11010519490230002", "11010500001231002"):
        assert not is_valid(body + check_digit(body))


@given(numbers)
def test_generated_numbers_are_sound(number):
    assert is_valid(number)
    assert normalise(number) == number == normalise(number.lower())


@given(regions, births, sexes, st.integers(1, 499))
def test_a_number_tells_what_it_was_made_of(region, birth, of_sex, serial):
    number = generate(region, birth, of_sex, serial)
    assert (number[:6], birth_date(number), sex(number)) == (region, birth, of_sex)


@given(st.builds(generate, regions, st.dates(date(1900, 1, 1), date(1999, 12, 31)), sexes, st.integers(1, 499)))
def test_the_old_form_is_completed(number):
    assert normalise(number[:6] + number[8:17]) == number


@given(numbers, st.integers(0, 17), st.sampled_from(CHECK_DIGITS))
def test_one_wrong_character_is_found(number, place, character):
    wrong = number[:place] + character + number[place + 1 :]
    assert is_valid(wrong) == (wrong == number)


@given(numbers, st.integers(0, 16))
def test_swapped_neighbours_are_found(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_valid(swapped) == (swapped == number)


@given(st.text(max_size=30))
def test_any_text_can_be_asked_about(text):
    assert normalise(normalise(text)) == normalise(text)
    assert is_valid(text) in (True, False)
    assert len(mask(text)) == len(text)
    assert len(mask_name(text)) == len(text)


@given(numbers)
def test_a_masked_number_hides_the_birth(number):
    assert mask(number) == number[:4] + "**********" + number[-4:]


def test_what_is_not_eighteen_characters_is_hidden_whole():
    assert mask("110105491231002") == "*" * 15
    assert mask("") == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张建国", "张**"),
        ("欧阳", "欧*"),
        ("欧阳明", "欧阳*"),
        ("欧阳建国", "欧阳**"),
        ("王", "*"),
        ("", ""),
    ],
)
def test_masked_names(name, shown):
    assert mask_name(name) == shown


def test_wrong_parts_are_refused_without_repeating_them():
    for call in (
        lambda: check_digit("1101051949123100"),
        lambda: birth_date("987654"),
        lambda: birth_date("11010519490230002X"),
        lambda: sex("987654"),
        lambda: generate("000000", date(2000, 1, 1), "male", 1),
        lambda: generate("50022", date(2000, 1, 1), "male", 1),
        lambda: generate("500229", date(2000, 1, 1), "male", 500),
        lambda: generate("500229", date(2000, 1, 1), "male", 0),
    ):
        with pytest.raises(ValueError, match=r"^(?!.*[0-9]{5}).*$"):
            call()
