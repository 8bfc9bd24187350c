"""What stops a season."""

from collections.abc import Mapping
from typing import Any


class SeasonStopped(RuntimeError):
    """The season cannot go on; both texts say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class Refused(SeasonStopped):
    """The API refused an act: ``problem`` is its answer, ``code`` the problem's code."""

    def __init__(self, act: str, status: int, problem: Mapping[str, Any]) -> None:
        self.code = str(problem.get("code", status))
        self.problem = problem
        super().__init__(f"被拒绝：{act}（{status} {self.code}）", f"Refused: {act} ({status} {self.code})")
