"""What a caller is ready to read (RFC 9110 §12.5.1), against what a route can answer."""

from functools import lru_cache

ANYTHING = "*/*"
JSON = "application/json"
_LONGEST = 1000


def accepts(accept: str | None, produced: frozenset[str]) -> bool:
    """Whether one of the media types ``produced`` may be sent; without the header anything may."""
    if not accept or accept == ANYTHING or accept in produced or ANYTHING in produced:
        return True
    return len(accept) <= _LONGEST and _weighed(accept, produced)


@lru_cache(maxsize=256)
def _weighed(accept: str, produced: frozenset[str]) -> bool:
    """The most specific range that names a type decides on it; one of weight 0 forbids it."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weights[name] = _weight(parameters)
    return any(_weight_of(media_type, weights) > 0 for media_type in produced)


def _weight(parameters: list[str]) -> float:
    """A weight that cannot be read is none at all."""
    named = [each[2:] for each in parameters if each.startswith("q=")]
    try:
        return float(named[0]) if named else 1.0
    except ValueError:
        return 0.0


def _weight_of(media_type: str, weights: dict[str, float]) -> float:
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", ANYTHING)
    return next((weights[name] for name in ranges if name in weights), 0.0)
