"""The engine in PostgreSQL against the worked cases, and against a second evaluator written by hand."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.identification.policy import (
    UNDETERMINED,
    Evaluation,
    Household,
    Policy,
    evaluate,
    find_contradictions,
    load_criteria,
    parse_criteria,
    parse_facts,
    parse_parameters,
)
from services.identification.policy.compilation import compile_procedure
from services.identification.policy.criteria import NATIONAL
from services.identification.policy.evaluation import COLUMN_TYPES
from shared.embedded import EmbeddedPostgres
from tests.integration.identification.households import ORDINARY, PARAMETERS, VOCABULARY, households
from tests.integration.identification.reference import Reference

CASES = json.loads((Path(__file__).parents[2] / "data" / "policy-cases.json").read_text())

Connection = asyncpg.Connection


def policy_of(criteria_text: str | None = None, **parameters: Any) -> Policy:
    values, errors = parse_parameters(CASES["parameters"] | parameters)
    assert not errors
    criteria = load_criteria() if criteria_text is None else parse_criteria(criteria_text)
    return Policy("500229", CASES["year"], values, criteria)


POLICY = policy_of()


def household(facts: dict[str, Any], ref: str = "a") -> Household:
    values, errors = parse_facts(facts)
    assert not errors
    return Household(ref, values)


async def answer(connection: Connection, procedure: str, policy: Policy = POLICY, **facts: Any) -> Evaluation:
    incomes = {"members": 2, "wage_income": "20000.00", "business_income": "0", "property_income": "0"}
    given_ = ORDINARY | incomes | {"transfer_income": "0", "business_expense": "0"} | facts
    [evaluation] = await evaluate(connection, policy, policy.criteria.procedures[procedure], [household(given_)])
    return evaluation


@pytest.fixture(scope="module")
async def connection(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Connection]:
    async with EmbeddedPostgres(tmp_path_factory.mktemp("policy")) as server:
        connection = await asyncpg.connect(server.dsn("postgres"))
        yield connection
        await connection.close()


@pytest.mark.parametrize("procedure", ["entry", "exit"])
async def test_every_worked_case(connection: Connection, procedure: str) -> None:
    given_ = [household(case["facts"], case["ref"]) for case in CASES["cases"]]
    evaluations = await evaluate(connection, POLICY, POLICY.criteria.procedures[procedure], given_)
    answers = {item.ref: {"verdict": item.verdict, "criteria": item.criteria} for item in evaluations}
    assert answers == {case["ref"]: case["expect"][procedure] for case in CASES["cases"]}


@pytest.mark.parametrize("procedure", ["entry", "exit"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batch=st.lists(households(), min_size=25, max_size=40))
async def test_agrees_with_the_reference(connection: Connection, procedure: str, batch: list[dict[str, Any]]) -> None:
    chosen = POLICY.criteria.procedures[procedure]
    words = {True: chosen.holds, False: chosen.fails, None: UNDETERMINED}
    decide = getattr(Reference(PARAMETERS, CASES["year"]), procedure)
    evaluations = await evaluate(connection, POLICY, chosen, [household(facts) for facts in batch])
    for facts, evaluation in zip(batch, evaluations, strict=True):
        verdict, criteria = decide(facts)
        assert (evaluation.verdict, evaluation.criteria) == (words[verdict], criteria)
        assert bool(evaluation.missing_facts) == (verdict is None)


@pytest.mark.parametrize("procedure", ["entry", "exit"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=households())
async def test_knowing_the_missing_facts_decides(connection: Connection, procedure: str, facts: dict[str, Any]) -> None:
    chosen = POLICY.criteria.procedures[procedure]
    [before] = await evaluate(connection, POLICY, chosen, [household(facts)])
    known = facts | {name: _some(name) for name in before.missing_facts}
    [after] = await evaluate(connection, POLICY, chosen, [household(known)])
    assert all(facts[name] is None or (name, facts[name]) == ("members", 0) for name in before.missing_facts)
    assert after.verdict != UNDETERMINED
    assert all(before.criteria[id_] in (None, value) for id_, value in after.criteria.items())


def _some(name: str) -> Any:
    fact = VOCABULARY[name]
    return {"boolean": False, "integer": 1, "money": "1.00", "date": "2025-01-01"}.get(
        fact.kind, next(iter(fact.choices), None)
    )


async def test_no_members_is_unknown_income(connection: Connection) -> None:
    evaluation = await answer(connection, "entry", members=0)
    assert evaluation.criteria["entry.1"] is None
    assert evaluation.criteria["bar.1"] is None
    assert evaluation.verdict == UNDETERMINED
    assert evaluation.missing_facts == ("members",)


@pytest.mark.parametrize(("income", "met"), [("22499.99", False), ("22500.00", True), ("22500.01", True), (None, None)])
async def test_standard_met(connection: Connection, income: str | None, met: bool | None) -> None:
    evaluation = await answer(connection, "assessment", members=3, wage_income=income)
    assert evaluation.criteria == {"standard.met": met}


async def test_a_standard_that_does_not_divide_evenly_is_exact(connection: Connection) -> None:
    policy = policy_of(national_standard="0.01")
    below = await answer(connection, "entry", policy, members=3, wage_income="0.02")
    at = await answer(connection, "entry", policy, members=3, wage_income="0.03")
    assert (below.criteria["entry.1"], at.criteria["entry.1"]) == (True, False)


@pytest.mark.parametrize(
    ("poor", "people", "incidence", "verdict"),
    [(29, 1000, True, "exit"), (30, 1000, False, "stay"), (0, 0, None, "undetermined"), (0, 1, True, "exit")],
)
async def test_village_exit(
    connection: Connection, poor: int, people: int, incidence: bool | None, verdict: str
) -> None:
    procedure = POLICY.criteria.procedures["village_exit"]
    factors = ("infrastructure", "public_services", "industry", "collective_income")
    facts: dict[str, Any] = {f"{factor}_adequate": True for factor in factors}
    village = Household("v", facts | {"poor_people": poor, "registered_rural_people": people})
    [evaluation] = await evaluate(connection, POLICY, procedure, [village])
    assert evaluation.criteria == {"village.incidence": incidence, "village.factors": True}
    assert evaluation.verdict == verdict
    assert evaluation.missing_facts == (() if incidence is not None else ("registered_rural_people",))


async def test_an_overridden_bar_is_answered_and_decides_no_more(connection: Connection) -> None:
    exit_ = POLICY.criteria.procedures["exit"]
    facts = ORDINARY | {"members": 2, "wage_income": "20000.00", "identified_year": 2026} | dict.fromkeys(
        ("business_income", "property_income", "transfer_income", "business_expense"), "0.00"
    )  # fmt: skip
    [kept] = await evaluate(connection, POLICY, exit_, [household(facts)])
    [freed] = await evaluate(connection, POLICY, exit_.overriding("stay.3"), [household(facts)])
    assert (kept.verdict, freed.verdict) == ("stay", "exit")
    assert kept.criteria == freed.criteria
    with pytest.raises(ValueError, match="overridable"):
        exit_.overriding("stay.1")


async def test_contradictions(connection: Connection) -> None:
    found = await find_contradictions(
        connection,
        POLICY,
        [
            household(ORDINARY),
            household(ORDINARY | {"dropout_for_lack_of_funds": True}),
            household(ORDINARY | {"dwellings": 0}),
            household(ORDINARY | {"dwellings": 0, "housing_grade": None}),
        ],
    )
    assert found == [(), ("schooling",), ("dwelling",), ()]


async def test_a_stranger_adds_a_criterion_in_the_file_alone(connection: Connection) -> None:
    text = NATIONAL.read_text(encoding="utf-8")
    added = text.replace('"bar.7"]\nverdicts', '"bar.7", "bar.8"]\nverdicts') + (
        '\n[criteria."bar.8"]\nname = { zh = "多套住房", en = "Several homes" }\nzh = "三套以上住房"\n'
        'en = "Three homes or more"\nexpression = "dwellings >= 3"\n'
    )
    evaluation = await answer(connection, "entry", policy_of(added), wage_income="1.00", dwellings=3)
    assert evaluation.criteria["bar.8"] is True
    assert evaluation.verdict == "ineligible"


async def test_nobody_and_ten_thousand(connection: Connection) -> None:
    entry = POLICY.criteria.procedures["entry"]
    assert await evaluate(connection, POLICY, entry, []) == []
    facts = household(CASES["cases"][0]["facts"]).facts
    many = [Household(str(number), facts) for number in range(10_000)]
    evaluations = await evaluate(connection, POLICY, entry, many)
    assert [evaluation.ref for evaluation in evaluations] == [item.ref for item in many]


@pytest.mark.parametrize("procedure", ["entry", "exit"])
def test_duckdb_decides_every_worked_case_alike(procedure: str) -> None:
    chosen = POLICY.criteria.procedures[procedure]
    compilation = compile_procedure(POLICY, chosen)
    types = {name: COLUMN_TYPES[VOCABULARY[name].kind] for name in compilation.facts}
    exact = {"numeric": "DECIMAL(12, 2)"}
    columns = ", ".join(f"{name} {exact.get(kind, kind)}" for name, kind in types.items())
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE fact (ref TEXT, {columns})")
        rows = [[case["ref"], *map(case["facts"].get, compilation.facts)] for case in CASES["cases"]]
        engine.executemany(f"INSERT INTO fact VALUES ({', '.join('?' * (len(types) + 1))})", rows)
        decided = engine.execute(compilation.sql("fact", ["ref"], "duckdb")).fetchall()
    words = {True: chosen.holds, False: chosen.fails, None: UNDETERMINED}
    answers = {
        ref: {"verdict": words[verdict], "criteria": dict(zip(compilation.criteria, criteria, strict=True))}
        for ref, _, *criteria, verdict in decided
    }
    assert answers == {case["ref"]: case["expect"][procedure] for case in CASES["cases"]}
