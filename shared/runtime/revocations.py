"""Every process keeps the gateway's list of revocations: asked for each second, kept where the gateway is away.

So a revocation holds everywhere within ``BOUND_SECONDS``, and no request waits for it.
"""

import asyncio
from datetime import datetime
from typing import Any

import structlog

from shared.auth.revocations import Revocations
from shared.auth.tokens import GATEWAY
from shared.delivery.persistence import pause, persist
from shared.peers.client import Peers
from shared.problems import Problem

log = structlog.get_logger()
PATH = "revocations"
POLL_SECONDS = 1.0
BOUND_SECONDS = 3.0
"""The pause between two questions, and the time that the second one takes at most where the gateway is well."""
_WORTH_TELLING = 15
"""Questions without an answer, one after another."""


class RevocationWatch:
    def __init__(self, service: str, peers: Peers, revocations: Revocations) -> None:
        self._service = service
        self._peers = peers
        self._revocations = revocations
        self._version = ""
        self._unanswered = 0

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            await self.look()
            await pause(stop, POLL_SECONDS)

        await persist(work, stop, service=self._service, task="revocations")

    async def look(self) -> None:
        """Ask once. An answer of the version that is known brings no list."""
        try:
            answer: dict[str, Any] = await self._peers.ask(GATEWAY, PATH, {"known": self._version})
        except Problem:
            self._missed()
            return
        self._unanswered = 0
        if answer["revoked"] is not None:
            revoked = {name: datetime.fromisoformat(moment) for name, moment in answer["revoked"].items()}
            self._revocations.replace(revoked)
            self._version = answer["version"]

    def _missed(self) -> None:
        """Told once, and not while the whole system starts."""
        self._unanswered += 1
        if self._unanswered == _WORTH_TELLING:
            log.warning("the gateway tells no revocations; those known go on", service=self._service)
