"""Sandboxes: data folders whose clock may be moved and whose officers are made up. Decided at the first start."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid5

from shared.areas import is_division
from shared.auth.keys import KeyRing
from shared.auth.roles import ROLES
from shared.auth.tokens import GATEWAY, TokenIssuer

_OFFICERS = UUID("5b1f3c52-7f0e-4a39-9d4e-2f1c8f6b7a10")
_SANDBOX, _SERIOUS = "sandbox", "production"
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82)
)
"""The first two digits in use (GB/T 2260)."""
_SHORT = frozenset({2, 4, 6, 9})


class NotSandbox(RuntimeError):
    """The data folder holds a system in earnest: it never becomes a sandbox."""


class NothingHere(RuntimeError):
    """Nothing was ever started on this data folder."""


def settle_kind(data: Path, *, sandbox: bool) -> bool:
    """Whether the folder is a sandbox, written down at the first start. Raises ``NotSandbox``."""
    kind = _kind(data)
    if kind is None:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        kind = _SANDBOX if sandbox else _SERIOUS
        (data / "kind").write_text(kind)
    if sandbox and kind != _SANDBOX:
        raise NotSandbox(str(data))
    return kind == _SANDBOX


def require_sandbox(data: Path) -> None:
    """Raises ``NothingHere`` or ``NotSandbox``."""
    kind = _kind(data)
    if kind is None:
        raise NothingHere(str(data))
    if kind != _SANDBOX:
        raise NotSandbox(str(data))


def _kind(data: Path) -> str | None:
    try:
        return (data / "kind").read_text().strip()
    except FileNotFoundError:
        return None


def full_code(code: str) -> str:
    """A division's code in 12 or 15 digits; a short one of 2, 4, 6 or 9 is filled with zeros. Raises ``ValueError``."""
    full = code.ljust(12, "0") if len(code) in _SHORT and code.isascii() and code.isdigit() else code
    if not is_division(full) or not full.isascii() or int(full[:2]) not in _PROVINCES:
        raise ValueError("not a division code")
    return full


def officer_of(role: str, division: str, number: int = 1) -> UUID:
    """The made-up officer: the same on every machine."""
    return uuid5(_OFFICERS, f"{role}/{division}/{number}")


def officer_token(keys: KeyRing, role: str, division: str, number: int, lifetime: timedelta) -> str:
    """A bearer token signed with the gateway's key. ``division`` in full; ``role`` one of ``ROLES``."""
    if role not in ROLES:
        raise ValueError("not a role")
    officer = officer_of(role, division, number)
    return TokenIssuer(keys, GATEWAY).officer(officer_id=officer, role=role, division=division, lifetime=lifetime)
