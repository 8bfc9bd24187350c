"""A clerk who does one thing after the other, in another county than the season's, whose business these are not."""

from datetime import date, timedelta
from uuid import UUID

from msgspec import convert

from jingzhun_client.models import (
    ApplicationBody,
    CompletionBody,
    DivisionBody,
    DivisionsBody,
    HouseholdBody,
    JoiningBody,
    MemberBody,
    ReasonBody,
)
from jingzhun_client.operations import (
    add_household_member,
    complete_task,
    list_tasks,
    load_divisions_of_area,
    register_household,
    submit_application,
    upload_evidence,
    withdraw_case,
)
from services.season.client import Actor, Api
from services.season.offices import PROVINCE_OFFICER
from shared.identity_numbers import check_digit

_NEIGHBOUR = "500230"
CLERKS = UUID("4c1b9b1e-6f7b-4a55-8f1e-0a3f6f0e9d11")
_CLERK, _AGENT = Actor("county_officer", f"{_NEIGHBOUR}000000"), Actor("household_agent", f"{_NEIGHBOUR}001001")
_VILLAGE, _GROUP = f"{_NEIGHBOUR}001001", f"{_NEIGHBOUR}001001001"
_DIVISIONS = (f"{_NEIGHBOUR}000000", f"{_NEIGHBOUR}001000", _VILLAGE, _GROUP)


async def enter_divisions(api: Api) -> None:
    codes = (code.ljust(12, "0") for code in ("50", "5002", *_DIVISIONS))
    divisions = [DivisionBody(code=code, name=f"区划{code}") for code in codes]
    await api.act(PROVINCE_OFFICER, load_divisions_of_area(DivisionsBody(divisions=divisions)))


async def help_a_household(api: Api, serial: int) -> None:
    """A household is registered, a child is born to it, it applies, and thinks better of it."""
    head, child = _person(2 * serial, "head"), _person(2 * serial + 1, "child")
    body = HouseholdBody(division=_GROUP, booklet_number=f"clerk-{serial}", members=[convert(head, MemberBody)])
    household = await api.act(_CLERK, register_household(body))
    born = convert(child | {"joined_by": "birth", "since": "2026-01-20"}, JoiningBody)
    await api.act(_CLERK, add_household_member(household.id, born))
    form = await api.act(_AGENT, upload_evidence(f"申请书 {serial}".encode(), media_type="text/plain"))
    application = ApplicationBody(household_id=household.id, applied_on=date(2026, 2, 1), evidence=[form.digest])
    case = await api.act(_AGENT, submit_application(application))
    await api.act(_AGENT, withdraw_case(case.id, ReasonBody(reason="自愿撤回")))


async def take_note(api: Api, number: int, clerks: int) -> None:
    """Of what earlier cases have brought: one task is done, of those that are this clerk's share."""
    tasks = (await api.ask(_AGENT, list_tasks(state="open", limit=4 * clerks))).items
    own = [task.id for task in tasks if task.id.int % clerks == number]
    for task in own[:1]:
        await api.act(_AGENT, complete_task(task, CompletionBody()))


def _person(serial: int, relation: str) -> dict[str, str]:
    """Nobody has the ID number of another."""
    days, place = divmod(serial, 1_000)
    body = f"{_NEIGHBOUR}{date(1950, 1, 1) + timedelta(days):%Y%m%d}{place:03}"
    number = body + check_digit(body)
    sex = "male" if place % 2 else "female"
    return {"name": "张三", "sex": sex, "id_number": number, "relation": relation, "registration": "rural"}
