"""The form of a policy file (TOML), before its expressions are read."""

import re
import tomllib
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from services.identification.policy.facts import Subject
from services.identification.policy.lexis import LONGEST, Place

_LARGEST_FILE = 256 * 1024

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
CriterionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=40)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TextForm(_Form):
    zh: Prose
    en: Prose


class DerivedForm(TextForm):
    expression: Expression
    subject: Subject = Subject.HOUSEHOLD
    per: Name | None = None


class ContradictionForm(TextForm):
    expression: Expression
    subject: Subject = Subject.HOUSEHOLD


class CriterionForm(ContradictionForm):
    name: TextForm
    override: Name | None = None


class VerdictsForm(_Form):
    holds: Name
    fails: Name


class ProcedureForm(_Form):
    verdicts: VerdictsForm
    subject: Subject = Subject.HOUSEHOLD
    scope: Name | None = None
    reported: list[CriterionId] = []
    all_of: list[CriterionId] = []
    any_of: list[CriterionId] = []
    none_of: list[CriterionId] = []


class PolicyForm(_Form):
    policy: TextForm
    derived: dict[Name, DerivedForm] = {}
    criteria: Annotated[dict[CriterionId, CriterionForm], Field(min_length=1, max_length=200)]
    consistency: dict[Name, ContradictionForm] = {}
    procedures: Annotated[dict[Name, ProcedureForm], Field(min_length=1)]


@dataclass(frozen=True)
class Fault:
    """What is wrong: the entry (``criteria.entry.1``), a code, both texts, and the place in its expression."""

    entry: str
    code: str
    zh: str
    en: str
    place: Place | None = None


class CriteriaError(Exception):
    """A policy file that is refused, with everything that is wrong in it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.entry}: {fault.code}" for fault in faults))
        self.faults = faults


def read_form(text: str) -> PolicyForm:
    """Read the form of a policy file; raises ``CriteriaError`` with all that is missing, unknown or misshapen."""
    if len(text) > _LARGEST_FILE:
        raise CriteriaError(Fault("policy", "file-too-large", "文件过大", "The file is too large"))
    try:
        return PolicyForm.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(int(found[1]), int(found[2])) if found else None
        malformed = Fault("policy", "toml-malformed", "不是正确的 TOML 文件", "This is not well-formed TOML", place)
        raise CriteriaError(malformed) from None
    except ValidationError as error:
        raise CriteriaError(*(_misshapen(detail["loc"], detail["type"]) for detail in error.errors())) from None


_TEXTS = {
    "missing": ("entry-missing", "缺少此项", "This is required"),
    "extra_forbidden": ("entry-unknown", "没有这一项", "There is no such entry"),
}


def _misshapen(location: tuple[int | str, ...], kind: str) -> Fault:
    code, zh, en = _TEXTS.get(kind, ("entry-misshapen", "写法不对", "This is not written as it should be"))
    return Fault(".".join(str(part) for part in location), code, zh, en)
