"""``python -m tests.e2e.drawing.engine plan.json outcome.json``: the drawing itself, in a process of its own.

schemathesis registers its checks and hooks globally, and lives in threads; the system's process is spared both.
"""

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.engine import Status, events, from_schema

from tests.e2e.drawing import bindings, bodies, checks
from tests.e2e.drawing.callers import Callers
from tests.e2e.drawing.exemptions import EXEMPTIONS, REFUSING, WITHOUT_A_HEADER
from tests.e2e.drawing.plan import Outcome, Plan
from tests.e2e.drawing.reading import document_at
from tests.e2e.drawing.sending import Sending

_FEWEST, _MOST = 8, 100
_STEPS = 8
_COMMANDS = frozenset({"POST", "PUT", "PATCH"})
_SAMPLED_BYTES = 20_000
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
        + [
            {"include-operation-id": list(each.operations), "checks": {each.check: {"enabled": False}}}
            for each in EXEMPTIONS
            if each.operations
        ],
    }


class Drawing:
    """Counts, and keeps what went wrong."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._outcome = Outcome()
        self._statuses: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._checks: Counter[str] = Counter()
        self._failures: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._refused: dict[tuple[str, str], dict[str, Any]] = {}

    def run(self) -> Outcome:
        self._register()
        began, seed, phases = time.monotonic(), self._plan.seed, _PHASES
        while self._outcome.requests < self._plan.requests and not self._outcome.errors:
            self._round(seed, phases)
            seed, phases = seed + 1, _PHASES[2:]
        self._outcome.seconds = time.monotonic() - began
        self._outcome.statuses = {
            name: {str(status): count for status, count in found.items()} for name, found in self._statuses.items()
        }
        self._outcome.checks = dict(self._checks)
        self._outcome.failures = [self._failures[key] for key in sorted(self._failures)]
        self._outcome.refused = list(self._refused.values())
        return self._outcome

    def _register(self) -> None:
        """What schemathesis takes are functions and classes, for the whole process."""
        keys, sending = Path(self._plan.keys), Sending(self._plan.seed, self._plan.bodies)

        @schemathesis.hook
        def before_call(context: Any, case: Any, kwargs: Any) -> None:
            sending.prepare(case)

        @schemathesis.hook
        def after_call(context: Any, case: Any, response: Any) -> None:
            self._after(case, response)

        @schemathesis.auth(refresh_interval=None)
        class _Callers(Callers):
            def __init__(self) -> None:
                super().__init__(keys)

        bodies.register()

    def _round(self, seed: int, phases: tuple[str, ...]) -> None:
        config = schemathesis.Config.from_dict(configuration(self._plan, seed, phases))
        schema = schemathesis.openapi.from_dict(document_at(self._plan.url), config=config)
        stream = from_schema(schema).execute()
        for event in stream:
            self._take(event)
            if self._outcome.requests >= self._plan.requests:
                stream.stop()

    def _take(self, event: Any) -> None:
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.NonFatalError):
            self._outcome.errors.append(f"{event.label}: {event.info.title}: {event.info.message}")
        if isinstance(event, events.PhaseFinished) and event.status != Status.SKIP:
            print(f"{event.phase.name.value}: {self._outcome.requests} requests", flush=True)
        if isinstance(event, events.ScenarioFinished):
            self._read(event.phase.value, event.recorder)

    def _read(self, phase: str, recorder: Any) -> None:
        interactions = recorder.interactions
        self._outcome.requests += len(interactions)
        self._outcome.phases[phase] = self._outcome.phases.get(phase, 0) + len(interactions)
        for case_id, interaction in interactions.items():
            if interaction.response is not None:
                label = recorder.cases[case_id].value.operation.label
                self._statuses[label][interaction.response.status_code] += 1
        for case_id, nodes in recorder.checks.items():
            for node in nodes:
                self._checks[node.name] += 1
                if node.status == Status.FAILURE:
                    operation = recorder.cases[case_id].value.operation.label
                    self._fail(node, operation, interactions.get(case_id))

    def _fail(self, node: Any, operation: str, interaction: Any) -> None:
        failure, answer = node.failure_info.failure, interaction and interaction.response
        kept = self._failures.setdefault(
            (node.name, operation, failure.title),
            {
                "check": node.name,
                "operation": operation,
                "title": failure.title,
                "message": failure.message[:600],
                "asked": node.failure_info.code_sample[:1500],
                "answered": answer and f"{answer.status_code} {(answer.content or b'')[:600].decode(errors='replace')}",
                "times": 0,
            },
        )
        kept["times"] += 1

    def _after(self, case: Any, response: Any) -> None:
        """One refused command of each operation and code is kept, to be sent once more when all is quiet."""
        code, request = checks.problem_of(response).get("code"), response.request
        key = case.operation.label, code
        if code is None or key in self._refused or request.method not in _COMMANDS or response.status_code == 405:
            return
        body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
        if len(body) <= _SAMPLED_BYTES:
            headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
            self._refused[key] = {
                "operation": case.operation.label,
                "method": request.method,
                "url": request.url,
                "headers": headers,
                "body": body.hex(),
                "code": code,
            }


if __name__ == "__main__":
    Drawing(Plan.read(Path(sys.argv[1]))).run().write(Path(sys.argv[2]))
