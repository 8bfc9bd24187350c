"""Passwords and secrets as argon2id hashes, computed beside the event loop, a few at a time."""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.problems import Problem
from shared.problems.common import UNAVAILABLE

T = TypeVar("T")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""What OWASP's password storage cheat sheet asks for: 19 MiB, two passes."""
_AT_ONCE = 2
_MOST_WAITING = 64
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike on paper."""


class _Desk:
    """A few work, some wait, and the rest are sent away: no flood of logins takes the memory of everything else."""

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="argon2")
        self._here = 0

    async def do(self, work: Callable[[], T]) -> T:
        """Raises ``service-unavailable``."""
        if self._here >= _AT_ONCE + _MOST_WAITING:
            raise Problem(UNAVAILABLE, headers={"Retry-After": "1"})
        self._here += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._workers, work)
        finally:
            self._here -= 1


_desk = _Desk()


async def hash_of(secret: str) -> str:
    return await _desk.do(lambda: _HASHER.hash(_normal(secret)))


async def matches(kept: str | None, secret: str) -> bool:
    """Whether it is the secret of that hash. No hash takes as long as a wrong one, so that the time tells nothing."""
    right = await _desk.do(lambda: _verified(kept or _nobody(), _normal(secret)))
    return right and kept is not None


def _verified(kept: str, secret: str) -> bool:
    try:
        return _HASHER.verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash(random_secret())


def _normal(secret: str) -> str:
    """The same letters are the same password, however a keyboard composes them."""
    return unicodedata.normalize("NFC", secret)


def random_secret() -> str:
    """A system's: 256 bits."""
    return secrets.token_urlsafe(32)


def random_password() -> str:
    """A person's, typed once: 79 bits in four groups."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
