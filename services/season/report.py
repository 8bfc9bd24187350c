"""What a season counts: who entered and left each step and why, and what it took."""

from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

STEPS = {
    "preparation": ("准备", "Preparation"),
    "application": ("农户申请", "Application"),
    "group_appraisal": ("小组评议、第一次公示", "Group appraisal, 1st publicity"),
    "survey": ("入户调查", "Household survey"),
    "village_appraisal": ("村级评议、第二次公示", "Village appraisal, 2nd publicity"),
    "township_review": ("乡镇审核", "Township review"),
    "county_comparison": ("县级数据比对", "County comparison"),
    "data_cleaning": ("数据录入和清洗", "Data cleaning"),
    "announcement": ("县级公告", "Announcement"),
}


@dataclass
class StepCount:
    """``left`` by what became of the case: on to the next step, rejected, returned, refused."""

    entered: int = 0
    left: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


@dataclass
class SeasonReport:
    steps: dict[str, StepCount] = field(default_factory=lambda: {step: StepCount() for step in STEPS})
    refusals: Counter[str] = field(default_factory=Counter)
    suspects: Counter[str] = field(default_factory=Counter)
    objections: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    households: int = 0
    poor: int = 0
    open_cases: int = 0
    began: float = field(default_factory=perf_counter)

    @property
    def seconds(self) -> float:
        return perf_counter() - self.began
