"""What became of the requests: counted by operation, phase and check; what went wrong told as soon as it does."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from schemathesis.engine import Status

from tests.e2e.drawing.checks import problem_of
from tests.e2e.drawing.plan import Outcome

_COMMANDS = frozenset({"POST", "PUT", "PATCH"})
_SAMPLED_BYTES = 20_000
_TOLD_EVERY = 1_000


class Gathering:
    def __init__(self) -> None:
        self.requests = 0
        self.errors: list[str] = []
        self._phases: Counter[str] = Counter()
        self._checks: Counter[str] = Counter()
        self._statuses: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._failures: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._refused: dict[tuple[str, str], dict[str, Any]] = {}

    def read(self, phase: str, recorder: Any) -> None:
        """The record of one scenario."""
        before, interactions = self.requests, recorder.interactions
        self.requests += len(interactions)
        self._phases[phase] += len(interactions)
        if before // _TOLD_EVERY != self.requests // _TOLD_EVERY:
            print(f"{phase}: {self.requests} requests, {len(self._failures)} failures", flush=True)
        for case_id, interaction in interactions.items():
            if interaction.response is not None:
                self._statuses[_operation(recorder, case_id)][interaction.response.status_code] += 1
        for case_id, nodes in recorder.checks.items():
            for node in nodes:
                self._checks[node.name] += 1
                if node.status == Status.FAILURE:
                    self._fail(node, _operation(recorder, case_id), interactions.get(case_id))

    def break_down(self, error: str) -> None:
        """The drawing itself could not go on with an operation."""
        self.errors.append(error)
        print(error, flush=True)

    def _fail(self, node: Any, operation: str, interaction: Any) -> None:
        failure, answer = node.failure_info.failure, interaction and interaction.response
        key = node.name, operation, failure.title
        if key not in self._failures:
            print(f"failure: {node.name}: {operation}: {failure.title}", flush=True)
            self._failures[key] = {
                "check": node.name,
                "operation": operation,
                "title": failure.title,
                "message": failure.message[:600],
                "asked": node.failure_info.code_sample[:1500],
                "answered": answer and f"{answer.status_code} {(answer.content or b'')[:600].decode(errors='replace')}",
                "times": 0,
            }
        self._failures[key]["times"] += 1

    def keep_if_refused(self, operation: str, response: Any) -> None:
        """One refused command of each operation and code is kept, to be sent once more when all is quiet."""
        code, request = problem_of(response).get("code"), response.request
        if code is None or (operation, code) in self._refused:
            return
        if request.method not in _COMMANDS or response.status_code == 405:
            return
        body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
        if len(body) <= _SAMPLED_BYTES:
            self._refused[operation, code] = {
                "operation": operation,
                "method": request.method,
                "url": request.url,
                "headers": _without_length(request.headers),
                "body": body.hex(),
                "code": code,
            }

    def outcome(self, seconds: float) -> Outcome:
        statuses = {
            name: {str(status): count for status, count in found.items()} for name, found in self._statuses.items()
        }
        failures = [self._failures[key] for key in sorted(self._failures)]
        refused = list(self._refused.values())
        return Outcome(
            self.requests, seconds, dict(self._phases), statuses, dict(self._checks), failures, self.errors, refused
        )


def _operation(recorder: Any, case_id: str) -> str:
    return str(recorder.cases[case_id].value.operation.label)


def _without_length(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "content-length"}
