"""The door answers before anything runs behind it, and what it says is true."""

import asyncio

import httpx
from starlette.responses import PlainTextResponse

from services.commands.door import Door, bind
from services.commands.stopping import unless_stopped


async def test_who_comes_early_is_told_that_the_system_is_starting() -> None:
    with bind("127.0.0.1", 0) as place:
        async with Door(place) as door, httpx.AsyncClient(base_url=_url(place.getsockname())) as client:
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            unready = await client.get("/readyz")
            assert (unready.status_code, unready.json()["reason"]) == (503, "正在启动 · starting")
            said = await client.get("/readyz", headers={"Accept": "text/plain"})
            assert (said.status_code, said.text) == (503, "正在启动 · starting\n")
            early = await client.post("/v1/applications")
            assert (early.status_code, early.json()["code"]) == (503, "service-unavailable")
            assert early.headers["content-type"] == "application/problem+json"
            assert early.headers["retry-after"] == unready.headers["retry-after"] == "1"
            door.let_in(PlainTextResponse("inside"))
            assert (await client.get("/readyz")).text == "inside"
            await door.close()


async def test_work_that_is_not_stopped_gives_its_result_and_stopped_work_ends() -> None:
    stop, ended = asyncio.Event(), asyncio.Event()

    async def endless() -> None:
        stop.set()
        try:
            await asyncio.Future()
        finally:
            ended.set()

    assert await unless_stopped(asyncio.Event(), asyncio.sleep(0, "done")) == "done"
    assert await unless_stopped(stop, endless()) is None
    assert ended.is_set()


def _url(address: tuple[str, int]) -> str:
    return f"http://{address[0]}:{address[1]}"
