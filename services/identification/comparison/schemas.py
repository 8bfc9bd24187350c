"""Extracts, comparisons and suspects as callers see them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.identification.comparison.datasets import ExtractKind
from services.identification.comparison.domain import Finding
from shared.http.schemas import Answer, Body, Day, Digest, DivisionCode, Flag, LongText


class DatasetAnswer(Answer):
    """``available`` until it was compared; then its rows are gone and only this is left."""

    id: UUID
    kind: ExtractKind
    division: str
    rows: int
    encoding: str
    digest: str
    uploaded_at: datetime
    available: bool
    available_actions: list[str]


class ComparisonBody(Body):
    """``cases`` absent: every case of the division that awaits comparison.

    Extracts are removed once they were compared, unless they are kept for another comparison.
    """

    division: DivisionCode
    datasets: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    cases: Annotated[list[UUID], Field(min_length=1, max_length=50_000)] | None = None
    due_on: Day | None = None
    keep_extracts: Flag = False


class ComparisonResult(Answer):
    """``moved``: cases that had left the step meanwhile, at most fifty of them."""

    compared: int
    flagged: int
    suspects: int
    irrelevant_hits: int
    moved: list[UUID]


class ComparisonAnswer(Answer):
    """``state``: running, done, failed. ``progress`` of ``total`` parts; ``problem`` is a problem's code."""

    id: UUID
    division: str
    state: str
    cases: int
    datasets: list[UUID]
    due_on: date | None
    progress: int
    total: int | None
    result: ComparisonResult | None
    problem: str | None
    officer_id: UUID
    held_at: datetime
    updated_at: datetime


def answer_comparison(row: Any) -> ComparisonAnswer:
    details = row["details"]
    columns = {
        name: row[name] for name in ("id", "division", "state", "cases", "officer_id", "held_at", "updated_at", "total")
    }
    told = {name: details.get(name) for name in ("datasets", "due_on", "result", "problem")}
    return ComparisonAnswer(**columns, **told, progress=row["progress"] or 0)


class SignatureAnswer(Answer):
    round: int
    level: str
    outcome: str
    reason: str
    evidence: list[str]
    signed_by: UUID
    signed_at: datetime


class SuspectSummary(Answer):
    """``kind`` and ``criterion`` are told only to those who compare or verify."""

    id: UUID
    case_id: UUID
    household_id: UUID
    member_id: UUID
    division: str
    comparison_id: UUID
    state: str
    kind: str | None
    criterion: str | None
    version: int
    raised_at: datetime
    updated_at: datetime
    available_actions: list[str]


class SuspectAnswer(SuspectSummary):
    """``evidence``: the rows of the extract, without ID number; told only to those who compare or verify."""

    evidence: dict[str, Any] | None
    signatures: list[SignatureAnswer]


class VerificationBody(Body):
    """Refuted and cleared need evidence."""

    outcome: Finding
    reason: LongText
    evidence: Annotated[tuple[Digest, ...], Field(max_length=20)] = ()
