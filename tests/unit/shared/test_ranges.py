"""Ranges and digest fields as the RFCs have them."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.http.digests import DigestMalformed, repr_digest, told_digests
from shared.http.ranges import Part, Unsatisfiable, requested_part

DIGEST = hashlib.sha256(b"x").digest()
TOLD = base64.b64encode(DIGEST).decode()


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, 10),
        ("bytes=9-9", 9, 10),
        ("bytes=5-99", 5, 10),
        ("Bytes=2-3", 2, 4),
        ("bytes=-3", 7, 10),
        ("bytes=-99", 0, 10),
    ],
)
def test_one_range(header: str, start: int, end: int) -> None:
    assert requested_part(header, 10) == Part(start, end, 10)


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=999999999999999999-"])
def test_beyond_the_end(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        requested_part(header, 10)


@pytest.mark.parametrize(
    "header",
    [
        *(None, "", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=1-2"),
        *("bytes=0-1,4-5", "bytes=0-1;", "bytes=" + "9" * 5000 + "-"),
    ],
)
def test_what_may_be_ignored_is_answered_whole(header: str | None) -> None:
    assert requested_part(header, 10) is None


@given(some.text(max_size=40), some.integers(1, 1_000_000))
def test_whatever_is_sent_a_part_lies_within(header: str, size: int) -> None:
    for sent in (header, f"bytes={header}"):
        try:
            part = requested_part(sent, size)
        except Unsatisfiable:
            continue
        assert part is None or 0 <= part.start < part.end <= size


def test_digest_fields() -> None:
    assert told_digests({}) == set()
    assert told_digests({"content-digest": f"sha-256=:{TOLD}:"}) == {DIGEST}
    assert told_digests({"repr-digest": f"sha-512=:AAAA:, sha-256=:{TOLD}:"}) == {DIGEST}
    assert told_digests({"repr-digest": "md5=:AAAA:"}) == set()
    assert repr_digest(DIGEST.hex()) == f"sha-256=:{TOLD}:"


@pytest.mark.parametrize("field", ["", "sha-256", f"sha-256={TOLD}", "sha-256=:AAAA:", "sha-256=:A:", "sha-256=:===:"])
def test_a_digest_field_that_is_none(field: str) -> None:
    with pytest.raises(DigestMalformed):
        told_digests({"content-digest": field})
