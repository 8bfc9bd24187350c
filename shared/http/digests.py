"""What a caller says of its body's digest, and what we say of ours: digest fields of RFC 9530, SHA-256 alone."""

import base64
import binascii
import re
from collections.abc import Mapping

_MEMBER = re.compile(r"[ \t]*([a-z*][a-z0-9_.*-]*)[ \t]*=[ \t]*:([A-Za-z0-9+/=]{0,200}):[ \t]*")
_FIELDS = ("content-digest", "repr-digest")


class DigestMalformed(ValueError):
    """The field is no dictionary of byte sequences, or its SHA-256 is none."""


def told_digests(headers: Mapping[str, str]) -> set[bytes]:
    """Every SHA-256 that the fields tell. Other algorithms are passed over. Raises ``DigestMalformed``."""
    told = set()
    for field in _FIELDS:
        for member in headers.get(field, "").split(",") if field in headers else ():
            found = _MEMBER.fullmatch(member)
            if found is None:
                raise DigestMalformed(field)
            if found.group(1) == "sha-256":
                told.add(_decoded(found.group(2)))
    return told


def _decoded(text: str) -> bytes:
    try:
        digest = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise DigestMalformed("base64") from None
    if len(digest) != 32:
        raise DigestMalformed("length")
    return digest


def repr_digest(digest: str) -> str:
    """The field's value for a SHA-256 in hexadecimal."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
