"""Step 5: the township reviews; a few are rejected, a few sent back, a relative's case goes to a colleague."""

from typing import Any

from services.season.gateway import Refused, township, township_of
from services.season.season import Case, Season, grouped, occasion, one_in

STEP = "township_review"
_REJECT_ONE_IN, _RETURN_ONE_IN = 90, 40


async def review(season: Season) -> None:
    cases = await season.open_cases(STEP, "review")
    season.report.steps[STEP].entered += len(cases)
    townships = grouped(cases, township_of)
    season.watcher.step(STEP, len(townships))

    async def decide(group: tuple[str, list[Case]]) -> None:
        division, listed = group
        decisions = [_decision(season, case) for case in listed]
        body = {"division": division, "decisions": decisions}
        try:
            await season.gateway.post(township(division), "/v1/township-reviews", body, occasion=occasion(listed))
        except Refused as refused:
            if refused.code != "officer-related":
                raise
            season.report.refusals[refused.code] += 1
            colleague = township(division, 2)
            await season.gateway.post(colleague, "/v1/township-reviews", body, occasion=occasion(listed))

    await season.for_each(STEP, townships.items(), decide)
    await season.gateway.settled()


def _decision(season: Season, case: Case) -> dict[str, Any]:
    household, left = season.household(case), season.report.steps[STEP].left
    fresh = case["id"] not in season.sent_back and household.status == "none"
    if fresh and one_in(_REJECT_ONE_IN, household, "township rejects"):
        left["rejected"] += 1
        return {"case_id": case["id"], "decision": "reject", "reason": "材料与事实不符"}
    if fresh and one_in(_RETURN_ONE_IN, household, "township returns"):
        left["returned"] += 1
        season.sent_back.add(case["id"])
        return {"case_id": case["id"], "decision": "return", "return_to": "survey", "reason": "收入须重新核实"}
    left["on"] += 1
    return {"case_id": case["id"], "decision": "approve"}
