"""Finding the services by their names in the topology."""

from importlib import import_module
from importlib.util import find_spec

from services.topology import BY_NAME
from shared.runtime.definition import Definition


class ServiceMissing(RuntimeError):
    """The topology names a service that this installation does not have."""


def definition_of(name: str) -> Definition:
    """``DEFINITION`` of ``services.<name>.service``. Raises ``ServiceMissing``."""
    place = f"services.{name}.service"
    if name not in BY_NAME or find_spec(f"services.{name}") is None or find_spec(place) is None:
        raise ServiceMissing(f"{place} is missing")
    definition: Definition = import_module(place).DEFINITION
    if definition.name != name:
        raise ServiceMissing(f"{place} defines {definition.name}")
    return definition
