"""What the database finds for a reader and what memory hands on to it are the same, whoever reads and asks."""

from itertools import product
from uuid import uuid4

from services.audit.domain import name_of
from services.audit.interest import Filter, Interest
from services.audit.positions import BEGINNING
from services.audit.reading import section
from shared.auth import Principal
from shared.bus.port import Message
from tests.fixtures.happenings import delivered
from tests.fixtures.services import RunningService
from tests.integration.audit.readers import put

DIVISIONS = (
    "500229001001003",
    "500229001001",
    "500229001000",
    "500229000000",
    "50022900100",
    "",
    "500230001001",
    "５００２２９０００００",
)
TYPES = ("jingzhun.identification.case_rejected.v1", "jingzhun.identification.case_rejected.v2", "com.example.rain", "")
SUBJECTS = (str(uuid4()), "")
AREAS = ("500000000000", "500229000000", "500229001000", "500229001001", "500229001001003", "110000000000")


def _message(division: str, type_: str, subject: str) -> Message:
    told = {"ce_division": division, "ce_type": type_, "ce_subject": subject, "ce_correlationid": subject[:8]}
    headers = {"ce_id": str(uuid4())} | {name: value for name, value in told.items() if value}
    return Message("jingzhun.identification.v1", "", headers, b"{}")


async def test_both_say_the_same(audit: RunningService) -> None:
    await put(audit, [delivered(_message(*told)) for told in product(DIVISIONS, TYPES, SUBJECTS)])
    types = (None, "case_rejected", "CaseRejected", *filter(None, TYPES), name_of(TYPES[0]))
    async with audit.context.database.connection() as connection:
        everything = (await section(connection, None, after=BEGINNING, limit=1000)).rows
        assert len(everything) == len(DIVISIONS) * len(TYPES) * len(SUBJECTS)
        for role, area, type_, subject, division in product(
            ("operator", "county_officer"), AREAS, types, (None, SUBJECTS[0]), (None, *AREAS)
        ):
            principal = Principal("somebody", None, role, area, frozenset())
            interest = Interest.of(principal, Filter(type_, subject, division, subject and subject[:8]))
            found = (await section(connection, interest, after=BEGINNING, limit=1000)).rows
            covered = [row["position"] for row in everything if interest.covers(row)]
            assert [row["position"] for row in found] == covered, interest


async def test_a_page_is_bounded_in_bytes_and_never_empty(audit: RunningService) -> None:
    values = [b"x" * size for size in (10, 900, 10, 10, 2_000, 10)]
    message = _message(DIVISIONS[0], TYPES[0], SUBJECTS[0])
    await put(
        audit,
        [
            delivered(message._replace(value=value, headers=message.headers | {"ce_id": str(uuid4())}))
            for value in values
        ],
    )
    async with audit.context.database.connection() as connection:
        after, pages = BEGINNING, []
        while True:
            page = await section(connection, None, after=after, limit=3, most_bytes=500)
            pages.append([len(row["value"]) for row in page.rows])
            after = page.end
            if not page.full:
                break
    assert pages == [[10, 900], [10, 10, 2_000], [10]]
