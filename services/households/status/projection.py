"""The status of households, as it can be rebuilt from identification's events."""

from services.households.registry.domain import NEW_STATUS
from services.households.status.handlers import HANDLERS
from shared.rebuild import Columns, Projection

STATUS = Projection(
    name="status",
    zh="农户的贫困状态",
    en="status of households",
    shape=Columns(
        table="households",
        key="id",
        initial={"status": NEW_STATUS.value, "status_since": None, "status_case_id": None, "registration_version": 0},
        subject=lambda event: event.household_id,
        incidental=("updated_at",),
    ),
    events=frozenset(HANDLERS),
)
