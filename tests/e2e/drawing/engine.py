"""``python -m tests.e2e.drawing.engine plan.json outcome.json``: the drawing itself, in a process of its own.

schemathesis registers its checks and hooks globally, and lives in threads; the system's process is spared both.
"""

import signal
import sys
import time
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.engine import events, from_schema

from tests.e2e.drawing import bindings, bodies
from tests.e2e.drawing.callers import Callers
from tests.e2e.drawing.exemptions import EXEMPTIONS, NEVER_ENDING, REFUSING, WITHOUT_A_HEADER
from tests.e2e.drawing.gathering import Gathering
from tests.e2e.drawing.plan import Outcome, Plan
from tests.e2e.drawing.reading import document_at
from tests.e2e.drawing.sending import Sending

_FEWEST, _MOST = 8, 100
_STEPS = 8
_PHASES = ("examples", "coverage", "fuzzing", "stateful")


def configuration(plan: Plan, seed: int, phases: tuple[str, ...]) -> dict[str, Any]:
    """A hundredth of the requests is drawn for each operation, of which there are about a hundred, within bounds."""
    examples = min(max(plan.requests // 1000, _FEWEST), _MOST)
    off = {
        each.check: {"enabled": False}
        for each in EXEMPTIONS
        if not each.operations and each.check != "max_response_time"
    }
    return {
        "seed": seed,
        "base-url": plan.url,
        "continue-on-failure": True,
        "request-timeout": 60,
        "generation": {
            "max-examples": examples,
            "no-shrink": True,
            "database": "none",
            "with-security-parameters": False,
        },
        "phases": {
            **{name: {"enabled": name in phases} for name in _PHASES},
            "stateful": {
                "enabled": "stateful" in phases,
                "max-steps": _STEPS,
                "generation": {"max-examples": examples * 10},
            },
        },
        "checks": off
        | {
            "negative_data_rejection": {"expected-statuses": REFUSING},
            "missing_required_header": {"expected-statuses": WITHOUT_A_HEADER},
        },
        "dictionaries": bindings.dictionaries(plan.ids),
        "parameters": bindings.parameters(plan.ids),
        "operations": bindings.operations(plan.ids)
        + [{"include-operation-id": [name]} | settings for name, settings in NEVER_ENDING.items()]
        + [
            {"include-operation-id": list(each.operations), "checks": {each.check: {"enabled": False}}}
            for each in EXEMPTIONS
            if each.operations
        ],
    }


class Drawing:
    """Round after round, each with the next seed, until there are enough or somebody says stop."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._gathering = Gathering()
        self._told_to_stop = False

    def run(self) -> Outcome:
        self._register()
        began, seed, phases = time.monotonic(), self._plan.seed, _PHASES
        while not (self._is_over() or self._gathering.errors):
            self._round(seed, phases)
            seed, phases = seed + 1, _PHASES[2:]
        return self._gathering.outcome(time.monotonic() - began)

    def stop(self, *_: Any) -> None:
        self._told_to_stop = True

    def _is_over(self) -> bool:
        return self._told_to_stop or self._gathering.requests >= self._plan.requests

    def _register(self) -> None:
        """What schemathesis takes are functions and classes, for the whole process."""
        keys, sending = Path(self._plan.keys), Sending(self._plan.seed, self._plan.bodies)

        @schemathesis.hook
        def before_call(context: Any, case: Any, kwargs: Any) -> None:
            sending.prepare(case)

        @schemathesis.hook
        def after_call(context: Any, case: Any, response: Any) -> None:
            self._gathering.keep_if_refused(case.operation.label, response)

        @schemathesis.auth(refresh_interval=None)
        class _Callers(Callers):
            def __init__(self) -> None:
                super().__init__(keys)

        bodies.register(bodies.other_types(document_at(self._plan.url)))

    def _round(self, seed: int, phases: tuple[str, ...]) -> None:
        config = schemathesis.Config.from_dict(configuration(self._plan, seed, phases))
        schema = schemathesis.openapi.from_dict(document_at(self._plan.url), config=config)
        stream = from_schema(schema).execute()
        for event in stream:
            self._take(event)
            if self._is_over():
                stream.stop()

    def _take(self, event: Any) -> None:
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.NonFatalError):
            self._gathering.break_down(f"{event.label}: {event.info.title}: {event.info.message}")
        if isinstance(event, events.ScenarioFinished):
            self._gathering.read(event.phase.value, event.recorder)


if __name__ == "__main__":
    drawing = Drawing(Plan.read(Path(sys.argv[1])))
    signal.signal(signal.SIGTERM, drawing.stop)
    drawing.run().write(Path(sys.argv[2]))
