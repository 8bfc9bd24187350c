"""A village with few households, their cases brought to the steps at which something can go wrong."""

from dataclasses import dataclass
from typing import Any

from services.wiring.sandbox import officer_of
from shared.identity_numbers import check_digit
from tests.e2e.strangers import COUNTY, Json, Stranger
from tests.integration.identification.cases import ELIGIBLE

PROVINCE = "500000000000"
TOWNSHIP, OTHER_TOWNSHIP = "500229001000", "500229002000"
VILLAGE, OTHER_VILLAGE = "500229001001", "500229002001"
GROUP = "500229001001001"
VILLAGERS = {"villager": 25}
REPRESENTATIVES = {"villager_representative": 20, "supervisor": 2, "village_cadre": 3, "resident_cadre": 1}
VEHICLES = "id_number,plate_number,vehicle_type,brand,registered_on"
_DIVISIONS = (PROVINCE, "500200000000", COUNTY, TOWNSHIP, OTHER_TOWNSHIP, VILLAGE, OTHER_VILLAGE, GROUP)
_STANDING = ("surveyed", "surveying", "reviewing", "kin", "own", "suspected", "signed")


def id_number(place: int) -> str:
    body = f"50022919800101{place:03d}"
    return body + check_digit(body)


def member(number: str, registration: str = "rural") -> Json:
    name = {"name": "张三丰", "sex": "male", "id_number": number}
    return name | {"relation": "head", "registration": registration}


def household(place: int, **changes: Any) -> Json:
    members = [member(id_number(place), changes.pop("registration", "rural"))]
    return {"division": GROUP, "booklet_number": f"booklet-{place}", "members": members} | changes


@dataclass
class Village:
    """``households``, ``cases`` and ``suspects`` by what they are there for."""

    stranger: Stranger
    households: dict[str, str]
    cases: dict[str, str]
    suspects: dict[str, str]
    evidence: str = ""
    past_publicity: str = ""
    publicity: str = ""

    def application(self, of: str) -> Json:
        return {"household_id": self.households[of], "applied_on": "2026-03-01", "evidence": [self.evidence]}

    def appraisal(self, step: str, *of: str, **changes: Any) -> Json:
        village = step == "village_appraisal"
        votes = {"in_favour": 20, "against": 0, "abstained": 0}
        return {
            "step": step,
            "division": VILLAGE if village else GROUP,
            "held_on": "2026-03-02",
            "place": "村委会院坝",
            "roll": 30,
            "present": REPRESENTATIVES if village else VILLAGERS,
            "minutes": self.evidence,
            "results": [votes | {"case_id": self.cases[one]} for one in of],
        } | changes

    def review(self, *of: str) -> Json:
        decisions = [{"case_id": self.cases[one], "decision": "approve"} for one in of]
        return {"division": TOWNSHIP, "decisions": decisions}

    def verification(self) -> Json:
        return {"outcome": "cleared", "reason": "车辆已报废", "evidence": [self.evidence]}

    async def apply(self, of: str, role: str = "household_agent") -> None:
        made = await self.stranger.made("/applications", self.application(of), role, VILLAGE)
        self.cases[of] = made["id"]

    async def meet(self, step: str, *of: str) -> str:
        """Appraised and posted; the publicity's id."""
        await self.stranger.made("/appraisals", self.appraisal(step, *of), "village_cadre", VILLAGE)
        division = VILLAGE if step == "village_appraisal" else GROUP
        body = {"step": step, "division": division, "place": "公开栏", "cases": [self.cases[one] for one in of]}
        publicity: str = (await self.stranger.made("/publicities", body, "village_cadre", VILLAGE))["id"]
        return publicity

    async def survey(self, of: str) -> None:
        officers = {
            "village_cadre": officer_of("village_cadre", VILLAGE),
            "resident_cadre": officer_of("helper", COUNTY),
        }
        body = {
            "visited_on": "2026-03-10",
            "surveyors": [{"officer_id": str(one), "capacity": name} for name, one in officers.items()],
            "facts": ELIGIBLE,
            "causes": {"main": "illness", "others": []},
            "evidence": [self.evidence],
        }
        await self.stranger.made(f"/cases/{self.cases[of]}/survey", body, "village_cadre", VILLAGE)


async def settle_village(stranger: Stranger) -> Village:
    """Everybody where they are wanted, two publicities later."""
    village = Village(stranger, {}, {}, {})
    await _register(village)
    for one in _STANDING:
        await village.apply(one, "village_cadre" if one == "own" else "household_agent")
    village.past_publicity = await village.meet("group_appraisal", *_STANDING)
    await stranger.pass_days(8)
    for one in _STANDING[2:]:
        await village.survey(one)
    await village.survey("surveyed")
    await village.meet("village_appraisal", *_STANDING[2:])
    await stranger.pass_days(8)
    await stranger.made("/township-reviews", village.review("suspected", "signed"), "township_officer", TOWNSHIP)
    await _compare(village)
    await village.apply("fresh")
    await village.apply("posted")
    village.publicity = await village.meet("group_appraisal", "posted")
    return village


async def _register(village: Village) -> None:
    stranger = village.stranger
    divisions = [{"code": code, "name": f"区划{code}"} for code in _DIVISIONS]
    await stranger.made("/divisions", {"divisions": divisions}, "county_officer", PROVINCE)
    names = (*_STANDING, "fresh", "posted", "newcomer", "registered", "urban")
    for place, name in enumerate(names, start=1):
        body = household(place, registration="urban" if name == "urban" else "rural")
        made = await stranger.made("/households", body, "county_officer", COUNTY)
        village.households[name] = made["id"]
    poor = {"household_id": village.households["registered"], "status": "poor", "since": "2019-05-01"}
    await stranger.made("/registration-imports", {"registrations": [poor]}, "county_officer", COUNTY)
    paper = await stranger.upload("/evidence", b"signed", "text/plain", "village_cadre", VILLAGE)
    village.evidence = paper.json()["digest"]
    relative = {"officer_id": str(officer_of("township_officer", TOWNSHIP)), "relation": "collateral"}
    await stranger.made(f"/households/{village.households['kin']}/relatives", relative, "county_officer", COUNTY)


async def _compare(village: Village) -> None:
    """Both have a car, it seems; for one of them the village has signed already."""
    stranger = village.stranger
    owners = {one: id_number(_STANDING.index(one) + 1) for one in ("suspected", "signed")}
    rows = [f"{number},渝F{place:05d},轿车,大众,2024-01-01" for place, number in enumerate(owners.values())]
    extract = "\n".join([VEHICLES, *rows, ""]).encode()
    uploaded = await stranger.upload(
        "/comparison-datasets?kind=vehicles", extract, "text/csv", "county_officer", COUNTY
    )
    body = {"division": COUNTY, "datasets": [uploaded.json()["id"]]}
    await stranger.made("/comparisons", body, "county_officer", COUNTY)
    await stranger.settled()
    for name in owners:
        suspect, *_ = (await stranger.get(f"/suspects?case_id={village.cases[name]}")).json()["items"]
        village.suspects[name] = suspect["id"]
    path = f"/suspects/{village.suspects['signed']}/verification"
    await stranger.made(path, village.verification(), "village_cadre", VILLAGE)
    await stranger.settled()
