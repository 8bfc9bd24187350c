"""What the system answered, as its clients heard it: the left side of every entry in the ledger."""

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx
import orjson

from tests.chaos.ledger.rows import Command


@dataclass
class Journal:
    """Every command answered with success, once; whatever else was answered is counted by its status."""

    commands: dict[str, Command] = field(default_factory=dict)
    contradicted: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    longest_silence: float = 0.0
    _digests: dict[str, bytes] = field(default_factory=dict)
    _last: float | None = None

    def hear(self, answer: httpx.Response) -> None:
        """A witness of ``services.season.client``."""
        self.statuses[answer.status_code] += 1
        key = answer.request.headers.get("Idempotency-Key")
        if key is None or not answer.is_success:
            return
        now = time.monotonic()
        self.longest_silence = max(self.longest_silence, now - (self._last or now))
        self._last = now
        digest = hashlib.sha256(answer.content).digest()
        if self._digests.setdefault(key, digest) != digest:
            self.contradicted.append(key)
        self.commands.setdefault(key, _command(key, answer))


def _command(key: str, answer: httpx.Response) -> Command:
    body = orjson.loads(answer.content)
    told = body if isinstance(body, dict) else {}
    made = str(told.get("id") or told.get("digest") or "")
    return Command(key, answer.request.method, answer.request.url.path, answer.status_code, made)
