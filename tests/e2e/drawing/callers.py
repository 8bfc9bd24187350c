"""Who asks: for each operation the roles whose scopes let them, in turn, so that what is drawn comes past the door."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from services.wiring.sandbox import officer_token
from shared.auth.keys import KeyRing
from shared.auth.roles import ROLES

COUNTY = "500229000000"
_LONG = timedelta(hours=12)


def roles_of(security: list[dict[str, list[str]]]) -> list[str]:
    """None where the operation is open to everybody."""
    wanted = [frozenset(scopes) for requirement in security for scopes in requirement.values()]
    return sorted(role for role, scopes in ROLES.items() for needed in wanted if needed <= scopes)


class Callers:
    """A provider of authentication, as schemathesis asks one."""

    def __init__(self, keys: Path) -> None:
        ring = KeyRing(keys)
        self._tokens = {role: officer_token(ring, role, COUNTY, 1, _LONG) for role in ROLES}
        self._turns: defaultdict[str, Iterator[str | None]] = defaultdict(lambda: cycle([None]))

    def get(self, case: Any, context: Any) -> str | None:
        operation = context.operation
        if operation.label not in self._turns:
            roles = roles_of(operation.definition.raw.get("security", []))
            self._turns[operation.label] = cycle([self._tokens[role] for role in roles] or [None])
        return next(self._turns[operation.label])

    def set(self, case: Any, token: str | None, context: Any) -> None:
        if token is not None:
            case.headers["Authorization"] = f"Bearer {token}"
