"""The benchmark, at a hundredth of its size, so that it never rots: its shape, never its speed."""

from pathlib import Path

import orjson
import pytest

from shared.embedded import EmbeddedPostgres
from tests.bench import report
from tests.bench.place import Place
from tests.bench.row import Row
from tests.bench.rows import NAMES, measurement
from tests.fixtures.templates import Templates

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
FASTER = Row("reads", 60, 100, "requests/s", goal=0.5)
SLOWER = Row("a wait", 300, 250, "ms", goal=1, less_is_better=True)
TOLD = Row("for information", 1, 2, "s", goal=0)


@pytest.mark.timeout(600)  # some start the whole system, in processes of its own
@pytest.mark.parametrize("name", NAMES)
async def test_every_module_measures_rows(
    name: str, database_server: EmbeddedPostgres, templates: Templates, tmp_path: Path
) -> None:
    rows = await measurement(name)(Place(database_server, templates, tmp_path, scale=0.01))
    _are_rows(rows)


@pytest.mark.kafka
@pytest.mark.parametrize("name", ["relay", "latency"])
async def test_what_goes_over_kafka_is_measured_too(
    name: str, database_server: EmbeddedPostgres, templates: Templates, tmp_path: Path, kafka_bootstrap: str
) -> None:
    rows = await measurement(name)(Place(database_server, templates, tmp_path, scale=0.01, kafka=kafka_bootstrap))
    _are_rows(rows)
    assert any("Kafka" in row.row for row in rows)


def _are_rows(rows: list[Row]) -> None:
    assert rows
    assert len({row.row for row in rows}) == len(rows)
    assert all(row.ours > 0 and row.limit > 0 and row.unit for row in rows)


def test_a_ratio_above_its_goal_is_good_whichever_way_the_unit_counts() -> None:
    assert (FASTER.ratio, FASTER.reached) == (0.6, True)
    assert (round(SLOWER.ratio, 2), SLOWER.reached) == (0.83, False)


def test_the_file_for_machines(tmp_path: Path) -> None:
    report.write_json([FASTER], tmp_path / "out.json")
    [line] = orjson.loads((tmp_path / "out.json").read_bytes())
    assert line == {"row": "reads", "ours": 60, "limit": 100, "unit": "requests/s", "ratio": 0.6}


def test_the_documents_table_is_renewed_and_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    report.renew(document, [FASTER, SLOWER, TOLD])
    text = document.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| a wait | 300 | 250 | ms | 0.83 | 1 | no |" in text
    assert "| for information | 1 | 2 | s | 0.50 |  |  |" in text


def test_a_document_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "other.md"
    document.write_text("a text of its own")
    with pytest.raises(ValueError, match="lacks the marks"):
        report.renew(document, [FASTER])
    assert document.read_text() == "a text of its own"
