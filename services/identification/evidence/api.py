"""Handing in evidence and reading it back, whole or in part."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from services.identification.evidence import store
from services.identification.evidence.domain import ACCEPTED, agreed_type
from services.identification.evidence.inspection import ContainerUnsafe, recognise
from services.identification.evidence.sweeping import incoming
from services.identification.evidence.vault import BytesLost, VaultAway, vault_of
from services.identification.problems import (
    EVIDENCE_CONTAINER_UNSAFE,
    EVIDENCE_DIGEST_WRONG,
    EVIDENCE_EMPTY,
    EVIDENCE_LOST,
    EVIDENCE_TYPE_LIES,
    EVIDENCE_TYPE_UNSUPPORTED,
)
from shared.auth import Principal
from shared.context import ServiceContext
from shared.http.access import Context, allow
from shared.http.commands import Later
from shared.http.digests import DigestMalformed, repr_digest, told_digests
from shared.http.preconditions import names_tag
from shared.http.ranges import Part, Unsatisfiable, requested_part
from shared.http.route import Route
from shared.http.schemas import Answer, Digest
from shared.http.uploads import Upload, receive_upload
from shared.problems import Problem
from shared.problems.common import (
    BAD_REQUEST,
    MEDIA_TYPE,
    NOT_FOUND,
    PRECONDITION_FAILED,
    RANGE_UNSATISFIABLE,
    UNAVAILABLE,
)

log = structlog.get_logger()
router = APIRouter(prefix="/v1/evidence", route_class=Route, tags=["evidence"])
Reader = Annotated[Principal, allow("evidence:read")]
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_BODY = {"content": {"application/octet-stream": _BINARY} | dict.fromkeys(ACCEPTED, _BINARY), "required": True}
_RETRY_SECONDS = "5"
_CLOSED = {
    "Accept-Ranges": "bytes",
    "Content-Disposition": "attachment",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
"""Whatever the bytes are, no browser shows them within our pages or lets them act."""
_RANGE = {
    "name": "Range",
    "in": "header",
    "description": "一段字节 · One range of bytes (RFC 9110); of several the whole is answered",
    "schema": {"type": "string"},
    "example": "bytes=0-1023",
}
_BYTES = dict.fromkeys(ACCEPTED, _BINARY)
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole", "content": _BYTES},
    206: {"description": "The range that was asked for", "content": _BYTES},
    304: {"description": "The caller has these bytes already"},
}


class EvidenceAnswer(Answer):
    """The name under which the bytes are cited, the same for the same bytes, and their type as the bytes tell it."""

    digest: Digest
    size: Annotated[int, Field(description="bytes")]
    media_type: str


@router.post("", status_code=201, summary="上传佐证材料 · Upload evidence", openapi_extra={"requestBody": _BODY})
async def upload_evidence(
    request: Request,
    principal: Annotated[Principal, allow("evidence:write")],
    command: Later,
    context: Context,
    response: Response,
) -> EvidenceAnswer:
    """The body is the file itself; what it is, its bytes tell. A file's name is never read nor kept.

    With `Content-Digest` or `Repr-Digest` (RFC 9530, `sha-256`) a body that arrived otherwise is refused.
    """
    officer = principal.require_officer()
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(MEDIA_TYPE)
    upload = await receive_upload(request, incoming(context))
    try:
        media_type = await _checked(upload, request.headers)
        await _keep(upload, media_type, principal, officer, command, context)
    except VaultAway as error:
        raise _away(context, error) from None
    finally:
        upload.discard()
    response.headers["Location"] = f"/v1/evidence/{upload.digest}"
    return EvidenceAnswer(digest=upload.digest, size=upload.size, media_type=media_type)


async def _checked(upload: Upload, headers: Mapping[str, str]) -> str:
    """The type under which the bytes are kept, once everything that was said of them is true."""
    try:
        told = told_digests(headers)
    except DigestMalformed:
        raise Problem(BAD_REQUEST) from None
    if told - {bytes.fromhex(upload.digest)}:
        raise Problem(EVIDENCE_DIGEST_WRONG)
    if not upload.size:
        raise Problem(EVIDENCE_EMPTY)
    try:
        found = await asyncio.to_thread(recognise, upload.path)
    except ContainerUnsafe:
        raise Problem(EVIDENCE_CONTAINER_UNSAFE) from None
    if found is None:
        raise Problem(EVIDENCE_TYPE_UNSUPPORTED, accepted=list(ACCEPTED))
    media_type = agreed_type(upload.media_type, found)
    if media_type is None:
        raise Problem(EVIDENCE_TYPE_LIES)
    return media_type


async def _keep(
    upload: Upload, media_type: str, principal: Principal, officer: UUID, command: Later, context: ServiceContext
) -> None:
    vault = vault_of(context)
    await vault.stage(upload)
    transaction = await command.begin()
    await store.share_digest(transaction, upload.digest)
    await vault.keep(upload)
    await store.record(transaction, upload, media_type, principal.division, officer)


def _away(context: ServiceContext, error: VaultAway) -> Problem:
    log.error("evidence store unavailable", service=context.name, error=str(error))
    return Problem(UNAVAILABLE, headers={"Retry-After": _RETRY_SECONDS})


@router.get(
    "/{digest}",
    summary="读取佐证材料 · Read evidence",
    response_class=Response,
    responses=_ANSWERS,
    openapi_extra={"parameters": [_RANGE]},
)
async def get_evidence(digest: Digest, request: Request, principal: Reader, context: Context) -> Response:
    """The bytes or a range of them, where they were uploaded within the caller's area or belong to its application."""
    return await _answer(digest, request, principal, context)


@router.head(
    "/{digest}",
    summary="查询佐证材料 · Look up evidence",
    response_class=Response,
    responses={304: _ANSWERS[304]},
)
async def head_evidence(digest: Digest, request: Request, principal: Reader, context: Context) -> Response:
    """Size, type and digest without the bytes."""
    return await _answer(digest, request, principal, context)


async def _answer(digest: str, request: Request, principal: Principal, context: ServiceContext) -> Response:
    async with context.database.connection() as connection:
        row = await store.find(connection, digest, principal.division)
    if row is None:
        raise Problem(NOT_FOUND)
    tag = f'"{digest}"'
    headers = _CLOSED | {"ETag": tag, "Repr-Digest": repr_digest(digest)}
    if not names_tag(request.headers.get("if-match", "*"), tag):
        raise Problem(PRECONDITION_FAILED)
    if names_tag(request.headers.get("if-none-match", ""), tag, weakly=True):
        return Response(status_code=304, headers=headers)
    part = _part(request, tag, row["size"])
    whole = Part(0, row["size"], row["size"])
    sent = part or whole
    headers["Content-Length"] = str(sent.end - sent.start)
    if part is not None:
        headers["Content-Range"] = part.content_range
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=row["media_type"])
    try:
        blocks = await vault_of(context).read(digest, sent)
    except BytesLost:
        log.error("evidence lost", service=context.name, digest=digest)
        raise Problem(EVIDENCE_LOST) from None
    except VaultAway as error:
        raise _away(context, error) from None
    return StreamingResponse(blocks, status, headers, row["media_type"])


def _part(request: Request, tag: str, size: int) -> Part | None:
    """The range, unless the caller has the beginning of something else (``If-Range``), or asks for no bytes at all."""
    if request.method == "HEAD" or request.headers.get("if-range", tag) != tag:
        return None
    try:
        return requested_part(request.headers.get("range"), size)
    except Unsatisfiable:
        raise Problem(RANGE_UNSATISFIABLE, headers={"Content-Range": f"bytes */{size}"}) from None
