"""Which of our two languages the caller would rather read (RFC 9110 §12.5.4). Pure."""

import re
from functools import lru_cache

LANGUAGES = ("zh", "en")
"""The first is ours where the caller names neither, or both alike."""
_RANGE = re.compile(r"(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:\s*;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?")
_LONGEST = 1000


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """``zh`` or ``en``, by the weights of an ``Accept-Language``. What is malformed in it is passed over.

    ``*`` stands for whichever is not named; a weight of 0 refuses a language, as long as the other is not refused
    too: an answer in the wrong language is better than none.
    """
    weights = _weights(accepted[:_LONGEST].lower())
    wished = {language: weights.get(language, weights.get("*", -1.0)) for language in LANGUAGES}
    acceptable = {language: 0.5e-3 if weight < 0 else weight for language, weight in wished.items()}
    return max(LANGUAGES, key=lambda language: acceptable[language])


def _weights(accepted: str) -> dict[str, float]:
    """The highest weight of each primary language (``en-GB`` counts as ``en``), and of ``*``."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        found = _RANGE.fullmatch(part.strip())
        if found:
            primary, weight = found[1].partition("-")[0], float(found[2] or 1)
            weights[primary] = max(weight, weights.get(primary, 0.0))
    return weights
