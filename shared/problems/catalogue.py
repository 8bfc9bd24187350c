"""Every problem type there is, defined once by the service that raises it."""

from dataclasses import dataclass

from shared.problems.fields import FieldError


@dataclass(frozen=True, slots=True)
class ProblemType:
    code: str
    status: int
    zh: str
    en: str

    @property
    def uri(self) -> str:
        return f"urn:jingzhun:problem:{self.code}"

    def at(self, pointer: str) -> FieldError:
        """The same problem as one of several, each at its place."""
        return FieldError(pointer, self.code, self.zh, self.en)

    def title(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    def rendered(self, language: str) -> dict[str, str | int]:
        return {"type": self.uri, "code": self.code, "status": self.status, "title": self.title(language)}


CATALOGUE: dict[str, ProblemType] = {}


def define(code: str, status: int, *, zh: str, en: str) -> ProblemType:
    """Register a problem type. A code defined twice is a programming error."""
    if code in CATALOGUE:
        raise ValueError(f"the problem code {code} is defined twice")
    CATALOGUE[code] = ProblemType(code, status, zh, en)
    return CATALOGUE[code]
