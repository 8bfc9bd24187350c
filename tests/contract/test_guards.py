"""No route without its guard: each has a scope, and a row that says what becomes of it outside the caller's area."""

import orjson
import pytest

from services.gateway.documents import SPECIFICATION
from services.wiring.migration import ROOT
from services.wiring.specification import operations
from tests.e2e.matrix.rows import ROWS, Everywhere

SCOPES = {
    operation["operationId"]: {scope for each in operation["security"] for scope in each["oauth2"]}
    for _, _, operation in operations(orjson.loads((ROOT / SPECIFICATION).read_bytes()))
}


def test_every_operation_has_its_row() -> None:
    """A new route is tried outside its area as soon as ``tests/e2e/matrix/rows.py`` knows what to ask of it."""
    assert SCOPES.keys() - ROWS.keys() == set()
    assert ROWS.keys() - SCOPES.keys() == set()


@pytest.mark.parametrize("name", sorted(SCOPES))
def test_an_operation_open_to_all_says_why(name: str) -> None:
    row = ROWS[name]
    assert SCOPES[name] or isinstance(row, Everywhere)
    assert not isinstance(row, Everywhere) or row.why
