"""What holds no more though it was signed: everything issued to an officer or a client up to a moment, or one token."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID


def officer_name(officer_id: UUID) -> str:
    return f"officer:{officer_id}"


def client_name(client_id: str) -> str:
    return f"client:{client_id}"


def token_name(token_id: str) -> str:
    return f"token:{token_id}"


class Revocations:
    """The list as this process knows it; ``generation`` grows with every change of it."""

    def __init__(self) -> None:
        self._moments: Mapping[str, datetime] = {}
        self.generation = 0

    def replace(self, moments: Mapping[str, datetime]) -> None:
        if moments != self._moments:
            self._moments = moments
            self.generation += 1

    def hold(self, names: Iterable[str], issued_at: datetime) -> bool:
        """Whether a token with one of the names, issued at that moment, is revoked."""
        return any(name in self._moments and issued_at <= self._moments[name] for name in names)
