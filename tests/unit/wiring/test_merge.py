"""The merge of the services' documents refuses what would mean two things."""

from typing import Any

import pytest

from services.wiring.specification import Clash, merge


def _document(path: str, name: str, **schemas: Any) -> dict[str, Any]:
    operation = {
        "operationId": name,
        "responses": {"200": {"description": "ok"}},
        "security": [{"oauth2": []}, {"oauth2": ["cases:read"]}],
    }
    return {"paths": {path: {"get": operation}}, "components": {"schemas": schemas}}


def test_equal_schemas_meet_and_scopes_join() -> None:
    merged = merge(
        {
            "a": _document("/a", "read_a", Page={"type": "object"}),
            "b": _document("/b", "read_b", Page={"type": "object"}),
        }
    )
    assert list(merged["paths"]) == ["/a", "/b"]
    operation = merged["paths"]["/a"]["get"]
    assert operation["security"] == [{"oauth2": ["cases:read"]}]


@pytest.mark.parametrize(
    "other",
    [_document("/b", "read_a"), _document("/a", "read_b"), _document("/b", "read_b", Page={"type": "string"})],
)
def test_a_clash_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(Clash):
        merge({"a": _document("/a", "read_a", Page={"type": "object"}), "b": other})
