"""What services declare as projections is there: tables, columns, handlers."""

import pytest

from services.topology import BY_NAME
from services.wiring.definitions import definition_of
from services.wiring.rebuild import projections
from shared.rebuild import Columns

DECLARED = [(service, each) for service, declared in projections().items() for each in declared.values()]


@pytest.mark.parametrize(("service", "projection"), DECLARED, ids=lambda value: getattr(value, "name", value))
def test_a_projection_stands_on_the_service_it_is_declared_by(service, projection) -> None:  # type: ignore[no-untyped-def]
    definition = definition_of(service)
    assert projection.events <= definition.handlers.keys()
    assert "audit" in BY_NAME[service].asks
    table = definition.metadata.tables[projection.shape.table]
    assert [column.name for column in table.primary_key] == [projection.shape.key]
    if isinstance(projection.shape, Columns):
        assert {*projection.shape.initial, *projection.shape.incidental} <= set(table.columns.keys())


def test_an_event_of_another_version_concerns_a_projection_too() -> None:
    status = projections()["households"]["status"]
    assert status.concerns("jingzhun.identification.household_identified.v9")
    assert status.concerns(None)
    assert not status.concerns("jingzhun.identification.case_rejected.v1")
