"""Where the bytes of evidence lie, by their SHA-256: in a folder, or in a bucket that speaks S3."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from shared.context import ServiceContext
from shared.http.ranges import Part
from shared.http.uploads import Upload
from shared.settings import Settings

if TYPE_CHECKING:
    from obstore import GetOptions, GetResult
    from obstore.store import ClientConfig, S3Config

SHELVES = tuple(f"{number:02x}" for number in range(256))
"""The first two digits of the digests: what a store is listed by, part after part."""
_CHUNK = 256 * 1024
_PART = 8 * 1024 * 1024
_PARTS_AT_ONCE = 2
_LISTED = 1_000
_CONNECTING, _SILENCE = timedelta(seconds=2), timedelta(seconds=10)
_SLOW_READER = timedelta(hours=1)
_KEY = "evidence vault"


class VaultAway(Exception):
    """The store does not answer, or not to us. Says which error, never its text."""


class BytesLost(Exception):
    """No bytes lie under the digest."""


@dataclass(frozen=True, slots=True)
class Kept:
    size: int
    since: datetime


def key_of(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


@contextmanager
def _telling() -> Iterator[None]:
    """The store's errors as ours."""
    try:
        yield
    except FileNotFoundError:
        raise BytesLost from None
    except (BaseError, OSError) as error:
        raise VaultAway(type(error).__name__) from None


class Vault:
    """Reading is the same in every store; ``stage`` and ``keep`` are the store's own."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def stage(self, upload: Upload) -> None:
        """What takes long, before the transaction that records the bytes."""
        raise NotImplementedError

    async def keep(self, upload: Upload) -> None:
        """Within it: when this returns, the bytes are there to stay. The same bytes have the same place."""
        raise NotImplementedError

    async def find(self, digest: str) -> Kept | None:
        try:
            with _telling():
                found = await obstore.head_async(self._store, key_of(digest))
        except BytesLost:
            return None
        return Kept(found["size"], found["last_modified"])

    async def read(self, digest: str, part: Part) -> AsyncIterator[bytes]:
        """The part's bytes, in blocks. Raises ``BytesLost`` and ``VaultAway`` before the first of them."""
        with _telling():
            options: GetOptions = {"range": (part.start, part.end)}
            found = await obstore.get_async(self._store, key_of(digest), options=options)
        return _blocks(found)

    async def remove(self, digest: str) -> None:
        try:
            with _telling():
                await obstore.delete_async(self._store, key_of(digest))
        except BytesLost:
            return

    async def shelf(self, name: str) -> dict[str, Kept]:
        """What lies on a shelf, by digest. Whatever has no digest for its name is not ours, and passed over."""
        found: dict[str, Kept] = {}
        with _telling():
            async for rows in obstore.list(self._store, name, chunk_size=_LISTED):
                for row in rows:
                    digest = row["path"].rpartition("/")[2]
                    if row["path"] == key_of(digest):
                        found[digest] = Kept(row["size"], row["last_modified"])
        return found


async def _blocks(found: "GetResult") -> AsyncIterator[bytes]:
    with _telling():
        async for block in found.stream(min_chunk_size=_CHUNK):
            yield bytes(block)


class Folder(Vault):
    """The upload, which is on the disk already, moves to its place."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(LocalStore(folder))
        self._folder = folder

    async def stage(self, upload: Upload) -> None:
        """Moving takes no time: nothing to do before."""

    async def keep(self, upload: Upload) -> None:
        with _telling():
            path = self._folder / key_of(upload.digest)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            upload.path.replace(path)
            for changed in (path.parent, path.parent.parent, self._folder):
                _settle_folder(changed)


def _settle_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Bucket(Vault):
    """Large files go in parts, two at a time; a part is all that is in memory. The same bytes at once go once."""

    def __init__(self, store: ObjectStore) -> None:
        super().__init__(store)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def stage(self, upload: Upload) -> None:
        async with self._turns.setdefault(upload.digest, asyncio.Lock()):
            found = await self.find(upload.digest)
            if found is None or found.size != upload.size:
                await self._send(upload)

    async def _send(self, upload: Upload) -> None:
        with _telling():
            await obstore.put_async(
                self._store,
                key_of(upload.digest),
                upload.path,
                attributes={"Content-Type": "application/octet-stream"},
                chunk_size=_PART,
                max_concurrency=_PARTS_AT_ONCE,
            )

    async def keep(self, upload: Upload) -> None:
        """Staged a moment ago, unless a sweeper was there in between."""
        await self.stage(upload)


def _bucket(settings: Settings) -> S3Store:
    told: S3Config = {
        "region": settings.evidence_region,
        "virtual_hosted_style_request": settings.evidence_virtual_host,
    }
    if settings.evidence_endpoint is not None:
        told["endpoint"] = settings.evidence_endpoint
    if settings.evidence_key_id is not None and settings.evidence_secret is not None:
        told["access_key_id"] = settings.evidence_key_id.get_secret_value()
        told["secret_access_key"] = settings.evidence_secret.get_secret_value()
    if settings.evidence_encryption is not None:
        told["server_side_encryption"] = settings.evidence_encryption
    if settings.evidence_encryption_key is not None:
        told["sse_kms_key_id"] = settings.evidence_encryption_key
    plain = (settings.evidence_endpoint or "").startswith("http:")
    client: ClientConfig = {
        "allow_http": plain,
        "connect_timeout": _CONNECTING,
        "read_timeout": _SILENCE,
        "timeout": _SLOW_READER,
    }
    return S3Store(
        settings.evidence_bucket,
        prefix=settings.evidence_prefix or None,
        config=told,
        client_options=client,
        retry_config={"max_retries": 2, "retry_timeout": _SILENCE},
    )


def vault_of(context: ServiceContext) -> Vault:
    """The store of the settings, opened once."""
    if _KEY not in context.extras:
        settings = context.settings
        chosen = Bucket(_bucket(settings)) if settings.evidence_bucket else Folder(settings.evidence)
        context.extras[_KEY] = chosen
    vault: Vault = context.extras[_KEY]
    return vault
