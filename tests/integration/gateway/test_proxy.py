"""Forwarding to a service in another process: streams pass through, nothing is normalised, outages are told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import pytest_asyncio
from starlette.types import Receive, Scope, Send

from services.commands import serving
from services.gateway.front import Front
from services.gateway.proxy import Proxy
from shared.http.edge import Edge
from shared.settings import Settings
from tests.fixtures.eventstreams import at_a_port
from tests.fixtures.fronts import Office, front_before

LIMIT = 100_000


class Service:
    """Echoes what reached it; ``/v1/things/stream`` answers in two parts, the second when ``go_on`` is set."""

    def __init__(self) -> None:
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()
        self.seen: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        self.reached.set()
        parts, more = [], True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        headers = [(b"etag", b'"1"'), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2"), (b"x-trace-id", b"other")]
        await send({"type": "http.response.start", "status": 207, "headers": headers})
        if scope["path"].endswith("stream"):
            await send({"type": "http.response.body", "body": b"first", "more_body": True})
            await self.go_on.wait()
        await send({"type": "http.response.body", "body": b"".join(parts), "more_body": False})


def _front(*urls: str) -> tuple[Front, Proxy]:
    proxy = Proxy("households", urls)
    settings = Settings(max_body_bytes=LIMIT, max_upload_bytes=LIMIT)
    return front_before(Edge(proxy, service="gateway", settings=settings), settings, Office().gate(settings)), proxy


@pytest_asyncio.fixture(loop_scope="session")
async def service() -> Service:
    return Service()


@pytest_asyncio.fixture(loop_scope="session")
async def client(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with at_a_port(service) as behind:
        front, proxy = _front(behind)
        async with at_a_port(front) as url, httpx.AsyncClient(base_url=url) as client:
            yield client
        await proxy.close()


async def test_a_request_reaches_the_service_as_it_was_sent(client: httpx.AsyncClient, service: Service) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    answer = await client.post(
        "/v1/things/a%2Fb/../c?q=%20x&q=2",
        content=b"body",
        headers={"traceparent": trace, "te": "trailers", "x-own": "1"},
    )
    assert (answer.status_code, answer.content) == (207, b"body")
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert answer.headers.get_list("x-trace-id") == ["0af7651916cd43dd8448eb211c80319c"]
    (scope,) = service.seen
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    assert scope["query_string"] == b"q=%20x&q=2"
    assert headers["x-own"] == "1"
    assert "te" not in headers
    assert headers["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")


async def test_both_bodies_stream(client: httpx.AsyncClient, service: Service) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"a" * 40_000
        yield b"b" * 40_000

    async with client.stream("POST", "/v1/things/stream", content=parts()) as answer:
        received = answer.aiter_raw()
        assert await anext(received) == b"first"
        service.go_on.set()
        rest = b"".join([part async for part in received])
    assert rest == b"a" * 40_000 + b"b" * 40_000


async def test_too_large_a_body_is_refused_while_it_comes(client: httpx.AsyncClient) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * (LIMIT // 5)

    answer = await client.post("/v1/things", content=parts())
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    named = await client.post("/v1/things", content=b"x" * (LIMIT + 1))
    assert named.status_code == 413


async def test_a_service_that_is_down(service: Service) -> None:
    with serving.bind("127.0.0.1", 0) as door:
        nobody = f"http://127.0.0.1:{door.getsockname()[1]}"
    front, proxy = _front(nobody)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://test") as client:
        answer = await client.get("/v1/things")
    await proxy.close()
    assert (answer.status_code, answer.json()["code"]) == (503, "service-unavailable")
    assert answer.headers["retry-after"] == "1"


async def test_internal_routes_are_never_reached(client: httpx.AsyncClient, service: Service) -> None:
    await client.post("/internal/clock")
    await client.post("/internal")
    assert {scope["path"] for scope in service.seen} == {"/"}


class Dying:
    """Takes each request whole and hangs up without an answer."""

    def __init__(self) -> None:
        self.taken = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"the end")
        self.taken += 1
        writer.close()


@asynccontextmanager
async def _between(*urls: str) -> AsyncIterator[httpx.AsyncClient]:
    front, proxy = _front(*urls)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://test") as client:
        yield client
    await proxy.close()


async def test_a_replica_that_is_down_is_passed_over(service: Service) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"a stream"

    with serving.bind("127.0.0.1", 0) as door:
        nobody = f"http://127.0.0.1:{door.getsockname()[1]}"
    async with at_a_port(service) as url, _between(nobody, url, nobody) as client:
        for _ in range(6):
            assert (await client.post("/v1/things", content=b"body")).content == b"body"
            assert (await client.post("/v1/things", content=parts())).content == b"a stream"
    assert len(service.seen) == 12


@pytest.mark.parametrize(("headers", "repeated"), [({}, False), ({"idempotency-key": "1"}, True)])
async def test_what_may_have_been_received_is_repeated_only_where_its_key_makes_it_one(
    service: Service, headers: dict[str, str], repeated: bool
) -> None:
    dying = Dying()
    async with await asyncio.start_server(dying, "127.0.0.1", 0) as server, at_a_port(service) as url:
        fatal = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with _between(url, fatal) as client:
            answers = [await client.post("/v1/things", content=b"the end", headers=headers) for _ in range(2)]
    assert dying.taken == 1
    assert sorted(answer.status_code for answer in answers) == ([207, 207] if repeated else [207, 503])
    assert len(service.seen) == (2 if repeated else 1)


async def test_a_replica_that_hangs_is_given_nothing_more(service: Service) -> None:
    other = Service()
    async with at_a_port(service) as first, at_a_port(other) as second, _between(first, second) as client:
        hanging = [asyncio.create_task(client.get("/v1/things/stream")) for _ in range(2)]
        await asyncio.gather(service.reached.wait(), other.reached.wait())
        service.go_on.set()
        await asyncio.wait(hanging, return_when=asyncio.FIRST_COMPLETED)
        for _ in range(5):
            await client.get("/v1/things")
        other.go_on.set()
        await asyncio.gather(*hanging)
    assert (len(service.seen), len(other.seen)) == (6, 1)
