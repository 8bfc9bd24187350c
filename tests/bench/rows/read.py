"""A household read through the gateway, the owner in the gateway's own process."""

from tests.bench.place import Place
from tests.bench.reading import reading
from tests.bench.row import Row
from tests.bench.system import in_one_process


async def measure(place: Place) -> list[Row]:
    async with in_one_process(place) as served:
        return [await reading("gateway read in one process", place, served)]
