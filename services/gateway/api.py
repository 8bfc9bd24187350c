"""What a caller may know about itself and about the codes of the field."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from shared.auth.principal import Principal
from shared.codes import CODES, Code
from shared.http.access import allow
from shared.http.route import Route
from shared.http.schemas import Answer

router = APIRouter(prefix="/v1", route_class=Route)


class CodeName(Answer):
    """A code with its Chinese and English name."""

    code: str
    zh: str
    en: str


class CodeLists(Answer):
    lists: dict[str, list[CodeName]]


class Actor(Answer):
    """The API client that acts for the officer (RFC 8693)."""

    sub: str


class Me(Answer):
    """``officer_id`` is null for a system that does not act for an officer, ``client_id`` for an officer in person."""

    subject: str
    officer_id: UUID | None
    client_id: str | None
    act: Actor | None
    role: str
    division: str
    scopes: list[str]


@router.get("/me", tags=["me"], summary="当前身份 · Who am I")
async def read_me(principal: Annotated[Principal, allow()]) -> Me:
    """What the presented token says: the caller, its role, its area and its scopes."""
    return Me(
        subject=principal.subject,
        officer_id=principal.officer_id,
        client_id=principal.client,
        act=Actor(sub=principal.client) if principal.acting and principal.client is not None else None,
        role=principal.role,
        division=principal.division,
        scopes=sorted(principal.scopes),
    )


@router.get("/codes", tags=["codes"], summary="代码表 · The code lists")
async def list_codes(_: Annotated[Principal, allow()]) -> CodeLists:
    """Every code that the API speaks, by list, each with its Chinese and English name."""
    return CodeLists(lists={name: [_named(code) for code in codes] for name, codes in CODES.items()})


def _named(code: Code) -> CodeName:
    return CodeName(code=code.value, zh=code.zh, en=code.en)
