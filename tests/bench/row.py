"""One line of the benchmark: ours beside the bare limit, measured in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``goal`` is the ratio to reach; 0 where the row only informs.

    Where less is better (seconds, MiB), ``limit`` is what may be used at most.
    """

    row: str
    ours: float
    limit: float
    unit: str
    goal: float
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        """Above the goal is good, whichever way the unit counts."""
        return self.limit / self.ours if self.less_is_better else self.ours / self.limit

    @property
    def has_goal(self) -> bool:
        return self.goal > 0

    @property
    def reached(self) -> bool:
        return self.ratio >= self.goal
