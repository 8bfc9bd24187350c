"""Who may pass the gate: pages by their origin, callers by what their token proves."""

import pytest

from services.gateway.callers import Callers
from services.gateway.cors import ALLOWED, METHODS
from services.gateway.gate import IN_EARNEST, IN_SANDBOX, quotas
from services.gateway.rates import Cost
from services.gateway.refusals import Ledger
from services.wiring.specification import operations, specification
from shared.http.refusals import opaque_id
from shared.settings import Settings
from tests.fixtures.fronts import Office, acting_for, officer, system
from tests.fixtures.services import client_of

PAGE = "https://town.example"
PREFLIGHT = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
CORS = "access-control-"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_known_page_is_told_what_it_may_and_the_services_are_not_asked() -> None:
    office = Office()
    async with client_of(office.front(cors_origins=[PAGE])) as client:
        answer = await client.options("/v1/things", headers=PREFLIGHT)
    assert (answer.status_code, answer.content, office.reached) == (204, b"", [])
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert answer.headers["access-control-allow-methods"].split(", ") == list(METHODS)
    assert answer.headers["access-control-allow-headers"].split(", ") == list(ALLOWED)
    assert answer.headers["access-control-max-age"] == "7200"
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        ("https://evil.example", [PAGE]),
        ("http://town.example", [PAGE]),
        ("https://town.example:8443", [PAGE]),
        ("https://town.example.evil.example", [PAGE]),
        ("null", [PAGE]),
        (PAGE, []),
    ],
)
async def test_a_foreign_page_is_told_nothing(origin: str, known: list[str]) -> None:
    office = Office()
    async with client_of(office.front(cors_origins=known)) as client:
        answer = await client.options("/v1/things", headers=PREFLIGHT | {"Origin": origin})
        read = await client.get("/v1/things", headers={"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "origin-not-allowed")
    assert read.status_code == 200
    for each in (answer, read):
        assert not [name for name in each.headers if name.startswith(CORS)]


async def test_a_known_page_reads_the_answer_and_the_headers_it_needs() -> None:
    async with client_of(Office(status=404).front(cors_origins=[PAGE])) as client:
        answer = await client.get("/v1/things", headers={"Origin": PAGE})
        elsewhere = await client.get("/v1/things")
    assert answer.headers["access-control-allow-origin"] == PAGE
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    for name in ("ETag", "Location", "Link", "Retry-After", "RateLimit", "X-Trace-Id", "Deprecation", "Sunset"):
        assert name in exposed
    assert answer.headers["vary"] == elsewhere.headers["vary"] == "Origin"
    assert not [name for name in elsewhere.headers if name.startswith(CORS)]


async def test_options_that_are_no_preflight_go_their_way() -> None:
    office = Office()
    async with client_of(office.front(cors_origins=[PAGE])) as client:
        await client.options("/v1/things", headers={"Origin": PAGE})
        await client.options("/v1/things")
    assert len(office.reached) == 2


def test_whatever_the_api_takes_a_page_may_send() -> None:
    allowed = {name.lower() for name in ALLOWED}
    for path, method, operation in operations(specification()):
        assert method.upper() in METHODS, path
        named = {each["name"].lower() for each in operation.get("parameters", ()) if each["in"] == "header"}
        assert named <= allowed, path


async def test_one_too_many_is_told_when_to_come_again() -> None:
    office = Office({"one": officer(1), "two": officer(2)})
    async with client_of(office.front(rate_reads=2)) as client:
        answers = [await client.get("/v1/things", headers=_bearer("one") | {"Accept-Language": "en"}) for _ in range(3)]
        other = await client.get("/v1/things", headers=_bearer("two"))
        written = await client.post("/v1/things", headers=_bearer("one"))
    assert [each.status_code for each in (*answers, other, written)] == [200, 200, 429, 200, 200]
    assert answers[0].headers["ratelimit-policy"] == '"reads";q=2;w=60'
    assert [each.headers["ratelimit"] for each in answers] == [
        '"reads";r=1;t=30',
        '"reads";r=0;t=30',
        '"reads";r=0;t=30',
    ]
    problem = answers[2].json()
    assert (problem["code"], problem["policy"], answers[2].headers["retry-after"]) == ("rate-limited", "reads", "30")
    assert (problem["trace_id"], answers[2].headers["content-language"]) == (answers[2].headers["x-trace-id"], "en")
    assert len(office.reached) == 4


async def test_nobody_chooses_anothers_bucket() -> None:
    """A forged or unreadable token counts against the address it came from."""
    office = Office({"one": officer(1)})
    async with client_of(office.front(rate_reads=1, rate_anonymous=3)) as client:
        for forged in ("Bearer forged", "Basic b25lOm9uZQ==", "Bearer \xff", ""):
            last = await client.get("/v1/things", headers={"Authorization": forged.encode("latin-1")})
        assert last.status_code == 429
        assert last.json()["policy"] == "anonymous"
        assert (await client.get("/v1/things", headers=_bearer("one"))).status_code == 200


async def test_probes_and_preflights_are_never_limited() -> None:
    async with client_of(Office().front(rate_anonymous=1, cors_origins=[PAGE])) as client:
        for path in ("/healthz", "/readyz", "/readyz/gateway", "/metrics") * 2:
            assert (await client.get(path)).status_code == 200
        for _ in range(3):
            assert (await client.options("/v1/things", headers=PREFLIGHT)).status_code == 204


async def test_a_proved_token_is_remembered_for_a_moment() -> None:
    office = Office({"one": officer(1)})
    async with client_of(office.front()) as client:
        for _ in range(5):
            await client.get("/v1/things", headers=_bearer("one"))
    assert office.verified == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "testclient", True),
    ],
)
async def test_an_address_is_a_host_or_a_network_of_hosts(one: str, other: str, same: bool) -> None:
    callers = Callers(Office().verify)
    assert ((await callers.of(None, one)).key == (await callers.of(None, other)).key) is same


def test_quotas_are_generous_in_a_sandbox_and_as_told_where_told() -> None:
    assert quotas(Settings()) == IN_EARNEST
    assert quotas(Settings(sandbox=True, rate_bulk=5, rate_reads=0)) == {
        cost: quota * IN_SANDBOX for cost, quota in IN_EARNEST.items()
    } | {Cost.BULK: 5, Cost.READS: 0}


async def test_refusals_are_counted_by_who_it_was() -> None:
    office = Office({"one": officer(1), "two": system("bureau")}, status=403)
    async with client_of(office.front(rate_commands=1)) as client:
        for token in ("one", "one", "two", "forged"):
            await client.get("/v1/things", headers=_bearer(token))
        for _ in range(3):
            await client.post("/v1/things", headers=_bearer("two"))
    told = office.ledger.take()
    assert [dict(tally.statuses) for tally in told.values()] == [{403: 2}, {403: 2, 429: 2}]
    assert office.ledger.take() == {}


def test_a_ledger_is_bounded_and_takes_back_what_was_not_told() -> None:
    ledger = Ledger(most=2)
    for caller in (system("a"), system("b"), system("c"), system("a")):
        ledger.count(caller, 404)
    taken = ledger.take()
    assert sorted(tally.statuses[404] for tally in taken.values()) == [1, 2]
    ledger.count(system("a"), 403)
    ledger.put_back(taken)
    assert sorted(tally.statuses.total() for tally in ledger.take().values()) == [1, 3]


def test_an_id_is_always_the_same_and_tells_no_name() -> None:
    assert opaque_id(system("bureau")) == opaque_id(system("bureau")) != opaque_id(system("other"))
    assert opaque_id(officer(7)).int == 7
    assert opaque_id(acting_for(officer(7), "bureau")) == opaque_id(system("bureau"))


async def test_a_system_has_one_bucket_whomever_it_acts_for() -> None:
    office = Office({str(number): acting_for(officer(number), "bureau") for number in range(3)})
    async with client_of(office.front(rate_reads=2)) as client:
        answers = [await client.get("/v1/things", headers=_bearer(str(number))) for number in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
