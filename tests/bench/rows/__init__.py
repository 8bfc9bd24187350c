"""The rows of the benchmark: each module measures what its name says, ``async def measure(place) -> list[Row]``."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable

from tests.bench.place import Place
from tests.bench.row import Row

Measurement = Callable[[Place], Awaitable[list[Row]]]
NAMES = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def measurement(name: str) -> Measurement:
    measure: Measurement = importlib.import_module(f"{__name__}.{name}").measure
    return measure
