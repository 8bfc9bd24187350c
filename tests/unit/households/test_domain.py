"""What makes a household's record sound."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.households.imports.lines import parse
from services.households.registry.domain import Census, census, faults_of
from services.households.registry.schemas import MemberBody
from shared.codes import CODES, Registration, Relation, Sex
from shared.identity_numbers import generate


def member(
    serial: int, relation: Relation = Relation.CHILD, registration: Registration = Registration.RURAL
) -> MemberBody:
    number = generate("500229", date(1980, 1, 1), "male", serial)
    return MemberBody(
        name="张三",
        sex=Sex.MALE,
        id_number=number,
        relation=relation,
        registration=registration,
    )


@given(st.lists(st.sampled_from(list(Registration)), min_size=1, max_size=8))
def test_a_household_is_in_scope_where_its_head_is(registrations: list[Registration]) -> None:
    people = [
        member(at + 1, Relation.CHILD if at else Relation.HEAD, registration)
        for at, registration in enumerate(registrations)
    ]
    rural = [registration for registration in registrations if registration != Registration.URBAN]
    assert census(people) == Census(len(people), len(rural), registrations[0] != Registration.URBAN)


@given(st.lists(st.sampled_from([Relation.HEAD, Relation.CHILD]), max_size=5))
def test_one_head_exactly(relations: list[Relation]) -> None:
    faults = faults_of([member(at + 1, relation) for at, relation in enumerate(relations)])
    assert (not faults) is (relations.count(Relation.HEAD) == 1)


def test_each_fault_has_its_place() -> None:
    twin = member(2)
    wrong = member(3).model_copy(update={"id_number": "110105194912310021"})
    unknown = member(4).model_copy(update={"id_number": None})
    faults = faults_of([member(1, Relation.HEAD), twin, wrong, twin, unknown, unknown])
    assert [(fault.pointer, fault.type.code) for fault in faults] == [
        ("/members/1/id_number", "id-number-repeated"),
        ("/members/2/id_number", "id-number-invalid"),
        ("/members/3/id_number", "id-number-repeated"),
    ]


@given(st.binary(max_size=200))
def test_a_line_is_a_household_or_says_what_is_wrong(text: bytes) -> None:
    line = parse(1, text)
    assert (line.body is None) is bool(line.faults)


def test_a_line_nested_without_end_is_a_fault() -> None:
    line = parse(1, b'{"members":' + b"[" * 10_000 + b"]" * 10_000 + b"}")
    assert [fault.code for fault in line.faults] == ["json-invalid"]


def test_every_code_has_both_names() -> None:
    for codes in CODES.values():
        for code in codes:
            assert code.zh
            assert code.en
            assert str(code) == code.value
