"""Appraisal meetings: of the villagers' group, then of the village. One meeting, one list, one call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from msgspec import UNSET

from jingzhun_client.models import AppraisalBody, CaseSummary, VoteBody
from jingzhun_client.operations import hold_appraisal
from services.season.offices import village, village_cadre
from services.season.season import Season, by, occasion


@dataclass(frozen=True, slots=True)
class Meeting:
    """``level`` makes the division that meets of a case's; one case in ``fails_in`` does not pass."""

    step: Literal["group_appraisal", "village_appraisal"]
    level: Callable[[str], str]
    roll: int
    present: Mapping[str, int]
    place: str
    fails_in: int

    @property
    def voters(self) -> int:
        return sum(self.present.values())


GROUP = Meeting("group_appraisal", str, 40, {"villager": 33, "group_cadre": 1}, "村民小组院坝", 30)
VILLAGE = Meeting(
    "village_appraisal",
    village,
    36,
    {"villager_representative": 24, "supervisor": 3, "village_cadre": 4, "resident_cadre": 2},
    "村委会会议室",
    40,
)


async def hold(season: Season, meeting: Meeting) -> None:
    """Over every case that waits for it, but for those that an objection still holds."""
    waiting = await season.open_cases(meeting.step, "appraisal")
    free = [case for case in waiting if meeting is GROUP or not case.open_objections]
    await season.each(by(meeting.level, free).items(), partial(_meet, season, meeting))


async def _meet(season: Season, meeting: Meeting, listed: tuple[str, list[CaseSummary]]) -> None:
    division, cases = listed
    cadre = village_cadre(division)
    minutes = await season.evidence(cadre, f"评议会议记录 {division} {season.today} {occasion(cases)}")
    body = AppraisalBody(
        step=meeting.step,
        division=division,
        held_on=season.today,
        place=meeting.place,
        roll=meeting.roll,
        present=dict(meeting.present),
        minutes=minutes,
        results=[_votes(season, meeting, case) for case in cases],
    )
    await season.api.act(cadre, hold_appraisal(body), occasion(cases))


def _votes(season: Season, meeting: Meeting, case: CaseSummary) -> VoteBody:
    household = season.household(case)
    fails = season.happens(f"fails {meeting.step}", household, one_in=meeting.fails_in)
    doubted = fails or season.happens(f"doubts {meeting.step}", household, one_in=6)
    against = meeting.voters * 2 // 3 if fails else 3 if doubted else 0
    reasons = "家庭实际收入与申报不符，尚有劳动能力" if against else UNSET
    return VoteBody(case_id=case.id, in_favour=meeting.voters - against, against=against, reasons=reasons)
