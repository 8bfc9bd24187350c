"""Criteria and procedures: a policy file whose every expression has been checked."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from services.identification.policy.criteria_file import (
    ContradictionForm,
    CriteriaError,
    CriterionForm,
    Fault,
    PolicyForm,
    ProcedureForm,
    TextForm,
    read_form,
)
from services.identification.policy.expressions import Term, compile_condition
from services.identification.policy.facts import FACTS, Subject
from services.identification.policy.lexis import ExpressionError, is_name
from services.identification.policy.vocabulary import Derived, Vocabulary

NATIONAL = Path(__file__).with_name("criteria.toml")


@dataclass(frozen=True)
class Text:
    zh: str
    en: str


@dataclass(frozen=True)
class Criterion:
    """One expression, true where the criterion applies. ``override`` names the role that may set it aside."""

    id: str
    subject: Subject
    name: Text
    text: Text
    expression: str
    condition: Term = field(compare=False, repr=False)
    override: str | None = None


@dataclass(frozen=True)
class Procedure:
    """How criteria make a verdict: the scope, all of ``all_of``, any of ``any_of``, none of ``none_of``."""

    id: str
    subject: Subject
    holds: str
    fails: str
    scope: Term | None = field(compare=False, repr=False)
    reported: tuple[Criterion, ...] = ()
    all_of: tuple[Criterion, ...] = ()
    any_of: tuple[Criterion, ...] = ()
    none_of: tuple[Criterion, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion that is answered."""
        return (*self.reported, *self.all_of, *self.any_of, *self.none_of)

    def overriding(self, *ids: str) -> "Procedure":
        """The procedure where these bars are set aside: answered still, deciding no more."""
        aside = tuple(bar for bar in self.none_of if bar.id in ids)
        if len(aside) != len(set(ids)) or any(bar.override is None for bar in aside):
            raise ValueError("only a bar that the policy declares overridable can be set aside")
        remaining = tuple(bar for bar in self.none_of if bar not in aside)
        return replace(self, reported=(*self.reported, *aside), none_of=remaining)


@dataclass(frozen=True)
class Criteria:
    """A checked policy file. ``digest`` is the SHA-256 of its meaning, not of its layout."""

    title: Text
    derived: Mapping[str, Derived]
    criteria: Mapping[str, Criterion]
    contradictions: Mapping[str, Criterion]
    procedures: Mapping[str, Procedure]
    digest: str


def load_criteria(path: Path = NATIONAL) -> Criteria:
    return parse_criteria(path.read_text(encoding="utf-8"))


def parse_criteria(text: str) -> Criteria:
    """Read and check a policy file; raises ``CriteriaError`` with all its faults, each at its place."""
    form = read_form(text)
    derived = {
        name: Derived(name, entry.subject, entry.zh, entry.en, entry.expression, entry.per)
        for name, entry in form.derived.items()
    }
    vocabularies = {subject: Vocabulary(subject, derived) for subject in Subject}
    _refuse(_faults_of_derived(derived, vocabularies))
    criteria = _conditions("criteria", form.criteria, vocabularies)
    contradictions = _conditions("consistency", form.consistency, vocabularies)
    _refuse(
        fault
        for name, entry in form.procedures.items()
        for fault in _faults_of_procedure(name, entry, criteria, vocabularies[entry.subject])
    )
    procedures = {
        name: _procedure(name, entry, criteria, vocabularies[entry.subject]) for name, entry in form.procedures.items()
    }
    return Criteria(_text(form.policy), derived, criteria, contradictions, procedures, _digest(form))


def _digest(form: PolicyForm) -> str:
    canonical = json.dumps(form.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _text(form: TextForm) -> Text:
    return Text(form.zh, form.en)


def _refuse(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise CriteriaError(*found)


def _attempt(entry: str, compile_: Callable[[], Term]) -> Term | Fault:
    try:
        return compile_()
    except ExpressionError as error:
        return Fault(entry, error.code, error.zh, error.en, error.place)


def _faults_of_derived(derived: Mapping[str, Derived], vocabularies: Mapping[Subject, Vocabulary]) -> Iterable[Fault]:
    for name, fact in derived.items():
        if name in FACTS[fact.subject]:
            yield Fault(f"derived.{name}", "name-taken", "与已有事实重名", "A fact already has this name")
            continue
        if not is_name(name):
            yield Fault(f"derived.{name}", "name-reserved", "此名称为保留字", "This name is a reserved word")
            continue
        result = _attempt(f"derived.{name}", partial(vocabularies[fact.subject].derive, name))
        if isinstance(result, Fault):
            yield result


def _conditions(
    section: str,
    entries: Mapping[str, CriterionForm] | Mapping[str, ContradictionForm],
    vocabularies: Mapping[Subject, Vocabulary],
) -> dict[str, Criterion]:
    criteria: dict[str, Criterion] = {}
    faults: list[Fault] = []
    for id_, entry in entries.items():
        text = entry.expression
        result = _attempt(f"{section}.{id_}", partial(compile_condition, text, vocabularies[entry.subject].resolve))
        if isinstance(result, Fault):
            faults.append(result)
            continue
        name = _text(entry.name) if isinstance(entry, CriterionForm) else _text(entry)
        override = entry.override if isinstance(entry, CriterionForm) else None
        criteria[id_] = Criterion(id_, entry.subject, name, _text(entry), text, result, override)
    _refuse(faults)
    return criteria


def _groups(form: ProcedureForm) -> list[str]:
    return [*form.reported, *form.all_of, *form.any_of, *form.none_of]


def _faults_of_procedure(
    name: str, form: ProcedureForm, criteria: Mapping[str, Criterion], vocabulary: Vocabulary
) -> Iterable[Fault]:
    entry = f"procedures.{name}"
    named = _groups(form)
    if any(id_ not in criteria or criteria[id_].subject is not form.subject for id_ in named):
        yield Fault(entry, "criterion-unknown", "引用了不存在的标准", "A criterion that is named does not exist")
    if len(set(named)) != len(named):
        yield Fault(entry, "criterion-repeated", "同一标准出现两次", "A criterion is named twice")
    if not (form.all_of or form.any_of):
        yield Fault(entry, "criteria-missing", "没有起决定作用的标准", "No criterion decides")
    if form.verdicts.holds == form.verdicts.fails:
        yield Fault(entry, "verdicts-equal", "两种结论相同", "Both verdicts are the same")
    if form.scope is not None:
        scope = _attempt(entry, partial(compile_condition, form.scope, vocabulary.resolve))
        if isinstance(scope, Fault):
            yield scope


def _procedure(name: str, form: ProcedureForm, criteria: Mapping[str, Criterion], vocabulary: Vocabulary) -> Procedure:
    def of(ids: list[str]) -> tuple[Criterion, ...]:
        return tuple(criteria[id_] for id_ in ids)

    return Procedure(
        id=name,
        subject=form.subject,
        holds=form.verdicts.holds,
        fails=form.verdicts.fails,
        scope=compile_condition(form.scope, vocabulary.resolve) if form.scope else None,
        reported=of(form.reported),
        all_of=of(form.all_of),
        any_of=of(form.any_of),
        none_of=of(form.none_of),
    )


__all__ = ["NATIONAL", "Criteria", "CriteriaError", "Criterion", "Fault", "Procedure", "Text"]
