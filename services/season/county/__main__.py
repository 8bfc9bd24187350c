"""``python -m services.season.county``: what a seed makes, in a table."""

from argparse import ArgumentParser
from collections import Counter

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from services.season.county.generation import generate
from services.season.county.records import County
from services.season.county.situations import SITUATIONS


def main() -> None:
    parser = ArgumentParser(description="演示县 · The demo county")
    parser.add_argument("--households", type=int, default=2_000, help="户数 · number of households")
    parser.add_argument("--seed", type=int, default=20260101, help="种子 · seed")
    chosen = parser.parse_args()
    county = generate(chosen.households, chosen.seed)
    console = Console()
    console.print(_situations(county))
    console.print(_totals(county))


def _situations(county: County) -> Table:
    table = Table(title="情形 · Situations (✓ 申请 · applies)", box=SIMPLE, padding=0, pad_edge=False)
    for heading in ("情形", "Situation", "✓", "Verdict"):
        table.add_column(heading, no_wrap=True)
    table.add_column("户", justify="right")
    counts = Counter(household.situation for household in county.households)
    for name, situation in SITUATIONS.items():
        applies = "✓" if situation.applies else ""
        table.add_row(situation.zh, situation.en, applies, situation.verdict, str(counts[name]))
    return table


def _totals(county: County) -> Table:
    levels = Counter(division.level for division in county.divisions)
    statuses = Counter(household.status for household in county.households)
    table = Table(title="合计 · Totals", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in {
        "户 · Households": len(county.households),
        "人 · People": sum(len(household.members) for household in county.households),
        "申请 · Applicants": sum(household.applies for household in county.households),
        "在册贫困 · Registered poor": statuses["poor"],
        "已脱贫 · Exited": statuses["exited"],
        "乡镇 · Townships": levels["township"],
        "村 · Villages": levels["village"],
        "村民小组 · Groups": levels["group"],
        "干部 · Officers": len(county.officers),
        "隐情 · Hidden truths": len(county.truths),
        "数据问题 · Flaws": len(county.flaws),
        "异议 · Objections": len(county.objections),
    }.items():
        table.add_row(name, str(count))
    return table


if __name__ == "__main__":
    main()
