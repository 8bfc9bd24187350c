"""Requests drawn from the API's document, against a county in which things have happened."""

import asyncio
from pathlib import Path

import pytest

from services.commands import serving
from shared.embedded import EmbeddedPostgres
from tests.e2e.drawing.broken import BROKEN
from tests.e2e.drawing.conducting import draw, draw_from
from tests.e2e.drawing.plan import Plan

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
REQUESTS, SEED = 9_500, 1


async def test_what_is_drawn_meets_the_contract(database_server: EmbeddedPostgres, tmp_path: Path) -> None:
    report = await draw(database_server, tmp_path, REQUESTS, SEED)
    assert report.good, "\n".join(report.lines())
    outcome = report.outcome
    assert outcome.requests >= REQUESTS
    assert outcome.phases.keys() >= {"examples", "coverage", "fuzzing", "stateful"}
    assert report.looked_at > 100
    assert len(outcome.silent()) < 40, outcome.silent()


async def test_what_is_broken_is_found(tmp_path: Path) -> None:
    with serving.bind("127.0.0.1", 0) as door:
        stop, ready = asyncio.Event(), asyncio.Event()
        answering = asyncio.create_task(serving.serve_application(BROKEN, door, stop, ready.set))
        await ready.wait()
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        outcome = await draw_from(Plan(url, str(tmp_path / "keys"), SEED, 400, {}), tmp_path)
        stop.set()
        await answering
    found = {(failure["operation"].rpartition("/")[2], failure["check"]) for failure in outcome.failures}
    assert found >= {
        ("crash", "not_a_server_error"),
        ("echo", "what_was_sent_is_not_repeated"),
        ("echo", "what_has_the_form_is_read"),
        ("lenient", "what_is_not_known_is_refused"),
        ("lenient", "negative_data_rejection"),
        ("picky", "what_has_the_form_is_read"),
        ("plain", "every_answer_names_its_trace"),
        ("plain", "every_error_is_a_problem_of_the_catalogue"),
        ("undocumented", "status_code_conformance"),
    }
