"""What makes a household's record sound, and what follows from its members. Pure."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from services.households.problems import ID_NUMBER_INVALID, ID_NUMBER_REPEATED, ONE_HEAD
from shared.codes import HouseholdStatus, Registration, Relation
from shared.identity_numbers import is_valid
from shared.problems import FieldError, Problem, ProblemType

IN_SCOPE = frozenset({Registration.RURAL, Registration.CONVERTED_IN_PLACE})
NEW_STATUS = HouseholdStatus.NONE
Action = Literal["correct", "add_member", "correct_member", "end_membership", "declare_relative"]
_WRITING = "households:write"


def available_actions(scopes: Set[str], *, officer: bool) -> list[Action]:
    """What whoever sees the household may do with it. A register is kept up whatever became of the household."""
    actions: list[Action] = list(get_args(Action)) if _WRITING in scopes else []
    return actions if officer else [action for action in actions if action != "declare_relative"]


class Person(Protocol):
    @property
    def id_number(self) -> str | None: ...
    @property
    def relation(self) -> str: ...
    @property
    def registration(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a household's record. Never the value itself."""

    type: ProblemType
    pointer: str

    @property
    def error(self) -> FieldError:
        return self.type.at(self.pointer)


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of the people who live in a household now (scope.registration)."""

    members: int
    counted: int
    in_scope: bool


def census(people: Sequence[Person]) -> Census:
    """A household is in scope where its head is; members out of scope are not counted."""
    counted = sum(person.registration in IN_SCOPE for person in people)
    in_scope = any(person.relation == Relation.HEAD and person.registration in IN_SCOPE for person in people)
    return Census(len(people), counted, in_scope)


def has_one_head(people: Sequence[Person]) -> bool:
    return sum(person.relation == Relation.HEAD for person in people) == 1


def faults_of(people: Sequence[Person], pointer: str = "/members") -> list[Fault]:
    """Everything wrong with a household's members among themselves."""
    found = [] if has_one_head(people) else [Fault(ONE_HEAD, pointer)]
    shared = Counter(person.id_number for person in people if person.id_number is not None)
    for at, person in enumerate(people):
        if person.id_number is None:
            continue
        place = f"{pointer}/{at}/id_number"
        if not is_valid(person.id_number):
            found.append(Fault(ID_NUMBER_INVALID, place))
        elif shared[person.id_number] > 1:
            found.append(Fault(ID_NUMBER_REPEATED, place))
    return found


def refuse(faults: Sequence[Fault]) -> None:
    """Raise the problem of the first fault, naming them all."""
    if faults:
        raise Problem(faults[0].type, errors=[fault.error for fault in faults])
