"""Step 6: departments hand in extracts; hits go back to village and township, and both sign."""

from typing import Any

import orjson

from services.season.county import extracts
from services.season.gateway import COUNTY, Officer, Refused, cadre, township
from services.season.season import Season, occasion

STEP = "county_comparison"
Suspect = dict[str, Any]


async def compare(season: Season) -> None:
    cases = await season.open_cases(STEP, "comparison")
    count = season.report.steps[STEP]
    count.entered += len(cases)
    files = list(extracts(season.county)) if cases else []
    season.watcher.step(STEP, len(files) + 1)
    if cases:
        datasets = [await _upload(season, file, occasion(cases)) for file in files]
        body = {"division": COUNTY.division, "datasets": datasets, "cases": [case["id"] for case in cases]}
        answer = await season.gateway.post_bytes(
            COUNTY, "/v1/comparisons", orjson.dumps(body), "application/json", occasion=occasion(cases)
        )
        compared = await season.gateway.job(COUNTY, answer.headers["location"])
        if compared["state"] != "done":
            raise RuntimeError(f"the comparison did not succeed: {compared}")
        count.left["on"] += compared["result"]["compared"] - compared["result"]["flagged"]
    season.watcher.advance(STEP)
    await _verify(season)
    await season.gateway.settled()


async def _upload(season: Season, file: Any, run: str) -> str:
    answer = await season.gateway.post_bytes(
        COUNTY, "/v1/comparison-datasets", file.content, "text/csv", occasion=run, kind=file.dataset.kind
    )
    season.watcher.advance(STEP)
    dataset: str = answer.json()["id"]
    return dataset


async def _verify(season: Season) -> None:
    suspects = [one async for one in season.gateway.pages(COUNTY, "/v1/suspects", state="open")]
    season.watcher.step(f"{STEP}:verification", len(suspects))
    outcomes = {(season.ids[truth.household_ref], truth.kind): truth for truth in season.county.truths}
    rejected: set[str] = set()
    for suspect in suspects:
        season.watcher.advance(f"{STEP}:verification")
        if suspect["case_id"] in rejected:
            continue
        truth = outcomes.get((suspect["household_id"], suspect["kind"]))
        outcome = truth.outcome if truth is not None else "cleared"
        reason = truth.reason if truth is not None else "属实，但不构成否决"
        for officer in (cadre(suspect["division"], 2), township(suspect["division"])):
            await _sign(season, officer, suspect, outcome, reason)
        season.report.suspects[outcome] += 1
        if outcome == "confirmed":
            rejected.add(suspect["case_id"])
    for suspect in suspects:
        left = season.report.steps[STEP].left
        if suspect["case_id"] in rejected:
            rejected.discard(suspect["case_id"])
            left["rejected"] += 1


async def _sign(season: Season, officer: Officer, suspect: Suspect, outcome: str, reason: str) -> None:
    body = {
        "outcome": outcome,
        "reason": reason,
        "evidence": [await season.evidence(officer, f"verification {suspect['id']}")],
    }
    try:
        await season.gateway.post(officer, f"/v1/suspects/{suspect['id']}/verification", body)
    except Refused as refused:
        if refused.code not in {"officer-related", "suspect-already-verified"}:
            raise
        season.report.refusals[refused.code] += 1
        if refused.code == "officer-related":
            colleague = Officer(officer.role, officer.division, officer.ordinal + 1)
            await _sign(season, colleague, suspect, outcome, reason)
