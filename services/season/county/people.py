"""From a family to its members: who they are, and how the situation of the household shows in their lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from services.season.county import lives
from services.season.county.families import Person
from services.season.county.names import draw_given_name, draw_surname
from services.season.county.numbers import Numbers
from services.season.county.policy import YEAR
from services.season.county.records import Member
from services.season.county.situation import Situation

ETHNICITIES = ("han", "tujia", "miao")
_SHARES = (86, 9, 5)
_MARRIED_IN = ("spouse", "child_in_law")


@dataclass(slots=True)
class Draft:
    """A member in the making."""

    person: Person
    birth: date
    name: str
    id_number: str
    registration: str
    ethnicity: str
    schooling: str
    education: str
    health: str
    labour: str = "none"
    migrant_work: str = "none"
    medical_insurance: str = "resident"
    pension_insurance: str = "none"
    minimum_living_allowance: bool = False
    deceased_on: date | None = None

    @property
    def can_work(self) -> bool:
        return self.labour in ("ordinary", "skilled") and 18 <= self.person.age <= 60

    def finish(self) -> Member:
        return Member(
            name=self.name,
            sex=self.person.sex,
            id_number=self.id_number,
            relation=self.person.relation,
            registration=self.registration,
            ethnicity=self.ethnicity,
            education=self.education,
            schooling=self.schooling,
            health=self.health,
            labour=self.labour,
            migrant_work=self.migrant_work,
            minimum_living_allowance=self.minimum_living_allowance,
            medical_insurance=self.medical_insurance,
            pension_insurance=self.pension_insurance,
            deceased_on=self.deceased_on,
        )


def draft_people(random: Random, numbers: Numbers, situation: Situation, people: Sequence[Person]) -> list[Draft]:
    ethnicity = random.choices(ETHNICITIES, _SHARES)[0]
    surnames = _surnames(random, ethnicity, people)
    drafts: list[Draft] = []
    for person, surname in zip(people, surnames, strict=True):
        taken = {draft.name for draft in drafts}
        drafts.append(_draft(random, numbers, situation, person, surname, ethnicity, taken))
    _fall_ill(random, situation, drafts)
    _leave_school(situation, drafts)
    for draft in drafts:
        draft.labour = lives.draw_labour(random, draft.person.age, draft.health, draft.schooling)
        draft.pension_insurance = lives.draw_pension(random, draft.person.age, draft.schooling)
    if situation.facts.get("medical_secured") is False:
        random.choice(drafts).medical_insurance = "none"
    return drafts


def _draft(
    random: Random,
    numbers: Numbers,
    situation: Situation,
    person: Person,
    surname: str,
    ethnicity: str,
    taken: set[str],
) -> Draft:
    born = YEAR - 1 - person.age
    birth = date(born, 1, 1) + timedelta(days=random.randint(1, 364))
    married_in = person.relation in _MARRIED_IN or (person.relation == "parent" and person.sex == "female")
    while (name := surname + draw_given_name(random, person.sex, born)) in taken:
        pass
    schooling = lives.draw_schooling(random, person.age)
    return Draft(
        person=person,
        birth=birth,
        name=name,
        id_number=numbers.draw(numbers.region(0.18 if married_in else 0.02), birth, person.sex),
        registration=_registration(random, situation, person),
        ethnicity=random.choices(ETHNICITIES, _SHARES)[0] if married_in and random.random() < 0.4 else ethnicity,
        schooling=schooling,
        education=lives.draw_education(random, born, schooling, person.age),
        health="disabled" if lives.is_disabled(random, person.age) else "healthy",
    )


def _registration(random: Random, situation: Situation, person: Person) -> str:
    """Now and then a grown child holds an urban registration and is not counted."""
    grown_child = person.relation == "child" and person.age >= 19
    return "urban" if grown_child and random.random() < 0.04 else situation.registration


def _surnames(random: Random, ethnicity: str, people: Sequence[Person]) -> list[str]:
    """Children bear their father's name, the old father the head's; who marries in keeps their own."""
    head, in_law = draw_surname(random, ethnicity), draw_surname(random, ethnicity)
    father = head if people[0].sex == "male" else draw_surname(random, ethnicity)
    known = {
        ("head", "male"): head,
        ("head", "female"): head,
        ("sibling", "male"): head,
        ("sibling", "female"): head,
        ("parent", "male"): head,
        ("spouse", "male"): father,
        ("child", "male"): father,
        ("child", "female"): father,
        ("child_in_law", "male"): in_law,
    }
    of_grandchildren = in_law if any(_is(person, "child_in_law", "male") for person in people) else father
    return [
        of_grandchildren
        if person.relation == "grandchild"
        else known.get((person.relation, person.sex)) or draw_surname(random, ethnicity)
        for person in people
    ]


def _is(person: Person, relation: str, sex: str) -> bool:
    return (person.relation, person.sex) == (relation, sex)


def _fall_ill(random: Random, situation: Situation, drafts: Sequence[Draft]) -> None:
    """One of the grown-ups, mostly an older one, where the situation has it so."""
    light = situation.illness == "some"
    if situation.illness == "none" or (light and random.random() > 0.25):
        return
    adults = [draft for draft in drafts if draft.person.age >= 18]
    patient = random.choices(adults, [draft.person.age for draft in adults])[0]
    patient.health = "chronic" if light or random.random() < 0.4 else "major_disease"


def _leave_school(situation: Situation, drafts: Sequence[Draft]) -> None:
    """The eldest of compulsory age, where the situation has a child out of school."""
    if situation.facts.get("education_secured") is not False:
        return
    pupils = [draft for draft in drafts if draft.person.age in lives.COMPULSORY]
    eldest = max(pupils, key=lambda draft: draft.person.age)
    eldest.schooling = "not_at_school"
    eldest.education = "primary" if eldest.person.age >= 12 else "none"
