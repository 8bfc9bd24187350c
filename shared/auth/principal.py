"""The caller of a request, as its token proves."""

from dataclasses import dataclass
from uuid import UUID

from shared.areas import covers
from shared.problems import Problem
from shared.problems.common import OFFICER_REQUIRED, OUTSIDE_AREA, SCOPE_MISSING


@dataclass(frozen=True, slots=True)
class Principal:
    """``officer_id`` is absent for a system that does not act for an officer; ``service`` names a calling service.

    ``client`` is the API client that the token was issued to, and ``acting`` whether it acts for the subject
    (RFC 8693, ``act``).
    """

    subject: str
    officer_id: UUID | None
    role: str
    division: str
    scopes: frozenset[str]
    service: str | None = None
    client: str | None = None
    acting: bool = False

    @property
    def caller(self) -> str:
        """Whose commands these are: the officer's own and those of a system for the same officer are not the same."""
        return f"{self.subject} by {self.client}" if self.acting else self.subject

    def require_scope(self, scope: str) -> None:
        if scope not in self.scopes:
            raise Problem(SCOPE_MISSING)

    def covers(self, division: str) -> bool:
        return covers(self.division, division)

    def require_area(self, division: str) -> None:
        if not self.covers(division):
            raise Problem(OUTSIDE_AREA)

    def require_officer(self) -> UUID:
        if self.officer_id is None:
            raise Problem(OFFICER_REQUIRED)
        return self.officer_id
