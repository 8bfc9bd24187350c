"""What happens to applicants: flaws with their mends, hidden truths, objections, and the files of departments."""

import csv
import io
from dataclasses import replace

import pytest

from services.identification.comparison.datasets import KINDS as DECLARED
from services.season.county import extracts
from services.season.county.datasets import DATASETS
from services.season.county.flaws import KINDS as FLAWS
from services.season.county.objections import GROUNDS
from services.season.county.records import CausesMend, FactMend, MemberMend, RemovalMend
from services.season.county.situations import SITUATIONS
from services.season.county.truths import TRUTHS
from shared.identity_numbers import birth_date, is_valid, normalise


def refs(county):
    return {household.ref: household for household in county.households}


def mended(county, flaw):
    """The household whose record is mended, after it."""
    mend, household = flaw.mend, refs(county)[flaw.household_ref]
    match mend:
        case MemberMend(at, field, value):
            members = list(household.members)
            members[at] = replace(members[at], **{field: value})
            return replace(household, members=tuple(members))
        case RemovalMend(ref, at):
            other = refs(county)[ref]
            return replace(other, members=other.members[:at] + other.members[at + 1 :])
        case FactMend(fact, value):
            return replace(household, facts={**household.facts, fact: value})
        case CausesMend(causes):
            return replace(household, causes=causes)


def test_every_kind_of_trouble_occurs(county):
    assert {flaw.kind for flaw in county.flaws} == set(FLAWS)
    assert {(truth.kind, truth.outcome) for truth in county.truths} == {(truth.kind, truth.outcome) for truth in TRUTHS}
    assert {truth.kind for truth in county.truths} == set(DATASETS)
    assert {(objection.stage, objection.outcome) for objection in county.objections} == {
        (grounds.stage, grounds.outcome) for grounds in GROUNDS
    }
    assert {objection.anonymous for objection in county.objections} == {True, False}


def test_an_applicant_has_one_trouble_at_most_and_is_eligible_without_it(any_county):
    troubled = [trouble.household_ref for trouble in (*any_county.flaws, *any_county.truths, *any_county.objections)]
    assert len(set(troubled)) == len(troubled)
    for ref in troubled:
        household = refs(any_county)[ref]
        situation = SITUATIONS[household.situation]
        assert household.applies
        assert situation.verdict == "eligible"
        assert not situation.refused


@pytest.mark.parametrize("field", ["education", "health"])
def test_what_is_missing_is_mended(county, field):
    flaws = [flaw for flaw in county.flaws if flaw.kind == f"{field}_missing"]
    assert flaws
    for flaw in flaws:
        assert None in [getattr(member, field) for member in refs(county)[flaw.household_ref].members]
        assert None not in [getattr(member, field) for member in mended(county, flaw).members]


def test_nothing_else_is_missing(county):
    lacking = {
        household.ref
        for household in county.households
        if any(member.education is None or member.health is None for member in household.members)
    }
    flawed = {flaw.household_ref for flaw in county.flaws if flaw.kind in ("education_missing", "health_missing")}
    assert lacking == flawed


def test_a_child_as_old_as_its_parent_becomes_young(county):
    flaws = [flaw for flaw in county.flaws if flaw.kind == "child_not_younger"]
    assert flaws
    for flaw in flaws:
        for household, fits in ((refs(county)[flaw.household_ref], False), (mended(county, flaw), True)):
            head, child = household.members[0], household.members[flaw.mend.member]
            gap = birth_date(child.id_number).year - birth_date(head.id_number).year
            assert (gap >= 14) == fits
            assert is_valid(child.id_number)


def test_who_is_listed_twice_stays_with_the_applicant(county):
    flaws = [flaw for flaw in county.flaws if flaw.kind == "listed_twice"]
    assert flaws
    for flaw in flaws:
        other, applicant = refs(county)[flaw.mend.household_ref], refs(county)[flaw.household_ref]
        number = other.members[flaw.mend.member].id_number
        assert number in [member.id_number for member in applicant.members]
        assert number not in [member.id_number for member in mended(county, flaw).members]
        assert not other.applies


def test_causes_are_mended_to_one_main(county):
    flaws = [flaw for flaw in county.flaws if flaw.kind in ("causes_missing", "two_main_causes")]
    assert flaws
    for flaw in flaws:
        before = [cause.main for cause in refs(county)[flaw.household_ref].causes]
        assert before.count(True) != 1
        assert len(before) <= 3
        assert [cause.main for cause in mended(county, flaw).causes].count(True) == 1


def test_facts_that_contradict_are_mended(county):
    for flaw in county.flaws:
        if flaw.kind == "dropout_though_education_secured":
            assert mended(county, flaw).facts["education_secured"] is False
        if flaw.kind == "grade_without_dwelling":
            assert mended(county, flaw).facts["housing_grade"] is None


def test_datasets_are_those_of_identification():
    assert list(DATASETS) == list(DECLARED)
    for kind, dataset in DATASETS.items():
        assert dataset.header == DECLARED[kind].header
        assert (dataset.zh, dataset.criterion) == (DECLARED[kind].zh, DECLARED[kind].criterion)


def test_extracts_hold_the_truths_and_no_other_applicant(any_county):
    expected, found = [], []
    applicants = {
        member.id_number
        for household in any_county.households if household.applies
        for member in household.members
    }  # fmt: skip
    for truth in any_county.truths:
        number = refs(any_county)[truth.household_ref].members[truth.member].id_number
        assert normalise(truth.row["id_number"]) == number
        expected.append((truth.kind, tuple(truth.row.values())))
    for extract in extracts(any_county, rows=300):
        rows = list(csv.reader(io.StringIO(extract.content.decode(extract.dataset.encoding), newline="")))
        assert tuple(rows[0]) == extract.dataset.header
        assert len(rows) - 1 == extract.rows >= 300
        assert all(is_valid(normalise(row[0])) for row in rows[1:])
        found += [(extract.dataset.kind, tuple(row)) for row in rows[1:] if normalise(row[0]) in applicants]
    assert sorted(found) == sorted(expected)


def test_numbers_are_written_in_every_form(county):
    numbers = [
        line.split(b",", 1)[0]
        for extract in extracts(county)
        for line in extract.content.splitlines()[1:]
    ]  # fmt: skip
    assert any(len(number) == 15 for number in numbers)
    assert any(number.endswith(b"x") for number in numbers)
    assert any(number.endswith(b"X") for number in numbers)
    assert {extract.dataset.encoding for extract in extracts(county, rows=0)} == {"utf-8", "gb18030"}
