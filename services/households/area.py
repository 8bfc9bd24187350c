"""Divisions above and below a code, and who sees them."""

from shared.areas import LEVELS, covers, significant_digits


def parent_of(code: str) -> str | None:
    """The division above, in 12 digits; None for a province."""
    length = significant_digits(code)
    above = [shorter for shorter in LEVELS if shorter < length]
    return code[: max(above)].ljust(12, "0") if above else None


def ancestors_of(code: str) -> list[str]:
    """From the division above up to the province."""
    found: list[str] = []
    above = parent_of(code)
    while above is not None:
        found.append(above)
        above = parent_of(above)
    return found


def visible(area: str, code: str) -> bool:
    """Whether a caller of the area sees the division: what lies under it, and what it lies under."""
    return covers(area, code) or code in ancestors_of(area)
