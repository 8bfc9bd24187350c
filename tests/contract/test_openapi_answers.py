"""What the API document says an operation may answer, and the examples it gives, hold good."""

import ast
from pathlib import Path
from typing import Any

import pytest

import services
from services.wiring.contract.catalogue import catalogue
from tests.contract.documents import DOCUMENT, OPERATIONS, SCHEMAS, contents, faults, resolved

_IDS = [operation["operationId"] for _, _, operation in OPERATIONS]
each_operation = pytest.mark.parametrize("operation", [operation for _, _, operation in OPERATIONS], ids=_IDS)
BY_NAME = dict(zip(_IDS, OPERATIONS, strict=True))
CATALOGUE = {entry.type.code: entry.type for entries in catalogue().values() for entry in entries}
_NEVER_ANSWERED = {
    "gone": "no operation is being retired now",
    "import-file-missing": "told as a job's result",
    "method-not-allowed": "where there is no operation",
    "method-unknown": "to what no operation could be",
    "origin-not-allowed": "to a browser that asks before it asks",
}


@each_operation
def test_examples_fit_their_schemas(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        assert faults(parameter["schema"], parameter["example"]) == [], parameter["name"]
    for told, media_type, content in contents(operation):
        examples = [resolved(example)["value"] for example in content.get("examples", {}).values()]
        if "example" in content:
            examples.append(content["example"])
        assert examples, f"{told} ({media_type}) has no example"
        for value in examples:
            assert faults(content["schema"], value) == [], f"{told} ({media_type})"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_examples_of_a_schema_fit_it(name: str) -> None:
    for value in SCHEMAS[name].get("examples", ()):
        assert faults(SCHEMAS[name], value) == []


@each_operation
def test_an_operation_declares_its_problems(operation: dict[str, Any]) -> None:
    statuses = operation["responses"].keys()
    assert {"422", "500", "503"} <= statuses
    assert any(status.startswith("2") for status in statuses)
    if operation["security"]:
        assert {"401", "403"} <= statuses
    for status in statuses:
        problem = resolved(operation["responses"][status]).get("content", {}).get("application/problem+json")
        assert status < "400" or problem or not operation["security"]
        for code in (problem or {}).get("examples", ()):
            assert CATALOGUE[code].status == int(status)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("start_comparison", {"dataset-gone", "dataset-unknown", "comparison-without-cases", "outside-area"}),
        ("verify_suspect_again", {"officer-related", "suspect-awaits-village", "evidence-required"}),
        ("correct_household", {"precondition-required", "precondition-failed", "booklet-number-taken", "not-found"}),
        ("raise_publicity_objection", {"publicity-over", "case-at-another-step", "idempotency-key-reused"}),
        ("advance_sandbox_clock", {"clock-backwards", "clock-not-set"}),
        ("list_events", {"position-invalid", "parameter-unknown", "scope-missing"}),
    ],
)
def test_problems_are_found_in_the_code(name: str, codes: set[str]) -> None:
    """Raised in the route, below it, by the domain's codes, by a dependency, and by an index of the database."""
    _, _, operation = BY_NAME[name]
    told = {code for _, _, content in contents(operation) for code in content.get("examples", ())}
    assert codes <= told
    assert "task-closed" not in told


def test_every_problem_is_answered_somewhere() -> None:
    told = {
        code
        for _, _, operation in OPERATIONS
        for _, media_type, content in contents(operation)
        if media_type == "application/problem+json"
        for code in content["examples"]
    }
    assert CATALOGUE.keys() - told == _NEVER_ANSWERED.keys()


def test_what_problems_say_beside_is_in_their_schema() -> None:
    """Extension members, as the code gives them: ``raise Problem(TYPE, member=…)``."""
    known = DOCUMENT["components"]["schemas"]["Problem"]["properties"].keys() | {"errors", "headers"}
    given = {
        (keyword.arg, path.name)
        for path in Path(services.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
        for keyword in node.keywords
    }
    assert {each for each in given if each[0] not in known} == set(), "services/wiring/contract/responses.py"


@pytest.mark.parametrize(
    ("name", "status", "headers"),
    [
        ("show_household", "200", {"ETag"}),
        ("register_household", "201", {"ETag", "Location", "Idempotency-Replayed"}),
        ("start_comparison", "202", {"Location"}),
        ("list_cases", "200", {"Link"}),
        ("list_cases", "503", {"Retry-After"}),
        ("list_cases", "401", {"WWW-Authenticate"}),
    ],
)
def test_headers_are_told_where_they_occur(name: str, status: str, headers: set[str]) -> None:
    answer = resolved(BY_NAME[name][2]["responses"][status])
    assert headers <= answer["headers"].keys()
    assert all(resolved(header)["description"] for header in answer["headers"].values())
    assert "Location" not in BY_NAME["list_cases"][2]["responses"]["200"]["headers"]
