"""Handing in evidence and reading it back."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from services.identification.evidence import store
from services.identification.problems import EVIDENCE_EMPTY
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.commands import Later, Read
from shared.http.route import Route
from shared.http.schemas import Answer, Digest
from shared.http.uploads import Upload, receive_upload
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1/evidence", route_class=Route, tags=["evidence"])
_BYTES = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}, "required": True}


class EvidenceAnswer(Answer):
    """The name under which the bytes are cited. The same bytes have the same name."""

    digest: Digest
    size: int
    media_type: str


@router.post("", status_code=201, summary="上传佐证材料 · Upload evidence", openapi_extra={"requestBody": _BYTES})
async def upload_evidence(
    request: Request,
    principal: Annotated[Principal, allow("evidence:write")],
    command: Later,
    context: Context,
    response: Response,
) -> EvidenceAnswer:
    """The body is the file itself, of any media type; its name is never kept."""
    officer = principal.require_officer()
    folder = context.settings.evidence
    upload = await receive_upload(request, folder / "incoming")
    try:
        return await _keep(upload, principal, officer, command, context, response)
    finally:
        upload.discard()


async def _keep(
    upload: Upload, principal: Principal, officer: UUID, command: Later, context: Context, response: Response
) -> EvidenceAnswer:
    if not upload.size:
        raise Problem(EVIDENCE_EMPTY)
    transaction = await command.begin()
    await asyncio.to_thread(store.keep, context.settings.evidence, upload)
    await store.record(transaction, upload, principal.division, officer)
    response.headers["Location"] = f"/v1/evidence/{upload.digest}"
    return EvidenceAnswer(digest=upload.digest, size=upload.size, media_type=upload.media_type)


@router.get("/{digest}", summary="读取佐证材料 · Read evidence", response_class=FileResponse)
async def get_evidence(
    digest: Digest,
    principal: Annotated[Principal, allow("evidence:read")],
    connection: Read,
    context: Context,
) -> FileResponse:
    """The bytes, where they were uploaded within the caller's area or belong to an application of it."""
    row = await store.find(connection, digest, principal.division)
    if row is None:
        raise Problem(NOT_FOUND)
    headers = {"Content-Disposition": "attachment", "ETag": f'"{digest}"'}
    path = store.path_of(context.settings.evidence, digest)
    return FileResponse(path, media_type=row["media_type"], headers=headers)
