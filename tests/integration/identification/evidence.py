"""Evidence handed in to an office and read back, and what lies in its store."""

import hashlib
from typing import Any

import httpx

from tests.fixtures import documents
from tests.fixtures.bucket import S3Server
from tests.integration.identification.office import TOWNSHIP, Office

PICTURE = documents.png(bytes(range(256)) * 10_000)
DIGEST = hashlib.sha256(PICTURE).hexdigest()
KEY = f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"
SERVER = "server"


async def hand_in(
    office: Office, content: bytes = PICTURE, media_type: str = "image/png", *, more: Any = None, **who: Any
) -> httpx.Response:
    headers = office.headers("village_cadre", **who) | {"content-type": media_type} | (more or {})
    return await office.client.post("/v1/evidence", content=content, headers=headers)


async def read(office: Office, digest: str = DIGEST, method: str = "GET", **more: str) -> httpx.Response:
    named = {name.replace("_", "-"): text for name, text in more.items()}
    headers = office.headers("township_officer", TOWNSHIP) | named
    return await office.client.request(method, f"/v1/evidence/{digest}", headers=headers)


async def keys(office: Office) -> list[str]:
    """What lies in the store; with a bucket, nothing may lie in the folder."""
    folder, server = office.context.settings.evidence, office.context.extras[SERVER]
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    if not isinstance(server, S3Server):
        return files
    assert files == []
    prefix = f"{office.context.settings.evidence_prefix}/"
    return [key.removeprefix(prefix) for key in await server.keys() if key.startswith(prefix)]
