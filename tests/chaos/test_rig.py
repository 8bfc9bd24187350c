"""The rig tried on the system as it is, and on builds that are broken: it has to find what is wrong with them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from services.commands.processes.tether import tethered
from tests.chaos.broken import VARIABLE
from tests.fixtures.kafka import require_tools

pytestmark = [pytest.mark.slow, pytest.mark.kafka, pytest.mark.timeout(1_500)]
PROJECT = Path(__file__).parents[2]
_LAST = re.compile(
    r"kills (?P<kills>\d+) redelivered (?P<redelivered>\d+) duplicates_dropped (?P<dropped>\d+)"
    r" lost (?P<lost>\d+) doubled (?P<doubled>\d+) stuck (?P<stuck>\d+)"
)
_FEW = "8"
"""Kills that suffice: a broken build dwells where it is vulnerable."""


def _chaos(*words: str, **environment: str) -> tuple[int, dict[str, int], str]:
    """(status, the last line's counts, all that was told)."""
    require_tools()
    done = subprocess.run(
        tethered(sys.executable, "-m", "tests.chaos", *words),
        cwd=PROJECT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    last = _LAST.fullmatch(done.stdout.rstrip().rpartition("\n")[2])
    assert last is not None, done.stdout
    return done.returncode, {name: int(count) for name, count in last.groupdict().items()}, done.stdout


def test_thirty_kills_lose_double_and_block_nothing() -> None:
    status, counts, told = _chaos("--seed", "20260101", "--kills", "30")
    print(told)
    assert (status, counts["kills"], counts["lost"], counts["doubled"], counts["stuck"]) == (0, 30, 0, 0, 0), told
    assert counts["dropped"] == counts["redelivered"]


@pytest.mark.parametrize(("way", "found"), [("without-inbox", "doubled"), ("offsets-first", "lost")])
def test_a_broken_build_is_found_out(way: str, found: str) -> None:
    words = ("--seed", "7", "--kills", _FEW, "--replicas", "1", "--clerks-only", "--discard")
    status, counts, told = _chaos(*words, "--entry", "tests.chaos.broken", **{VARIABLE: way})
    assert status == 1, told
    assert counts[found] > 0, told
