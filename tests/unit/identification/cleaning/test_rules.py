"""The rules of cleaning: a sound household breaks none, and each flaw breaks its own rule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.identification.cleaning.records import Facts, Member, Records, read_member
from services.identification.cleaning.rules import RULES, Issue, find_issues
from shared.identity_numbers import check_digit

TODAY = date(2026, 5, 1)


def number(born: str, order: int) -> str:
    body = f"500229{born}{order:03d}"
    return body + check_digit(body)


def member(place: int, relation: str, born: str, sex: str = "male", **changes: Any) -> Member:
    record = Member(
        member_id=UUID(int=place),
        id_number=number(born, place * 2 + (sex == "male")),
        sex=sex,
        relation=relation,
        registration="rural",
        ethnicity="han",
        education="primary",
        schooling="not_at_school",
        health="healthy",
        labour="ordinary",
        migrant_work="none",
        minimum_living_allowance=False,
        medical_insurance="resident",
        pension_insurance="resident",
    )
    return replace(record, **changes)


HEAD = member(1, "head", "19700101")
SPOUSE = member(2, "spouse", "19720101", "female")
CHILD = member(3, "child", "19950101")
GRANDCHILD = member(4, "grandchild", "20200101")
PARENT = member(5, "parent", "19450101", "female")
FACTS = Facts({"members": 5, "wage_income": "1.00"}, "illness", ("schooling", "labour"))
SOUND = Records(TODAY, (HEAD, SPOUSE, CHILD, GRANDCHILD, PARENT), FACTS)


def with_member(changed: Member) -> Records:
    members = tuple(changed if one.member_id == changed.member_id else one for one in SOUND.members)
    return Records(TODAY, members, FACTS)


def with_facts(**changes: Any) -> Records:
    return Records(TODAY, SOUND.members, replace(FACTS, **changes))


def test_a_sound_household() -> None:
    assert find_issues(SOUND) == []


def test_the_old_form_of_causes_and_of_urban_members() -> None:
    assert find_issues(with_facts(causes=("illness", "schooling", "labour"))) == []
    urban = with_member(replace(CHILD, registration="urban"))
    assert find_issues(replace_facts(urban, {"members": 4, "wage_income": None, "transfer_income": "0.00"})) == []


def replace_facts(records: Records, values: dict[str, Any]) -> Records:
    return Records(records.today, records.members, replace(FACTS, values=values))


@pytest.mark.parametrize("name", [rule.removeprefix("complete.") for rule in RULES if rule.startswith("complete.")])
def test_every_field_is_asked_for(name: str) -> None:
    found = find_issues(with_member(replace(CHILD, **{name: None})))
    assert Issue(f"complete.{name}", CHILD.member_id) in found


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("identity.valid", replace(CHILD, id_number="500229199501010000")),
        ("identity.sex", replace(CHILD, sex="female")),
        ("identity.birth", replace(GRANDCHILD, id_number=number("20300101", 9))),
        ("identity.birth", replace(PARENT, id_number=number("19000101", 10))),
        ("identity.duplicate", replace(CHILD, lives_elsewhere_too=True)),
        ("kinship.child_age", replace(CHILD, id_number=number("19830101", 7))),
        ("kinship.grandchild_age", replace(GRANDCHILD, id_number=number("19970101", 9))),
        ("kinship.parent_age", replace(PARENT, id_number=number("19570101", 10))),
        ("kinship.grandparent_age", replace(PARENT, relation="grandparent")),
        ("kinship.spouse_age", replace(SPOUSE, id_number=number("20110101", 4))),
    ],
)
def test_flaws_of_a_member(rule: str, changed: Member) -> None:
    assert find_issues(with_member(changed)) == [Issue(rule, changed.member_id)]


@pytest.mark.parametrize(
    ("rule", "records"),
    [
        ("kinship.head", with_member(replace(CHILD, relation="head"))),
        ("kinship.head", with_member(replace(HEAD, relation="other"))),
        ("kinship.spouse", with_member(replace(PARENT, relation="spouse"))),
        ("facts.assessed", Records(TODAY, SOUND.members)),
        ("facts.members", with_facts(values={"members": 4, "wage_income": "1.00"})),
        ("facts.members", with_facts(values={"wage_income": "1.00"})),
        ("facts.income", with_facts(values={"members": 5, "business_expense": "1.00"})),
        ("causes.main", with_facts(main_cause=None)),
        ("causes.main", with_facts(main_cause="bad_luck")),
        ("causes.others", with_facts(causes=("schooling", "labour", "land"))),
        ("causes.others", with_facts(causes=("schooling", "schooling"))),
        ("causes.others", with_facts(causes=("bad_luck",))),
        ("consistency.dwelling", with_facts(contradictions=("dwelling",))),
    ],
)
def test_flaws_of_a_household(rule: str, records: Records) -> None:
    assert find_issues(records) == [Issue(rule)]


def test_the_same_person_twice_in_one_household() -> None:
    records = with_member(replace(CHILD, id_number=HEAD.id_number, sex=HEAD.sex))
    assert Issue("identity.duplicate", CHILD.member_id) in find_issues(records)


def test_ages_that_cannot_be_known_are_not_judged() -> None:
    records = with_member(replace(HEAD, id_number=None))
    assert find_issues(records) == [Issue("complete.id_number", HEAD.member_id)]


@pytest.mark.parametrize("text", [lambda rule: rule.zh, lambda rule: rule.en])
def test_every_rule_has_its_own_text(text: Callable[[Any], str]) -> None:
    assert len({text(rule) for rule in RULES.values()}) == len(RULES)


def test_a_members_line() -> None:
    names = Member.__dataclass_fields__.keys() - {"member_id"}
    line = {name: getattr(HEAD, name) for name in names} | {"member_id": str(HEAD.member_id), "household_id": "x"}
    assert read_member(line) == HEAD
