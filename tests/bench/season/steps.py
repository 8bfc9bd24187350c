"""The eight steps as their officers call them: ten calls for a list of cases, whether it holds one or thousands."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from shared.identity_numbers import check_digit
from tests.bench.caller import Caller, Json
from tests.bench.season.county import COUNTY, FACTS, Household
from tests.e2e.village import VEHICLES
from tests.integration.identification.cases import PRESENT, votes

Listed = list[Household]
Level = Callable[[Household], str]
MEETINGS: Mapping[str, Mapping[str, int]] = {"group_appraisal": {"villager": 25}, "village_appraisal": PRESENT}
PUBLICITY_DAYS = 8
"""More than either publicity lasts."""
STEPS = 8
EVENTS = 13
"""Of a case that goes through all of them."""
_TODAY = date(2026, 3, 1)
_SURVEYORS = [
    {"officer_id": str(UUID(int=1)), "capacity": "village_cadre"},
    {"officer_id": str(UUID(int=2)), "capacity": "resident_cadre"},
]


@dataclass
class Season:
    """``alone``: every list holds one case. ``evidence`` and ``dataset`` were handed in before."""

    caller: Caller
    households: Listed
    evidence: str
    dataset: str
    alone: bool = False
    cases: dict[str, str] = field(default_factory=dict)
    comparisons: list[str] = field(default_factory=list)

    async def play(self) -> None:
        await self._apply()
        await self._meet("group_appraisal", lambda one: one.group)
        await self._survey()
        await self._meet("village_appraisal", lambda one: one.village)
        await self._each(lambda one: one.township, self._review)
        await self._each(lambda _: COUNTY, self._compare)
        await self._compared()
        await self._each(lambda one: one.township, self._clean)
        await self._each(lambda _: COUNTY, self._announce)

    async def _apply(self) -> None:
        await self._each(lambda one: one.village, self._apply_alone if self.alone else self._apply_together)

    async def _apply_alone(self, village: str, listed: Listed) -> None:
        [household] = listed
        made = await self.caller.post("household_agent", village, "/applications", self._application(household))
        self.cases[household.id] = made["id"]

    async def _apply_together(self, village: str, listed: Listed) -> None:
        body = {"applications": [self._application(one) for one in listed]}
        made = await self.caller.post("household_agent", village, "/application-imports", body)
        self.cases |= {one["household_id"]: one["case_id"] for one in made["cases"]}

    def _application(self, household: Household) -> Json:
        return {"household_id": household.id, "applied_on": str(_TODAY), "evidence": [self.evidence]}

    async def _meet(self, step: str, level: Level) -> None:
        """Appraised, posted, and the publicity over."""

        async def appraise(division: str, listed: Listed) -> None:
            body = {
                "step": step,
                "division": division,
                "held_on": str(_TODAY),
                "place": "村委会院坝",
                "roll": 30,
                "present": MEETINGS[step],
                "minutes": self.evidence,
                "results": [votes(case) for case in self._of(listed)],
            }
            await self.caller.post("village_cadre", division[:12], "/appraisals", body)

        async def post(division: str, listed: Listed) -> None:
            body = {"step": step, "division": division, "place": "公开栏", "cases": self._of(listed)}
            await self.caller.post("village_cadre", division[:12], "/publicities", body)

        await self._each(level, appraise)
        await self._each(level, post)
        await self.caller.post("operator", COUNTY, "/sandbox/clock", {"advance_days": PUBLICITY_DAYS})

    async def _survey(self) -> None:
        await self._each(lambda one: one.village, self._survey_alone if self.alone else self._survey_together)

    async def _survey_alone(self, village: str, listed: Listed) -> None:
        [case] = self._of(listed)
        await self.caller.post("village_cadre", village, f"/cases/{case}/survey", self._visit())

    async def _survey_together(self, village: str, listed: Listed) -> None:
        body = {"surveys": [self._visit() | {"case_id": case} for case in self._of(listed)]}
        await self.caller.post("village_cadre", village, "/survey-imports", body)

    def _visit(self) -> Json:
        return {
            "visited_on": str(_TODAY),
            "surveyors": _SURVEYORS,
            "facts": FACTS,
            "causes": {"main": "illness", "others": []},
            "evidence": [self.evidence],
        }

    async def _review(self, township: str, listed: Listed) -> None:
        decisions = [{"case_id": case, "decision": "approve"} for case in self._of(listed)]
        body = {"division": township, "decisions": decisions}
        await self.caller.post("township_officer", township, "/township-reviews", body)

    async def _compare(self, county: str, listed: Listed) -> None:
        body = {"division": county, "datasets": [self.dataset], "cases": self._of(listed), "keep_extracts": True}
        self.comparisons.append((await self.caller.post("county_officer", county, "/comparisons", body))["id"])

    async def _compared(self) -> None:
        """Comparisons run behind their calls, one after the other."""
        for comparison in self.comparisons:
            await self.caller.finished("county_officer", COUNTY, f"/comparisons/{comparison}")

    async def _clean(self, township: str, listed: Listed) -> None:
        body = {"division": township, "cases": self._of(listed)}
        await self.caller.post("township_clerk", township, "/data-cleanings", body)

    async def _announce(self, county: str, listed: Listed) -> None:
        body = {"division": county, "title": "公告", "media": ["县人民政府网站"], "cases": self._of(listed)}
        await self.caller.post("county_officer", county, "/announcements", body)

    def _of(self, listed: Iterable[Household]) -> list[str]:
        return [self.cases[one.id] for one in listed]

    async def _each(self, level: Level, act: Callable[[str, Listed], Awaitable[None]]) -> None:
        await self.caller.each(self._lists(level), lambda listed: act(*listed))

    def _lists(self, level: Level) -> list[tuple[str, Listed]]:
        """The households by division; alone, each by itself."""
        if self.alone:
            return [(level(one), [one]) for one in self.households]
        ordered = sorted(self.households, key=level)
        return [(division, list(listed)) for division, listed in groupby(ordered, key=level)]


async def prepare(caller: Caller) -> tuple[str, str]:
    """(the digest of a document, the id of an extract in which none of the county's people stands)."""
    village = f"{COUNTY[:6]}001001"
    paper = await caller.send("village_cadre", village, "/evidence", b"signed", "text/plain")
    body = f"110105{_TODAY - timedelta(days=9000):%Y%m%d}001"
    rows = f"{VEHICLES}\n{body + check_digit(body)},渝F00001,轿车,大众,2024-01-01\n"
    extract = await caller.send(
        "county_officer", COUNTY, "/comparison-datasets?kind=vehicles", rows.encode(), "text/csv"
    )
    return paper["digest"], extract["id"]
