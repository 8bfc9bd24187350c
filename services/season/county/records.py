"""What a county is made of. Frozen records, nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

FactValue = str | int | bool | None
"""The JSON form of a fact: money is a string in yuan with two decimals, unknown is None."""

Facts = Mapping[str, FactValue]
Status = Literal["none", "poor", "exited"]
Outcome = Literal["refuted", "cleared", "confirmed"]


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Member:
    """Values are the codes of ``codes.py``; None is not known. A member with ``deceased_on`` has left the count."""

    name: str
    sex: str
    id_number: str
    relation: str
    registration: str
    ethnicity: str
    education: str | None
    schooling: str
    health: str | None
    labour: str
    migrant_work: str
    minimum_living_allowance: bool
    medical_insurance: str
    pension_insurance: str
    deceased_on: date | None = None

    def as_json(self) -> dict[str, str | bool]:
        """What is known of a living member, by field."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "deceased_on"}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Cause:
    code: str
    main: bool


@dataclass(frozen=True, slots=True)
class Household:
    """``division`` is its villagers' group; ``situation`` names what ``situations.py`` says of it."""

    ref: str
    division: str
    booklet_number: str
    address: str
    members: tuple[Member, ...]
    facts: Facts
    causes: tuple[Cause, ...]
    situation: str
    applies: bool
    status: Status = "none"
    since: date | None = None

    @property
    def living(self) -> Iterator[Member]:
        """Those who are not deceased stand first, so places in ``members`` hold among them too."""
        return (member for member in self.members if member.deceased_on is None)

    def import_line(self) -> dict[str, object]:
        """The household as a line of a household import."""
        return {
            "ref": self.ref,
            "division": self.division,
            "booklet_number": self.booklet_number,
            "address": self.address,
            "members": [member.as_json() for member in self.living],
        }


@dataclass(frozen=True, slots=True)
class Officer:
    """The ``ordinal``-th (from 1) of a role in a division."""

    role: str
    division: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class HiddenTruth:
    """Something a department knows of a member that the household did not declare, and what verification finds."""

    household_ref: str
    member: int
    kind: str
    row: Mapping[str, str]
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Objection:
    """Raised in the publicity of ``stage``; ``reason`` is that of its resolution."""

    household_ref: str
    stage: Literal["group", "village"]
    outcome: Literal["upheld", "dismissed"]
    anonymous: bool
    grounds: str
    reason: str


@dataclass(frozen=True, slots=True)
class MemberMend:
    """Set a field of the ``member``-th member."""

    member: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class RemovalMend:
    """Remove the ``member``-th member of a household, listed there by mistake."""

    household_ref: str
    member: int


@dataclass(frozen=True, slots=True)
class FactMend:
    fact: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class CausesMend:
    causes: tuple[Cause, ...]


Mend = MemberMend | RemovalMend | FactMend | CausesMend


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault in the record of an applicant's household, for data cleaning to find, and what mends it."""

    household_ref: str
    kind: str
    mend: Mend


@dataclass(frozen=True, slots=True)
class County:
    """``divisions`` from the province down to villagers' groups, containers first."""

    seed: int
    divisions: tuple[Division, ...]
    households: tuple[Household, ...]
    officers: tuple[Officer, ...]
    truths: tuple[HiddenTruth, ...]
    flaws: tuple[Flaw, ...]
    objections: tuple[Objection, ...]
