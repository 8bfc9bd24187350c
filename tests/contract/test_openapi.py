"""The one API document: valid, committed as generated, and complete for whoever reads it."""

import re
from typing import Any

import orjson
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from services.commands.specification import rendered
from services.gateway.documents import SPECIFICATION
from services.topology import OWNER_OF_RESOURCE
from services.wiring.migration import ROOT
from services.wiring.specification import operations
from shared.http.access import ALL_SCOPES

PUBLIC = {"issue_token", "list_signing_keys"}
ANY_CALLER = {"read_me", "list_codes", "read_sandbox_clock"}
DOCUMENT: dict[str, Any] = orjson.loads((ROOT / SPECIFICATION).read_bytes())
OPERATIONS = sorted(operations(DOCUMENT), key=lambda each: each[:2])
_BILINGUAL = re.compile(r".*[\u4e00-\u9fff].* · .*[A-Za-z].*")
each_operation = pytest.mark.parametrize(
    ("path", "method", "operation"), OPERATIONS, ids=[operation["operationId"] for _, _, operation in OPERATIONS]
)


def test_it_is_valid() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_it_is_what_the_services_say() -> None:
    assert (ROOT / SPECIFICATION).read_bytes() == rendered(), "run: jingzhun spec"


@each_operation
def test_an_operation_is_fully_told(path: str, method: str, operation: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", operation["operationId"])
    assert _BILINGUAL.fullmatch(operation["summary"])
    assert operation["tags"]


@each_operation
def test_an_operation_names_its_scope(path: str, method: str, operation: dict[str, Any]) -> None:
    name, security = operation["operationId"], operation["security"]
    if name in PUBLIC:
        assert security == []
    else:
        ((scheme, scopes),) = security[0].items()
        assert scheme == "oauth2"
        assert bool(scopes) != (name in ANY_CALLER)
        assert set(scopes) <= ALL_SCOPES.keys()


@each_operation
def test_an_operation_declares_its_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    statuses = operation["responses"].keys()
    assert {"500", "503"} <= statuses
    assert any(status.startswith("2") for status in statuses)
    if operation["security"]:
        assert {"401", "403", "422"} <= statuses
    for name in statuses:
        answer = operation["responses"][name]
        if name >= "400" and "$ref" in answer:
            referred = DOCUMENT["components"]["responses"][answer["$ref"].rsplit("/", 1)[-1]]
            assert "application/problem+json" in referred["content"]


@each_operation
def test_an_operation_has_an_owner_behind_the_gateway(path: str, method: str, operation: dict[str, Any]) -> None:
    if path.startswith("/v1/"):
        assert path.split("/")[2] in OWNER_OF_RESOURCE


@each_operation
def test_a_command_needs_its_key(path: str, method: str, operation: dict[str, Any]) -> None:
    """Every POST but tokens, evaluations and searches, which change nothing."""
    keys = [each for each in operation.get("parameters", ()) if each["name"] == "Idempotency-Key"]
    free = operation["operationId"] in PUBLIC or path.endswith(("/evaluations", "/searches"))
    if method == "post" and not free:
        assert keys
        assert keys[0]["required"]
