"""What can be said of all messages of a bus together."""

from collections import defaultdict
from collections.abc import Iterable

from tests.contract.asyncapi.kept import Tapped

Subject = tuple[str, str]


def gaps(tapped: Iterable[Tapped]) -> set[tuple[str, str]]:
    """(source, type) of events whose subject's sequence does not go on from 1 by ones. Repetitions count once."""
    last: defaultdict[Subject, int] = defaultdict(int)
    seen: set[str] = set()
    found = set()
    for message in tapped:
        headers = message.headers
        if headers["ce_id"] in seen:
            continue
        seen.add(headers["ce_id"])
        subject, sequence = (headers["ce_source"], headers["ce_subject"]), int(headers["ce_sequence"])
        if sequence != last[subject] + 1:
            found.add((headers["ce_source"], headers["ce_type"]))
        last[subject] = sequence
    return found


def told(tapped: list[Tapped]) -> str:
    types = {message.headers["ce_type"] for message in tapped}
    topics = {message.topic for message in tapped}
    return f"{len(tapped)} messages of {len(types)} types on {len(topics)} topics keep the contract"
