"""What the generator makes of a document."""

from typing import Any

import pytest

from clients.generator.annotations import annotation
from clients.generator.document import Unsupported
from clients.generator.models import models
from clients.generator.naming import NameTaken, with_names
from clients.generator.operations import operations
from clients.generator.unions import told_apart

TEXT = {"type": "string"}


def document(schemas: dict[str, Any] | None = None, **paths: Any) -> dict[str, Any]:
    return {"components": {"schemas": schemas or {}}, "paths": {f"/{name}": item for name, item in paths.items()}}


def operation(name: str = "act", **told: Any) -> dict[str, Any]:
    return {"operationId": name, "responses": {"200": {}}, **told}


def answer(schema: Any) -> dict[str, Any]:
    return {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({}, "Any"),
        (TEXT, "str"),
        ({"type": "string", "format": "uuid"}, "UUID"),
        ({"type": ["null", "string"], "format": "date-time"}, "datetime | None"),
        ({"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/Case"}]}, "Case | None"),
        ({"type": "array", "items": {"anyOf": [TEXT, {"type": "null"}]}}, "list[str | None]"),
        ({"type": "object"}, "dict[str, Any]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]"),
        ({"enum": ["a", None, "b"]}, 'Literal["a", "b"] | None'),
        ({"const": 3}, "Literal[3]"),
        ({"allOf": [{"type": "boolean"}]}, "bool"),
        ({"oneOf": [{"type": "number"}, {}]}, "Any"),
    ],
)
def test_a_schema_as_an_annotation(schema: Any, told: str) -> None:
    assert annotation(schema) == told


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [TEXT, TEXT]},
        {"type": "object", "properties": {"a": TEXT}},
        {"$ref": "#/components/responses/Problem"},
        {"type": "file"},
    ],
)
def test_what_has_no_form_is_refused(schema: Any) -> None:
    with pytest.raises(Unsupported):
        annotation(schema)


def test_a_field_that_is_left_out_is_not_sent_but_none_in_an_answer() -> None:
    schema = {"type": "object", "properties": {"a": TEXT, "b": TEXT}, "required": ["b"]}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}}
    given = document({"Body": schema, "Told": schema}, acts={"post": operation(requestBody=body)})
    made = models(given)
    assert "class Body(Struct, frozen=True, kw_only=True):\n    a: str | UnsetType = UNSET\n    b: str\n" in made
    assert "class Told(Struct, frozen=True, kw_only=True):\n    a: str | None = None\n    b: str\n" in made


def test_aliases_stand_after_what_they_are_made_of_and_endless_ones_hold_anything() -> None:
    json = {"anyOf": [TEXT, {"type": "array", "items": {"$ref": "#/components/schemas/Json"}}]}
    given = document({"A": {"$ref": "#/components/schemas/Z"}, "Json": json, "Z": {"enum": ["z"]}})
    aliases = [line for line in models(given).splitlines() if "TypeAlias = " in line]
    assert aliases == ["Json: TypeAlias = Any", 'Z: TypeAlias = Literal["z"]', "A: TypeAlias = Z"]


def test_objects_without_a_name_get_one() -> None:
    inner = {"type": "object", "properties": {"at": TEXT}}
    told = answer({"type": "object", "properties": {"places": {"type": "array", "items": inner}}})
    named = with_names(document(acts={"get": operation("read_act", **told)}))
    assert named["components"]["schemas"].keys() == {"ReadActAnswer", "ReadActAnswerPlacesItem"}
    assert "-> Request[ReadActAnswer]:" in operations(named)


def test_one_name_for_two_objects_is_refused() -> None:
    told = answer({"type": "object", "properties": {}})
    with pytest.raises(NameTaken, match="ActAnswer"):
        with_names(document({"ActAnswer": TEXT}, acts={"get": operation(**told)}))


def test_a_function_takes_what_the_operation_takes() -> None:
    asked = {
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
            {"name": "Idempotency-Key", "in": "header", "required": True, "schema": TEXT},
            {"name": "If-Match", "in": "header", "schema": TEXT},
            {"name": "kind", "in": "query", "required": True, "schema": {"enum": ["a", "b"]}},
        ],
        "requestBody": {"required": True, "content": {"text/csv": {}, "application/x-ndjson": {}}},
    }
    made = operations(document(**{"acts/{id}": {"post": operation(summary="做 · Act", **asked)}}))
    head = (
        'def act(id: UUID, content: bytes, *, media_type: Literal["text/csv", "application/x-ndjson"],'
        ' kind: Literal["a", "b"], if_match: str | None = None) -> Request[bytes]:'
    )
    assert head in made
    assert '"""做 · Act"""' in made
    for given in ('"POST", "/acts/{id}"', 'headers={"If-Match": if_match}', "sent=(content, media_type)", "keyed=True"):
        assert given in made


def test_lists_say_what_leads_to_the_following_page() -> None:
    page = {"type": "object", "properties": {"items": {"type": "array", "items": TEXT}, "next": TEXT}}
    queries = [{"name": name, "in": "query", "schema": TEXT} for name in ("after", "limit")]
    told = answer({"$ref": "#/components/schemas/Page"})
    assert 'cursor="after"' in operations(
        document({"Page": page}, events={"get": operation(parameters=queries, **told)})
    )
    assert "cursor=" not in operations(document({"Page": page}, events={"get": operation(**told)}))


def test_a_stream_is_left_out() -> None:
    told = {"responses": {"200": {"content": {"text/event-stream": {}}}}}
    assert "def " not in operations(document(stream={"get": operation(**told)}))


def test_objects_that_nothing_tells_apart_are_any_object() -> None:
    objects = {name: {"type": "object", "properties": {"a": TEXT}} for name in ("One", "Other")}
    parts = [{"$ref": f"#/components/schemas/{name}"} for name in objects]
    given = document(objects | {"Either": {"oneOf": [*parts, {"type": "null"}]}, "Maybe": {"anyOf": [parts[0], TEXT]}})
    aliases = [line for line in models(told_apart(given)).splitlines() if "TypeAlias = " in line]
    assert aliases == ["Either: TypeAlias = dict[str, Any] | None", "Maybe: TypeAlias = One | str"]


def test_an_answer_without_content_is_none() -> None:
    made = operations(document(acts={"delete": operation(responses={"204": {}})}))
    assert "def act() -> Request[None]:" in made
    assert '"/acts", type(None)' in made
