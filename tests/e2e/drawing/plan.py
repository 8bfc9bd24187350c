"""What the drawing is told, and what it tells: two files between the system's process and the drawing one's."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import orjson


class _Filed:
    """Kept as JSON."""

    def write(self, path: Path) -> None:
        path.write_bytes(orjson.dumps(asdict(self)))  # type: ignore[call-overload]

    @classmethod
    def read(cls, path: Path) -> Self:
        return cls(**orjson.loads(path.read_bytes()))


@dataclass(frozen=True)
class Plan(_Filed):
    """``keys``: the folder of the gateway's keys. ``ids``: of what there is in the system, by kind.

    ``bodies`` that make sense, by operation: one request in four is sent with one of them.
    """

    url: str
    keys: str
    seed: int
    requests: int
    ids: dict[str, list[Any]]
    bodies: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class Outcome(_Filed):
    """``statuses`` by operation; ``failures`` with what was asked and answered, each kind of failure once.

    ``refused`` are commands that were not accepted: operation, method, URL, headers, body in hexadecimal, and the
    problem's code.
    """

    requests: int = 0
    seconds: float = 0.0
    phases: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, dict[str, int]] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)
    failures: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.failures and not self.errors

    @property
    def server_errors(self) -> int:
        return sum(count for found in self.statuses.values() for status, count in found.items() if int(status) >= 500)

    def silent(self) -> list[str]:
        """Operations that no request came through to: refused every time."""
        return sorted(
            operation for operation, found in self.statuses.items() if not any(status < "300" for status in found)
        )

    def lines(self) -> Iterator[str]:
        for failure in self.failures:
            yield f"\n{failure['check']} · {failure['operation']} · {failure['title']} ({failure['times']}×)"
            yield failure["message"]
            yield f"{failure['asked']}\n{failure['answered']}"
        yield from (f"\n{error}" for error in self.errors)
        yield f"phases {self.phases}"
        yield f"checks {self.checks}"
        for operation in self.silent():
            codes = sorted(command["code"] for command in self.refused if command["operation"] == operation)
            yield f"never accepted: {operation} {self.statuses[operation]} {codes}"
        accepted = sum(count for found in self.statuses.values() for at, count in found.items() if at < "300")
        yield f"operations {len(self.statuses)} accepted {accepted}"
        yield (
            f"requests {self.requests} seconds {self.seconds:.0f} failures {len(self.failures)}"
            f" errors {len(self.errors)} server errors {self.server_errors}"
        )
