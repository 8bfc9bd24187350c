"""A new key for an issuer: published first, signing later; the old one verifies until its last token has ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from shared.auth.keyfiles import FROM_THE_FIRST, PRIVATE, PUBLIC, KeyName, create, named, publish, read_private
from shared.auth.keys import LONGEST_TOKEN, NOTICE
from shared.clock import system_now


def rotate(folder: Path, issuer: str, *, notice: timedelta = NOTICE) -> KeyName:
    """The key that signs after ``notice``. One that still waits for its turn is answered instead of another."""
    newest = _names(folder, issuer)[-1]
    if newest.signs_from > system_now():
        return newest
    _forget_ended(folder, issuer)
    return _make(folder, issuer, system_now() + notice)


def replace_at_once(folder: Path, issuer: str) -> KeyName:
    """For a key that others may have: a new one signs from now on, and nothing signed before is valid any more."""
    old = _names(folder, issuer)
    new = _make(folder, issuer, system_now())
    for name in old:
        if name != new:
            _remove(folder, name)
    return new


def newest_since(folder: Path, issuer: str) -> datetime:
    """When the newest key was made; for the first one, as its file tells."""
    name = _names(folder, issuer)[-1]
    if name.signs_from != FROM_THE_FIRST:
        return name.signs_from
    written = name.path(folder, PRIVATE).stat().st_mtime
    return datetime.fromtimestamp(written, tz=system_now().tzinfo)


def _names(folder: Path, issuer: str) -> list[KeyName]:
    """Raises ``FileNotFoundError`` where the issuer has no key here."""
    names = [name for name, _ in named(folder, PRIVATE) if name.issuer == issuer]
    if not names:
        raise FileNotFoundError(f"no key of {issuer}")
    return names


def _make(folder: Path, issuer: str, signs_from: datetime) -> KeyName:
    name = KeyName(issuer, signs_from)
    create(name, folder)
    publish(read_private(name.path(folder, PRIVATE)).public_key(), name.path(folder, PUBLIC))
    return name


def _ended(names: list[KeyName]) -> Iterator[KeyName]:
    now = system_now()
    for name, later in pairwise(names):
        if later.signs_from + LONGEST_TOKEN < now:
            yield name


def _forget_ended(folder: Path, issuer: str) -> None:
    for name in _ended(_names(folder, issuer)):
        _remove(folder, name)


def _remove(folder: Path, name: KeyName) -> None:
    for suffix in (PUBLIC, PRIVATE):
        name.path(folder, suffix).unlink(missing_ok=True)
