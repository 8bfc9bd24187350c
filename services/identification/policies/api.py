"""Policies by division and year, and the desk's question: what does the policy say of these facts?"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import Field

from services.identification.policies.store import merged_parameters, policy_in_force, publish_policy
from services.identification.policy import Household, evaluate, parse_facts, parse_parameters, render_parameters
from services.identification.problems import FACTS_INVALID, PARAMETERS_INVALID, REFERENCES_REPEATED
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.commands import Read, Write
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode
from shared.problems import FieldError, Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["policies"])
Year = Annotated[int, Path(ge=1986, le=2100)]
PathDivision = Annotated[DivisionCode, Path()]
_ERRORS_SHOWN = 100


class PolicyBody(Body):
    """Parameters by the reading's names; what is left out is the higher division's, or the default."""

    parameters: dict[str, Any]


class PolicyAnswer(Answer):
    division: str
    year: int
    policy_version: str
    parameters: dict[str, Any]
    criteria: list["CriterionAnswer"]
    available_actions: list[Literal["publish"]]


class CriterionAnswer(Answer):
    id: str
    zh: str
    en: str
    expression: str


class HouseholdFacts(Body):
    ref: Annotated[str, Field(min_length=1, max_length=100)]
    facts: dict[str, Any]


class EvaluationBody(Body):
    procedure: Literal["entry", "exit"]
    households: Annotated[list[HouseholdFacts], Field(max_length=10_000)]


class EvaluationResult(Answer):
    ref: str
    verdict: str
    criteria: dict[str, bool | None]
    missing_facts: list[str]


class EvaluationAnswer(Answer):
    policy_version: str
    results: list[EvaluationResult]


class PublishedAnswer(PolicyAnswer):
    id: UUID
    published_at: datetime


@router.get("/policies/{division}/{year}", summary="查看政策 · The policy in force")
async def get_policy(
    division: PathDivision, year: Year, principal: Annotated[Principal, allow("policies:read")], connection: Read
) -> PolicyAnswer:
    """The parameters that hold in the division, and the criteria they feed."""
    return PolicyAnswer(**await _described(connection, division, year, principal))


@router.put("/policies/{division}/{year}", summary="发布政策参数 · Publish a policy's parameters")
async def put_policy(
    division: PathDivision,
    year: Year,
    body: PolicyBody,
    principal: Annotated[Principal, allow("policies:write")],
    transaction: Write,
) -> PublishedAnswer:
    """A new immutable version; decisions made before keep theirs."""
    officer = principal.require_officer()
    principal.require_area(division)
    merged = await merged_parameters(transaction.connection, division, year, above=True) | body.parameters
    _, errors = parse_parameters(merged, "/parameters")
    if errors:
        raise Problem(PARAMETERS_INVALID, errors=errors)
    policy_id = await publish_policy(transaction, division, year, body.parameters, officer)
    described = await _described(transaction.connection, division, year, principal)
    return PublishedAnswer(**described, id=policy_id, published_at=transaction.now)


async def _described(connection: Any, division: str, year: int, principal: Principal) -> dict[str, Any]:
    policy = await policy_in_force(connection, division, year)
    criteria = [
        CriterionAnswer(id=id_, zh=criterion.text.zh, en=criterion.text.en, expression=criterion.expression)
        for id_, criterion in policy.criteria.criteria.items()
    ]
    return {
        "division": division,
        "year": year,
        "policy_version": policy.version,
        "parameters": render_parameters(policy.parameters),
        "criteria": criteria,
        "available_actions": ["publish"] if _may_publish(principal, division) else [],
    }


def _may_publish(principal: Principal, division: str) -> bool:
    own = "policies:write" in principal.scopes and principal.covers(division)
    return own and principal.officer_id is not None


@router.post("/policies/{division}/{year}/evaluations", summary="按政策评估 · Evaluate households' facts")
async def evaluate_households(
    division: PathDivision,
    year: Year,
    body: EvaluationBody,
    principal: Annotated[Principal, allow("evaluations:run")],
    context: Context,
) -> EvaluationAnswer:
    """Facts in, verdict with every criterion out; nothing is stored. Null and absent facts are unknown."""
    if len({household.ref for household in body.households}) < len(body.households):
        raise Problem(REFERENCES_REPEATED)
    households, errors = _parse(body.households)
    if errors:
        raise Problem(FACTS_INVALID, errors=errors[:_ERRORS_SHOWN])
    async with context.database.connection() as connection:
        policy = await policy_in_force(connection, division, year)
        procedure = policy.criteria.procedures[body.procedure]
        evaluations = await evaluate(connection, policy, procedure, households)
    return EvaluationAnswer(
        policy_version=policy.version,
        results=[
            EvaluationResult(
                ref=one.ref, verdict=one.verdict, criteria=one.criteria, missing_facts=list(one.missing_facts)
            )
            for one in evaluations
        ],
    )


def _parse(raw: list[HouseholdFacts]) -> tuple[list[Household], list[FieldError]]:
    households, errors = [], []
    for place, household in enumerate(raw):
        facts, wrong = parse_facts(household.facts, f"/households/{place}/facts")
        errors += wrong
        households.append(Household(household.ref, facts))
    return households, errors
