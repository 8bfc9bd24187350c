"""A season worth watching: progress by step while it runs, then what became of everybody."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from services.season.report import STEPS, SeasonReport

_WIDTH = 120
"""Columns where there is no terminal to ask."""
_VERIFICATION = ("疑似对象重新核实", "Suspects verified again")


class Display:
    """On a terminal bars move; elsewhere every step is a line, without control characters."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
        self._live = self.console.is_terminal and not self.console.is_dumb_terminal
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self._live,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def step(self, step: str, total: int) -> None:
        zh, en = STEPS.get(step, _VERIFICATION)
        if not self._live:
            self.console.print(f"… {zh} · {en} ({total})")
        elif step in self._tasks:
            self._progress.reset(self._tasks[step], total=total)
        else:
            self._tasks[step] = self._progress.add_task(f"{zh} · {en}", total=total)

    def advance(self, step: str, by: int = 1) -> None:
        if step in self._tasks:
            self._progress.advance(self._tasks[step], by)

    def tell(self, report: SeasonReport) -> None:
        self.console.print(_steps(report))
        self.console.print(_counts("疑似对象 · Suspects", report.suspects))
        self.console.print(_counts("异议 · Objections", report.objections))
        self.console.print(_counts("数据问题 · Data issues found", report.issues))
        self.console.print(_counts("被拒绝的请求 · Requests refused", report.refusals))
        self.console.print(_counts("事件 · Events", report.events))
        self.console.print(
            f"农户 · households {report.households}   现有贫困户 · now poor {report.poor}   "
            f"在办事项 · open cases {report.open_cases}   用时 · seconds {report.seconds:.1f}"
        )


def _steps(report: SeasonReport) -> Table:
    table = Table(title="识别季 · The season, step by step")
    table.add_column("环节 · Step")
    for heading in ("进入 · entered", "通过 · on", "驳回 · rejected", "退回 · returned", "其他 · other", "秒 · s"):
        table.add_column(heading, justify="right")
    for step, (zh, en) in STEPS.items():
        count = report.steps[step]
        named = ("on", "rejected", "returned")
        others = ", ".join(f"{why} {number}" for why, number in count.left.items() if why not in named and number)
        cells = [str(count.left[why]) if count.left[why] else "" for why in named]
        entered = str(count.entered) if step != "preparation" else ""
        table.add_row(f"{zh} · {en}", entered, *cells, others, f"{count.seconds:.1f}")
    return table


def _counts(title: str, counts: Mapping[str, int]) -> Table:
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, number in sorted(counts.items(), key=lambda item: -item[1]):
        table.add_row(name, str(number))
    return table
