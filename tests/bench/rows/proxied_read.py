"""A household read through the gateway, the owner in a process of its own behind the proxy."""

from tests.bench.place import Place
from tests.bench.reading import reading
from tests.bench.row import Row
from tests.bench.system import in_processes


async def measure(place: Place) -> list[Row]:
    async with in_processes(place, "households", "gateway") as served:
        return [await reading("gateway read through the proxy", place, served)]
