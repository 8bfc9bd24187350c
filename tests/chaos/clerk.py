"""A clerk who does one thing after the other, in another county than the season's, whose business these are not."""

from datetime import date, timedelta
from uuid import UUID

from services.season.client import Actor, Api, Json
from services.season.offices import PROVINCE_OFFICER
from shared.identity_numbers import check_digit

_NEIGHBOUR = "500230"
CLERKS = UUID("4c1b9b1e-6f7b-4a55-8f1e-0a3f6f0e9d11")
_CLERK, _AGENT = Actor("county_officer", f"{_NEIGHBOUR}000000"), Actor("household_agent", f"{_NEIGHBOUR}001001")
_VILLAGE, _GROUP = f"{_NEIGHBOUR}001001", f"{_NEIGHBOUR}001001001"
_DIVISIONS = (f"{_NEIGHBOUR}000000", f"{_NEIGHBOUR}001000", _VILLAGE, _GROUP)


async def enter_divisions(api: Api) -> None:
    divisions = [{"code": code.ljust(12, "0"), "name": f"区划{code}"} for code in ("50", "5002", *_DIVISIONS)]
    await api.post(PROVINCE_OFFICER, "/v1/divisions", {"divisions": divisions})


async def help_a_household(api: Api, serial: int) -> None:
    """A household is registered, a child is born to it, it applies, and thinks better of it."""
    head, child = _person(2 * serial, "head"), _person(2 * serial + 1, "child")
    body = {"division": _GROUP, "booklet_number": f"clerk-{serial}", "members": [head]}
    household = await api.post(_CLERK, "/v1/households", body)
    born = child | {"joined_by": "birth", "since": "2026-01-20"}
    await api.post(_CLERK, f"/v1/households/{household['id']}/members", born)
    form, _ = await api.upload(_AGENT, "/v1/evidence", f"申请书 {serial}".encode(), "text/plain")
    body = {"household_id": household["id"], "applied_on": "2026-02-01", "evidence": [form["digest"]]}
    case = await api.post(_AGENT, "/v1/applications", body)
    await api.post(_AGENT, f"/v1/cases/{case['id']}/withdrawal", {"reason": "自愿撤回"})


async def take_note(api: Api, number: int, clerks: int) -> None:
    """Of what earlier cases have brought: one task is done, of those that are this clerk's share."""
    open_tasks = (await api.get(_AGENT, "/v1/tasks", state="open", limit=4 * clerks))["items"]
    own = [task["id"] for task in open_tasks if UUID(task["id"]).int % clerks == number]
    for task in own[:1]:
        await api.post(_AGENT, f"/v1/tasks/{task}/completion", {})


def _person(serial: int, relation: str) -> Json:
    """Nobody has the ID number of another."""
    days, place = divmod(serial, 1_000)
    body = f"{_NEIGHBOUR}{date(1950, 1, 1) + timedelta(days):%Y%m%d}{place:03}"
    number = body + check_digit(body)
    sex = "male" if place % 2 else "female"
    return {"name": "张三", "sex": sex, "id_number": number, "relation": relation, "registration": "rural"}
