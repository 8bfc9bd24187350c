"""What callers tell of a household and its members."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from shared.codes import (
    Education,
    Ethnicity,
    Health,
    JoiningReason,
    Kinship,
    Labour,
    LeavingReason,
    MedicalInsurance,
    MigrantWork,
    PensionInsurance,
    Registration,
    Relation,
    Schooling,
    Sex,
)
from shared.http.schemas import AS_NUMBER, NOT_BLANK, Body, Day, DivisionCode, Flag, Omissible, Text
from shared.identity_numbers import normalise

PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=60),
    Field(description="Full name", examples=["张三"]),
]
IdNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=30),
    AfterValidator(normalise),
    Field(description="GB 11643; one of 15 digits is completed to 18", examples=["11010519491231002X"]),
]
BookletNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=40),
    Field(description="Number of the hukou booklet, unique within a county", examples=["229001000123"]),
]


class MemberBody(Body):
    """A member of a household. What is not known yet is absent."""

    name: PersonName
    sex: Sex
    id_number: IdNumber | None = None
    relation: Relation
    registration: Registration
    ethnicity: Ethnicity | None = None
    education: Education | None = None
    schooling: Schooling | None = None
    health: Health | None = None
    labour: Labour | None = None
    migrant_work: MigrantWork | None = None
    minimum_living_allowance: Flag | None = None
    medical_insurance: MedicalInsurance | None = None
    pension_insurance: PensionInsurance | None = None


class HouseholdBody(Body):
    """A household as its booklet has it."""

    division: Annotated[DivisionCode, Field(description="Village or villagers' group that keeps the hukou")]
    booklet_number: BookletNumber
    address: Text | None = None
    living_together: Annotated[Text | None, Field(description="Who actually lives together, where it differs")] = None
    members: Annotated[list[MemberBody], Field(min_length=1, max_length=60)]


class ImportedHouseholdBody(HouseholdBody):
    """A line of an import; ``ref`` is the caller's own name for the household."""

    ref: Annotated[str | None, StringConstraints(min_length=1, max_length=100)] = None


class HouseholdChanges(Body):
    """What is given replaces what was there; null removes."""

    booklet_number: Omissible[BookletNumber] = None
    address: Text | None = None
    living_together: Text | None = None


class MemberChanges(Body):
    """What is given replaces what was there; null says that it is not known."""

    name: Omissible[PersonName] = None
    sex: Omissible[Sex] = None
    id_number: IdNumber | None = None
    relation: Omissible[Relation] = None
    registration: Omissible[Registration] = None
    ethnicity: Ethnicity | None = None
    education: Education | None = None
    schooling: Schooling | None = None
    health: Health | None = None
    labour: Labour | None = None
    migrant_work: MigrantWork | None = None
    minimum_living_allowance: Flag | None = None
    medical_insurance: MedicalInsurance | None = None
    pension_insurance: PensionInsurance | None = None


class JoiningBody(MemberBody):
    """A new member of a registered household."""

    joined_by: JoiningReason
    since: Day


class RemovalBody(Body):
    """Why somebody no longer belongs to the household. The record stays, with its end."""

    left_by: LeavingReason
    until: Day
    reason: Text


class RelativeBody(Body):
    officer_id: UUID
    relation: Kinship


class SearchBody(Body):
    """At least one of booklet number, head's name and a member's ID number; all that are given must fit."""

    booklet_number: BookletNumber | None = None
    head_name: PersonName | None = None
    id_number: IdNumber | None = None
    division: DivisionCode | None = None
    limit: Annotated[int, Field(ge=1, le=200), AS_NUMBER] = 50

    @property
    def names_somebody(self) -> bool:
        return any((self.booklet_number, self.head_name, self.id_number))
