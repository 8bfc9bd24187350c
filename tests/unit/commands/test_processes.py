"""A fleet's ports are its own, and its logs one stream of JSON."""

import asyncio
import socket

import orjson
import pytest

from services.commands.door import bind
from services.commands.messages import Failure, PortTaken
from services.commands.processes.fleet import assembled, counted, environment
from services.commands.processes.stream import LONGEST_LINE, named, pass_on
from services.topology import SERVICES
from shared.settings import Settings
from tests.e2e.command_line import free_port


def test_a_fleet_has_every_service_at_its_port_and_replicas_at_ports_kept_for_them() -> None:
    settings = Settings(port=free_port(len(SERVICES) - 1))
    with assembled(settings, counted(["identification=3"])) as fleet:
        assert {member.name for member in fleet} >= {
            "gateway",
            "identification",
            "identification-2",
            "identification-3",
        }
        assert len({member.port for member in fleet}) == len(fleet) == 7
        urls = orjson.loads(environment(fleet)["JINGZHUN_SERVICE_URLS"])
        assert len(urls["identification"]) == 3
        assert urls["gateway"] == [f"http://127.0.0.1:{settings.port}"]
        for member in fleet:
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((member.host, member.port))
            for _ in range(2):
                with bind(member.host, member.port):  # its own process opens there, and again after a death
                    socket.create_connection((member.host, member.port)).close()


def test_a_port_taken_by_a_stranger_is_named_whichever_it_is() -> None:
    settings = Settings(port=free_port(len(SERVICES) - 1))
    with (
        bind("127.0.0.1", settings.port + 3),
        pytest.raises(PortTaken) as refused,
        assembled(settings, counted([])),
    ):
        pass
    assert f":{settings.port + 3}" in refused.value.en


@pytest.mark.parametrize("wish", ["kitchen=2", "gateway=2", "audit=0", "audit=10", "audit", "audit=many", "audit=-1"])
def test_wishes_that_cannot_be(wish: str) -> None:
    with pytest.raises(Failure, match="identification"):
        counted([wish])


def test_every_line_says_who_wrote_it() -> None:
    assert orjson.loads(named(b'{"event":"ended","level":"error"}\n', "audit")) == {
        "process": "audit",
        "event": "ended",
        "level": "error",
    }
    for line in (b"Traceback: \xff\n", b"[1]\n", b"\n"):
        told = orjson.loads(named(line, "audit-2"))
        assert told["process"] == "audit-2"
        assert told["event"] == line.decode(errors="replace").strip()


async def test_lines_go_on_in_order_and_one_too_long_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    passing = asyncio.create_task(pass_on(reader, "households"))
    reader.feed_data(b"first\n" + b"x" * (3 * LONGEST_LINE) + b"\nlast\n")
    reader.feed_eof()
    await passing
    events = [orjson.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
    assert (events[0], events[-1]) == ("first", "last")
    assert max(map(len, events)) <= LONGEST_LINE
