"""Households: real numbers, ages that fit, facts that agree with the people and meet the criteria they are for."""

from datetime import date

from services.identification.policy import FACTS, Subject, parse_facts
from services.season.county.policy import DAY, PARAMETERS, YEAR
from services.season.county.situations import SITUATIONS
from shared.identity_numbers import birth_date, is_valid, sex
from tests.integration.identification.reference import Reference

REFERENCE = Reference(PARAMETERS, YEAR)
VERDICTS = {True: "eligible", False: "ineligible", None: "undetermined"}


def born(member) -> date:
    return birth_date(member.id_number)


def years_between(older, younger) -> float:
    return (born(younger) - born(older)).days / 365.25


def by_relation(household, *relations):
    return [member for member in household.members if member.relation in relations]


def flawed(county, *kinds):
    found = set()
    for flaw in county.flaws:
        if flaw.kind in kinds:
            found.add(getattr(flaw.mend, "household_ref", flaw.household_ref))
    return found


def test_numbers_are_valid_and_tell_the_sex(any_county):
    for household in any_county.households:
        for member in household.members:
            assert is_valid(member.id_number)
            assert sex(member.id_number) == member.sex
            assert born(member) < DAY


def test_numbers_are_unique_but_for_who_is_listed_twice(any_county):
    numbers = [member.id_number for household in any_county.households for member in household.members]
    twice = sum(flaw.kind == "listed_twice" for flaw in any_county.flaws)
    assert len(numbers) - len(set(numbers)) == twice


def test_most_were_numbered_here_and_some_elsewhere(county):
    here = [member.id_number.startswith("500229") for household in county.households for member in household.members]
    assert 0.85 < sum(here) / len(here) < 0.98


def test_one_head_stands_first(any_county):
    for household in any_county.households:
        assert [member.relation for member in household.members].index("head") == 0
        assert len(by_relation(household, "head")) == 1
        assert household.members[0].deceased_on is None


def test_ages_fit(any_county):
    wrong = flawed(any_county, "child_not_younger", "listed_twice")
    for household in any_county.households:
        if household.ref in wrong:
            continue
        head = household.members[0]
        children = by_relation(household, "child")
        parents = [head, *by_relation(household, "spouse")]
        pairs = [(parent, child) for parent in parents for child in children]
        pairs += [(parent, head) for parent in by_relation(household, "parent")]
        in_between = children + by_relation(household, "child_in_law")
        pairs += [(parent, child) for parent in in_between for child in by_relation(household, "grandchild")]
        assert all(years_between(older, younger) >= 16 for older, younger in pairs)
        for spouse in by_relation(household, "spouse"):
            assert abs(years_between(head, spouse)) < 6
            assert spouse.sex != head.sex
        for grandchild in by_relation(household, "grandchild"):
            assert years_between(head, grandchild) >= 32


def test_names_in_a_household_differ_and_children_bear_their_fathers(county):
    for household in county.households:
        names = [member.name for member in household.members]
        assert len(set(names)) == len(names)
        head = household.members[0]
        if head.sex == "male":
            assert all(child.name[0] == head.name[0] for child in by_relation(household, "child"))


def test_facts_are_of_the_vocabulary(any_county):
    for household in any_county.households:
        assert set(household.facts) == set(FACTS[Subject.HOUSEHOLD])
        assert parse_facts(household.facts)[1] == []


def test_members_counted_are_the_living_in_scope(any_county):
    for household in any_county.households:
        counted = [member for member in household.living if member.registration != "urban"]
        assert household.facts["members"] == len(counted)
        assert household.facts["registration"] == household.members[0].registration
        places = [member.deceased_on is not None for member in household.members]
        assert places == sorted(places)


def test_facts_agree_with_the_people(any_county):
    wrong = flawed(
        any_county, "health_missing", "child_not_younger", "listed_twice", "dropout_though_education_secured"
    )
    for household in any_county.households:
        if household.ref in wrong:
            continue
        living, facts = list(household.living), household.facts
        assert facts["serious_illness"] == any(member.health in ("chronic", "major_disease") for member in living)
        assert facts["medical_secured"] == all(member.medical_insurance != "none" for member in living)
        truants = [
            member for member in living if 6 <= DAY.year - 1 - born(member).year < 15
            and member.schooling == "not_at_school"
        ]  # fmt: skip
        assert facts["education_secured"] == (not truants)
        if facts["away_months"]:
            assert any(member.migrant_work == "elsewhere" for member in living)


def test_each_situation_meets_its_criteria_and_no_others(any_county):
    for household in any_county.households:
        situation = SITUATIONS[household.situation]
        verdict, answers = REFERENCE.entry(household.facts)
        assert {name for name, answer in answers.items() if answer} == situation.criteria, household.situation
        assert VERDICTS[verdict] == situation.verdict, household.situation


def test_every_criterion_of_entry_has_a_situation():
    met = set().union(*(situation.criteria for situation in SITUATIONS.values() if situation.applies))
    numbered = {f"entry.{number}" for number in range(1, 5)} | {f"bar.{number}" for number in range(1, 8)}
    assert met == numbered | {"entry.national"}


def test_who_has_risen_may_exit(county):
    risen = [household for household in county.households if household.situation == "poor_and_risen"]
    verdicts = [REFERENCE.exit(household.facts)[0] for household in risen]
    assert sum(verdict is True for verdict in verdicts) > len(risen) // 2


def test_facts_contradict_each_other_only_in_flaws(any_county):
    wrong = flawed(any_county, "dropout_though_education_secured", "grade_without_dwelling")
    for household in any_county.households:
        facts = household.facts
        found = (
            (facts["dropout_for_lack_of_funds"] and facts["education_secured"])
            or (facts["dwellings"] == 0 and facts["housing_grade"] is not None)
            or (REFERENCE.entry(facts)[1]["entry.4"] and not facts["illness_relapse_risk"])
        )
        assert bool(found) == (household.ref in wrong)


def test_status_has_a_date_and_a_year(any_county):
    for household in any_county.households:
        year = household.facts["identified_year"]
        assert (household.since is None) == (household.status == "none") == (year is None)
        if household.since is not None:
            assert 2014 <= year <= household.since.year < YEAR


def test_causes_are_one_main_and_two_others_at_most(any_county):
    wrong = flawed(any_county, "causes_missing", "two_main_causes")
    for household in any_county.households:
        if household.ref in wrong:
            continue
        assert bool(household.causes) == (household.applies or household.status != "none")
        assert [cause.main for cause in household.causes] == [True, False, False][: len(household.causes)]
        assert len({cause.code for cause in household.causes}) == len(household.causes)
