"""``python -m tests.chaos --seed 7 --kills 30``: the system hurt again and again, and the books opened afterwards.

Ends with a line ``kills k redelivered r duplicates_dropped d lost 0 doubled 0 stuck 0``, and fails where one of the
last three is not 0. The same seed strikes the same targets in the same order.
"""

import argparse
import asyncio
import sys

from tests.chaos.place import place_of_a_run
from tests.chaos.rig import SERVICES, Run
from tests.chaos.telling import Teller


def main() -> int:
    asked = _arguments()
    with place_of_a_run(asked.bus, asked.replicas) as (place, keeping):
        teller = Teller(loud=asked.loud)
        run = Run(place, asked.seed, asked.kills, teller, entry=asked.entry, with_seasons=not asked.clerks_only)
        verdict = None
        try:
            verdict = asyncio.run(run.conduct())
        finally:
            if (verdict is None or not verdict.good) and not asked.discard:
                keeping.keep()
                print(f"kept in {place.folder}; again: make chaos SEED={asked.seed} KILLS={asked.kills}", flush=True)
        print("\n".join(verdict.lines()), flush=True)
        return 0 if verdict.good else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what goes wrong when")
    parser.add_argument("--kills", type=int, default=30, help="SIGKILLs altogether")
    parser.add_argument("--bus", choices=("kafka", "postgres"), default="kafka", help="the engine between services")
    parser.add_argument("--replicas", type=int, default=3, help="of identification and of notifications")
    parser.add_argument("--entry", default=SERVICES, help="module that runs a service: a broken build, for tests")
    parser.add_argument("--clerks-only", action="store_true", help="single commands, without a season")
    parser.add_argument("--discard", action="store_true", help="keep no folder of a run that failed, for tests")
    parser.add_argument("--loud", action="store_true", help="tell every fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
