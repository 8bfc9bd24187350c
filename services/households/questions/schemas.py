"""Questions of other services and their answers."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.http.schemas import Answer, Body, DivisionCode

HouseholdIds = Annotated[list[UUID], Field(max_length=200_000)]


class HouseholdsQuestion(Body):
    household_ids: HouseholdIds


class PersonalQuestion(HouseholdsQuestion):
    """A question whose answer is personal data; ``requested_by`` is the officer at whose wish it is asked."""

    requested_by: UUID | None = None


class KinshipQuestion(HouseholdsQuestion):
    officer_id: UUID


class KinshipAnswer(Answer):
    """Those of the households to which the officer is related."""

    related: list[UUID]


class KnownHousehold(Answer):
    household_id: UUID
    division: DivisionCode
    in_scope: bool
    version: int
    members: int


class KnownHouseholds(Answer):
    """Those of the households that there are."""

    households: list[KnownHousehold]


class MaskedHousehold(Answer):
    """A head as a notice shows them."""

    household_id: UUID
    name: str
    id_number: str


class MaskedHouseholds(Answer):
    households: list[MaskedHousehold]
