"""What the benchmark says: a table to look at, a file for machines, and the part of a document that it renews."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import orjson
from rich.table import Table

from tests.bench.machine import description
from tests.bench.row import Row

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
_HEADINGS = ("", "ours", "limit", "unit", "ratio", "goal", "reached")


def table(rows: Sequence[Row]) -> Table:
    drawn = Table(*_HEADINGS, title="jingzhun bench")
    for row in rows:
        drawn.add_row(*_cells(row), style="red" if row.has_goal and not row.reached else None)
    return drawn


def write_json(rows: Sequence[Row], path: Path) -> None:
    lines = [
        {"row": row.row, "ours": row.ours, "limit": row.limit, "unit": row.unit, "ratio": round(row.ratio, 3)}
        for row in rows
    ]
    path.write_bytes(orjson.dumps(lines, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def renew(document: Path, rows: Sequence[Row]) -> None:
    """Replace what stands between the two marks. Raises ``ValueError`` where the document has none."""
    before, begin, rest = document.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{document} lacks the marks {BEGIN} and {END}")
    document.write_text(f"{before}{BEGIN}\n{markdown(rows)}{END}{after}")


def markdown(rows: Sequence[Row]) -> str:
    lines = [_HEADINGS, ("---", "---:", "---:", "---", "---:", "---:", "---"), *map(_cells, rows)]
    drawn = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    return f"Measured {date.today():%Y-%m-%d} on {description()}.\n\n{drawn}"  # noqa: DTZ011 - the reader's own day


def _cells(row: Row) -> tuple[str, ...]:
    if not row.has_goal:
        return row.row, _figure(row.ours), _figure(row.limit), row.unit, f"{row.ratio:.2f}", "", ""
    reached = "yes" if row.reached else "no"
    return row.row, _figure(row.ours), _figure(row.limit), row.unit, f"{row.ratio:.2f}", f"{row.goal:g}", reached


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
