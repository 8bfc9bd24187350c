"""What a season came to, read from the events that the system archived."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jingzhun_client.models import CloudEvent

STEPS: Mapping[str, tuple[str, str]] = {
    "application": ("农户申请", "Application"),
    "group_appraisal": ("小组评议", "Group appraisal"),
    "survey": ("入户调查", "Household survey"),
    "village_appraisal": ("村级评议", "Village appraisal"),
    "township_review": ("乡镇审核", "Township review"),
    "county_comparison": ("县级比对", "County comparison"),
    "data_cleaning": ("数据清洗", "Data cleaning"),
    "announcement": ("县级公告", "Announcement"),
}


@dataclass
class StepCount:
    """Cases: how often one entered the step, and left it on, back, or for good; ``why`` counts what ended them."""

    entered: int = 0
    passed: int = 0
    returned: int = 0
    why: Counter[str] = field(default_factory=Counter)


@dataclass
class SeasonReport:
    """``refusals`` are this run's; everything else is what the system says of its whole life."""

    steps: dict[str, StepCount] = field(default_factory=lambda: {step: StepCount() for step in STEPS})
    suspects: Counter[str] = field(default_factory=Counter)
    objections: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    poor: int = 0

    @property
    def open(self) -> int:
        return self.cases["open"]

    @property
    def total_seconds(self) -> float:
        return sum(self.seconds.values())


def read_events(report: SeasonReport, events: Iterable[CloudEvent]) -> None:
    """Every case's events stand in the archive in their own order."""
    at: dict[str, str] = {}
    for event in events:
        name, data = event.type.split(".")[2], event.data if isinstance(event.data, dict) else {}
        report.events[name] += 1
        if "case_id" in data and "step" in data:
            _follow(report, name, data, at)


def _follow(report: SeasonReport, name: str, data: Mapping[str, Any], at: dict[str, str]) -> None:
    case, step = data["case_id"], data["step"]
    before = at.get(case)
    if before is None:
        report.steps[step].entered += 1
    elif before != step:
        report.steps[step].entered += 1
        report.steps[before].passed += name != "case_returned"
        report.steps[before].returned += name == "case_returned"
    at[case] = step
    match name:
        case "case_rejected":
            report.steps[step].why[data["ground"]] += 1
        case "case_withdrawn":
            report.steps[step].why["withdrawn"] += 1
        case "household_identified":
            report.steps[step].passed += 1
        case "objection_resolved":
            report.objections[data["outcome"]] += 1
        case "suspect_reverified" if data["outcome"] is not None:
            report.suspects[data["outcome"]] += 1
