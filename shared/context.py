"""What a running service holds: made by the wiring, handed to routes, handlers, timers and jobs."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shared.auth.keys import KeyRing
from shared.auth.revocations import Revocations
from shared.auth.tokens import TokenIssuer
from shared.auth.verifier import TokenVerifier
from shared.bus.port import Bus
from shared.clock import PolicyClock
from shared.database.database import Database
from shared.peers.client import Peers
from shared.settings import Settings


@dataclass
class ServiceContext:
    name: str
    settings: Settings
    database: Database
    clock: PolicyClock
    bus: Bus
    keys: KeyRing
    verifier: TokenVerifier
    internal_verifier: TokenVerifier
    issuer: TokenIssuer
    peers: Peers
    revocations: Revocations = field(default_factory=Revocations)
    consumes: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def cursor_secret(self) -> bytes:
        """The same in every replica of the service."""
        return self.keys.secret(self.name, "cursors")
