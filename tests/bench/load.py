"""A process that asks the same questions over and over: ``python -m tests.bench.load``, told what on its input."""

import asyncio
import itertools
import sys
import time

import orjson
import uvloop

from tests.bench.wire import Wire, WrongAnswer, request


async def load(
    port: int, paths: list[str], headers: dict[str, str], *, seconds: float, connections: int
) -> dict[str, float]:
    """Answers, and the seconds it took to get them. Raises ``WrongAnswer`` for anything but 200."""
    wires = await asyncio.gather(*(Wire.opened("127.0.0.1", port) for _ in range(connections)))
    questions = itertools.cycle([request("GET", path, headers) for path in paths])
    began = time.perf_counter()
    ends = began + seconds

    async def ask_on(wire: Wire) -> int:
        answered = 0
        while time.perf_counter() < ends:
            status, _ = await wire.ask(next(questions))
            if status != 200:
                raise WrongAnswer(str(status))
            answered += 1
        return answered

    answers = sum(await asyncio.gather(*(ask_on(wire) for wire in wires)))
    took = time.perf_counter() - began
    for wire in wires:
        wire.close()
    return {"answers": answers, "seconds": took}


if __name__ == "__main__":
    told = orjson.loads(sys.stdin.buffer.read())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(orjson.dumps(runner.run(load(**told))))
