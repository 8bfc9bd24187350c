"""A county that has played a season: of everything that has an id, one that lies in it."""

import asyncio
from dataclasses import dataclass
from uuid import uuid4

import orjson

from shared.areas import ancestor
from shared.bus.port import Message
from shared.events.identification import HouseholdIdentified
from tests.e2e.played_season import play
from tests.e2e.strangers import COUNTY, Json, Stranger
from tests.fixtures.happenings import case_fields, happened, message_of
from tests.fixtures.services import RunningSystem

SCAN = b"%PDF-1.4 signed by all who were present"
SOMEBODY = {"name": "某人", "sex": "male", "relation": "head", "registration": "rural"}
LINE = {"booklet_number": "matrix-1", "members": [SOMEBODY]}
_GROUP_DIGITS = 15


@dataclass(frozen=True)
class Place:
    """``ids`` by what they name; all belong to one village, its township, or the county."""

    stranger: Stranger
    division: str
    ids: dict[str, str]

    @property
    def village(self) -> str:
        return ancestor(self.division, "village")

    @property
    def township(self) -> str:
        return ancestor(self.division, "township")

    def home(self, role: str) -> str:
        """Where the officer of that role sits who may act here."""
        if role in {"county_officer", "supervisor", "auditor", "operator"}:
            return COUNTY
        return self.township if role in {"township_officer", "township_clerk"} else self.village


async def settle(system: RunningSystem) -> Place:
    await play(system.url, system.tokens)
    stranger = Stranger(system)
    objection = await _objection(stranger)
    case = (await stranger.get(f"/cases/{objection['case_id']}")).json()
    ids = {"publicity": objection["list_id"], "objection": objection["id"], "case": case["id"]}
    ids["household"] = case["household_id"]
    place = Place(stranger, case["division"], ids)
    ids["member"] = (await _items(stranger, f"/households/{ids['household']}/members"))[0]["id"]
    for name, path in _LISTED.items():
        ids[name] = (await _items(stranger, path))[0]["id"]
    ids["task"] = (await _items(stranger, "/tasks", "village_cadre", place.village))[0]["id"]
    ids["evidence"] = await _evidence(place)
    ids["import"] = await _import(place)
    ids["letter"] = await _letter(place)
    ids["officer"] = await _officer(place)
    ids["client"] = (await stranger.made("/api-clients", client_of(place, "matrix-one"), "operator", COUNTY))["id"]
    await stranger.settled()
    return place


_LISTED = {
    "announcement": "/announcements",
    "appraisal": "/appraisals",
    "cleaning": "/data-cleanings",
    "comparison": "/comparisons",
    "dataset": "/comparison-datasets",
    "review": "/township-reviews",
    "suspect": "/suspects",
}


async def _items(stranger: Stranger, path: str, role: str = "county_officer", division: str = COUNTY) -> list[Json]:
    answer = await stranger.get(path, role, division)
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    assert items, path
    return items


async def _objection(stranger: Stranger) -> Json:
    """Raised while a villagers' group looked at its list."""
    for publicity in await _items(stranger, "/publicities"):
        if len(publicity["division"]) == _GROUP_DIGITS:
            found: list[Json] = (await stranger.get(f"/publicities/{publicity['id']}/objections")).json()["items"]
            if found:
                return found[0] | {"list_id": publicity["id"]}
    raise AssertionError("no objection")


async def _evidence(place: Place) -> str:
    answer = await place.stranger.upload("/evidence", SCAN, "application/pdf", "village_cadre", place.village)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["digest"])


async def _import(place: Place) -> str:
    """One sound line, one that is not."""
    lines = [LINE | {"division": place.division}, {"division": place.division}]
    content = b"\n".join(orjson.dumps(line) for line in lines)
    answer = await place.stranger.upload(
        "/household-imports", content, "application/x-ndjson", "county_officer", COUNTY
    )
    assert answer.status_code == 202, answer.text
    await place.stranger.settled()
    return str(answer.json()["id"])


async def _officer(place: Place) -> str:
    body = {"display_name": "某人", "role": "village_cadre", "division": place.village, "login_name": "matrix"}
    return str((await place.stranger.made("/officers", body, "county_officer", COUNTY))["id"])


def client_of(place: Place, name: str) -> Json:
    return {"id": name, "name": "矩阵", "role": "auditor", "division": place.village, "scopes": ["events:read"]}


async def _letter(place: Place) -> str:
    """An event of the county in a version that nobody here can read."""
    told = case_fields(uuid4(), "announcement", "identified", list_id=uuid4(), registration_version=1)
    message = message_of(happened(HouseholdIdentified(**told), division=place.division))
    strange = message.headers | {"ce_type": message.headers["ce_type"].replace(".v1", ".v999")}
    await place.stranger.system.system.services["audit"].context.bus.publish([_renamed(message, strange)])
    for _ in range(100):
        await place.stranger.settled()
        answer = await place.stranger.get("/dead-letters?state=dead", "operator")
        if items := answer.json()["items"]:
            return str(items[0]["id"])
        await asyncio.sleep(0.1)
    raise AssertionError("no dead letter")


def _renamed(message: Message, headers: dict[str, str]) -> Message:
    return message._replace(headers=headers)
