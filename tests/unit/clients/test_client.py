"""The Python client: what it sends, how long it has patience, how it walks a list."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from jingzhun_client import AsyncClient, Client, Credentials, NoAnswer, Refused, Request
from jingzhun_client.models import CaseSummary, DivisionAnswer, IssueTokenBody, MemberChanges
from jingzhun_client.operations import correct_member, get_evidence, list_cases, list_events, submit_application
from jingzhun_client.requests import form, json, request

Answering = Callable[[httpx.Request], httpx.Response]
ACT: Request[dict[str, int]] = Request("act", "POST", "/v1/acts", dict[str, int], content=b"{}", keyed=True)


class Page(msgspec.Struct):
    items: list[int]
    next: str | None


LIST: Request[Page] = Request("list", "GET", "/v1/numbers", Page, cursor="cursor")


def _busy() -> httpx.Response:
    return httpx.Response(503, headers={"Retry-After": "0"})


def _waiting(answer: Answering, **settings: Any) -> Client:
    return Client(http=httpx.Client(transport=httpx.MockTransport(answer), base_url="http://jingzhun.test"), **settings)


def _awaiting(answer: Answering, **settings: Any) -> AsyncClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://jingzhun.test")
    return AsyncClient(http=http, **settings)


def _in_turn(*answers: httpx.Response | Exception) -> Answering:
    following: Iterator[httpx.Response | Exception] = iter(answers)

    def answer(_: httpx.Request) -> httpx.Response:
        match next(following):
            case Exception() as error:
                raise error
            case told:
                return told

    return answer


async def test_busy_and_silent_systems_are_asked_again() -> None:
    def answers() -> Answering:
        return _in_turn(_busy(), httpx.ConnectError("refused"), httpx.Response(200, json={"done": 1}))

    assert [_waiting(answers()).send(ACT), await _awaiting(answers()).send(ACT)] == [{"done": 1}, {"done": 1}]


async def test_patience_ends() -> None:
    silent = lambda: _in_turn(httpx.ConnectError("refused"))  # noqa: E731 - as short as what it stands for
    with pytest.raises(NoAnswer):
        _waiting(silent(), patience=-1).send(ACT)
    with pytest.raises(NoAnswer):
        await _awaiting(silent(), patience=-1).send(ACT)
    with pytest.raises(Refused, match="act: 503 503"):
        _waiting(lambda _: _busy(), patience=-1).send(ACT)


def test_an_act_keeps_its_key_through_every_try_and_another_act_has_another() -> None:
    keys: list[str] = []
    tokens = iter("abcd")

    def answer(asked: httpx.Request) -> httpx.Response:
        keys.append(asked.headers["idempotency-key"])
        assert asked.headers["authorization"] == f"Bearer {'aabc'[len(keys) - 1]}"
        return _busy() if len(keys) == 1 else httpx.Response(200, json={})

    client = _waiting(answer, token=lambda: next(tokens))
    client.send(ACT)
    client.send(ACT)
    client.send(ACT, key="mine")
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] == "mine"


def test_a_refusal_says_what_was_refused() -> None:
    problem = {"code": "not-found", "status": 404}
    told = httpx.Response(404, json=problem, headers={"Content-Type": "application/problem+json"})
    with pytest.raises(Refused, match="act: 404 not-found") as refused:
        _waiting(lambda _: told).send(ACT)
    assert (refused.value.problem, refused.value.status, refused.value.request) == (problem, 404, ACT)


async def test_a_list_is_walked_from_page_to_page() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.query.decode())
        at = int(request.url.params.get("cursor", 0))
        return httpx.Response(200, json={"items": [at, at + 1], "next": str(at + 2) if at < 4 else None})

    assert list(_waiting(answer).items(LIST)) == [0, 1, 2, 3, 4, 5]
    assert [item async for item in _awaiting(answer).items(LIST.asking(limit=2))] == [0, 1, 2, 3, 4, 5]
    assert asked[:2] == ["limit=1000", "limit=1000&cursor=2"]
    assert asked[3] == "limit=2"


def test_a_list_without_end_ends_with_an_empty_page() -> None:
    pages = _in_turn(*(httpx.Response(200, json={"items": items, "next": "x"}) for items in ([1], [2], [])))
    assert list(_waiting(pages).items(LIST)) == [1, 2]


def test_arguments_become_what_the_document_says() -> None:
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    asked = list_cases(state="open", updated_after=moment, household_id=UUID(int=1), limit=10)
    assert asked.query == {
        "state": "open",
        "updated_after": "2026-03-01T08:00:00+00:00",
        "household_id": str(UUID(int=1)),
        "limit": "10",
    }
    correction = correct_member(UUID(int=1), UUID(int=2), MemberChanges(health=None), if_match='"3"')
    assert (correction.headers, correction.content, correction.keyed) == ({"If-Match": '"3"'}, b'{"health":null}', True)
    assert list_events().cursor == "after"
    assert submit_application.__name__ == "submit_application"


def test_paths_are_quoted_and_flags_and_lists_are_written() -> None:
    query = {"flag": True, "days": [date(2026, 3, 1)], "absent": None}
    made = request("GET", "/v1/things/{name}", bytes, name="get", path={"name": "a/b"}, query=query)
    assert (made.path, made.query) == ("/v1/things/a%2Fb", {"flag": "true", "days": ["2026-03-01"]})
    assert made.read(b"as it is") == b"as it is"
    assert (
        form(IssueTokenBody(grant_type="client_credentials", scope="a b"))[0]
        == b"grant_type=client_credentials&scope=a+b"
    )
    assert form(None) == (None, "application/x-www-form-urlencoded")
    assert json(None)[0] is None
    assert get_evidence("0" * 64).answer is bytes
    assert request("DELETE", "/v1/things", type(None), name="remove").read(b"") is None


def test_a_code_that_a_later_version_has_added_is_read_as_it_is() -> None:
    asked = Request("read", "GET", "/v1/divisions/50", DivisionAnswer)
    told = {"code": "50", "name": "重庆市", "level": "galaxy", "parent": None}
    assert asked.read(msgspec.json.encode(told)).level == "galaxy"


def test_what_an_answer_holds_besides_is_skipped_and_what_it_lacks_is_told() -> None:
    asked = Request("read", "GET", "/v1/case", CaseSummary)
    with pytest.raises(msgspec.ValidationError, match="missing required field"):
        asked.read(b'{"id": "00000000-0000-0000-0000-000000000001", "new": 1}')


async def test_a_token_is_asked_for_and_kept_until_shortly_before_it_ends() -> None:
    lifetimes = iter((3600, 20, 3600))
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            lifetime = next(lifetimes)
            asked.append(request.content.decode())
            token = {"access_token": f"for {lifetime}", "token_type": "Bearer", "expires_in": lifetime, "scope": ""}
            return httpx.Response(200, json=token)
        return httpx.Response(200, json={request.headers["authorization"]: 1})

    client = _waiting(answer, token=Credentials("civil-affairs", "secret"))
    assert [client.send(ACT), client.send(ACT)] == [{"Bearer for 3600": 1}] * 2
    other = _awaiting(answer, token=Credentials("civil-affairs", "secret", "cases:read"))
    assert [await other.send(ACT), await other.send(ACT)] == [{"Bearer for 20": 1}, {"Bearer for 3600": 1}]
    form = "grant_type=client_credentials&client_id=civil-affairs&client_secret=secret"
    assert asked == [form, f"{form}&scope=cases%3Aread", f"{form}&scope=cases%3Aread"]
    assert "secret" not in repr(Credentials("civil-affairs", "secret"))


def test_a_refused_token_says_why() -> None:
    client = _waiting(lambda _: httpx.Response(401, json={"error": "invalid_client"}), token=Credentials("a", "b"))
    with pytest.raises(Refused, match="issue_token: 401 invalid_client"):
        client.send(ACT)
