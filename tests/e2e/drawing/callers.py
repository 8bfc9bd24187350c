"""Who asks: for each operation the roles whose scopes let them, in turn, so that what is drawn comes past the door."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from services.wiring.sandbox import officer_token
from shared.auth.keys import KeyRing
from shared.auth.roles import ROLES

COUNTY = "500229000000"
_LONG = timedelta(hours=12)
_ENDING = frozenset({"log_out"})
"""With each of these a token ends: they are given one of their own."""


def roles_of(security: list[dict[str, list[str]]]) -> list[str]:
    """None where the operation is open to everybody."""
    wanted = [frozenset(scopes) for requirement in security for scopes in requirement.values()]
    return sorted(role for role, scopes in ROLES.items() for needed in wanted if needed <= scopes)


class Callers:
    """A provider of authentication, as schemathesis asks one."""

    def __init__(self, keys: Path) -> None:
        ring = KeyRing(keys)
        self._fresh = partial(officer_token, ring, division=COUNTY, number=1, lifetime=_LONG)
        self._tokens = {role: self._fresh(role) for role in ROLES}
        self._turns: dict[str, Iterator[str | None]] = {}

    def get(self, case: Any, context: Any) -> str | None:
        operation = context.operation
        name = operation.definition.raw["operationId"]
        if name not in self._turns:
            roles = roles_of(operation.definition.raw.get("security", []))
            self._turns[name] = cycle(roles or [None])
        role = next(self._turns[name])
        if role is None:
            return None
        return self._fresh(role) if name in _ENDING else self._tokens[role]

    def set(self, case: Any, token: str | None, context: Any) -> None:
        if token is not None:
            case.headers["Authorization"] = f"Bearer {token}"
