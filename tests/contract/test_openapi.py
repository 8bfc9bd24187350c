"""The one API document: valid, committed as generated, and complete for whoever reads it."""

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from services.commands.specification import rendered
from services.gateway.documents import SPECIFICATION
from services.topology import OWNER_OF_RESOURCE
from services.wiring.contract.texts import texts
from services.wiring.migration import ROOT
from shared.http.access import ALL_SCOPES
from tests.contract.documents import DOCUMENT, OPERATIONS, SCHEMAS, contents, is_bilingual, resolved, schemas_within

PUBLIC = {"issue_token", "list_signing_keys", "log_in", "read_authorization_server", "revoke_token"}
ANY_CALLER = {"change_password", "list_codes", "log_out", "read_me", "read_sandbox_clock"}
FIELDS, TEXTS, TAGS = (f"services/wiring/contract/texts/{name}.toml" for name in ("fields", "operations", "tags"))
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
    name = operation["operationId"]
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name)
    assert re.fullmatch(r".*[\u4e00-\u9fff].* · .*[A-Za-z].*", operation["summary"]), "summary='中文 · English'"
    assert name in texts("operations"), f"say in {TEXTS} what {name} does, in Chinese; its docstring says it in English"
    chinese, english = operation["description"].split("\n\n")[:2]
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", english), f"{name} needs a docstring in English"


def test_no_operation_is_told_that_is_not_there() -> None:
    assert set(texts("operations")) == {operation["operationId"] for _, _, operation in OPERATIONS}, TEXTS


def test_every_tag_is_described() -> None:
    used = {tag for _, _, operation in OPERATIONS for tag in operation["tags"]}
    assert set(texts("tags")["tags"]) == used, TAGS
    assert {tag["name"] for tag in DOCUMENT["tags"]} == used
    assert all(is_bilingual(tag["description"]) for tag in DOCUMENT["tags"])
    assert all(len(operation["tags"]) == 1 for _, _, operation in OPERATIONS)


@each_operation
def test_every_parameter_is_described(path: str, method: str, operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        assert is_bilingual(parameter.get("description", "")), f"say in {FIELDS} what {name} means"
        assert "example" in parameter


def test_every_field_is_described_in_both_languages() -> None:
    """By the name it has everywhere, or as ``Schema.field``."""
    untold = [
        f"{name}.{field}"
        for name, schema in SCHEMAS.items()
        for field, inner in schema.get("properties", {}).items()
        if not is_bilingual(inner.get("description", "") or resolved(inner).get("description", ""))
    ]
    assert untold == [], f"say in {FIELDS} what these mean"


def test_no_schema_leaves_open_what_it_is() -> None:
    """No ``any``: neither an empty schema nor an object about which nothing is said."""
    open_ended = [
        place
        for name, schema in _all_schemas()
        for place, inner in schemas_within(schema, name)
        if not {"type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"} & inner.keys() or _says_nothing(inner)
    ]
    assert open_ended == [], f"give these a shape, or name one as their format in {FIELDS}"


def _all_schemas() -> list[tuple[str, dict[str, Any]]]:
    own = [
        (f"{operation['operationId']} {told}", content.get("schema", {}))
        for _, _, operation in OPERATIONS
        for told, _, content in contents(operation)
    ]
    return [*SCHEMAS.items(), *own]


def _says_nothing(schema: dict[str, Any]) -> bool:
    further = schema.get("additionalProperties", True)
    return schema.get("type") == "object" and "properties" not in schema and further is True


def test_what_has_a_named_format_refers_to_it() -> None:
    """Ids, moments, days, division codes and digests are said once."""
    formats = {"Id", "Moment", "Day", "DivisionCode", "Digest", "Money", "Cursor", "Position", "Version", "Year"}
    assert formats <= SCHEMAS.keys()
    spelt_out = [
        place
        for name, schema in _all_schemas()
        if name not in formats
        for place, inner in schemas_within(schema, name)
        if inner.get("format") in {"uuid", "date", "date-time"} or inner.get("pattern", "").startswith(r"^\d{12}")
    ]
    assert spelt_out == []


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
def test_an_operation_has_an_owner_behind_the_gateway(path: str, method: str, operation: dict[str, Any]) -> None:
    if path.startswith("/v1/"):
        assert path.split("/")[2] in OWNER_OF_RESOURCE


@each_operation
def test_a_command_needs_its_key(path: str, method: str, operation: dict[str, Any]) -> None:
    """Every POST but tokens and tickets, whose answers are not kept, and those that change nothing."""
    keys = [each for each in operation.get("parameters", ()) if each["name"] == "Idempotency-Key"]
    free = operation["operationId"] in PUBLIC or path.endswith(("-tickets", "/evaluations", "/searches"))
    if method == "post" and not free:
        assert keys
        assert keys[0]["required"]


def test_what_an_extract_says_is_any_text() -> None:
    """A department writes what it writes, also where a column is named like a field of ours."""
    cells = SCHEMAS["SuspectEvidence"]["properties"]["rows"]["items"]["properties"]
    assert {"role", "plate_number"} <= cells.keys()
    assert all(cell.keys() == {"type", "description"} | (cell.keys() & {"examples"}) for cell in cells.values())
    assert all(cell["type"] == "string" for cell in cells.values())
