"""What a caller may know about itself and about the codes of the field."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from shared.auth.principal import Principal
from shared.http.access import allow
from shared.http.route import Route
from shared.http.schemas import Answer

router = APIRouter(prefix="/v1", route_class=Route)


class Me(Answer):
    """``officer_id`` is null for a system that does not act for an officer."""

    subject: str
    officer_id: UUID | None
    role: str
    division: str
    scopes: list[str]


@router.get("/me", tags=["me"], summary="当前身份 · Who am I")
async def read_me(principal: Annotated[Principal, allow()]) -> Me:
    """What the presented token says: the caller, its role, its area and its scopes."""
    return Me(
        subject=principal.subject,
        officer_id=principal.officer_id,
        role=principal.role,
        division=principal.division,
        scopes=sorted(principal.scopes),
    )
