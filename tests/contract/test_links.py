"""Links lead from what names a resource to operations that there are, by parameters that these have."""

from collections.abc import Iterator
from typing import Any

import orjson

from services.gateway.documents import SPECIFICATION
from services.wiring.migration import ROOT
from services.wiring.specification import operations

DOCUMENT: dict[str, Any] = orjson.loads((ROOT / SPECIFICATION).read_bytes())
BY_NAME = {operation["operationId"]: operation for _, _, operation in operations(DOCUMENT)}


def _links() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for operation in BY_NAME.values():
        for answer in operation["responses"].values():
            for link in answer.get("links", {}).values():
                yield operation, link


def _path_parameters(operation: dict[str, Any]) -> set[str]:
    return {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}


def test_a_link_names_all_that_its_target_asks_for_in_the_path() -> None:
    for source, link in _links():
        target = BY_NAME[link["operationId"]]
        assert link["parameters"].keys() == _path_parameters(target), source["operationId"]
        for expression in link["parameters"].values():
            assert expression.startswith(("$response.body#/", "$request.path."))
            if expression.startswith("$request.path."):
                assert expression.rpartition(".")[2] in _path_parameters(source)


def test_whatever_is_made_can_be_gone_to() -> None:
    targets = {(source["operationId"], link["operationId"]) for source, link in _links()}
    assert targets >= {
        ("register_household", "show_household"),
        ("register_household", "add_household_member"),
        ("add_household_member", "correct_member"),
        ("submit_application", "survey_household"),
        ("post_publicity", "raise_publicity_objection"),
        ("raise_publicity_objection", "resolve_publicity_objection"),
        ("start_comparison", "list_comparison_cases"),
        ("upload_evidence", "get_evidence"),
        ("list_suspects", "verify_suspect_again"),
        ("list_tasks", "complete_task"),
    }


def test_everything_that_has_an_id_of_its_own_is_reached() -> None:
    reached = {link["operationId"] for _, link in _links()}
    asked = {name for name, operation in BY_NAME.items() if _path_parameters(operation) - {"division", "year"}}
    assert asked - reached == set()
