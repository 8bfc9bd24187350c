"""A season's client: every act bears its name, and a system that is away is asked again."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from jingzhun_client import AsyncClient, Request
from services.season.client import Actor, Api
from services.season.stopping import Refused, SeasonStopped

CLERK, OTHER = Actor("township_clerk", "500229001000"), Actor("township_clerk", "500229002000")
SEASON = UUID(int=7)
Answering = Callable[[httpx.Request], httpx.Response]


def _api(answer: Answering, heard: list[httpx.Response] | None = None, patience: float = 60.0) -> Api:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://jingzhun.test")
    client = AsyncClient(http=http, patience=patience, witness=heard.append if heard is not None else None)
    return Api(client, lambda *_: "token", SEASON)


def _act(content: bytes = b"{}", method: str = "POST") -> Request[dict[str, int]]:
    return Request("act", method, "/v1/acts", dict[str, int], content=content, keyed=True)


async def test_what_follows_from_an_act_is_found_by_its_key() -> None:
    heard: list[httpx.Response] = []
    api = _api(lambda _: httpx.Response(200, json={}), heard)
    for actor, body in ((CLERK, b"1"), (CLERK, b"1"), (CLERK, b"2"), (OTHER, b"1")):
        await api.act(actor, _act(body))
    await api.act(CLERK, _act(b"1", "PATCH"))
    keys = [UUID(each.request.headers["idempotency-key"]) for each in heard]
    assert [each.request.headers["traceparent"].split("-")[1] for each in heard] == [key.hex for key in keys]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4


async def test_a_system_that_is_away_is_asked_again_with_the_same_key() -> None:
    keys: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) == 1:
            raise httpx.ConnectError("refused")
        return httpx.Response(503, headers={"Retry-After": "0"}) if len(keys) == 2 else httpx.Response(200, json={})

    assert await _api(answer).act(CLERK, _act()) == {}
    assert (len(keys), len(set(keys))) == (3, 1)


async def test_patience_ends() -> None:
    def silent(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(SeasonStopped, match="does not answer"):
        await _api(silent, patience=0.0).act(CLERK, _act())


async def test_a_refusal_is_told_in_both_languages() -> None:
    problem = {"code": "not-eligible", "cases": ["a"]}
    api = _api(lambda _: httpx.Response(422, json=problem, headers={"Content-Type": "application/problem+json"}))
    with pytest.raises(Refused, match="Refused: /v1/acts") as refused:
        await api.act(CLERK, _act())
    assert (refused.value.code, refused.value.problem) == ("not-eligible", problem)
    assert refused.value.zh == "被拒绝：/v1/acts（422 not-eligible）"
