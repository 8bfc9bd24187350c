"""What every answer says to browsers, also where there is none: nothing is sniffed, kept, framed or run."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]
POLICY = b"content-security-policy"
NOTHING = (POLICY, b"default-src 'none'; frame-ancestors 'none'")
"""For whatever is no page of ours: should a browser ever show it, nothing in it is loaded or run."""
_ALWAYS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""``same-origin`` keeps others' pages from embedding an answer; a page allowed by CORS still reads it."""
SAID_ANEW = frozenset({b"strict-transport-security", *(name for name, _ in _ALWAYS)})
"""Said anew by each layer; a content's own policy is kept."""


def security_headers(hsts_seconds: int) -> tuple[Header, ...]:
    """All but the content's policy. HSTS where the system stands behind TLS (``hsts_seconds`` above 0)."""
    if not hsts_seconds:
        return _ALWAYS
    return (*_ALWAYS, (b"strict-transport-security", f"max-age={hsts_seconds}; includeSubDomains".encode()))


def has_policy(headers: Iterable[Header]) -> bool:
    """Whether a page has said what may be loaded into it: a second policy would forbid it."""
    for name, _ in headers:  # noqa: SIM110 - twice as fast as a generator, with every answer
        if name == POLICY:
            return True
    return False
