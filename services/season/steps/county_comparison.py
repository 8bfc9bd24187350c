"""Step 6: departments hand in extracts, the county compares; hits are verified again by village and township."""

from functools import partial

from services.season.client import Actor, Json, Refused, SeasonStopped
from services.season.county import extracts
from services.season.county.policy import COUNTY
from services.season.county.records import HiddenTruth
from services.season.offices import COUNTY_OFFICER, township_officer, village_cadre
from services.season.season import Season

NEED_EVIDENCE = ("refuted", "cleared")


async def compare(season: Season) -> None:
    waiting = await season.open_cases("county_comparison", "comparison")
    if waiting:
        await _compare(season, [case["id"] for case in waiting])
    suspects = await season.api.items(COUNTY_OFFICER, "/v1/suspects", state="open")
    await season.each(suspects, partial(_verify, season))


async def _compare(season: Season, cases: list[str]) -> None:
    """Extracts are gone once they were compared: every comparison is handed in anew."""
    earlier = len(await season.api.items(COUNTY_OFFICER, "/v1/comparisons"))
    datasets = []
    for extract in extracts(season.county):
        answer, _ = await season.api.upload(
            COUNTY_OFFICER, "/v1/comparison-datasets", extract.content, "text/csv", earlier, kind=extract.kind
        )
        datasets.append(answer["id"])
    body = {"division": COUNTY, "datasets": datasets, "cases": cases}
    comparison = await season.api.post(COUNTY_OFFICER, "/v1/comparisons", body, earlier)
    await season.finished(COUNTY_OFFICER, f"/v1/comparisons/{comparison['id']}")


async def _verify(season: Season, suspect: Json) -> None:
    """The village signs, then the township; by another officer where one is a relative."""
    await _sign(season, suspect, village_cadre(suspect["division"]))
    try:
        await _sign(season, suspect, township_officer(suspect["division"]))
    except Refused as refusal:
        if refusal.code != "officer-related":
            raise
        season.refusals[refusal.code] += 1
        await _sign(season, suspect, township_officer(suspect["division"], 2))


async def _sign(season: Season, suspect: Json, actor: Actor) -> None:
    """Where it is this office's turn."""
    path = f"/v1/suspects/{suspect['id']}"
    seen = await season.api.get(actor, path)
    if "verify_suspect" not in seen["available_actions"]:
        return
    truth = _truth(season, suspect)
    body: Json = {"outcome": truth.outcome, "reason": truth.reason, "evidence": []}
    if truth.outcome in NEED_EVIDENCE:
        text = f"疑似对象核实材料 {truth.household_ref} {truth.kind} {actor.role} {season.county.seed}"
        body["evidence"] = [await season.evidence(actor, text)]
    await season.api.post(actor, f"{path}/verification", body, seen["version"])


def _truth(season: Season, suspect: Json) -> HiddenTruth:
    ref, kind = season.households[suspect["household_id"]].ref, suspect["kind"]
    for truth in season.county.truths:
        if (truth.household_ref, truth.kind) == (ref, kind):
            return truth
    raise SeasonStopped(f"无从核实的疑似对象：{kind}", f"A suspect about whom nothing is known: {kind}")
