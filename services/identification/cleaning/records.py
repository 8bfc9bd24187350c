"""What cleaning looks at: a household's members as households told them, and its newest assessment. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from shared.identity_numbers import birth_date, is_valid


@dataclass(frozen=True)
class Member:
    """A member's record; None where it says nothing. ``lives_elsewhere_too``: a member of another household now."""

    member_id: UUID
    id_number: str | None = None
    sex: str | None = None
    relation: str | None = None
    registration: str | None = None
    ethnicity: str | None = None
    education: str | None = None
    schooling: str | None = None
    health: str | None = None
    labour: str | None = None
    migrant_work: str | None = None
    minimum_living_allowance: bool | None = None
    medical_insurance: str | None = None
    pension_insurance: str | None = None
    lives_elsewhere_too: bool = False

    @cached_property
    def born(self) -> date | None:
        """As the ID number tells, where it is a valid one."""
        return birth_date(self.id_number) if self.id_number is not None and is_valid(self.id_number) else None

    @property
    def counted(self) -> bool:
        """Members out of scope are not counted (scope.registration)."""
        return self.registration != "urban"


@dataclass(frozen=True, slots=True)
class Facts:
    """The newest assessment: facts as stored, causes, and the contradictions that the policy finds in it."""

    values: Mapping[str, Any]
    main_cause: str | None = None
    causes: Sequence[str] = ()
    contradictions: Sequence[str] = ()


@dataclass(frozen=True)
class Records:
    """One case's household on the day of cleaning. ``facts`` is None where it was never assessed."""

    today: date
    members: Sequence[Member] = ()
    facts: Facts | None = None
    heads: Sequence[Member] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", self.of("head"))

    @property
    def head(self) -> Member | None:
        """Where there is exactly one."""
        return self.heads[0] if len(self.heads) == 1 else None

    def of(self, *relations: str) -> list[Member]:
        return [member for member in self.members if member.relation in relations]


def read_member(line: Mapping[str, Any]) -> Member:
    """From a line of households' answer; what cleaning does not look at is left behind."""
    names = Member.__dataclass_fields__.keys() - {"member_id"}
    return Member(UUID(line["member_id"]), **{name: line[name] for name in names})
