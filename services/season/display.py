"""The season as one watches it: live in a terminal, line by line in a log."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from services.season.report import STEPS, SeasonReport

WHY = {
    "not_passed": "评议未过 voted down",
    "objection_upheld": "异议成立 objection upheld",
    "ineligible": "不符合 ineligible",
    "review_rejected": "审核不过 review",
    "suspect_confirmed": "疑点属实 suspect confirmed",
    "officer_decision": "情况变化 no longer eligible",
    "withdrawn": "撤回 withdrawn",
}
OUTCOMES = {
    "upheld": "成立 upheld",
    "dismissed": "不成立 dismissed",
    "refuted": "排除 refuted",
    "cleared": "说明 cleared",
    "confirmed": "属实 confirmed",
}

_LOG_WIDTH = 100
_TITLE = "一季八步 · The season in eight steps"


class Display:
    """``console``: standard output where absent. Without a terminal nothing moves and nothing is coloured."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or _console()
        self._progress: Progress | None = None
        self._done = 0
        self._expected = 0

    @contextmanager
    def stage(self, title: str) -> Iterator[None]:
        """A part of the season; what it expects and advances meanwhile is its progress."""
        began, self._done, self._expected = perf_counter(), 0, 0
        with self._moving(title):
            yield
        acts = f"{self._done:>6,}" if self._done else " " * 6
        self._console.print(f"  [green]✓[/green] {title}[dim]{acts}  {perf_counter() - began:6.1f} s[/dim]")

    @contextmanager
    def _moving(self, title: str) -> Iterator[None]:
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            yield
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=self._console, transient=True) as progress:
            progress.add_task(title, total=None)
            self._progress = progress
            yield
        self._progress = None

    def expect(self, acts: int) -> None:
        self._expected += acts
        self._show()

    def advance(self) -> None:
        self._done += 1
        self._show()

    def _show(self) -> None:
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], completed=self._done, total=self._expected or None)

    def tell(self, report: SeasonReport) -> None:
        """The table at the end, and what stands beside it."""
        self._console.print(_steps(report))
        for title, counts in (
            ("异议 Objections", _named(report.objections, OUTCOMES)),
            ("疑似对象 Suspects", _named(report.suspects, OUTCOMES)),
            ("被拒绝的操作 Refusals in this run", report.refusals),
            ("事件 Events", report.events),
        ):
            told = ", ".join(f"{name} {count:,}" for name, count in counts.most_common()) or "—"
            self._console.print(f"[bold]{title}[/bold] {sum(counts.values()):,}: {told}", soft_wrap=True)
        self._console.print(f"[bold]在册贫困户 Households now poor[/bold] {report.poor:,}")


def _console() -> Console:
    """A log has no width of its own: wide enough for the table."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_LOG_WIDTH)


def _steps(report: SeasonReport) -> Table:
    table = Table(
        title="一季八步 · The season in eight steps", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    table.add_column("步骤 Step", no_wrap=True)
    for heading in ("进 In", "出 On", "退 Back", "止 End", "秒 s"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("因 Why it ended", overflow="fold")
    for number, (step, (zh, en)) in enumerate(STEPS.items(), 1):
        count = report.steps[step]
        why = "\n".join(f"{WHY[ground]} {times}" for ground, times in count.why.most_common())
        figures = (count.entered, count.passed, count.returned, sum(count.why.values()))
        table.add_row(f"{number} {zh} {en}", *(f"{figure:,}" for figure in figures), f"{report.seconds[step]:.1f}", why)
    table.add_section()
    table.add_row("合计 Total", "", "", "", "", f"{report.total_seconds:.1f}", "")
    return table


def _named(counts: Counter[str], names: dict[str, str]) -> Counter[str]:
    return Counter({names[name]: count for name, count in counts.items()})
