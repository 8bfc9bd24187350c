"""The county as a whole: repeatable, complete, in its divisions, and in the words of the system."""

import csv
import hashlib
import subprocess
import sys
from collections import Counter

import pytest

from services.households.registry.schemas import ImportedHouseholdBody
from services.season.county import generate
from services.season.county.codes import CODES as WORDS
from services.season.county.families import FAMILIES
from services.season.county.generation import FEWEST
from services.season.county.situations import SITUATIONS
from services.season.county.territory import DIVISIONS
from shared import codes
from shared.areas import ancestor, covers, level
from shared.auth.roles import ROLES

DIGEST = """
import hashlib
from services.season.county import extracts, generate
county = generate(60, 5)
files = [extract.content for extract in extracts(county, rows=20)]
print(hashlib.sha256(repr((county, files)).encode()).hexdigest())
"""


def test_a_seed_makes_one_county():
    assert generate(120, 3) == generate(120, 3)
    assert generate(120, 3).households != generate(120, 4).households


def test_the_county_does_not_depend_on_the_order_of_hashes():
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST], env={"PYTHONHASHSEED": order}, capture_output=True, check=True, text=True
        ).stdout
        for order in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == hashlib.sha256().digest_size * 2


def test_every_situation_occurs(any_county):
    assert {household.situation for household in any_county.households} == set(SITUATIONS)


def test_two_thousand_households(county):
    counts = Counter(household.situation for household in county.households)
    assert counts == {name: situation.per_2000 for name, situation in SITUATIONS.items()}
    assert len(county.households) == 2_000
    assert 550 <= sum(household.applies for household in county.households) <= 700
    levels = Counter(division.level for division in county.divisions)
    assert (levels["township"], levels["village"]) == (8, 40)


@pytest.mark.parametrize("households", [FEWEST, 77, 1_999])
def test_as_many_households_as_asked_for(households):
    assert len(generate(households, 1).households) == households


def test_a_county_too_small_is_refused():
    with pytest.raises(ValueError, match=str(FEWEST)):
        generate(FEWEST - 1, 1)


def test_situations_name_families_that_exist():
    assert {family for situation in SITUATIONS.values() for family in situation.families} <= set(FAMILIES)


def test_divisions_are_real_but_for_groups(any_county):
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        known = {row["code"]: row["name"] for row in csv.DictReader(file)}
    seen: set[str] = set()
    for division in any_county.divisions:
        assert level(division.code) == division.level
        if division.level == "group":
            assert ancestor(division.code, "village") in seen
        else:
            assert known[division.code] == division.name
        seen.add(division.code)


def test_every_village_has_two_to_four_groups_and_households_in_each(any_county):
    groups = [division.code for division in any_county.divisions if division.level == "group"]
    villages = [division.code for division in any_county.divisions if division.level == "village"]
    assert {household.division for household in any_county.households} == set(groups)
    for village in villages:
        assert 2 <= sum(covers(village, group) for group in groups) <= 4


def test_refs_and_booklets_are_unique(any_county):
    households = any_county.households
    assert len({household.ref for household in households}) == len(households)
    assert len({household.booklet_number for household in households}) == len(households)


def test_officers_have_roles_of_the_system_and_stand_in_every_village(any_county):
    assert {officer.role for officer in any_county.officers} <= set(ROLES)
    assert len(set(any_county.officers)) == len(any_county.officers)
    for division in any_county.divisions:
        if division.level == "village":
            roles = {officer.role for officer in any_county.officers if officer.division == division.code}
            assert {"village_cadre", "resident_cadre", "household_agent"} <= roles


def test_codes_are_those_of_the_system():
    for name, words in WORDS.items():
        listed = {code.value: code.zh for code in codes.CODES[name]}
        assert words.items() <= listed.items()
        assert name == "ethnicity" or words.keys() == listed.keys()


def test_members_speak_only_in_codes(any_county):
    for household in any_county.households:
        for member in household.members:
            for name, words in WORDS.items():
                if name != "cause_of_poverty":
                    value = getattr(member, name)
                    assert value is None or value in words
        assert {cause.code for cause in household.causes} <= set(WORDS["cause_of_poverty"])


def test_every_household_can_be_imported(any_county):
    for household in any_county.households:
        line = ImportedHouseholdBody.model_validate(household.import_line())
        assert [member.id_number for member in line.members] == [member.id_number for member in household.living]
